"""Measures 1, 2 and 4: our whole durable way against python-telegram-bot, alone and with one raw durable row an update.

Ours begins at the JSON of an update and ends when the message about it is marked as sent: Telegram's channel as it is
(its poll, its reading, its seat, its rendering and its client), inbox, dispatch, a handler, a ticket, outbox, claim,
sending, mark. The Bot API answers in memory, the same for both ways, so that the figures are about us and not about
sockets. The yardstick is `Update.de_json` and `Application.process_update` with one handler, nothing stored; it answers
once over the same wire, because a bot that never answers does less than any bot does. What the ratio is to one that
stays silent stands in the detail.

The handler that the bounds are held against does what those of the table did that they were found with: it keeps the
words, opens a ticket and answers. What customers really get, words read for their meaning, a promise counted on the
calendar, cards for three people, is measured beside it and has no yardstick: `real handlers`.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from prompts.reader.offline import OfflineReader
from tests.bench.bare import Postgres, Sqlite, bare
from tests.bench.figures import ROUNDS, Figure, middle, ratio, rounded
from tests.bench.layers import table
from tests.bench.pipeline import Run
from tests.bench.postgres import fresh
from tests.bench.whole import answer_thinly, ours
from tests.postgres import server

EVENTS, IN_FLIGHT = 1280, 64
Round = dict[str, Run]


def measure() -> Iterator[Figure]:
    """Let all ways take the same updates in turn, on SQLite and then on PostgreSQL."""
    OfflineReader().read("hello", open_ticket=False)  # its books are loaded once a process, not once an event
    rounds = [_on_sqlite() for _ in range(ROUNDS)]
    yield _rate("1: whole pipeline, of bare PTB, SQLite", rounds, "bare", must=0.35, aim=0.5)
    yield _rate("2: whole pipeline, of PTB and one raw insert, SQLite", rounds, "raw", must=0.65, aim=1.0)
    with server() as running:
        on_postgres = [_on_postgres(running) for _ in range(ROUNDS)]
    yield _rate("2: whole pipeline, of PTB and one raw insert, PostgreSQL", on_postgres, "raw", must=0.4, aim=0.65)
    cpu = ratio(*_both(rounds, "bare", "cpu_us"))
    yield Figure("4: CPU an event, of bare PTB", cpu, must=3.0, aim=1.9, detail=_said(rounds) | {"layers": table()})


def _on_sqlite() -> Round:
    with tempfile.TemporaryDirectory() as name:
        folder, keep = Path(name), Sqlite(Path(name) / "raw.db")
        found = {
            "silent": asyncio.run(bare(EVENTS, IN_FLIGHT, answers=False)),
            "bare": asyncio.run(bare(EVENTS, IN_FLIGHT)),
            "raw": asyncio.run(bare(EVENTS, IN_FLIGHT, keep)),
            "ours": asyncio.run(ours(f"sqlite:///{folder / 'ours.db'}", EVENTS, IN_FLIGHT, answer_thinly)),
            "real handlers": asyncio.run(ours(f"sqlite:///{folder / 'real.db'}", EVENTS // 4, IN_FLIGHT)),
        }
        assert keep.close() >= EVENTS
    return found


def _on_postgres(running: str) -> Round:
    with fresh(running) as url:
        keep = Postgres(url)
        raw = asyncio.run(bare(EVENTS, IN_FLIGHT, keep))
        assert keep.close() >= EVENTS
    with fresh(running, ours=True) as url:
        return {"raw": raw, "ours": asyncio.run(ours(url, EVENTS, IN_FLIGHT, answer_thinly))}


def _both(rounds: Sequence[Round], yardstick: str, what: str) -> tuple[list[float], list[float]]:
    return [getattr(found["ours"], what) for found in rounds], [getattr(found[yardstick], what) for found in rounds]


def _rate(title: str, rounds: Sequence[Round], yardstick: str, must: float, aim: float) -> Figure:
    value = ratio(*_both(rounds, yardstick, "per_second"))
    cpu = {"CPU ratio": rounded(ratio(*_both(rounds, yardstick, "cpu_us")))}
    return Figure(title, value, must, aim, at_least=True, detail=cpu | _said(rounds))


def _said(rounds: Sequence[Round]) -> dict[str, dict[str, float]]:
    """Give for each way events a second, CPU microseconds and commits an event."""
    return {
        way: {
            "events/s": rounded(middle([found[way].per_second for found in rounds])),
            "CPU us": rounded(middle([found[way].cpu_us for found in rounds])),
            "commits": rounded(middle([found[way].commits_per_event for found in rounds])),
        }
        for way in rounds[0]
    }
