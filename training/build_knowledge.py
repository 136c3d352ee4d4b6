"""Propose first versions of the knowledge tables from open data sets given by path.

    python training/build_knowledge.py DATA PLACES OUT

DATA holds the folders plover, country_codes, cldr, i18n_iso_countries, cow, factbook and
officeholders as they were published (see SOURCES.md beside the tables). PLACES is the reviewed
places.csv, from which a capital's coordinates come. What this writes to OUT is a proposal: the
committed tables were reviewed and completed by hand, and are the only copy that kawat reads.
"""

import argparse
import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from kawat.lang.tables import read_schema

# COW abbreviations that are not the ISO alpha-3 code of the state of the same name.
COW_NAMES = {
    "Russia": "RUS",
    "Iran": "IRN",
    "South Korea": "KOR",
    "North Korea": "PRK",
    "Vietnam": "VNM",
    "Syria": "SYR",
    "Laos": "LAO",
    "Moldova": "MDA",
    "Bolivia": "BOL",
    "Venezuela": "VEN",
    "Tanzania": "TZA",
    "Ivory Coast": "CIV",
    "Taiwan": "TWN",
    "Kosovo": "XKX",
    "Brunei": "BRN",
    "German Federal Republic": "DEU",
    "Turkey": "TUR",
    "Czech Republic": "CZE",
    "Macedonia": "MKD",
    "Swaziland": "SWZ",
    "Cape Verde": "CPV",
    "Yugoslavia": "SRB",
    "Democratic Republic of the Congo": "COD",
    "Congo": "COG",
    "East Timor": "TLS",
    "Myanmar": "MMR",
    "Bosnia and Herzegovina": "BIH",
    "Federated States of Micronesia": "FSM",
    "Sao Tome and Principe": "STP",
    "Antigua & Barbuda": "ATG",
    "St. Kitts and Nevis": "KNA",
    "St. Lucia": "LCA",
    "St. Vincent and the Grenadines": "VCT",
}
STATES_BESIDE_ISO_FLAG = {"TWN", "PSE", "HKG", "VAT"}
EXTRA_STATES = {"XKX": ("Kosovo", "Q1246", "Pristina")}
CAPITAL_NAMES = {"Kiev": "Kyiv", "Washington": "Washington", "Abu Dhabi": "Abu Dhabi"}
OFFICES = {
    "head of state": re.compile(r"(President|King|Emperor|Supreme Leader)$"),
    "head of government": re.compile(r"(Prime Minister|Premier)$"),
    "foreign minister": re.compile(
        r"((Federal )?Minister (of|for) (Foreign|External) Affairs.*|Secretary of Foreign Affairs"
        r"|Secretary of State for Foreign.* Affairs|Secretary of State)$"
    ),
    "defence minister": re.compile(
        r"((Federal )?Minister (of|for) (National )?Defence|Secretary of (National )?Defence"
        r"|Secretary of State for Defence)$"
    ),
}


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file as dictionaries."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def make_slug(name: str) -> str:
    """Return a name as an id: ASCII, lower case, hyphens.

    >>> make_slug("Recep Tayyip Erdoğan")
    'recep-tayyip-erdogan'
    """
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l"))
    ascii_name = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")


def propose_types(data: Path) -> Iterator[list[object]]:
    """Yield PLOVER types and modes; a mode without a printed score takes its type's."""
    rows = list(read_rows(data / "plover" / "plover_scale.csv"))
    whole = {row["type"]: row["value"] for row in rows if not row["mode"]}
    for row in rows:
        yield [row["type"], row["mode"], row["quad"], row["value"] or whole[row["type"]]]


def propose_states(data: Path, places: Path) -> Iterator[list[object]]:
    """Yield the ISO 3166 entries: states, and dependencies as regions."""
    cow = {
        COW_NAMES.get(r["statenme"], r["stateabb"]): r["ccode"]
        for r in read_rows(data / "cow" / "states2016.csv")
        if r["endyear"] == "2016"
    }
    names = {
        r["statenme"]: r["ccode"]
        for r in read_rows(data / "cow" / "states2016.csv")
        if r["endyear"] == "2016"
    }
    where = {
        name: (row["lat"], row["lon"])
        for row in read_rows(places)
        for name in row["names"].split("|")
    }
    for row in read_rows(data / "country_codes" / "country-codes.csv"):
        iso = row["ISO3166-1-Alpha-3"]
        state = row["is_independent"] == "Yes" or iso in STATES_BESIDE_ISO_FLAG
        name, capital = row["CLDR display name"], row["Capital"]
        capital = CAPITAL_NAMES.get(capital, capital)
        number = names.get(name) or (cow.get(iso, "") if iso in COW_NAMES.values() else "")
        yield [
            iso,
            iso,
            "state" if state else "region",
            name,
            "",
            row["wikidata_id"].rpartition("/")[2],
            number,
            capital,
            *where.get(capital, ("", "")),
            "",
            "",
            "iso",
        ]
    for iso, (name, wikidata, capital) in EXTRA_STATES.items():
        yield [
            iso,
            iso,
            "state",
            name,
            "",
            wikidata,
            cow.get(iso, ""),
            capital,
            *where.get(capital, ("", "")),
            "",
            "",
            "kawat",
        ]


