"""Both databases, ready for every test: a migrated template once a session, for each test one that is like it."""

from __future__ import annotations

import gc
import os
import random
import shutil
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.cli import FEW_PAUSES
from bot.logs import configure
from bot.pictures import easel
from storage import schema
from storage.database import Database
from storage.vault import new_key
from tests.lots import Lots
from tests.postgres import address_of, as_operator, server
from tests.shelf import connections_kept, opened
from tests.world import World

gc.set_threshold(FEW_PAUSES)  # as in the bot
configure("warning")
easel.PATIENCE = 60.0  # type: ignore[misc] # a busy machine takes long to begin the process that draws
settings.register_profile("any machine", deadline=None)  # how long a step takes is for the benchmarks to say
settings.load_profile("any machine")

KEY = new_key()
WIRES = ("telegram", "slack", "wecom", "wecom_kf", "webchat", "drafts")
"""Folders about what is said on a platform's wire or in a draft, in which the database takes little part."""
ON_BOTH = {
    *("test_scenes.py", "test_groups.py", "test_seat.py", "test_cards.py", "test_webhook.py"),
    *("test_contacts.py", "test_contact_lists.py"),
}
"""Files of them that do ask tables of their own, or tell whole stories."""
ALWAYS = ("spine", "importing", "test_scenes.py", "test_rows.py", "test_lots.py", "test_house_keeping.py")
"""Folders and files that run on PostgreSQL every time: what is claimed, locked and written there, and every story."""
TURNS = 5
TURN = int(os.environ.setdefault("TURN", str(random.SystemRandom().randrange(TURNS))))
"""Everything else runs on SQLite every time and on PostgreSQL in one turn of five, by chance; `make test-long` takes the
rest. What a turn found is found again with `TURN=…`."""


def pytest_report_header() -> str:
    return f"PostgreSQL: TURN={TURN} of {TURNS}"


def pytest_collection_finish() -> None:
    """Look no more through what was loaded and collected, as the bot does once it is up: it stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to `make test-long` what says the same once more, or lasts."""
    for item in items:
        if "postgresql" in item.name and not _has_its_turn(item):
            item.add_marker(pytest.mark.slow)
        if item.path.parent.name == "quarter" and "three_weeks" in item.name:
            item.add_marker(pytest.mark.slow)  # `SMALL=1 make quarter` lives them


def _has_its_turn(item: pytest.Item) -> bool:
    folder, file = item.path.parent.name, item.path.name
    if folder in WIRES and file not in ON_BOTH:
        return False
    return folder in ALWAYS or file in ALWAYS or zlib.crc32(item.nodeid.encode()) % TURNS == TURN


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{file}", KEY)
    schema.migrate(database)
    database.close()  # the last one out folds the log into the file
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL: `TEST_DATABASE_URL`, or one started from its wheel for this session."""
    with server(spared=True) as address:
        yield address


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    name = f"template_{uuid.uuid4().hex[:12]}"
    as_operator(postgres_server, f'create database "{name}"')
    database = Database(address_of(postgres_server, name), KEY)
    schema.migrate(database)
    database.close()
    yield name
    as_operator(postgres_server, f'drop database "{name}" with (force)')


@pytest.fixture(scope="session")
def postgres_lots(postgres_server: str, postgres_template: str) -> Iterator[Lots]:
    lots = Lots(postgres_server, postgres_template)
    yield lots
    lots.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "rapport.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    with request.getfixturevalue("postgres_lots").one(connections_kept) as address:
        yield address


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url, KEY) as database:
        yield database


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = World(database)
    yield world
    world.end()
