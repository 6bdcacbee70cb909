"""Whatever comes to the webhook: no error escapes, nothing unsigned is stored, and nothing piles up."""

from __future__ import annotations

import asyncio
import copy
import gc
import json
import random
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import aiohttp
import pytest
from starlette.requests import Request

from bot.channels.port import AlongWith
from bot.channels.telegram.webhook import SIGNED
from storage.database import Database
from storage.inbox import Event, inbox
from tests.emulators.telegram_rules import moment
from tests.telegram.hooked import SECRET, Hooked
from tests.telegram.stage import Client
from tests.telegram.test_webhook import named

JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**63, -(2**70), 1e308, "", "x", "\x00", "\ud83d", "长" * 5000, "9" * 400),
    *([], {}, [None], [[]], {"id": None}, {"id": "x"}, [{"type": "mention", "offset": -1, "length": 10**9}]),
)
A_SECOND = 1.0
"""Of processor time: nothing may hang longer."""
QUICK = 2_000
AT_ONCE = 40
MANY = 100_000


@pytest.fixture
def hooked(database: Database) -> Iterator[Hooked]:
    hooked = Hooked(database)
    hooked.run(named(hooked, 1))
    yield hooked
    hooked.end()


KINDS = 15


def good(who: Client, n: int) -> dict[str, Any]:
    """Give an update as Telegram sends it, of any kind that there is."""
    group = {"id": -100_200, "type": "supergroup", "title": "Everybody"}
    photo = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9, "file_size": 7}
    mention = [{"type": "mention", "offset": 0, "length": 17}]
    query = {"id": f"q{n}", "from": who.user, "chat_instance": "1", "data": "0123456789abcdef"}
    about = {"message_id": 1, "date": moment(), "chat": who.chat, "text": "…"}
    topic: dict[str, Any] = {"message_thread_id": 5, "is_topic_message": True}
    kinds: tuple[tuple[str, dict[str, Any]], ...] = (
        ("message", who._message(text="/status")),
        ("message", who._message(text="thanks", reply_to_message=about)),
        ("message", who._message(photo=[photo], caption="thanks")),
        ("message", who._message(document=photo | {"file_name": "../x.pdf"})),
        ("message", who._message(chat=group, text="@rapport_test_bot hello", entities=mention)),
        ("message", who._message(chat=group, migrate_to_chat_id=-5)),
        ("message", who._message(sticker=photo | {"type": "regular", "is_animated": False, "is_video": False})),
        ("edited_message", who._message(text="thanks", edit_date=moment())),
        ("callback_query", query | {"message": about}),
        ("my_chat_member", who._member("kicked", "member")),
        ("my_chat_member", who._member("member", "left") | {"chat": group}),
        ("new_in_2031", {"what": "ever"}),
        ("message", who._message(chat=group, text="/ticket_take", **topic)),
        ("edited_message", who._message(chat=group, text="thanks", edit_date=moment(), **topic)),
        ("callback_query", query | {"message": about | {"chat": group}}),
    )
    kind, what = kinds[n % len(kinds)]
    return {"update_id": 900_000 + n, kind: what}


def spoil(update: dict[str, Any], luck: random.Random) -> None:
    """Put something else in up to three places, or take them out."""
    for _ in range(luck.randint(0, 3)):
        part: Any = update
        while isinstance(part, (dict, list)) and part:
            keys = list(part) if isinstance(part, dict) else range(len(part))
            key = luck.choice(list(keys))
            if luck.random() < 0.4 or not isinstance(part[key], (dict, list)):
                part[key] = copy.deepcopy(luck.choice(JUNK))
                if isinstance(part, dict) and luck.random() < 0.2:
                    del part[key]
                break
            part = part[key]


async def knock(hooked: Hooked, times: int, luck: random.Random) -> list[int]:
    """Bring spoiled updates, some side by side, a few of them unsigned or cut off; give what was answered."""
    who, statuses = hooked.someone(), list[int]()
    who.opens()
    connector = aiohttp.TCPConnector(keepalive_timeout=1)  # the server lets go of idle lines after five seconds
    async with aiohttp.ClientSession(connector=connector) as session:
        for start in range(0, times, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, times))
            statuses += await asyncio.gather(*(_bring(hooked, session, good(who, n), luck) for n in numbers))
            if start % (10 * AT_ONCE) == 0:
                await hooked.bot.pump.settled()
    await hooked.bot.pump.settled()
    return statuses


async def _bring(hooked: Hooked, session: aiohttp.ClientSession, update: dict[str, Any], luck: random.Random) -> int:
    spoil(update, luck)
    body = json.dumps(update).encode()
    if luck.random() < 0.05:
        body = body[: luck.randrange(len(body))]
    signed = luck.random() > 0.05
    headers = {SIGNED: SECRET if signed else luck.choice(["", "x", SECRET[1:]])}
    try:
        async with session.post(f"{hooked.door}/telegram/webhook", data=body, headers=headers) as answer:
            assert await answer.read() == b""
            assert (answer.status == 403) is not signed, update
            return answer.status
    except aiohttp.ClientOSError:  # a long body that is refused unread: the line is closed while it is still coming
        assert not signed, update
        return 403


