"""Looking: what a colleague's page shows now, read in one go, and only when something changed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.app import Bot
from bot.channels.webchat.deeds import NAME
from bot.console.rooms import Room, rooms_of
from bot.console.staff_sessions import Seat
from handlers.colleagues import NOBODY, Roster
from handlers.ticket_cards import slot_of
from prompts.phrases import Phrases
from storage.posts import Post
from storage.staff import Person
from storage.store import Store

ANYWAY = 10.0
"""Seconds after which a page is read again although no post changed: tickets change hands without one."""


@dataclass
class Look:
    """Where a colleague looks, and what they have seen there."""

    room: Room
    thread: str | None = None
    limit: int = 60
    whisper_since: datetime | None = None
    asked: bool = False
    """The last deed was words: what changes then is their answer, even where it stood before."""
    whispered: frozenset[str] = frozenset()
    """What was shown of the private answers: it stays there as it changes."""
    versions: dict[str, str] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    """The version of each room when it was last looked at."""
    looked_at: float = 0.0
    turn: int = 0
    """Counts the moves: what was read during one is half of the place that was left."""

    def move(self, room: Room) -> None:
        """Look at another room, from its end."""
        self.room, self.thread, self.limit, self.whisper_since = room, None, 60, None
        self.forget()

    def open(self, thread: str | None) -> None:
        self.thread = thread
        self.forget()

    def forget(self) -> None:
        """Read everything again at the next look."""
        self.turn += 1
        self.looked_at = 0.0


@dataclass(frozen=True)
class Seen:
    """What a page shows."""

    rooms: Sequence[Room] = ()
    fresh: frozenset[str] = frozenset()
    posts: Sequence[Post] = ()
    older: bool = False
    sizes: dict[str, int] = field(default_factory=dict)
    thread: Sequence[Post] = ()
    goes_out: bool = False
    """What is written in the thread goes to the customer."""
    whispers: Sequence[Post] = ()
    roster: Roster = NOBODY
    """Who works here, and so may be named in a form."""
    gone: bool = False
    """The person works here no more or in another role, or was signed out."""
    turn: int = 0
    """Which of the person's moves it was read after."""


def see(bot: Bot, store: Store, seat: Seat, look: Look, t: Phrases) -> Seen | None:
    """Read what has to be shown; None if nothing changed, or if the person moved on meanwhile: the next look shows it."""
    if not seat.holds(store):
        return Seen(gone=True)
    person, turn, now = seat.person, look.turn, time.monotonic()
    whole = now - look.looked_at > ANYWAY
    rooms = rooms_of(store, bot.policies.current, bot.channels, person, t) if whole else None
    addresses = list(dict.fromkeys([*look.versions, *(room.address for room in rooms or ())]))
    versions = {address: store.posts.version(NAME, [address]) for address in addresses}
    if not whole and versions == look.versions:
        return None
    look.versions, look.looked_at = versions, now
    rooms = rooms or rooms_of(store, bot.policies.current, bot.channels, person, t)
    seen = replace(_read(store, person, look, rooms, bot.clock.now()), turn=turn)
    if turn == look.turn:
        return seen
    look.looked_at = 0.0
    return None


def _read(store: Store, person: Person, look: Look, rooms: Sequence[Room], now: datetime) -> Seen:
    here = look.room.address
    whispers = _whispers(store, person, look)
    newest = store.posts.of(NAME, here, limit=look.limit + 1)
    thread = _thread(store, here, look.thread)
    hidden = foreign(store, person, newest[-look.limit :] + thread[:1], now)
    posts = [post for post in newest[-look.limit :] if post.slot not in hidden]
    return Seen(
        rooms=rooms,
        fresh=_fresh(look, rooms, f"staff:{person.id}", whispering=bool(whispers)),
        posts=posts,
        older=len(newest) > look.limit,
        sizes=store.posts.thread_sizes(NAME, here, [post.slot for post in posts]),
        thread=[] if look.thread in hidden else thread,
        goes_out=_goes_out(store, look.thread),
        whispers=whispers,
        roster=Roster.of(store, now),
    )


def foreign(store: Store, person: Person, posts: Sequence[Post], now: datetime) -> set[str]:
    """Tell which of these cards, and so their threads, are of tickets that the person would not find by a command."""
    ticket = slot_of("")
    cards = {post.thread or post.slot for post in posts}
    numbers = {slot.removeprefix(ticket) for slot in cards if slot.startswith(ticket)}
    return set(map(slot_of, store.tickets.foreign(store.staff.scope(person, now), numbers))) if numbers else set()


def _thread(store: Store, here: str, slot: str | None) -> list[Post]:
    """Give a thread with the card it hangs under on top."""
    if slot is None:
        return []
    top = store.posts.get(NAME, here, slot)
    return [*([top] if top else []), *store.posts.of(NAME, here, thread=slot)]


def _goes_out(store: Store, slot: str | None) -> bool:
    """Tell whether a ticket's thread was set to reply."""
    start = slot_of("")
    ticket = store.tickets.get(slot.removeprefix(start)) if slot and slot.startswith(start) else None
    return ticket is not None and ticket.mode == "reply"


def _whispers(store: Store, person: Person, look: Look) -> list[Post]:
    """Give what the bot answered privately to what was done in another room."""
    own = f"staff:{person.id}"
    since = look.whisper_since
    if look.room.address == own or since is None:
        look.whispered = frozenset()
        return []
    said = [post for post in store.posts.of(NAME, own, limit=5) if post.flow == "out" and post.changed >= since]
    answers = [post for post in said if look.asked or post.at >= since or post.slot in look.whispered]
    look.whispered = frozenset(post.slot for post in answers)
    return answers


def _fresh(look: Look, rooms: Sequence[Room], own: str, *, whispering: bool) -> frozenset[str]:
    """Tell which rooms have something that was not looked at; what stood there at first counts as seen."""
    for address, version in look.versions.items():
        look.read.setdefault(address, version)
    in_view = {look.room.address} | ({own} if whispering else set())
    look.read |= {address: look.versions[address] for address in in_view & look.versions.keys()}
    return frozenset(
        room.key for room in rooms if room.kind != "ticket" and look.read[room.address] != look.versions[room.address]
    )
