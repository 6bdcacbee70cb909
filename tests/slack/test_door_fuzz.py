"""Whatever comes through the door, signed or not: it is answered, nothing breaks, nothing is kept in memory."""

from __future__ import annotations

import asyncio
import copy
import gc
import json
import os
import random
import time
import tracemalloc
from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

import pytest
from starlette.requests import Request

from bot.channels.slack.asking import Asking
from bot.channels.slack.door import Door
from bot.channels.slack.ears import Ears
from bot.channels.slack.looking import Looking
from handlers.contents import ROUTERS
from handlers.routing import Routes
from storage.inbox import Event
from tests.emulators.slack import SECRET
from tests.emulators.slack_http import signed, written
from tests.emulators.slack_rules import Piece
from tests.emulators.slack_web import TEAM

ENORMOUS = "长" * 20_000
A_SECOND = 1.0
"""Of processor time: nothing may hang longer."""
JUNK: tuple[Any, ...] = (
    None, True, -1, 2**70, 1e300, "", "\x00", "\ud800", "||", "a|b", "U0LI", "D1", "C0:1", "home:U0LI", "9" * 400, ENORMOUS,
    [], [None], {}, {"id": None}, [[]], "form:", "<@U0LI|>", "<|>", "message_changed", "tombstone", "reaction_added",
    "<" * 9000, "words:" * 3000, '"' * 9000, "log " + "a:b " * 3000, "<@U0LI|" * 2000, "[" * 9000, {"id": ["[" * 99]},
)  # fmt: skip
USER = {"id": "U0LI", "team_id": TEAM}
MESSAGE = {"type": "message", "user": "U0LI", "text": "a <b|c>", "channel": "C0", "ts": "2.1", "thread_ts": "1.1"}
FILES = [{"id": "F1", "name": "a.png", "mimetype": "image/png", "size": 7, "mode": "hosted"}]
ITEM = {"type": "message", "channel": "C0", "ts": "1.1"}


def told(event: Piece) -> tuple[str, Piece]:
    return "events_api", {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}


def interactive(kind: str, **more: Any) -> tuple[str, Piece]:
    return "interactive", {"type": kind, "team": {"id": TEAM}, "user": USER, "trigger_id": "t1", **more}


PRESS = {"type": "button", "block_id": "0|C0|slot", "action_ts": "1.0", "value": "press:abc"}
VIEW = {
    "id": "V1", "hash": "h", "state": {"values": {"words": {"answer": {"type": "plain_text_input", "value": "x"}}}},
    "private_metadata": json.dumps({"command": "log", "fixed": {}, "place": "U0LI", "language": "en", "home": False}),
}  # fmt: skip
GOOD = (
    told(MESSAGE), told({**MESSAGE, "subtype": "file_share", "files": FILES}), told({**MESSAGE, "channel": "D1"}),
    told({**MESSAGE, "subtype": "message_changed", "message": {**MESSAGE, "text": "b"}, "previous_message": MESSAGE}),
    told({**MESSAGE, "subtype": "message_deleted", "deleted_ts": "2.1", "previous_message": MESSAGE}),
    told({"type": "reaction_added", "user": "U0LI", "reaction": "eyes", "item": ITEM}),
    told({"type": "app_home_opened", "user": "U0LI", "tab": "home"}),
    ("slash_commands", {"command": "/crm", "text": "due", "user_id": "U0LI", "channel_id": "C0", "team_id": TEAM, "trigger_id": "t"}),
    interactive("block_actions", actions=[PRESS], container={"type": "message", "channel_id": "C0", "message_ts": "1.1"}),
    interactive("block_actions", actions=[{**PRESS, "value": "form:abc"}], container={"type": "view"}),
    interactive("view_submission", view=VIEW),
    interactive("message_action", callback_id="ticket_from_message", channel={"id": "C0"}, message=MESSAGE),
    interactive("shortcut", callback_id="my_day"),
    ("events_api", {"type": "url_verification", "challenge": "x"}),
    ("events_api", {"type": "app_rate_limited", "minute_rate_limited": 1}),
)  # fmt: skip


class Seen(Looking):
    """A database in which everybody is known and every card stands."""

    def __init__(self) -> None:
        pass

    async def _ask(self, _: Any) -> Any:
        return None


