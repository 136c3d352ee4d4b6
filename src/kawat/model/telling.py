"""What merging needs to know of a report and its article: light, to be kept by the million."""

from typing import NamedTuple

from kawat.model.report import Link, Status


class Party(NamedTuple):
    """An actor without its words: `code` is its PLOVER country, `person` of the people table."""

    entity: str
    code: str
    sectors: tuple[str, ...] = ()
    person: str = ""


class Spot(NamedTuple):
    """A place without its words; WGS 84 degrees."""

    name: str
    country: str
    lat: float | None = None
    lon: float | None = None


class Telling(NamedTuple):
    """A report as the merge room sees it. Dates are EDTF, "" where unknown."""

    report: str
    article: str
    publisher: str
    published: str
    language: str
    type: str
    mode: str
    status: Status
    historical: bool
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    when: str
    place: Spot | None
    words: tuple[str, ...]
    """Lower-case words around the trigger, without the words of the time, in text order."""
    chain: tuple[Link, ...] = ()
    """From the origin to the nearest carrier, the publisher left out."""
