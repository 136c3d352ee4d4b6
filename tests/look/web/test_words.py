"""The interface says the same in every language, and all that the templates say exists."""

import re
from pathlib import Path

import pytest

import kawat.look.web
from kawat.lang.common import load_common
from kawat.lang.interface import interface_languages, load_interface

TEMPLATES = Path(kawat.look.web.__file__).parent / "templates"


def test_every_language_has_the_same_keys() -> None:
    first, *others = (load_interface(language).words for language in interface_languages())
    for other in others:
        assert {k: set(v) for k, v in first.items()} == {k: set(v) for k, v in other.items()}


@pytest.mark.parametrize("language", interface_languages())
def test_places_of_sentences_are_the_same(language: str) -> None:
    ours, english = load_interface(language).words["ui"], load_interface("en").words["ui"]
    for key, sentence in english.items():
        assert set(re.findall(r"\{\w+\}", ours[key])) == set(re.findall(r"\{\w+\}", sentence)), key


def test_what_templates_say_exists() -> None:
    known = load_interface("en").words["ui"]
    said = {
        key
        for path in TEMPLATES.glob("*.html")
        for key in re.findall(r"""\bt\(["'](\w+)["'][,)]""", path.read_text("utf-8"))
    }
    assert said <= set(known)


def test_every_type_and_quad_has_a_name() -> None:
    for language in interface_languages():
        words = load_interface(language).words
        scores = load_common().scores
        assert {type_ for type_, _ in scores} == set(words["type"])
        assert {quad for quad, _ in scores.values()} == set(words["quad"])


def test_names_days_and_numbers() -> None:
    words = load_interface("id")
    assert words.name("PRK") == "Korea Utara"
    assert words.name("nobody") == "nobody"
    assert (words.day("2022-08-15"), words.day("2022-08"), words.day("2022/..")) == (
        "15 Agu 2022", "Agu 2022", "2022/..",
    )  # fmt: skip
    assert words.number(1234.5, 1) == "1.234,5"
