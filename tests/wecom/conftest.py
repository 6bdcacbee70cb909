"""A company in WeCom, on each database and in each language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.wecom.stage import Stage


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    stage = Stage(database)
    yield stage
    stage.end()


@pytest.fixture(params=["en", "zh-CN"])
def office(request: pytest.FixtureRequest, database: Database) -> Iterator[Stage]:
    stage = Stage(database, request.param)
    yield stage
    stage.end()
