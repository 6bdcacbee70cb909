"""Who may use what, typed where people type: each role, each command, each venue that is listed, on both databases.

Nothing here names a command or a venue: a new one joins by itself, and a command without a row in `MATRIX` fails.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select

from bot.channels.port import Pace
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.database import Database
from storage.drafts import Draft
from storage.inbox import inbox
from storage.occasions import Occasion
from storage.staff import ROLES
from storage.store import Store
from storage.tickets import Ticket
from storage.touches import Touch
from tests.conftest import TURN, TURNS
from tests.contract.listed import PAIRS
from tests.contract.scene import Guest, Hand, MakeVenue, Scene
from tests.contract.typed import COMMANDS, RECORDS, line, names_records
from tests.contract.venue import Seat
from tests.contract.venues import Web
from tests.house.digest import WORDS, digest
from tests.test_people import MATRIX

Cell = TypeVar("Cell")
TEAMS = list(dict.fromkeys(pair.team for pair in PAIRS))
GUESTS = list(dict.fromkeys(pair.guests for pair in PAIRS))
AT_ONCE = 16
"""So many people write at the same time."""
OUTSIDERS = ("rep", "manager")
"""Roles that do not see everything."""


of_all_or_some = pytest.mark.parametrize("share", [1, TURNS], ids=["all", "some"])
"""All of a venue's cells, or those whose turn it is (`TURN=…`); `conftest.py` says which of the two `make test` tries."""


def has_turn(share: int, *cell: str) -> bool:
    return zlib.crc32(" ".join(cell).encode()) % share == TURN % share


def test_the_matrix_names_every_command() -> None:
    assert COMMANDS.keys() == MATRIX.keys()


def called(make: MakeVenue) -> str:
    return str(getattr(make, "__name__", make))


@pytest.fixture(params=TEAMS, ids=called)
def team(request: pytest.FixtureRequest, database: Database) -> Iterator[Scene]:
    yield from _scene(database, request.param, Web)


@pytest.fixture(params=GUESTS, ids=called)
def guests(request: pytest.FixtureRequest, database: Database) -> Iterator[Scene]:
    yield from _scene(database, Web, request.param)


def _scene(database: Database, team: MakeVenue, guests: MakeVenue) -> Iterator[Scene]:
    """Make a company in which hundreds may be spoken to at once: who may do what does not depend on anybody's pace."""
    scene = Scene(database, team, guests)
    for channel in scene.bot.channels.values():
        channel.pace = Pace(reply_window=channel.pace.reply_window)
        channel.patience = timedelta(minutes=2)  # a busy machine is slow, and an answer lost would be said again
    yield scene
    scene.end()


@of_all_or_some
def test_each_role_may_use_just_what_is_open_to_it(team: Scene, share: int) -> None:
    typed = {
        (role, name): line(name)
        for role in ROLES
        for name in COMMANDS
        if has_turn(share, type(team.team).__name__, role, name)
    }
    closed = {(role, name): words for (role, name), words in typed.items() if role not in MATRIX[name].split()}
    people = {cell: hand.seat for cell, hand in zip(typed, staffed(team, [role for role, _ in typed]), strict=True)}
    before = team.ask(digest)
    for (role, name), said in asked(team, people, closed).items():
        assert team.t("command-not-for-role", command=name) in said, f"a {role} typed {typed[role, name]}: {said}"
    assert team.ask(digest) == before, "something that was refused changed something"
    opened = {cell: words for cell, words in typed.items() if cell not in closed}
    for (role, name), said in asked(team, people, opened).items():
        assert said, f"a {role} typed {typed[role, name]} and heard nothing"
        assert team.t("command-not-for-role", command=name) not in said, f"a {role} typed {typed[role, name]}: {said}"
    assert team.ask(unhandled) == []


@of_all_or_some
def test_what_is_not_theirs_reads_to_a_colleague_as_what_is_missing(team: Scene, share: int) -> None:
    names = {name: role for name in COMMANDS if names_records(name) for role in _outsider(name)}
    names = {name: role for name, role in names.items() if has_turn(share, type(team.team).__name__, role, name)}
    records = foreign(team)
    hands = staffed(team, [role for role in names.values() for _ in range(2)])
    twice = {(name, there): line(name, records if there else RECORDS) for name in names for there in (True, False)}
    people = {cell: hand.seat for cell, hand in zip(twice, hands, strict=True)}
    before = team.ask(digest)
    said = asked(team, people, twice)
    for name in names:
        theirs, missing = masked(said[name, True], records), masked(said[name, False], RECORDS)
        assert theirs == missing, f"{twice[name, True]}: {theirs} | {twice[name, False]}: {missing}"
        assert theirs
    assert team.ask(digest) == before, "something changed that is not theirs"


def test_a_customer_may_use_just_what_is_for_customers(guests: Scene) -> None:
    served = customers(guests, len(COMMANDS))
    people = {name: guest.seat for name, guest in zip(COMMANDS, served, strict=True)}
    closed = {name: f"/{name}" for name in COMMANDS if "customer" not in MATRIX[name].split()}
    before = guests.ask(lambda store: digest(store, but=WORDS))
    for name, said in asked(guests, people, closed).items():
        assert guests.t("command-not-for-customer", command=name) in said, f"/{name}: {said}"
    assert guests.ask(lambda store: digest(store, but=WORDS)) == before
    opened = {name: f"/{line(name)}" for name in COMMANDS if name not in closed}
    for name, said in asked(guests, people, opened).items():
        assert said, f"/{name} was not answered"
        assert guests.t("command-not-for-customer", command=name) not in said, f"/{name}: {said}"
    assert guests.ask(unhandled) == []


