"""`kawat train judge`: confidence from one's own judgement of what was coded."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from kawat.code.fitting import JudgeModel, log_loss, parse_features
from kawat.errors import InputError

train_app = typer.Typer(help="Train parts of kawat on one's own data.", no_args_is_help=True)


@train_app.command("judge")
def judge_command(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD",
            help='What kawat code --format jsonl wrote, with "right": true or false in each line.',
        ),
    ],
    out: Annotated[Path, typer.Option(help="Write the weights here.")] = Path("judge.csv"),
) -> None:
    """Fit the weights of confidence to reports that were marked as right or wrong."""
    rows = [_read(line, f"{gold}:{n}") for n, line in enumerate(_lines(gold), 1)]
    features, right, names, told = zip(*rows, strict=True) if rows else ((), (), (), ())
    numbers = {name: n for n, name in enumerate(dict.fromkeys(names))}
    model = JudgeModel().fit(features, right, [numbers[name] for name in names])
    model.write(out)
    typer.echo(
        f"{len(right)} reports of {len(numbers)} articles, {sum(right) / len(right):.3f} right; "
        f"penalty {model.penalty:g}; log loss on articles left out {model.left_out_loss:.3f}, "
        f"of the confidence in the file {log_loss(told, right):.3f}; weights in {out}"
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read: {error}") from None


def _read(line: str, source: str) -> tuple[dict[str, float], bool, str, float]:
    """Features, whether right, article, and the confidence as it was coded."""
    try:
        record: dict[str, Any] = json.loads(line)
        value = next(r["value"] for r in record["reasons"] if r["ref"] == "judge")
        right = record["right"]
        if not isinstance(right, bool):
            raise InputError(source, '"right" is neither true nor false')
        return parse_features(value), right, record["article"]["id"], record["confidence"]
    except (ValueError, KeyError, TypeError, StopIteration):
        raise InputError(source, 'no report of kawat with "right": true or false') from None
