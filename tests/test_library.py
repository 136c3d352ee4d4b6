"""kawat inside other people's programs: spaCy, and a judge trained on one's own gold."""

import doctest
import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy

import kawat
from kawat import component
from kawat.cli import main
from kawat.code.fitting import JudgeModel, log_loss, read_features
from kawat.errors import KawatError

ROOT = Path(__file__).parents[1]
TEXT = "Rusia menyerang Ukraina pada Senin (15/8), kata juru bicara militer Ukraina."


def test_a_spacy_pipeline_fills_reports() -> None:
    assert component.FIELDS
    nlp = spacy.blank("id")
    nlp.add_pipe("kawat")
    docs = [nlp.make_doc(text) for text in (TEXT, "Hari ini cerah.", TEXT)]
    docs[0]._.published = "2022-08-16"
    first, second, third = nlp.pipe(docs)
    (report,) = first._.reports
    assert report.event.when is not None
    assert report.event.when.edtf == "2022-08-15"
    assert str(first.char_span(*report.event.trigger.span)) == "menyerang"
    assert (second._.reports, len(third._.reports)) == ((), 1)
    assert nlp(TEXT)._.reports[0].event.type == "ASSAULT"


def test_the_reports_are_those_of_code_text() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("kawat", config={"language": "id"})
    assert list(nlp(TEXT)._.reports) == kawat.code_text(TEXT, language="id")


def examples(number: int) -> tuple[list[dict[str, float]], list[bool], list[int]]:
    """Reports that are right more often with an actor."""
    rng = random.Random(1)  # noqa: S311  (the same in every run)
    features, right = [], []
    for _ in range(number):
        actor = rng.random() < 0.5
        features.append({"bias": 1.0, "no-actor": float(not actor)} if not actor else {"bias": 1.0})
        right.append(rng.random() < (0.9 if actor else 0.3))
    return features, right, [n // 5 for n in range(number)]


def test_a_judge_learns_from_gold() -> None:
    features, right, articles = examples(400)
    model = JudgeModel().fit(features, right, articles)
    sure, unsure = model.predict_proba([{"bias": 1.0}, {"bias": 1.0, "no-actor": 1.0}])
    assert sure == pytest.approx(0.9, abs=0.06)
    assert unsure == pytest.approx(0.3, abs=0.08)
    assert model.left_out_loss < log_loss(np.full(400, np.mean(right)), right)
    with pytest.raises(KawatError, match="examples"):
        JudgeModel().fit(features[:9], right[:9], articles[:9])


def test_train_judge_on_marked_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (report,) = kawat.code_text(TEXT, language="id")
    assert read_features(report)["bias"] == 1.0
    reason = next(r for r in report.event.reasons if r.ref == "judge")
    gold = tmp_path / "gold.jsonl"
    rows = [
        {"reasons": [{"ref": "judge", "value": reason.value}], "confidence": 0.8,
         "article": {"id": f"a{n // 4}"}, "right": n % 3 > 0}
        for n in range(60)
    ]  # fmt: skip
    gold.write_text("\n".join(map(json.dumps, rows)))
    out = tmp_path / "judge.csv"
    monkeypatch.setattr(sys, "argv", ["kawat", "train", "judge", str(gold), "--out", str(out)])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0
    assert "60 reports of 15 articles, 0.667 right" in capsys.readouterr().out
    assert out.read_text().startswith("feature,weight\nbias,")


def test_examples_of_the_manual() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs/library.md"), module_relative=False)
    assert (failed, tried > 6) == (0, True)


def test_every_page_that_the_site_lists_is_there() -> None:
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").split("nav:")[1]
    listed = [line.rsplit(": ", 1)[1] for line in nav.splitlines() if line.endswith(".md")]
    made = [page for page in listed if page.startswith("reference/")]
    assert [p for p in listed if p not in made and not (ROOT / "docs" / p).exists()] == []
    assert len(listed) > 20
