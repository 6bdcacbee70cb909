"""Telegram comes by itself: what is signed is stored before it is answered, and nothing else is even read."""

from __future__ import annotations

import asyncio
import io
import json
import random
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from bot.app import Bot
from bot.channels.present import present
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.webhook import LARGEST, SIGNED, Address
from bot.channels.webchat.channel import WebChat
from bot.config import Config
from storage.database import Database
from storage.inbox import inbox
from tests.emulators.telegram import TOKEN
from tests.telegram.breaking import breaks
from tests.telegram.hooked import AT, SECRET, Hooked
from tests.telegram.stage import Stage
from tests.telegram.test_wire import drop, heard, revive

COMPLAINT = "I want to complain, my order arrived damaged!"


@pytest.fixture
def hooked(database: Database) -> Iterator[Hooked]:
    hooked = Hooked(database)
    hooked.run(named(hooked, 1))
    yield hooked
    hooked.end()


def test_a_complaint_by_webhook_becomes_a_ticket_and_its_buttons_vanish_after_use(hooked: Hooked) -> None:
    li = hooked.worker("Li Na")
    chen = hooked.known("Acme", "Chen Wei", owner=li.person)
    chen.writes(COMPLAINT)
    li.writes(f"/ticket resolve {hooked.ticket.number} We sent a new one.")
    chen.presses("5")
    assert hooked.ticket.rating == 5
    assert chen.hears("Thank you for your rating").buttons == []
    assert chen.seen == hooked.telegram.answered
    assert hooked.telegram.said("getUpdates") == []
    assert {(status, body) for _, status, body in hooked.telegram.postman.answers} == {(200, b"")}


def test_who_blocks_and_what_a_menu_reads_is_the_same_as_with_polling(hooked: Hooked) -> None:
    li = hooked.worker("Li Na")
    chen = hooked.known("Acme", "Chen Wei", owner=li.person, language="zh-CN")
    chen.language = "en"
    chen.starts()
    assert hooked.telegram.menu(chen.id, "en")[0]["description"].isascii() is False
    chen.blocks()
    chen.unblocks()
    assert (li.count("blocked us"), li.count("again")) == (1, 1)


def test_the_address_is_named_with_its_secret_and_nothing_that_waits_is_dropped(hooked: Hooked) -> None:
    (said,) = hooked.telegram.said("setWebhook")
    assert said.params["url"] == "https://bot.example/telegram/webhook"
    assert said.params["secret_token"] == SECRET
    assert said.params.get("drop_pending_updates") is not True
    assert set(said.params["allowed_updates"]) >= {"message", "edited_message", "callback_query", "my_chat_member"}


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("https://a.example", "https://a.example/telegram/webhook"),
        ("https://a.example/", "https://a.example/telegram/webhook"),
        ("https://a.example/telegram/webhook", "https://a.example/telegram/webhook"),
        ("https://a.example/other/way", "https://a.example/other/way"),
    ],
)
def test_an_address_without_a_path_gets_ours(url: str, whole: str) -> None:
    assert Address.of(url, "x").url == whole


def rows(stage: Stage) -> int:
    return int(stage.ask(lambda store: len(store.connection.execute(inbox.select()).all())))


def knocks(hooked: Hooked, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    async def knock() -> tuple[int, bytes]:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{hooked.door}/telegram/webhook", data=io.BytesIO(body), headers=headers) as answer,
        ):
            return answer.status, await answer.read()

    found: tuple[int, bytes] = hooked.run(knock())
    return found


UNSIGNED: tuple[dict[str, str], ...] = (
    {},
    {SIGNED: ""},
    {SIGNED: SECRET[:-1]},
    {SIGNED: SECRET + "x"},
    {SIGNED: SECRET.upper()},
    {SIGNED: "s\xe9cret"},
    {"Authorization": SECRET},
)


def test_what_is_not_signed_is_refused_unread(hooked: Hooked) -> None:
    body = json.dumps({"update_id": 1, "message": hooked.someone()._message(text="hello")}).encode()
    for headers in UNSIGNED:
        assert knocks(hooked, body, headers) == (403, b""), headers
        assert knocks(hooked, b"{", headers) == (403, b""), "a secret is asked for before a body is read"
    hooked.settle()
    assert rows(hooked) == 0


