"""Turns: what one transaction of the pump is made of, and what is written down about its parts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.port import AlongWith
from bot.claiming import Claim
from bot.precedence import Choice
from storage.inbox import Event
from storage.messages import Settlement
from storage.posts import Post
from storage.store import Store

CONFLICTS = 5
"""So often an event is handled again at once because somebody changed the same thing first."""
ENDED = "the process ended while this was handled"


@dataclass
class Arrival:
    """Events that a channel holds until they are stored, with what people typed as it stands in their chats."""

    events: Sequence[Event]
    stored: asyncio.Future[list[Event]]
    lines: Sequence[Post] = ()
    along: Sequence[AlongWith] = ()
    """What the channel wants written in the same commit."""


@dataclass
class Turn:
    """One transaction's worth of work; it can be run again after a rollback."""

    arrivals: list[Arrival]
    settlements: list[Settlement]
    room: dict[str, int] = field(default_factory=dict)
    """How many messages of each channel it may claim."""
    quick: bool = False
    """Whether it writes down only what came and what was sent; the next one does the rest."""
    patient: bool = False
    """Whether somebody who has said a lot may rest a moment."""
    new: list[list[Event]] = field(default_factory=list)
    chosen: Choice = field(default_factory=Choice)
    claimed: Claim = field(default_factory=Claim)

    @property
    def handled(self) -> Sequence[Event]:
        return self.chosen.events

    @property
    def rest(self) -> float:
        """Count the seconds until somebody who has said a lot goes on; none if nobody rests."""
        return self.chosen.rest

    @property
    def moved(self) -> bool:
        return bool(self.arrivals or self.settlements or self.handled or self.claimed.outgoing or self.claimed.dropped)

    def answer(self) -> None:
        """Let the channels acknowledge: tell each which of its events were new."""
        new = {(event.channel, event.external_id) for events in self.new for event in events}
        for arrival in self.arrivals:
            if not arrival.stored.done():
                fresh = [event for event in arrival.events if (event.channel, event.external_id) in new]
                arrival.stored.set_result(fresh)


def joined(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Make one statement of all that arrived since the last turn."""
    if not arrivals:
        return []
    events = [event for arrival in arrivals for event in arrival.events]
    lines = [line for arrival in arrivals for line in arrival.lines]
    along = [work for arrival in arrivals for work in arrival.along]
    return [Arrival(events, arrivals[0].stored, lines, along)]


def store_arrival(store: Store, arrival: Arrival, now: datetime) -> list[Event]:
    """Store events with what goes along with them, and show the typed lines of those that were new."""
    for work in arrival.along:
        work(store)
    new = store.inbox.add(arrival.events, now)
    ids = {event.external_id for event in new}
    store.posts.add_lines([line for line in arrival.lines if line.slot in ids])
    return new


def fail_arrival(arrival: Arrival, error: Exception) -> None:
    if not arrival.stored.done():
        arrival.stored.set_exception(error)


def suspect(store: Store, *, event: Event, now: datetime) -> bool:
    tried = store.inbox.suspect(event, now)
    if not tried:
        _report_dead(store, event, ENDED, now)
    return tried


def fail(store: Store, event: Event, why: str, now: datetime) -> None:
    if store.inbox.failed(event, why, now):
        _report_dead(store, event, why, now)


def _report_dead(store: Store, event: Event, why: str, now: datetime) -> None:
    body = {"id": event.id, "kind": event.kind, "channel": event.channel, "error": why}
    store.inbox.add([Event("bot", f"dead:{event.id}:{now.isoformat()}", "dead letter", body=body)], now)
