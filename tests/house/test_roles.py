"""Who may use what, typed where people type: every role and every command, in Slack and in Telegram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from handlers.contents import ROUTERS
from handlers.routing import Routes
from storage.database import Database
from storage.entries import entries
from storage.inbox import inbox
from storage.staff import ROLES
from storage.store import Store
from tests.house.digest import WORDS, digest
from tests.house.house import SERVICE, House, words
from tests.test_people import MATRIX

COMMANDS = Routes(ROUTERS).commands
NUMBER, CUSTOMER = "T-22222", "Galaxy Ltd"
ARGUMENTS = {
    "log": f"{CUSTOMER} called, all is well",
    "snooze": f"{CUSTOMER} 3 at the fair",
    "not now": CUSTOMER,
    "reassign": f"{CUSTOMER} to Mo",
    "touch was": "t1 call",
    "draft": f"{CUSTOMER} greeting",
    "draft send": "d1",
    "draft edit": "d1 other words",
    "draft drop": "d1",
    "draft undo": "d1",
    "ticket new": f'"{CUSTOMER}" inquiry When does it arrive?',
    "ticket list": "",
    "ticket assign": f"{NUMBER} Mo",
    "ticket undo": f"{NUMBER} k1",
    "ticket about": f"{NUMBER} complaint",
    "rate": f"{NUMBER} 5",
    "who": CUSTOMER,
    "tier explain": CUSTOMER,
    "tier moves": "",
    "tier moves since": "2026-11-01T00:00:00+00:00",
    "customer list": "",
    "customer new": '"Nova Ltd" Zhou',
    "customer invite": CUSTOMER,
    "feedback add": f"{CUSTOMER} praise the filters are great",
    "start": "abcdefgh",
}
"""What is typed behind a command that needs something; tickets take a number and some words."""


def line(name: str) -> str:
    needs = NUMBER if name.startswith("ticket ") else ""
    return f"{name} {ARGUMENTS.get(name, f'{needs} some words' if needs else '')}".strip()


@dataclass
class Seat:
    """Somebody at a keyboard: type, and read what was answered to that."""

    types: Callable[[str], object]
    answers: Callable[[], list[str]]

    def __post_init__(self) -> None:
        self._read = Counter(self.answers())

    def asks(self, text: str) -> str:
        self.types(text)
        before, self._read = self._read, Counter(self.answers())
        return "\n".join((self._read - before).elements())


def in_slack(house: House, role: str) -> Seat:
    mate = house.hires(f"U0{role.upper()}", role.capitalize(), role)
    talk = house.slack.talks[SERVICE]
    return Seat(mate.types, lambda: [words(m) for m in (*house.slack.views.values(), *talk.whispers, *mate.direct())])


def in_telegram(house: House, role: str) -> Seat:
    worker = house.worker(role.capitalize(), role)
    return Seat(lambda text: worker.writes(f"/{text}"), lambda: [bubble.text for bubble in worker.bubbles])


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    house = House(database)
    house.serves(CUSTOMER, "Zhou Min", house.hires("U0MO", "Mo"))
    yield house
    house.end()


def refused(house: House, name: str) -> str:
    return house.t("command-not-for-role", command=name)


SEATS = [("sqlite", in_slack, role) for role in ROLES] + [("postgresql", in_telegram, role) for role in ROLES]
"""One database a platform: who may do what is asked of both everywhere else."""


@pytest.mark.parametrize(
    ("database_url", "sit", "role"),
    SEATS,
    ids=[f"{role}-{sit.__name__}" for _, sit, role in SEATS],
    indirect=["database_url"],
)
def test_a_role_may_use_just_what_is_open_to_it(house: House, sit: Callable[[House, str], Seat], role: str) -> None:
    seat = sit(house, role)
    for name in COMMANDS:
        open_to_me = role in MATRIX[name].split()
        before = "" if open_to_me else house.ask(digest)
        said = seat.asks(line(name))
        assert said, f"/{line(name)} was not answered"
        assert (refused(house, name) in said) is not open_to_me, f"{role}: /{line(name)} → {said}"
        assert open_to_me or house.ask(digest) == before, f"{name} changed something although it was refused"
    assert house.ask(unhandled) == []


def test_what_a_customer_types_runs_their_own_commands_and_else_is_refused_or_heard_as_words(house: House) -> None:
    chen = house.serves("Nebula Ltd", "Chen Wei", house.hires("U0OWNER", "Mo Yan"))
    for name in COMMANDS:
        is_theirs = "customer" in MATRIX[name].split()
        before = "" if is_theirs else house.ask(lambda store: digest(store, but=WORDS))
        chen.writes(f"/{line(name)}")
        if not is_theirs:
            assert house.ask(lambda store: digest(store, but=WORDS)) == before, f"/{line(name)} was obeyed"
            refusal = chen.count(house.t("command-not-for-customer", command=name))
            assert refusal or house.ask(heard) == f"/{line(name)}", f"/{line(name)} was neither refused nor heard"
        else:
            assert chen.count(house.t("command-not-for-customer", command=name)) == 0
    assert house.ask(unhandled) == []


def heard(store: Store) -> str:
    """Give what a customer said last."""
    (last,) = store.connection.execute(
        select(entries.c.words).where(entries.c.flow == "in").order_by(entries.c.id.desc()).limit(1)
    )
    return str(last.words)


def unhandled(store: Store) -> list[object]:
    """Give the events that could not be handled."""
    return [row.error for row in store.connection.execute(inbox.select().where(inbox.c.state != "done"))]


def test_the_matrix_names_every_command() -> None:
    assert COMMANDS.keys() == MATRIX.keys()
