"""The seat at a token's updates: one bot reads them, and what it has read moves on in the commit that stores it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.channels.port import Accept
from storage.inbox import Event
from storage.store import Store

LEASE = timedelta(seconds=30)
"""Machine time; each poll renews it, and lasts a third of it."""
STALE = timedelta(days=6)
"""Telegram numbers afresh after a week of silence, so an older number confirms nothing and might skip something."""


class SeatTaken(Exception):
    """Another process reads the updates of this token; nothing was stored."""


class Seat:
    """Who reads, and which update is the next: every later poll confirms all before it."""

    def __init__(self, account: str, lease: timedelta = LEASE) -> None:
        self.offset: int | None = None
        self.lease = lease
        self._name = f"telegram:{account}"
        self._owner = secrets.token_hex(8)

    async def take(self, accept: Accept) -> None:
        """Sit down, or stay, and learn what was read last.

        Raises:
            SeatTaken: somebody else sits here.
        """
        await accept([], along=self._sit)

    async def store(self, accept: Accept, events: Sequence[Event], following: int) -> list[Event]:
        """Store events together with the number of the update that follows them.

        Raises:
            SeatTaken: somebody else sits here by now, and reads them as well.
        """

        def move(store: Store) -> None:
            self._hold(store)
            store.settings.set(self._place, [following, store.machine_now().isoformat()])

        new = await accept(events, along=move)
        self.offset = following
        return new

    async def note_rival(self, accept: Accept) -> None:
        """Remember when somebody else's poll last cut off ours, so that the doctor can tell."""

        def note(store: Store) -> None:
            store.settings.set(f"{self._name}:rival", store.machine_now().isoformat())

        await accept([], along=note)

    async def leave(self, accept: Accept) -> None:
        """Let the next process sit down at once."""
        await accept([], along=self._rise)

    @property
    def _place(self) -> str:
        return f"{self._name}:offset"

    def _sit(self, store: Store) -> None:
        self._hold(store)
        following, moved = store.settings.get(self._place) or (None, None)
        fresh = moved is not None and store.machine_now() - datetime.fromisoformat(moved) < STALE
        self.offset = following if fresh else None

    def _rise(self, store: Store) -> None:
        now = store.machine_now()
        store.settings.lease(self._name, self._owner, now, now)

    def _hold(self, store: Store) -> None:
        now = store.machine_now()
        if not store.settings.lease(self._name, self._owner, now, now + self.lease):
            raise SeatTaken


def is_taken(store: Store, account: str) -> bool:
    """Tell whether a bot of ours reads this account now."""
    held = store.settings.get(f"telegram:{account}")
    return held is not None and datetime.fromisoformat(held["until"]) > store.machine_now()


def contested_at(store: Store, account: str) -> datetime | None:
    """Tell when somebody else's poll last cut off ours."""
    at = store.settings.get(f"telegram:{account}:rival")
    return datetime.fromisoformat(at) if at else None
