"""Both databases, ready for every test: a migrated template once a session, a copy of it for each test."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.logs import configure
from storage import schema
from storage.database import Database
from storage.vault import new_key
from tests.postgres import address_of, as_operator, server
from tests.shelf import opened
from tests.world import World

configure("warning")
settings.register_profile("any machine", deadline=None)  # how long a step takes is for the benchmarks to say
settings.load_profile("any machine")

KEY = new_key()
WIRES = ("telegram", "slack", "wecom", "wecom_kf", "webchat", "drafts")
"""Folders about what is said on a platform's wire or in a draft, in which the database takes little part."""
ON_BOTH = {"test_scenes.py", "test_groups.py", "test_seat.py", "test_cards.py", "test_webhook.py", "test_contacts.py"}
"""Files of them that do ask tables of their own, or tell whole stories."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the second run of what is about a wire alone, on PostgreSQL, to `make test-long`; all else runs on both."""
    for item in items:
        if item.path.parent.name in WIRES and item.path.name not in ON_BOTH and "postgresql" in item.name:
            item.add_marker(pytest.mark.slow)
        if item.path.parent.name == "quarter" and "three_weeks" in item.name:
            item.add_marker(pytest.mark.slow)  # `SMALL=1 make quarter` lives them


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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "rapport.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    running, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
    name = f"test_{uuid.uuid4().hex[:12]}"
    # copied as files: half the work of the log, which nobody will replay
    as_operator(running, f'create database "{name}" template "{template}" strategy file_copy')
    yield address_of(running, name)
    as_operator(running, f'drop database "{name}" with (force)')


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url, KEY) as database:
        yield database


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = World(database)
    yield world
    world.end()
