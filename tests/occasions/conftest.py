"""A company whose calendar matters: a manager, two reps, customers in two languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.occasions.house import House


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    house = House(database)
    yield house
    house.world.end()
