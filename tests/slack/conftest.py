"""An office for every test, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.slack.office import Office


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loopback needs no proxy, whatever the machine says."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    office = Office(database)
    yield office
    office.end()
