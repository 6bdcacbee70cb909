"""A company in WeCom, on each database and in each language."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.conftest import KEY
from tests.wecom.stage import Stage


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    stage = Stage(database)
    yield stage
    stage.end()


@pytest.fixture
def light(sqlite_template: Path, tmp_path: Path) -> Iterator[Stage]:
    """A company on SQLite alone."""
    file = tmp_path / "light.db"
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file}", KEY)
    stage = Stage(database)
    yield stage
    stage.end()
    database.close()


@pytest.fixture
def office(database: Database) -> Iterator[Stage]:
    """A company that speaks another language on each database."""
    yield from _played(Stage(database, "en" if database.is_sqlite else "zh-CN"))


@pytest.fixture
def abroad(database: Database) -> Iterator[Stage]:
    """The same, the other way round."""
    yield from _played(Stage(database, "zh-CN" if database.is_sqlite else "en"))


def _played(stage: Stage) -> Iterator[Stage]:
    yield stage
    stage.end()
