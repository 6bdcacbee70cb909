"""The client against the emulated API: one token for all, one attempt on the wire, errors by their numbers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.port import AlongWith, NotSent, TryLater, WontWork
from bot.channels.wecom.client import Client, Refused, Unheard
from bot.channels.wecom.tokens import Tokens
from storage.database import Database
from storage.inbox import Event
from storage.store import Store
from tests.emulators.wecom import CORP, SECRET, Fault, WeCom

SEND: dict[str, Any] = {"touser": "li", "msgtype": "text", "agentid": 1000002, "text": {"content": "你好 😀"}}


@asynccontextmanager
async def company() -> AsyncIterator[tuple[WeCom, Client]]:
    wecom = WeCom()
    wecom.member("li")
    await wecom.start()
    client = Client(CORP, SECRET, wecom.url, patience=timedelta(seconds=2))
    try:
        yield wecom, client
    finally:
        await client.close()
        await wecom.stop()


def live(scene: Callable[[WeCom, Client], Coroutine[Any, Any, None]]) -> None:
    async def play() -> None:
        async with asyncio.timeout(60), company() as (wecom, client):
            await scene(wecom, client)

    asyncio.run(play())


def test_twenty_who_ask_at_once_share_one_token() -> None:
    async def scene(wecom: WeCom, client: Client) -> None:
        await asyncio.gather(*(client.ask("user/get", userid="li") for _ in range(20)))
        assert wecom.counts["gettoken"] == 1

    live(scene)


def test_a_token_that_is_taken_back_early_is_renewed_once_for_all() -> None:
    async def scene(wecom: WeCom, client: Client) -> None:
        await client.ask("user/get", userid="li")
        wecom.revoke()
        await asyncio.gather(*(client.ask("user/get", userid="li") for _ in range(10)))
        assert wecom.counts["gettoken"] == 2

    live(scene)


def test_a_token_that_is_refused_for_ever_costs_two_questions() -> None:
    async def scene(wecom: WeCom, client: Client) -> None:
        wecom.revoked_for_ever = True
        with pytest.raises(Refused) as refused:
            await client.ask("message/send", SEND)
        assert (refused.value.errcode, refused.value.kind) == (40014, "auth")
        assert (wecom.counts["message/send"], wecom.counts["gettoken"]) == (2, 2)

    live(scene)


def test_words_go_out_as_themselves_and_not_as_escapes() -> None:
    async def scene(wecom: WeCom, client: Client) -> None:
        await client.ask("message/send", SEND)
        assert wecom.chats["li"][0].text == "你好 😀"

    live(scene)


@pytest.mark.parametrize(
    ("fault", "raised", "calls"),
    [
        ("busy", NotSent, 3),
        ("slow-down", TryLater, 1),
        ("error", TryLater, 1),
        ("error-after", TryLater, 1),
        ("reset", Unheard, 1),
        ("lost-answer", Unheard, 1),
        ("garbled", Unheard, 1),
        ("stall", Unheard, 1),
    ],
)
def test_each_fault_has_its_meaning_and_its_number_of_attempts(fault: Fault, raised: type, calls: int) -> None:
    async def scene(wecom: WeCom, client: Client) -> None:
        await client.ask("user/get", userid="li")
        wecom.fault = lambda path, _body: fault if path == "message/send" else "ok"
        with pytest.raises(raised) as error:
            await client.ask("message/send", SEND)
        assert wecom.counts["message/send"] == calls
        assert "token-" not in str(error.value)
        assert SECRET not in str(error.value)

    live(scene)


def test_what_must_not_be_repeated_is_asked_once_though_they_are_busy() -> None:
    async def scene(wecom: WeCom, client: Client) -> None:
        wecom.fault = lambda path, _body: "busy" if path == "message/send" else "ok"
        with pytest.raises(NotSent):
            await client.ask("message/send", SEND, repeatable=False)
        assert wecom.counts["message/send"] == 1

    live(scene)


@pytest.mark.parametrize("fault", ["reset", "stall", "garbled", "error", "busy"])
def test_nothing_has_left_while_there_is_no_token(fault: Fault) -> None:
    async def scene(wecom: WeCom, client: Client) -> None:
        wecom.fault = lambda path, _body: fault if path == "gettoken" else "ok"
        with pytest.raises((NotSent, TryLater)):
            await client.ask("message/send", SEND)
        assert not wecom.chats

    live(scene)


def test_nobody_there_is_not_sent() -> None:
    async def scene(wecom: WeCom, client: Client) -> None:
        await wecom.stop()
        with pytest.raises(NotSent) as error:
            await client.ask("message/send", SEND)
        assert SECRET not in str(error.value)

    live(scene)


def test_an_address_that_is_not_trusted_is_a_matter_of_rights() -> None:
    async def scene(wecom: WeCom, client: Client) -> None:
        wecom.untrusted = True
        with pytest.raises(Refused) as refused:
            await client.ask("message/send", SEND)
        assert (refused.value.errcode, refused.value.kind) == (60020, "auth")

    live(scene)


def test_a_file_goes_up_and_comes_down_with_a_harmless_name() -> None:
    async def scene(wecom: WeCom, client: Client) -> None:
        media = await client.upload("file", '../evil\r\n"name.pdf', b"%PDF-1.7 whole")
        name, content = await client.download(media, 1000)
        assert content == b"%PDF-1.7 whole"
        assert "/" not in name
        assert '"' not in name
        with pytest.raises(WontWork) as large:
            await client.download(media, 5)
        assert large.value.kind == "content"
        with pytest.raises(Refused):
            await client.download("no-such", 5)
        assert wecom.counts["gettoken"] == 1

    live(scene)


def test_two_processes_share_one_token_and_renew_it_once(database: Database) -> None:
    async def accept(events: Sequence[Event], *, along: AlongWith | None = None) -> list[Event]:
        def work() -> None:
            assert not events
            with database.writing() as connection:
                if along:
                    along(Store(connection))

        async with one:
            await asyncio.to_thread(work)
        return []

    one = asyncio.Lock()

    async def scene(wecom: WeCom, first: Client) -> None:
        second = Client(CORP, SECRET, wecom.url, Tokens(CORP, SECRET))
        first.tokens.kept_by(accept)
        second.tokens.kept_by(accept)
        both = (first,) if database.is_sqlite else (first, second)  # a file has one process
        for asked in (1, 2):
            await asyncio.gather(*(client.ask("user/get", userid="li") for client in both * 5))
            assert wecom.counts["gettoken"] == asked
            wecom.revoke()
        await second.close()

    live(scene)
    with database.reading() as connection:
        rows = connection.exec_driver_sql("select name, value from settings").all()
    kept = "".join(str(row) for row in rows)
    assert "wecom token" in kept
    assert "token-" not in kept
    assert SECRET not in kept