def test_what_is_not_theirs_reads_to_a_customer_as_what_is_missing(guests: Scene) -> None:
    names = [name for name in COMMANDS if names_records(name) and "customer" in MATRIX[name].split()]
    records = foreign(guests)
    typed = {
        (name, there): f"/{line(name, records if there else RECORDS)}" for name in names for there in (True, False)
    }
    people = {cell: guest.seat for cell, guest in zip(typed, customers(guests, len(typed)), strict=True)}
    before = guests.ask(lambda store: digest(store, but=WORDS - {"tickets", "ticket_events"}))
    said = asked(guests, people, typed)
    for name in names:
        assert masked(said[name, True], records) == masked(said[name, False], RECORDS), name
        assert said[name, True]
    assert guests.ask(lambda store: digest(store, but=WORDS - {"tickets", "ticket_events"})) == before


def _outsider(name: str) -> list[str]:
    """Give a role to which a command is open, and the record in question is not."""
    return [role for role in OUTSIDERS if role in MATRIX[name].split()][:1]


def staffed(scene: Scene, roles: Sequence[str]) -> list[Hand]:
    """Put so many colleagues on record who have nothing to do with each other."""
    return scene.hires_all([(f"Colleague {place}", role) for place, role in enumerate(roles)])


def customers(scene: Scene, count: int) -> list[Guest]:
    owner = scene.hires("Mo Yan")
    return [scene.serves(f"Customer {place}", f"Guest {place}", owner) for place in range(count)]


def asked(scene: Scene, people: Mapping[Cell, Seat], lines: Mapping[Cell, str]) -> dict[Cell, str]:
    """Let all of them write at once; give what each was answered, and nobody else."""
    before = {cell: len(people[cell].own()) for cell in lines}
    free = asyncio.Semaphore(AT_ONCE)

    async def says(cell: Cell) -> None:
        async with free:
            await people[cell].says(lines[cell])

    async def all_say() -> None:
        await asyncio.gather(*map(says, lines))

    scene.run(all_say())
    scene.settle()
    return {cell: "\n".join(shown.words for shown in people[cell].own()[before[cell] :]) for cell in lines}


def masked(said: str, records: Mapping[str, str]) -> str:
    """Leave out by what a record was called, whole or by its first word."""
    names = {*records.values(), *(name.split()[0] for name in records.values())}
    for known in sorted(names, key=len, reverse=True):
        said = said.replace(known, "?")
    return said


def unhandled(store: Store) -> list[object]:
    """Give the events that could not be handled."""
    return [row.error for row in store.connection.execute(select(inbox.c.error).where(inbox.c.state != "done"))]


def foreign(scene: Scene) -> dict[str, str]:
    """Put one record of each kind into the books of somebody who is nobody's colleague; tell how it is called."""
    owner, now, day = scene.hires("Li Na"), scene.now, timedelta(days=1)
    galaxy = Customer(new_id(), "Galaxy Ltd", owner_id=owner.person.id, since=now)
    bob, zoe, ann = (Contact(new_id(), galaxy.id, f"Galaxy Ltd {name}", met_at=now) for name in ("Bob", "Zoe", "Ann"))
    ticket = Ticket("T-33333", "web", "inquiry", "normal", "When?", now, now + day, now + day, watch_at=now + day)
    ticket = replace(ticket, customer_id=galaxy.id, contact_id=bob.id, owner_id=owner.person.id)
    draft = Draft(
        new_id(), galaxy.id, bob.id, owner.person.id, "web", "renewal", "Hello", "Hello", {}, now, now + 3 * day
    )
    touch = Touch(new_id(), galaxy.id, "call", "well", now, staff_id=owner.person.id)
    birthday = Occasion(new_id(), "b:1", "birthday", galaxy.id, now.date() + day, now, now, contact_id=bob.id)

    def write(store: Store) -> tuple[str, str]:
        store.customers.add(galaxy)
        for contact in (bob, zoe, ann):
            store.contacts.add(contact, now)
        store.tickets.add(ticket)
        store.drafts.add(draft)
        store.touches.add(touch)
        store.occasions.find([birthday])
        join = store.joins.join(ann, zoe, galaxy, owner.person.id, how="person", by=owner.person.id, now=now)
        code = store.groups.offer(galaxy.id, None, owner.person.id, now)
        group = store.groups.offered(code, now)
        assert group is not None
        assert store.groups.link(group.id, "telegram", "-100", bob.id, owner.person.id, now)
        return join.id, group.id

    join, group = scene.change(write)
    return {
        "customer": galaxy.name,
        "number": ticket.number,
        "ticket": ticket.number,
        "contact": f"{galaxy.name} Bob",
        "other": f"{galaxy.name} Zoe",
        "person": owner.person.id,
        "owner": owner.person.id,
        "draft": draft.id,
        "touch": touch.id,
        "occasion": birthday.id,
        "join": join,
        "group": group,
    }
