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


@pytest.fixture(params=["en", "zh-CN"])
def office(request: pytest.FixtureRequest, database: Database) -> Iterator[Stage]:
    stage = Stage(database, request.param)
    yield stage
    stage.end()
