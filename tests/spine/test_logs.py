"""Canaries: no word, name, phone or address of a customer, and no key, is ever written to a log."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import structlog

from bot.logs import configure
from storage.inbox import Event
from tests.conftest import KEY
from tests.spine.stage import Stage, broken
from tests.spine.test_database import offer

NAME, COMPANY, PHONE = "Canary Wei", "Canary Holdings", "+86 138 0042 4711"
WORDS = "The canary-yellow pump leaks all over my canary-coloured carpet!"
CANARIES = ("canary", "4711", "0042", "carpet", KEY)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that anybody logs, from the finest level on."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    configure("debug", written)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)
    configure("warning")


def clean(log: io.StringIO) -> str:
    text = re.sub(r'"timestamp": "[^"]*"', "", log.getvalue())  # its digits may be those of a phone
    found = [canary for canary in CANARIES if canary.lower() in text.lower()]
    assert not found, [line for line in text.splitlines() if any(c.lower() in line.lower() for c in found)]
    return text


def test_a_canary_in_a_log_is_seen(log: io.StringIO) -> None:
    structlog.get_logger().warning("something", words=WORDS)
    with pytest.raises(AssertionError):
        clean(log)


def test_an_ordinary_day_writes_nothing_about_customers(stage: Stage, log: io.StringIO) -> None:
    li = stage.colleague("Li Na", "manager")
    chen = stage.customer(COMPANY, contact=NAME, owner=li)
    chen.writes(WORDS)
    li.types(f"/crm ticket reply {stage.ticket.number} {WORDS}")
    li.types(f"/crm nonsense {WORDS}")
    stage.wait(hours=30, step=timedelta(hours=1))
    clean(log)


def test_handlers_that_fail_name_the_error_and_the_place_but_no_words(stage: Stage, log: io.StringIO) -> None:
    broken.add("fail")
    stage.happens("fail", words=f"{NAME} {PHONE} {WORDS} {KEY}")
    for _ in range(5):
        stage.pause(minutes=5)
    text = clean(log)
    assert "ValueError" in text
    assert "stage.py" in text
    assert NAME not in str(stage.posts("#rapport"))


@pytest.mark.parametrize("fault", ["gone", "content", "error", "reset", "auth", "slow-down"])
def test_sendings_that_fail_write_no_words(stage: Stage, log: io.StringIO, fault: str) -> None:
    stage.platform.fault = lambda _: fault  # type: ignore[assignment, return-value]
    stage.say("m0", to=f"canary:{PHONE}")
    for _ in range(6):
        stage.pause(minutes=5)
    clean(log)


def test_events_that_cannot_be_stored_write_no_words(stage: Stage, log: io.StringIO) -> None:
    odd = Event("loop", "e0", "probe", body={"words": WORDS, "odd": object()})
    wide = Event("loop", f"{WORDS}" * 20 + "\x00", "probe", body={"words": WORDS})
    offer(stage, odd, wide)
    stage.change(lambda store: store.settings.set("x", 1))
    assert "turn split" in clean(log)
