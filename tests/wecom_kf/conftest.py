"""A company with customers in WeChat, on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.wecom_kf.stage import Stage


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    stage = Stage(database)
    yield stage
    stage.end()
