"""The benchmarks: `make bench` prints every figure as JSON; `python -m tests.bench 7` prints those of one measure."""

from __future__ import annotations

import gc
import json
import sys
from importlib import import_module
from typing import Final

from bot.logs import configure
from bot.runtime import SHORT_PAUSES

MEASURES: Final = {
    **dict.fromkeys(("1", "2", "4"), "front"),
    **dict.fromkeys(("3", "5"), "way"),
    "6": "slack",
    "7": "due",
    "8": "digest",
    "10": "start",
    "flood": "flood",
    "promises": "acknowledged",
}


def main(wanted: list[str]) -> int:
    """Measure, print, and say by the exit code whether everything holds that must."""
    configure("error")
    gc.set_threshold(SHORT_PAUSES)
    modules = dict.fromkeys(MEASURES[name] for name in wanted or MEASURES)
    figures = []
    for module in modules:
        measures = import_module(f"tests.bench.{module}")
        gc.freeze()  # as a started bot does
        for figure in measures.measure():
            print(f"{figure.measure}: {figure.plain()['value']}", file=sys.stderr, flush=True)
            figures.append(figure.plain())
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    return 0 if all(figure["holds"] for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
