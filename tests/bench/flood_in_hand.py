"""The flood where a channel hands its events to the pump as they come: WeCom's app, its service desk, and the web chat.

Each event is read from what the platform would bring by the channel's own code; what is said counts as answered when the
channel is asked to send it.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from bot.app import Bot
from bot.channels.files import Files
from bot.channels.port import Channel, Outgoing, Receipt
from bot.channels.webchat.channel import WebChat
from bot.channels.webchat.deeds import Speaker, Words, words_event
from bot.channels.wecom.channel import App, WeComChannel
from bot.channels.wecom.client import Client
from bot.channels.wecom.crypto import Crypt
from bot.channels.wecom.events import event_of
from bot.channels.wecom.kf import WecomKf
from bot.channels.wecom.kf_messages import address_of, events_of
from bot.channels.wecom.tongues import Tongues
from bot.opening import open_database
from storage.columns import new_id
from storage.database import Database
from storage.inbox import Event
from storage.staff import Person
from storage.store import Store
from tests.bench.company import found, words_of
from tests.bench.flooding import FLOOD, OTHERS, WARM, all_heard, compared, running
from tests.bench.pipeline import KEY
from tests.emulators.wecom_crypt import AES_KEY, CORP, TOKEN

PEOPLE: Final = WARM + 2 * OTHERS + 1
NOWHERE: Final = Client(CORP, "secret", "http://127.0.0.1:9")
"""Nothing is asked of WeCom here: what is said counts when it would be handed over."""
DESK: Final = "wk_bench"
Writes = Callable[[int, int], Event]
"""Makes the event of a person's message, by its number."""


class Answering:
    """A channel that takes every message at once; whoever is answered may go on."""

    answered: defaultdict[str, asyncio.Event]

    async def send(self, outgoing: Outgoing) -> Receipt:
        self.answered[outgoing.message.address].set()
        return Receipt(outgoing.message.key)

    async def listen(self, accept: Any, signs: Any) -> None:
        await asyncio.Event().wait()


class InTheApp(Answering, WeComChannel):
    """Our app's channel."""


class AtTheDesk(Answering, WecomKf):
    """Our desk's channel."""


class OnThePage(Answering, WebChat):
    """Our pages."""


async def in_wecom(folder: Path) -> tuple[float, float]:
    """Let colleagues type a command to the app."""
    database = _opened(folder)
    app = InTheApp(App(1, NOWHERE, Crypt(TOKEN, AES_KEY, CORP)), database)

    def hire(store: Store) -> None:
        for n in range(PEOPLE):
            store.staff.add(Person(new_id(), f"Colleague {n}", "rep", "zh-CN", "Asia/Shanghai"), {"wecom": f"u{n}"})

    def writes(person: int, n: int) -> Event:
        heard = {"FromUserName": f"u{person}", "MsgType": "text", "Content": "due", "MsgId": str(n)}
        event = event_of(heard, None, "zh-CN")
        assert event is not None
        return event

    return await _flooded(database, app, hire, writes)


async def at_the_desk(folder: Path) -> tuple[float, float]:
    """Let customers complain in WeChat."""
    database = _opened(folder)
    crypt = Crypt(TOKEN, AES_KEY, CORP)
    desk = AtTheDesk(NOWHERE, crypt, Files(), Tongues(database))

    def meet(store: Store) -> None:
        for n, guest in enumerate(found(store, PEOPLE, "telegram")):
            store.contacts.bind(guest.contact_id, desk.name, address_of(DESK, f"wm{n}"))

    def writes(person: int, n: int) -> Event:
        said = {"msgid": f"m{n}", "external_userid": f"wm{person}", "origin": 3, "msgtype": "text"}
        (event,) = events_of(said | {"text": {"content": words_of(n)}}, DESK, {})
        return event

    return await _flooded(database, desk, meet, writes)


async def on_the_page(folder: Path) -> tuple[float, float]:
    """Let customers complain in the web chat."""
    database = _opened(folder)

    def meet(store: Store) -> None:
        for n, guest in enumerate(found(store, PEOPLE, "telegram")):
            store.contacts.bind(guest.contact_id, "web", _guest(n))

    def writes(person: int, n: int) -> Event:
        return words_event(Speaker(_guest(person), "zh-CN"), Words(id=f"words-{n:08}", text=words_of(n)))

    return await _flooded(database, OnThePage(database), meet, writes)


def _guest(n: int) -> str:
    return f"guest:{n:022}"


def _opened(folder: Path) -> Database:
    return open_database(f"sqlite:///{folder / 'flood.db'}", KEY)


async def _flooded(
    database: Database, channel: Channel, prepare: Callable[[Store], None], writes: Writes
) -> tuple[float, float]:
    assert isinstance(channel, Answering)
    answered = channel.answered = defaultdict(asyncio.Event)
    others: Sequence[Channel] = () if isinstance(channel, WebChat) else (WebChat(),)
    bot, numbers = Bot(database, [*others, channel]), itertools.count()
    await bot.writer.do(prepare)
    async with running(bot, channel):

        async def write(person: int) -> None:
            event = writes(person, next(numbers))
            await bot.pump.accept([event])
            await answered[event.address].wait()

        flooding = list[asyncio.Task[list[Event]]]()

        def flood() -> None:
            flooding.extend(
                asyncio.create_task(bot.pump.accept([writes(PEOPLE - 1, next(numbers))])) for _ in range(FLOOD)
            )

        measured = await compared(write, flood, all_heard(bot, PEOPLE - 1 + FLOOD))
        await asyncio.gather(*flooding)
    return measured
