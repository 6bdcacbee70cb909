"""Measures the offline reader on whole public data sets: python tests/reader/measure.py FOLDER [held].

FOLDER holds bitext_6480.csv, banking77_train.csv, nlupp_banking.csv and clinc150_train.json; `held` reads only the
fifth of the rows that was set aside while the cues were written, without it the other four fifths are read.
"""

import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).parents[2]))
from prompts.reader import read

LABELS: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("samples") / "labels.yaml")
Row = tuple[str, str, set[str]]


def _accepted(source: str) -> dict[str, set[str]]:
    return {label: set(intents.split("|")) for intents, labels in LABELS[source].items() for label in labels}


def _csv(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.open(encoding="utf-8", newline="")))


def _single(file: Path, source: str, text: str, label: str) -> Iterator[Row]:
    accepted = _accepted(source)
    return ((source, row[text], accepted[row[label]]) for row in _csv(file))


def _several(file: Path) -> Iterator[Row]:
    accepted, polite = _accepted("nlupp"), set(LABELS["nlupp_none"])
    for row in _csv(file):
        labels = set(row["intents"].split("|")) - {""}
        right: set[str] = set().union(*(accepted.get(label, set()) for label in labels))
        if right or (labels and labels <= polite):
            yield "nlupp", row["text"], {"none"} if labels <= polite else right


def _everyday(file: Path) -> Iterator[Row]:
    for part in json.loads(file.read_text(encoding="utf-8")).values():
        for text, label in part:
            source = "clinc150, banking" if label in LABELS["clinc_banking"] else "clinc150, everyday"
            yield source, text, {"order_status"} if label == "order_status" else {"none"}


def _rows(folder: Path) -> Iterator[Row]:
    yield from _single(folder / "bitext_6480.csv", "bitext", "instruction", "intent")
    yield from _single(folder / "banking77_train.csv", "banking77", "text", "category")
    yield from _several(folder / "nlupp_banking.csv")
    yield from _everyday(folder / "clinc150_train.json")


def _is_held(text: str) -> bool:
    return hashlib.md5(text.encode(), usedforsecurity=False).digest()[0] % 5 == 0


def main(folder: Path, *, held: bool) -> None:
    """Print, for each source, the share acted on, the precision of what was acted on, and the share acted on wrongly."""
    count: Counter[tuple[str, str]] = Counter()
    for source, text, accepted in _rows(folder):
        if _is_held(text) is not held:
            continue
        sure = {str(intent) for intent in read(text).sure}
        count.update({(source, "rows"): 1, (source, "acted"): bool(sure), (source, "alarms"): not sure <= accepted})
        count.update({(source, "intents"): len(sure), (source, "right"): len(sure & accepted)})
    for source in dict.fromkeys(source for source, _ in count):
        rows, intents = count[source, "rows"], max(1, count[source, "intents"])
        acted, right, alarms = (
            count[source, "acted"] / rows,
            count[source, "right"] / intents,
            count[source, "alarms"] / rows,
        )
        print(f"{source:20} rows {rows:6}  acted on {acted:.3f}  precision {right:.3f}  wrongly acted on {alarms:.4f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), held="held" in sys.argv[2:])
