from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import Database
from tests.importing.desk import Desk


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)
