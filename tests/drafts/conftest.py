"""A desk on each database."""

from __future__ import annotations

import pytest

from tests.drafts.desk import Desk, set_up
from tests.world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return set_up(world)
