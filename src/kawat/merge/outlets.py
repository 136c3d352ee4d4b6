"""Outlets by any of their names: one key each, also for one that no table knows."""

from kawat.lang import load_common


def resolve_outlet(name: str) -> str:
    """Return the id of an outlet that is written by its id, name or domain.

    One that the table does not know keeps its name, lower case; "" is an unknown publisher.

    >>> resolve_outlet("reuters.com"), resolve_outlet("Harian Contoh")
    ('REUTERS', 'harian contoh')
    """
    known = load_common().outlet_names
    plain = name.strip().lower()
    labels = plain.split(".")
    # news.detik.com is detik.com
    tails = (".".join(labels[at:]) for at in range(max(1, len(labels) - 1)))
    return next((known[tail] for tail in tails if tail in known), plain)


def name_outlet(name: str) -> str:
    """Return the name by which a reader knows an outlet: the table's, else as it is written."""
    row = load_common().outlets.get(resolve_outlet(name))
    return row.name if row else name.strip()
