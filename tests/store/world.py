"""Small articles and reports made by hand, so that a test of the store codes nothing."""

from dataclasses import replace
from hashlib import sha256

from kawat.lang import load_common
from kawat.model import Actor, Article, Event, Link, Published, Quote, Report, Statement, When
from kawat.store import Entry, Outlet

SENTENCE = "Rusia menyerang Ukraina pada Senin."
TRIGGER = (6, 15)


def party(entity: str) -> Actor:
    return Actor(entity, entity, entity.title(), (), "Rusia", (0, 5))


def article(
    id_: str, text: str = SENTENCE, *, url: str = "", published: str = "2022-08-16",
    publisher: str = "Kabar", title: str = "Serangan", language: str = "id",
) -> Article:  # fmt: skip
    return Article(
        id=id_, text=text, title=title, url=url, publisher=publisher, language=language,
        published=Published(published, "given", "given"), raw=f"raw of {id_}".encode(),
    )  # fmt: skip


def link(name: str, role: str = "speaker") -> Link:
    entity = name if name.isupper() else ""
    return Link(entity, name, role, "", "kata", None, name, None)  # type: ignore[arg-type]


def report(
    of: Article, actors: str = "RUS", kind: str = "ASSAULT", recipients: str = "UKR", *,
    when: str | None = "2022-08-15", chain: tuple[Link, ...] = (), status: str = "actual",
    at: tuple[int, int] = TRIGGER, confidence: float = 0.8,
) -> Report:  # fmt: skip
    """Parties are entity ids with blanks between them."""
    quad, intensity = load_common().scores[kind, ""]
    event = Event(
        type=kind, mode="", contexts=(), actors=tuple(map(party, actors.split())),
        recipients=tuple(map(party, recipients.split())),
        when=When(when, "Senin", (29, 34), "given") if when else None, where=None,
        status=status, historical=False, sentence=0,  # type: ignore[arg-type]
        trigger=Quote(of.text[at[0] : at[1]], at), confidence=confidence, reasons=(),
    )  # fmt: skip
    sentence = Quote(of.text[:35], (0, len(of.text[:35])))
    key = f"{of.id}{at}{kind}{actors}{recipients}{status}"
    return Report(
        id=sha256(key.encode()).hexdigest()[:16], article_id=of.id, event=event, quad=quad,
        intensity=intensity, attribution=chain, sentence=sentence,
    )  # fmt: skip


def statement(of: Article) -> Statement:
    said = Quote(of.text[:5], (0, 5))
    return Statement(f"s-{of.id}", of.id, link("Putin"), said, said, "direct", "", (), (0, 0))


def entry(of: Article, *reports: Report) -> Entry:
    outlet = Outlet(of.publisher.lower(), of.publisher, "IDN") if of.publisher else None
    return Entry(of, reports or (report(of),), (statement(of),), outlet, {"no party": 2})


def many(number: int, start: int = 0) -> list[Entry]:
    """Articles with an address each and one report each, on many days."""
    found = []
    for i in range(start, start + number):
        one = article(f"a{i}", url=f"https://contoh.id/{i}", text=f"{SENTENCE} Nomor {i}.")
        day = f"2022-{i % 12 + 1:02}-{i % 28 + 1:02}"
        found.append(entry(replace(one, title=f"Judul {i}"), report(one, when=day)))
    return found
