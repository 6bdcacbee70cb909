"""Waits: how long customers waited for the first answer to what is answered at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from handlers.conversations import QUIET
from storage.database import Database
from storage.entries import entries
from storage.inbox import inbox
from storage.outbox import outbox
from tests.emulators.telegram import Call
from tests.house.ledger import MARK
from tests.house.workday import Guest

NEVER = 300.0
"""Seconds that somebody who was never answered counts as."""
SLOW = 2.0
"""Seconds within which a customer hears that we heard, while the bot runs."""


@dataclass
class Waits:
    """Seconds from what a customer did to the next sound in their chat; apart, those to whom a restart happened."""

    running: list[float] = field(default_factory=list)
    restart: list[float] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    added: int = 0
    """How many words wanted no answer of their own."""

    def count(self, guests: Iterable[Guest], said: Sequence[Call], down: tuple[float, float], added: set[str]) -> None:
        """Count every guest's; `down` is when the bot was killed and when it was back."""
        for guest in guests:
            sounds = [call.at for call in said if str(call.params["chat_id"]) == str(guest.id)]
            for act, text, at in guest.asked:
                if act.mark and act.mark in added:
                    self.added += 1
                    continue
                heard = min((when for when in sounds if when >= at), default=at + NEVER)
                hit = at < down[1] and heard > down[0]
                (self.restart if hit else self.running).append(heard - at)
                if not hit and heard - at >= SLOW:
                    self.slow.append(f"{guest.name}, {heard - at:.1f} s: {text}")


def added_quietly(database: Database) -> set[str]:
    """Name by its mark what was added to a request that its author knows of, and was not answered by itself.

    Whoever has written within `QUIET` is not told again that we heard: the next sound in that chat is a colleague's,
    whenever they get to it. So what follows a press on “not solved”, or on a card that was out of date, joins the
    request that is open. Words that opened anything, or that came after a silence, are never among these.
    """
    with database.reading() as connection:
        columns = (entries.c.key, entries.c.contact_id, entries.c.ticket, entries.c.words, entries.c.at)
        written = connection.execute(select(*columns).where(entries.c.flow == "in").order_by(entries.c.id)).all()
        events = connection.execute(select(inbox.c.id, inbox.c.channel, inbox.c.external_id)).all()
        keys = connection.execute(select(outbox.c.key).where(outbox.c.channel == "telegram")).scalars()
        answered = {key.split(".")[0] for key in keys}
    spoken = {f"{event.channel}:{event.external_id}" for event in events if f"e{event.id}" in answered}
    added: set[str] = set()
    last: dict[str, datetime] = {}
    known: set[str] = set()
    for one in written:
        lately = one.contact_id in last and one.at - last[one.contact_id] < QUIET
        if lately and one.ticket in known and one.key not in spoken:
            added |= {mark.group(0) for mark in MARK.finditer(one.words)}
        last[one.contact_id] = one.at
        known |= {one.ticket} - {None}
    return added


def figures(seconds: Sequence[float]) -> dict[str, float]:
    """Give p50, p99 and the longest."""
    ordered = sorted(seconds)
    if not ordered:
        return {"count": 0}
    at = {"p50": ordered[len(ordered) // 2], "p99": ordered[int(len(ordered) * 0.99)], "max": ordered[-1]}
    return {"count": len(ordered)} | {name: round(value, 3) for name, value in at.items()}
