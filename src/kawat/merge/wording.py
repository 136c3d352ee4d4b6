"""The numbers of an event's origins in plain words, in the reader's language."""

from kawat.lang import load_wording
from kawat.model import Origins


def explain_origins(origins: Origins, language: str) -> str:
    """Return a few sentences that say what the counts mean. Templates: `lang/LANG/origins.toml`.

    Raises:
        LanguageError: there are no such sentences in this language.
    """
    wording = load_wording(language)
    sentence = wording["sentence"]
    counts = {
        "documents": (origins.documents, origins.documents),
        "outlets": (origins.outlets, origins.outlets),
        "origins": origins.origins,
        "interests": origins.interests,
    }
    said = [sentence["main"].format(**{k: _count(k, v, language) for k, v in counts.items()})]
    if origins.origins[1] > 1:
        said.append(sentence["several"])
    if origins.origins[0] != origins.origins[1] or origins.interests[0] != origins.interests[1]:
        said.append(sentence["bounds"])
    for flag, path in zip(origins.flags, origins.flag_paths, strict=True):
        said.append(sentence[flag].format(path=sentence["arrow"].join(path)))
    return " ".join(said)


def _count(what: str, bounds: tuple[int, int], language: str) -> str:
    counts = load_wording(language)["counts"]
    low, high = bounds
    number = str(high) if low == high else counts["range"].format(low=low, high=high)
    form: str = counts[what]["one" if high == 1 else "many"]
    return form.format(n=number)
