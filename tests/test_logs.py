"""Logs name deeds and places; what people said never gets into them, neither from us nor from libraries."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    configure("debug", stream)
    yield stream
    configure("warning")


def fail() -> None:
    raise ValueError("my secret canary")


def test_an_exception_is_named_and_placed_without_its_words(log: io.StringIO) -> None:
    library = logging.getLogger("nicegui")
    try:
        fail()
    except ValueError as error:
        structlog.get_logger().exception("handler failed", id=1)
        library.exception("handler for my secret canary failed")
        library.log(logging.ERROR, "job %s raised", error)
    said = log.getvalue()
    assert "canary" not in said
    assert said.count("ValueError") == 2
    assert "test_logs.py" in said
    assert "job %s raised" in said