BODIES = (
    (b"", 400),
    (b"{", 400),
    (b"[]", 400),
    (b"\xff\xfe", 400),
    (b"[" * 200_000, 400),
    (b'{"update_id": "7"}', 400),
    (b'{"update_id": true}', 400),
    (b'{"update_id": 1e400}', 400),
    (b'{"update_id": ' + b"9" * 300 + b"}", 400),
    (b'{"update_id": ' + b"9" * 5000 + b"}", 400),
    (b" " * (LARGEST + 1), 413),
    (b'{"update_id": 7}', 200),
)


def test_what_is_no_update_is_refused_and_nothing_is_stored(hooked: Hooked) -> None:
    for body, status in BODIES:
        assert knocks(hooked, body, {SIGNED: SECRET}) == (status, b""), body[:40]
    assert rows(hooked) == 0


def test_an_update_that_cannot_be_stored_comes_again(hooked: Hooked) -> None:
    accept, refused = hooked.bot.pump.accept, list[Any]()

    async def fails(events: Any, *args: Any, **more: Any) -> Any:
        if events and len(refused) < 3:
            refused.append(events)
            raise OSError("the disk is full")
        return await accept(events, *args, **more)

    hooked.channel._webhook._ears.open = nothing  # type: ignore[union-attr,method-assign]
    hooked.bot.pump.accept = fails  # type: ignore[method-assign]
    hooked.run(reopen(hooked))
    hooked.someone().writes(COMPLAINT)
    assert len(hooked.tickets()) == 1
    assert [status for _, status, _ in hooked.telegram.postman.answers] == [503, 503, 503, 200]


async def nothing(*_: Any) -> None:
    """Say nothing."""


async def reopen(hooked: Hooked) -> None:
    """Stand another server behind the address."""
    await hooked.open_doors(hooked.bot)


@pytest.mark.parametrize("mishap", ["twice", "lost-answer"])
def test_an_update_that_is_brought_again_is_heard_once(hooked: Hooked, mishap: Any) -> None:
    left = [1, 1, 1]
    hooked.telegram.postman.mishap = lambda _: mishap if left and left.pop() else "ok"
    someone = hooked.someone()
    someone.writes(COMPLAINT)
    assert len(hooked.tickets()) == 1
    assert someone.count(hooked.ticket.number) == 1
    assert len(hooked.telegram.postman.answers) >= 2


def test_a_hundred_updates_in_any_order_and_twice_are_all_heard_and_once(hooked: Hooked) -> None:
    luck = random.Random(hooked.seed)
    hooked.telegram.postman.orderly = False
    hooked.telegram.postman.mishap = lambda _: luck.choice(["ok", "ok", "twice", "lost-answer"])
    someone, other = hooked.someone(), hooked.someone()
    said = [f"The pump is broken again, part {n}" for n in range(100)]
    for words in said:
        someone.writes(words, settle=False)
    hooked.telegram.shuffle(luck)
    other.writes(COMPLAINT, settle=False)
    hooked.settle()
    assert sorted(heard(hooked)) == sorted([*said, COMPLAINT])
    assert len(hooked.tickets()) == 2
    assert other.count("Your request is") == 1


def test_two_processes_behind_one_address_hear_everything_once(hooked: Hooked) -> None:
    channel = hooked.connection()
    second = Bot(hooked.bot.database, [WebChat(), channel], None, hooked.clock)
    first = hooked.door
    hooked.run(begin(hooked, second, channel))
    someone = hooked.someone()
    for n in range(6):
        hooked.telegram.postman.door = first if n % 2 else hooked.door
        someone.writes(f"The pump is broken again, part {n}")
        hooked.run(second.pump.settled())
    assert heard(hooked) == [f"The pump is broken again, part {n}" for n in range(6)]
    assert len(hooked.tickets()) == 1


