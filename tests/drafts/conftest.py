"""Desks on each database: with a language model at hand, and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.drafts.desk import Desk, set_up
from tests.drafts.model_desk import ModelDesk, ModelWorld
from tests.world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return set_up(world)


@pytest.fixture
def model_world(database: Database) -> Iterator[ModelWorld]:
    world = ModelWorld(database)
    yield world
    world.end()


@pytest.fixture
def model_desk(model_world: ModelWorld) -> ModelDesk:
    return ModelDesk(model_world)