def propose_people(data: Path) -> Iterator[list[object]]:
    """Yield heads of state and government, foreign and defence ministers, one row a term."""
    folder = data / "officeholders"
    for row in read_rows(folder / "officeholders_2001_2022.csv"):
        for office, pattern in OFFICES.items():
            if pattern.match(row["position"]) and len(row["country"]) == 3:
                yield [
                    make_slug(row["person"]),
                    row["person"],
                    row["country"],
                    office,
                    "GOV",
                    row["start"],
                    row["end"],
                    row["wikidata"],
                    "officeholders",
                ]
    codes = {
        r["wikidata_id"].rpartition("/")[2]: r["ISO3166-1-Alpha-3"]
        for r in read_rows(data / "country_codes" / "country-codes.csv")
    }
    for row in read_rows(folder / "world_leaders_2021_wikidata.csv"):
        name, iso = row["officeholderLabel"], codes.get(row["countryid"], "")
        if iso and not re.match(r"Q\d", name):
            office = (
                "head of government"
                if re.match("Prime|Chanc|Premier", row["positionLabel"])
                else "head of state"
            )
            yield [
                make_slug(name),
                name,
                iso,
                office,
                "GOV",
                row["start_year"],
                row["end_year"],
                row["officeholder"],
                "world-leaders",
            ]
    yield from propose_present_leaders(data)


def propose_present_leaders(data: Path) -> Iterator[list[object]]:
    """Yield the Factbook's leaders; its capitals mark the name that the press uses."""
    title = re.compile(
        r"^(represented by |Acting |Interim |Transitional |Crown |Co-|Vice |and |Federal "
        r"|Captain-)*"
        r"((Prime Minister|President|Premier|Chancellor|King|Queen|Prince|Governor General"
        r"|Governor-General|Amir|Emir|Sultan|Emperor|Chairperson|Supreme Leader)[, ]+)+"
    )
    for row in read_rows(data / "factbook" / "leaders.csv"):
        name = title.sub("", row["title_and_name"]).strip()
        words = name.split(" of ")[0].split()
        if name == row["title_and_name"] or not 2 <= len(words) <= 5:
            continue
        text = " ".join(w.title() if w.isupper() and len(w) > 2 else w for w in words)
        yield [
            make_slug(text),
            text,
            row["iso3"],
            row["role"].replace("_", " "),
            "GOV",
            row["since"],
            "",
            "",
            "factbook",
        ]


def propose_names(data: Path, language: str) -> Iterator[list[object]]:
    """Yield the names of the ISO entries in `language` from CLDR and i18n-iso-countries."""
    cldr = json.loads((data / "cldr" / f"territories.{language}.json").read_text(encoding="utf-8"))
    territories = cldr["main"][language]["localeDisplayNames"]["territories"]
    file = data / "i18n_iso_countries" / f"{language}.json"
    other = json.loads(file.read_text(encoding="utf-8"))
    seen = set()
    for row in read_rows(data / "country_codes" / "country-codes.csv"):
        two, three = row["ISO3166-1-Alpha-2"], row["ISO3166-1-Alpha-3"]
        found = [(territories[k], "cldr") for k in (two, f"{two}-alt-short") if k in territories]
        more = other["countries"].get(two, [])
        found += [(name, "i18n-iso") for name in ([more] if isinstance(more, str) else more)]
        for name, source in found:
            if name not in seen:
                seen.add(name)
                yield [name, three, "name", "", "", "", source]


def propose_demonyms(data: Path) -> Iterator[list[object]]:
    """Yield the English adjectives and peoples of the Factbook: `Afghan(s)` gives two."""
    for row in read_rows(data / "factbook" / "countries.csv"):
        seen = set()
        for cell in (row["noun"], row["adjective"]):
            for part in re.split(r"[,;/]| or ", re.sub(r"\((?!s\))[^)]*\)", "", cell)):
                word = part.strip()
                forms = [word.removesuffix("(s)"), word.replace("(s)", "s")]
                for form in forms:
                    if re.match(r"[A-Z][\w' -]+$", form) and form not in seen:
                        seen.add(form)
                        yield [form, row["iso3"], "demonym", "", "", "", "factbook"]


def write_table(path: Path, schema: str, rows: Iterable[list[object]]) -> None:
    """Write rows under the header that the schema fixes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(read_schema(schema))
        writer.writerows(rows)


def main() -> None:
    """Write the proposals."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "places", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    write_table(args.out / "types.csv", "types", propose_types(args.data))
    write_table(args.out / "entities.csv", "entities", propose_states(args.data, args.places))
    write_table(args.out / "people.csv", "people", propose_people(args.data))
    write_table(args.out / "id" / "names.csv", "names", propose_names(args.data, "id"))
    english = [*propose_names(args.data, "en"), *propose_demonyms(args.data)]
    write_table(args.out / "en" / "names.csv", "names", english)


if __name__ == "__main__":
    main()