async def begin(hooked: Hooked, bot: Bot, channel: TelegramChannel) -> None:
    """Start a second process; it knows its name before it takes anything."""
    await hooked.open_doors(bot)
    hooked.servers.append(asyncio.create_task(bot.pump.run()))
    hooked.servers.append(asyncio.create_task(channel.listen(bot.pump.accept, bot.health.signs(channel.name))))
    await named(hooked, 2)


def test_going_from_polling_to_a_webhook_and_back_loses_nothing(hooked: Hooked) -> None:
    someone = hooked.someone()
    someone.writes("one, my pump is broken")
    hooked.run(drop(hooked))
    someone.writes("two, my pump is broken", settle=False)
    hooked.run(polls(hooked))
    hooked.settle()
    assert hooked.telegram.webhook == ""
    someone.writes("three, my pump is broken")
    hooked.run(drop(hooked))
    someone.writes("four, my pump is broken", settle=False)
    hooked.run(comes_again(hooked))
    hooked.settle()
    assert hooked.telegram.webhook == AT.url
    someone.writes("five, my pump is broken")
    assert [words.partition(",")[0] for words in heard(hooked)] == ["one", "two", "three", "four", "five"]
    assert len(hooked.tickets()) == 1


async def polls(hooked: Hooked) -> None:
    connection = hooked.connection
    hooked.connection = lambda **how: connection(hook=None, **how)  # type: ignore[method-assign]
    await revive(hooked)
    hooked.connection = connection  # type: ignore[method-assign]


async def comes_again(hooked: Hooked) -> None:
    await revive(hooked)
    await hooked.open_doors(hooked.bot)


def test_an_address_that_somebody_else_took_is_named_again_but_not_one_of_a_bot_that_polls(hooked: Hooked) -> None:
    hooked.someone().writes("hello")
    hooked.telegram.webhook = "https://elsewhere.example/hook"
    hooked.run(named(hooked, 2))
    assert hooked.telegram.webhook == AT.url
    hooked.change(lambda store: store.settings.set("telegram:4711:mode", "polling"))
    hooked.telegram.webhook = ""
    hooked.run(looked(hooked, 2))
    assert hooked.telegram.webhook == ""


async def named(hooked: Hooked, times: int) -> None:
    async with asyncio.timeout(20):
        while len(hooked.telegram.said("setWebhook")) < times:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.02)


async def looked(hooked: Hooked, times: int) -> None:
    before = len(hooked.telegram.said("getWebhookInfo"))
    async with asyncio.timeout(20):
        while len(hooked.telegram.said("getWebhookInfo")) < before + times:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("fault", ["reset", "slow-down", "error", "unauthorized"])
def test_an_address_that_cannot_be_named_is_named_later(
    hooked: Hooked, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.emulators.telegram_wire.SECONDS_TO_WAIT", 0)
    hooked.run(drop(hooked))
    hooked.telegram.webhook = ""
    with breaks(hooked, fault, method="setWebhook", times=2):
        hooked.run(comes_again(hooked))
        hooked.someone().writes(COMPLAINT)
    assert len(hooked.tickets()) == 1


HALF = {
    "no secret": ({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_URL": "https://a.example"}, "WEBHOOK_SECRET"),
    "no address": ({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "x"}, "WEBHOOK_URL"),
    "no token": ({"TELEGRAM_WEBHOOK_URL": "https://a.example", "TELEGRAM_WEBHOOK_SECRET": "x"}, "BOT_TOKEN"),
    "a secret that is none": (
        {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_URL": "https://a.example", "TELEGRAM_WEBHOOK_SECRET": "a b"},
        "WEBHOOK_SECRET",
    ),
}


@pytest.mark.parametrize("what", HALF)
def test_half_a_configuration_starts_nothing_and_names_what_is_missing(database: Database, what: str) -> None:
    values, missing = HALF[what]
    found = present(Config(_env_file=None, **values), database)  # type: ignore[arg-type]
    assert [channel.name for channel in found.channels] == ["web"]
    (half,) = found.halves
    assert (half.channel, half.names) == ("telegram", (f"TELEGRAM_{missing}",))


def test_a_bot_that_polls_has_no_door(stage: Stage) -> None:
    assert stage.channel.doors(stage.bot.pump.accept).routes == []