class Shut(Asking):
    """Slack opens no form, so that everything is stored."""

    def __init__(self) -> None:
        pass

    async def opened(self, _: Any) -> bool:
        return False


class Knowing(Seen):
    async def person(self, user: str) -> Any:
        assert isinstance(user, str)
        return user

    async def slot(self, place: str, provider_id: str) -> str | None:
        assert isinstance(place, str)
        assert isinstance(provider_id, str)
        return "ticket:T-1"

    async def doubtful(self, _: str) -> bool:
        return False


async def accept(events: Sequence[Event], **_: Any) -> list[Event]:
    """Take only what could be stored: ids are texts, and the body is JSON."""
    for event in events:
        json.dumps(event.body)
        assert all(isinstance(part, str) for part in (event.external_id, event.sender, event.address))
    return list(events)


def places(part: Any) -> list[tuple[Any, Any]]:
    inner = list(part.items()) if isinstance(part, dict) else list(enumerate(part)) if isinstance(part, list) else []
    return [(part, key) for key, _ in inner] + [place for _, value in inner for place in places(value)]


def request(dice: random.Random) -> tuple[bytes, dict[str, str]]:
    """Make a request with something wrong in its payload, its bytes or its headers."""
    kind, good = dice.choice(GOOD)
    bad: Any = {"payload": copy.deepcopy(good)}
    for _ in range(dice.randrange(4)):
        part, key = dice.choice(places(bad["payload"]) or [(bad, "payload")])
        if dice.random() < 0.2:
            del part[key]
            bad.setdefault("payload", {})
        else:
            part[key] = copy.deepcopy(dice.choice(JUNK))
    spoken = (
        bad["payload"]
        if kind != "slash_commands"
        else {k: str(v).encode("utf-8", "replace") for k, v in bad["payload"].items()}
    )
    body, sort = written(kind, spoken)
    if dice.random() < 0.1:
        at = dice.randrange(len(body) + 1)
        body = body[:at] + dice.randbytes(dice.randrange(9)) + body[at + dice.randrange(9) :]
    headers = {"content-type": dice.choice((sort, sort, sort, sort, "", "text/plain", "application/json"))}
    headers |= signed(dice.choice((SECRET,) * 9 + ("another",)), body)
    if dice.random() < 0.05:
        headers[dice.choice(list(headers))] = dice.choice(("", "\xff", "v0=", "-1", "1" * 5000))
    return body, headers


async def answered(door: Door, body: bytes, headers: dict[str, str]) -> int:
    async def receive() -> Piece:
        return {"type": "http.request", "body": body, "more_body": False}

    named = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/slack/events", "query_string": b"", "headers": named}
    return (await door.answer(Request(scope, cast("Any", receive)))).status_code


def stormed(count: int) -> tuple[Counter[int], float, int]:
    """Send so many requests; give how they were answered, the dearest in seconds, and the bytes that stayed.

    Processor time of this thread, for a busy machine makes anything look slow; only the half without watched memory
    counts, for watching multiplies it.
    """
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    dice, found, slowest = random.Random(seed), Counter[int](), 0.0
    door = Door(SECRET, Ears(accept, Shut(), Routes(ROUTERS), Knowing()).hear)

    async def storm(some: int) -> None:
        nonlocal slowest
        for _ in range(some):
            body, headers = request(dice)
            start = time.thread_time()
            found[await answered(door, body, headers)] += 1
            slowest = max(slowest, time.thread_time() - start)

    asyncio.run(storm(count // 2))
    dearest = slowest
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    asyncio.run(storm(count // 2))
    gc.collect()
    kept = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return found, dearest, kept


@pytest.mark.parametrize("count", [2000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_any_request_is_answered_and_leaves_nothing_behind(count: int) -> None:
    found, slowest, kept = stormed(count)
    print(f"{dict(found)}, slowest {slowest * 1000:.0f} ms, {kept} bytes stayed")
    assert found.keys() <= {200, 400, 401}, "nothing breaks: 503 would be an error of ours"
    assert min(found[status] for status in (200, 400, 401)) > count // 100
    assert slowest < A_SECOND
    assert kept < 1_000_000
