"""Train the judge: from the dev gold to `src/kawat/lang/any/judge.csv`.

    python -m training.train_judge

Every report of the coder on the dev articles is an example: right or wrong by the gate, repeats
left out (`kawat.code.fitting` has the model). Held-out articles are never read.
"""

from pathlib import Path

from kawat.code.fitting import JudgeModel, read_features
from kawat.code.judge import judge
from kawat.lang import load
from kawat.lang.pack import load_tables
from kawat.run import code_one
from tests.gate.gold import GOLD, read_gold
from tests.gate.score import match

TABLE = Path(__file__).parents[1] / "src" / "kawat" / "lang" / "any" / "judge.csv"


def collect() -> tuple[list[dict[str, float]], list[bool], list[int]]:
    """Return features, whether right, and the article's number, of every report on dev gold."""
    features, labels, articles = [], [], []
    golds = [g for p in sorted(GOLD.iterdir()) if (p / "dev").is_dir()
             for g in read_gold(p.name, "dev")]  # fmt: skip
    for number, gold in enumerate(golds):
        reports = code_one(gold.article).reports
        found, repeats, _ = match(gold, reports, typed=True)
        right = {report.id for report in found.values()}
        for report in reports:
            if report.id not in repeats:
                features.append(read_features(report))
                labels.append(report.id in right)
                articles.append(number)
    return features, labels, articles


def main() -> None:
    """Collect, choose the penalty, fit, and write the table."""
    features, labels, numbers = collect()
    model = JudgeModel().fit(features, labels, numbers)
    model.write(TABLE)
    load_tables.cache_clear()
    guesses = [judge(f, load("id")) for f in features]
    print(f"{len(labels)} reports, {sum(labels) / len(labels):.3f} right; penalty "
          f"{model.penalty}; left-out loss {model.left_out_loss:.3f}; mean confidence "
          f"{sum(guesses) / len(guesses):.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
