"""The yardsticks: python-telegram-bot from JSON with one trivial handler, alone or with one durable row an update."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from telegram import Bot, Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from tests.bench.company import Guest
from tests.bench.pipeline import Run
from tests.bench.telegram import TOKEN, Answers, in_flight, update
from tests.bench.whole import WARM

Keep = Callable[[Update, bytes], None]
"""Writes an update down, and returns when it is safe."""
Row = tuple[int, str, bytes]


def nothing(_update: Update, _raw: bytes) -> None:
    """Store nothing."""


class Sqlite:
    """One row an update, in a transaction of its own, safe when the call returns."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("pragma journal_mode=wal")
        self._connection.execute("pragma synchronous=full")
        self._connection.execute("create table updates (id integer primary key, chat text, body blob)")

    def __call__(self, update: Update, raw: bytes) -> None:
        self._connection.execute("insert into updates values (?, ?, ?)", _row(update, raw))

    def close(self) -> int:
        count: int = self._connection.execute("select count(*) from updates").fetchone()[0]
        self._connection.close()
        return count


class Postgres:
    """The same over one psycopg connection."""

    def __init__(self, url: str) -> None:
        import psycopg

        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute("create table updates (id bigint primary key, chat text, body bytea)")

    def __call__(self, update: Update, raw: bytes) -> None:
        self._connection.execute("insert into updates values (%s, %s, %s)", _row(update, raw))

    def close(self) -> int:
        row = self._connection.execute("select count(*) from updates").fetchone()
        self._connection.close()
        return int(row[0]) if row else 0


def _row(update: Update, raw: bytes) -> Row:
    return update.update_id, str(update.effective_chat.id if update.effective_chat else ""), raw


async def bare(count: int, some: int, keep: Keep = nothing, *, answers: bool = True) -> Run:
    """Let PTB read, dispatch and, unless it is to be silent, answer once over the same wire as ours."""
    app = ApplicationBuilder().bot(Bot(TOKEN, request=Answers(), get_updates_request=Answers())).build()

    async def answer(update: Update, _context: Any) -> None:
        if answers and update.effective_message:
            await update.effective_message.reply_text("Thank you, we have it.")

    app.add_handler(MessageHandler(filters.TEXT, answer))
    await app.initialize()
    updates = [update(n, Guest(str(700_001 + n), "", "")) for n in range(count + WARM)]

    async def take(raw: bytes) -> None:
        heard = Update.de_json(json.loads(raw), app.bot)
        keep(heard, raw)
        await app.process_update(heard)

    await in_flight(some, updates[:WARM], take)
    cpu, start = time.process_time(), time.perf_counter()
    await in_flight(some, updates[WARM:], take)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    await app.shutdown()
    return Run(count, seconds, cpu, count if keep is not nothing else 0, {})