class Stopwatch:
    """Measures the processor time that reading one update takes, as the door does it, and keeps the longest."""

    def __init__(self, hooked: Hooked) -> None:
        self.longest = 0.0
        ears = hooked.channel._ears
        read = ears.event

        def timed(raw: dict[str, Any]) -> Any:
            start = time.thread_time()
            event = read(raw)
            self.longest = max(self.longest, time.thread_time() - start)
            return event

        vars(ears)["event"] = timed


def states(hooked: Hooked) -> set[tuple[str, str]]:
    found = hooked.ask(lambda store: store.connection.execute(inbox.select()).all())
    return {(row.kind, row.state) for row in found}


def test_any_update_is_answered_and_kept_or_left(hooked: Hooked) -> None:
    if not hooked.bot.database.is_sqlite:
        pytest.skip("the door is the same; the slow test knocks here too")
    watch = Stopwatch(hooked)
    statuses = hooked.run(knock(hooked, QUICK, random.Random(hooked.seed)))
    assert set(statuses) == {200, 400, 403}
    assert watch.longest < A_SECOND
    assert {kind for kind, state in states(hooked) if state != "done"} <= {"unreadable update"}
    hooked.someone().writes("I want to complain, my order arrived damaged!")
    assert any("damaged" in ticket.words for ticket in hooked.tickets())


def leaves(part: Any) -> Iterator[tuple[Any, Any]]:
    """Walk through every place of an update that holds a text or a number."""
    for key in list(part) if isinstance(part, dict) else range(len(part)):
        if isinstance(part[key], (dict, list)):
            yield from leaves(part[key])
        else:
            yield part, key


def test_half_a_sign_anywhere_stops_no_update(hooked: Hooked) -> None:
    """Telegram would bring again for a day what it hears is not stored."""
    if not hooked.bot.database.is_sqlite:
        pytest.skip("the door is the same")
    who = hooked.someone()
    ears = hooked.channel._ears
    events = []
    for kind in range(KINDS):
        for index in range(len(list(leaves(good(who, kind))))):
            update = copy.deepcopy(good(who, kind + KINDS * index))
            part, key = list(leaves(update))[index]
            if key != "update_id":
                part[key] = "\ud83d"
            events += hooked.run(ears.heard(hooked.bot.pump.accept, [update]))
    hooked.hands_in(*events)
    assert "new" not in {state for kind, state in states(hooked) if kind != "unreadable update"}


@pytest.mark.slow
def test_a_hundred_thousand_updates_leave_nothing_behind(hooked: Hooked) -> None:
    """The door by itself: what it would store is looked at and left, so that only what the door keeps can pile up."""
    if not hooked.bot.database.is_sqlite:
        pytest.skip("the door is the same")
    luck, statuses = random.Random(hooked.seed), Counter[int]()
    hooked.run(storm(hooked, QUICK, luck, Counter()))
    gc.collect()
    tracemalloc.start()
    before, watch = tracemalloc.get_traced_memory()[0], Stopwatch(hooked)
    hooked.run(storm(hooked, MANY, luck, statuses))
    hooked.telegram.calls.clear()  # what the platform wrote down of our answers to presses
    hooked.telegram.answered.clear()
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    print(f"{dict(statuses)}, dearest {watch.longest * 1000:.1f} ms, grown {grown} bytes")
    assert statuses.keys() == {200, 400, 403}
    assert watch.longest < A_SECOND
    assert grown < 5_000_000  # after 15,000 as after 100,000: the interpreter's own table of names, made larger once


async def storm(hooked: Hooked, times: int, luck: random.Random, statuses: Counter[int]) -> None:
    """Bring spoiled updates to the door, a few of them unsigned or cut off."""
    who, webhook = hooked.someone(), hooked.channel._webhook
    assert webhook is not None

    async def accept(events: Sequence[Event], *, along: AlongWith | None = None) -> list[Event]:
        for event in events:
            json.dumps(event.body)
        return await hooked.bot.pump.accept([], along=along) if along else []

    for n in range(times):
        update = good(who, n)
        spoil(update, luck)
        body = json.dumps(update).encode()
        body = body[: luck.randrange(len(body))] if luck.random() < 0.05 else body
        secret = SECRET if luck.random() > 0.05 else luck.choice(["", "x", SECRET[1:]])
        scope = {"type": "http", "method": "POST", "headers": [(SIGNED.lower().encode(), secret.encode())]}
        statuses[await webhook._hear(Request(scope, partial(_received, body)), accept)] += 1


async def _received(body: bytes) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": False}
