"""The company in whose threads these scenes play."""

from __future__ import annotations

import pytest

from tests.company import Company
from tests.world import World


@pytest.fixture
def company(world: World) -> Company:
    return Company.found(world)
