"""Who may use what in a team's group on Telegram; every other place where people type is in `tests/contract/`."""

from __future__ import annotations

from typing import Final

import pytest

from handlers.contents import ROUTERS
from handlers.routing import Routes
from scheduler.policy.document import default_text
from storage.columns import new_id
from storage.inbox import Event
from storage.staff import ROLES, Person
from storage.store import Store
from tests.house.digest import digest
from tests.telegram.team import TEAM, at_the_group
from tests.test_people import MATRIX
from tests.world import World

COMMANDS: Final = Routes(ROUTERS).commands


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
