"""The stage on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.spine.stage import Stage, broken


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    stage = Stage(database)
    yield stage
    broken.clear()
    stage.end()
