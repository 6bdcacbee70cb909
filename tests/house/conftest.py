"""A house for every scene, on both databases and in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from prompts.phrases import LANGUAGES
from storage.database import Database
from tests.house.house import House


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loopback needs no proxy, whatever the machine says."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(params=LANGUAGES)
def house(database: Database, request: pytest.FixtureRequest) -> Iterator[House]:
    house = House(database, request.param)
    yield house
    house.end()
