"""Breaking: calls of Telegram's methods that go wrong a number of times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.emulators.telegram import Fault, Params
from tests.telegram.stage import Client, Stage


@contextmanager
def breaks(
    stage: Stage, fault: Fault, *, method: str = "sendMessage", times: int = 1, to: Client | None = None
) -> Iterator[None]:
    """Let the next calls of a method go wrong."""
    left = times

    def decide(called: str, params: Params) -> Fault:
        nonlocal left
        if called != method or left == 0 or (to and params.get("chat_id") != str(to.id)):
            return "ok"
        left -= 1
        return fault

    stage.telegram.fault = decide
    yield
    stage.telegram.fault = lambda _method, _params: "ok"
