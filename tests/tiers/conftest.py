from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiers.shop import Shop
from tests.world import World


@pytest.fixture
def shop(world: World, tmp_path: Path) -> Shop:
    return Shop(world, tmp_path)
