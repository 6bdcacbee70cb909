"""The company of the contract, in every pair of venues that is listed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.contract.listed import PAIRS, Pair
from tests.contract.scene import Guest, Hand, Scene
from tests.house.cast import LINES, Lines


@pytest.fixture(params=PAIRS, ids=[pair.id for pair in PAIRS])
def scene(request: pytest.FixtureRequest, database: Database) -> Iterator[Scene]:
    pair: Pair = request.param
    scene = Scene(database, pair.team, pair.guests, pair.language)
    yield scene
    scene.end()


@pytest.fixture
def lines(scene: Scene) -> Lines:
    return LINES[scene.language]


@pytest.fixture
def wang(scene: Scene, lines: Lines) -> Hand:
    return scene.hires(lines.manager, "manager")


@pytest.fixture
def li(scene: Scene, lines: Lines, wang: Hand) -> Hand:
    return scene.hires(lines.rep, manager_id=wang.person.id)


@pytest.fixture
def chen(scene: Scene, lines: Lines, li: Hand) -> Guest:
    return scene.serves(lines.company, lines.customer, li, tier="strategic")


QUICK = ("SlackOverHttp-InTelegramByWebhook-zh-CN-sqlite", "InWeCom-AtTheDesk-zh-CN-sqlite")
LASTING = {"test_half_an_hour": (f"{QUICK[0]}-busy", f"{QUICK[1]}-away"), "test_two_hundred": QUICK}
"""What lasts is lived through once in each of two pairs that have every kind of channel between them."""
ONCE = (*QUICK, "Slack-Web-en-postgresql", "InTelegram-InTelegram-en-postgresql")
"""Pairs in which every channel meets each fault once."""
WITH_TOPICS = "InTopics-Web-zh-CN-sqlite"


TYPED_ON_POSTGRESQL = ("[Web-", "[SlackOverHttp-", "[InTelegram-", "[AtTheDesk-")
"""Venues in which roles are tried on PostgreSQL each time: what may be done is one table, asked by whichever channel."""


WHOLE = "[Web-sqlite-"
"""Where each role tries each command every time; in every other venue they try one in five, another one each time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let faults and disorder befall a few pairs each time, and roles be tried in part; all of it in `make test-long`."""
    for item in items:
        if item.path.parent.name == "contract" and not _is_quick(item.path.name, item.name):
            item.add_marker(pytest.mark.slow)


def _is_quick(file: str, name: str) -> bool:
    if file == "test_faults.py":
        chosen = next((pairs for start, pairs in LASTING.items() if name.startswith(start)), ONCE)
        return any(pair in name for pair in chosen)
    if file == "test_order.py":
        return any(pair in name for pair in (*ONCE, WITH_TOPICS))
    if file == "test_matrix.py":
        in_part = "-all]" not in name if WHOLE not in name else "-some]" not in name
        return in_part and ("-postgresql" not in name or any(venue in name for venue in TYPED_ON_POSTGRESQL))
    return True
