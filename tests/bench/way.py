"""Measures 3 and 5: the whole pipeline against the textbook way, and commits for each event."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from prompts.reader.offline import OfflineReader
from tests.bench.figures import ROUNDS, Figure, middle, ratio, rounded
from tests.bench.pipeline import Run, ours
from tests.bench.textbook import textbook

EVENTS, IN_FLIGHT = 320, 64


def measure() -> Iterator[Figure]:
    """Let both ways take the same words in turn."""
    OfflineReader().read("hello", open_ticket=False)  # its books are loaded once a process, not once an event
    pairs = [(_run(ours), _run(textbook)) for _ in range(ROUNDS)]
    mine, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    yield Figure(
        "3: whole pipeline, real handlers and three messages an event, of the textbook way",
        ratio([run.per_second for run in mine], [run.per_second for run in theirs]),
        must=4,
        aim=12,
        at_least=True,
        detail={
            "events/s": rounded(middle([run.per_second for run in mine])),
            "textbook events/s": rounded(middle([run.per_second for run in theirs])),
            "CPU us/event": rounded(middle([run.cpu_us for run in mine])),
            "textbook CPU us/event": rounded(middle([run.cpu_us for run in theirs])),
            "CPU ratio": rounded(ratio([run.cpu_us for run in theirs], [run.cpu_us for run in mine])),
            "rows": mine[0].rows,
            "textbook rows": theirs[0].rows,
        },
    )
    together = middle([run.commits_per_event for run in mine])
    yield Figure("5: commits an event, 64 in flight", together, must=0.3, aim=0.1)
    alone = _run(ours, 60, 1)
    yield Figure("5: commits an event, one in flight", alone.commits_per_event, must=3, aim=2)


def _run(way: Callable[[Path, int, int], Awaitable[Run]], events: int = EVENTS, in_flight: int = IN_FLIGHT) -> Run:
    async def go(folder: Path) -> Run:
        return await way(folder, events, in_flight)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(go(Path(folder)))
