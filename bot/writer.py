"""The writer: runs pieces of work in transactions, as many to one commit as are waiting, never waiting for more."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from storage.database import Database
from storage.store import Store

T = TypeVar("T")
MOST_AT_ONCE = 64
SWITCH: Final = 0.001
"""Seconds after which a busy writer lets the loop go on, where Python would take five times as long: whoever speaks is
heard while somebody else is answered."""


@dataclass(frozen=True)
class _Piece:
    work: Callable[[Store], Any]
    done: asyncio.Future[Any]


class Writer:
    """A thread (on PostgreSQL a few) that owns the writing side of the database.

    An error rolls the shared transaction back; every piece then runs alone, so that a bad one spoils only itself.
    Work must therefore be repeatable: no network, no files, nothing outside the store.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[_Piece] = deque()
        self._signal = threading.Condition()
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._run, name=f"writer-{n}", daemon=True) for n in range(database.writers)
        ]
        self.commits = 0
        sys.setswitchinterval(SWITCH)
        for thread in self._threads:
            thread.start()

    async def do(self, work: Callable[[Store], T]) -> T:
        """Run work in a transaction and give its result after the commit."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        with self._signal:
            self._waiting.append(_Piece(work, future))
            self._signal.notify()
        return await future

    def stop(self) -> None:
        """Finish what waits, then end the threads."""
        with self._signal:
            self._stopping = True
            self._signal.notify_all()
        for thread in self._threads:
            thread.join(timeout=10)

    def _run(self) -> None:
        while pieces := self._take():
            if not self._together(pieces):
                for piece in pieces:
                    self._alone(piece)

    def _take(self) -> list[_Piece]:
        with self._signal:
            while not self._waiting and not self._stopping:
                self._signal.wait()
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]

    def _together(self, pieces: list[_Piece]) -> bool:
        if len(pieces) == 1:
            return False
        try:
            results = self._commit([piece.work for piece in pieces])
        except Exception:  # noqa: BLE001 - whatever it was, each piece finds out alone
            return False
        _resolve([(piece.done, result, None) for piece, result in zip(pieces, results, strict=True)])
        return True

    def _alone(self, piece: _Piece) -> None:
        try:
            result = self._commit([piece.work])[0]
        except Exception as error:  # noqa: BLE001 - handed to whoever asked
            _resolve([(piece.done, None, error)])
        else:
            _resolve([(piece.done, result, None)])

    def _commit(self, works: list[Callable[[Store], Any]]) -> list[Any]:
        with self._database.writing() as connection:
            store = Store(connection)
            results = [work(store) for work in works]
            store.flush()
        self.commits += 1
        return results


def _resolve(outcomes: list[tuple[asyncio.Future[Any], Any, Exception | None]]) -> None:
    loop = outcomes[0][0].get_loop()
    if not loop.is_closed():
        loop.call_soon_threadsafe(_settle, outcomes)


def _settle(outcomes: list[tuple[asyncio.Future[Any], Any, Exception | None]]) -> None:
    for future, result, error in outcomes:
        if future.cancelled():
            continue
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)
