"""Who may use what, on every channel that colleagues or customers use: each role, each command, as declared."""

from __future__ import annotations

from typing import Final

import pytest

from handlers.contents import ROUTERS
from handlers.routing import Routes
from scheduler.policy.document import default_text
from storage.columns import new_id
from storage.contacts import Contact
from storage.inbox import Event
from storage.staff import ROLES, Person
from storage.store import Store
from tests.house.digest import WORDS, digest
from tests.telegram.team import TEAM, at_the_group
from tests.test_people import MATRIX
from tests.world import World

COLLEAGUES: Final = ("web", "slack", "telegram", "wecom")
"""The channels from which colleagues work; a new one is listed here, and in `CUSTOMERS` if customers write there."""
CUSTOMERS: Final = ("web", "telegram", "wecom-kf")
COMMANDS: Final = Routes(ROUTERS).commands


def typed(world: World, channel: str, address: str, side: str, line: str) -> Event:
    """Make the event of a line somebody types, in a conversation of its own."""
    id_, body = world.next_id(), {"side": side, "text": line, "language": "en"}
    return Event(channel, f"{channel}:{id_}", "words", address, f"{address}/{id_}", body, conversation=id_)


def answered(world: World, events: list[Event]) -> dict[str, str]:
    """Hand all of them in at once; give what was answered to each, by its line."""
    world.hands_in(*events)

    def read(store: Store) -> dict[str, str]:
        said: dict[str, list[str]] = {}
        for message in store.outbox.in_state("pending", "sent", limit=100_000):
            said.setdefault(message.address, []).append(str(message.card))
        return {str(event.body["text"]): "\n".join(said.get(event.address, [])) for event in events}

    return world.ask(read)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("channel", COLLEAGUES)
def test_what_is_not_open_to_a_role_is_refused_on_every_channel_and_changes_nothing(world: World, channel: str) -> None:
    for role in ROLES:
        person = Person(new_id(), role.capitalize(), role, "en", "Asia/Shanghai")
        world.change(lambda s, p=person: s.staff.add(p, {channel: f"staff:{p.id}"}))  # type: ignore[misc]
        closed = [name for name in COMMANDS if role not in MATRIX[name].split()]
        before = world.ask(digest)
        events = [typed(world, channel, f"staff:{person.id}", "staff", f"/crm {name}") for name in closed]
        for line, said in answered(world, events).items():
            assert "not open to your role" in said, f"{role} on {channel}: {line} → {said}"
        assert world.ask(digest) == before, f"{role} on {channel} changed something"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("channel", COLLEAGUES)
def test_what_is_open_to_a_role_is_never_refused_for_it(world: World, channel: str) -> None:
    for role in ROLES:
        person = Person(new_id(), role.capitalize(), role, "en", "Asia/Shanghai")
        world.change(lambda s, p=person: s.staff.add(p, {channel: f"staff:{p.id}"}))  # type: ignore[misc]
        open_ones = [name for name in COMMANDS if role in MATRIX[name].split()]
        events = [typed(world, channel, f"staff:{person.id}", "staff", f"/crm {name}") for name in open_ones]
        for line, said in answered(world, events).items():
            assert "not open to your role" not in said, f"{role} on {channel}: {line} → {said}"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_in_a_teams_group_each_may_what_they_may_elsewhere_and_only_they_read_the_answer(world: World) -> None:
    world.adopt(at_the_group(default_text().replace("language: zh-CN", "language: en")))
    for role in ROLES:
        for is_open in (False, True):
            names = [name for name in COMMANDS if (role in MATRIX[name].split()) is is_open]
            people = {name: Person(new_id(), f"{role} for {name}", role, "en", "Asia/Shanghai") for name in names}
            world.change(lambda s, p=people: [s.staff.add(one, {"telegram": one.id}) for one in p.values()])  # type: ignore[misc]
            before = world.ask(digest)
            answers = answered_in_private(world, {name: person.id for name, person in people.items()})
            for name, said in answers.items():
                assert ("not open to your role" in said) is not is_open, f"{role}: /{name} → {said}"
            assert is_open or world.ask(digest) == before, f"{role} changed something"
    said_there = [
        m for m in world.ask(lambda s: s.outbox.in_state("pending", "sent", limit=100_000)) if m.thread is None
    ]
    assert not [m for m in said_there if m.address == str(TEAM) and m.key.startswith("e")]


def answered_in_private(world: World, asked: dict[str, str]) -> dict[str, str]:
    """Let each of these people type one command in the team's group; give what they alone were answered."""
    events = []
    for name, by in asked.items():
        body = {"side": "group", "text": f"/{name}", "by": by, "title": "Team", "message": world.next_id()}
        events.append(Event("telegram", world.next_id(), "group asked", by, str(TEAM), body, conversation=by))
    world.hands_in(*events)

    def read(store: Store) -> dict[str, str]:
        said: dict[str, list[str]] = {}
        for message in store.outbox.in_state("pending", "sent", limit=100_000):
            said.setdefault(message.address, []).append(str(message.card))
        return {name: "\n".join(said.get(by, [])) for name, by in asked.items()}

    return world.ask(read)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("channel", CUSTOMERS)
def test_what_is_for_the_team_no_customer_may_on_any_channel(world: World, channel: str) -> None:
    guest = Contact(id=new_id(), name="Chen Wei", met_at=world.now)
    world.change(lambda s: (s.contacts.add(guest, world.now), s.contacts.bind(guest.id, channel, "chen")))  # type: ignore[func-returns-value]
    closed = [name for name in COMMANDS if "customer" not in MATRIX[name].split()]
    before = world.ask(lambda store: digest(store, but=WORDS))
    events = [typed(world, channel, "chen", "customer", f"/{name}") for name in closed]
    for line, said in answered(world, events).items():
        assert "is for our team" in said, f"{channel}: {line} → {said}"
    assert world.ask(lambda store: digest(store, but=WORDS)) == before


FOREIGN: Final = {
    "who": "Galaxy",
    "log": "Galaxy called, all is well",
    "snooze": "Galaxy 3 at the fair",
    "tier explain": "Galaxy",
    "customer invite": "Galaxy",
    "contact join": "Galaxy Bob",
    "contact split": "Galaxy",
    "contact prefer": "Galaxy 9-12",
}
"""What a rep types about a customer of somebody else."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("channel", COLLEAGUES)
def test_what_is_not_theirs_reads_as_what_is_missing(world: World, channel: str) -> None:
    world.customer("Galaxy Ltd", contact="Galaxy", owner=world.colleague("Li Na"))
    sun = Person(new_id(), "Sun Bo", "rep", "en", "Asia/Shanghai")
    world.change(lambda s: s.staff.add(sun, {channel: f"staff:{sun.id}"}))
    for name, rest in FOREIGN.items():
        lines = (f"/crm {name} {rest}", f"/crm {name} {rest.replace('Galaxy', 'Nobody')}")
        events = [typed(world, channel, f"staff:{sun.id}", "staff", line) for line in lines]
        foreign, missing = answered(world, events).values()
        assert foreign
        assert foreign.replace("Galaxy", "?") == missing.replace("Nobody", "?"), name
