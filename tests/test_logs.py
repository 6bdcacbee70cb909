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


def test_an_exception_is_named_and_placed_without_its_words(log: io.StringIO) -> None:
    try:
        raise ValueError("my secret canary")
    except ValueError:
        structlog.get_logger().exception("handler failed", id=1)
        logging.getLogger("nicegui").exception("handler for my secret canary failed")
        logging.getLogger("apscheduler.executors").error("job %s raised", "my secret canary")
    said = log.getvalue()
    assert "canary" not in said
    assert said.count("ValueError") == 2
    assert "test_logs.py" in said
    assert "job %s raised" in said
