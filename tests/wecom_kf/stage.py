"""A world whose customers sit in WeChat: they write and tap at the emulator; bells ring over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot import web
from bot.app import Bot
from bot.channels.files import Files
from bot.channels.port import Channel, Pace
from bot.channels.webchat.channel import WebChat
from bot.channels.wecom.client import Client
from bot.channels.wecom.contacts import ContactsChannel
from bot.channels.wecom.crypto import Crypt
from bot.channels.wecom.kf import WecomKf
from bot.channels.wecom.tongues import Tongues
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.database import Database
from storage.inbox import Event, inbox
from storage.messages import Kind, Message
from storage.staff import Person
from tests.emulators.wecom import CORP, WeCom
from tests.emulators.wecom_kf import DESK, KF_KEY, KF_SECRET, KF_TOKEN, Kf, Shown
from tests.emulators.wecom_wire import Fault
from tests.world import World

SECOND = timedelta(seconds=1)
LIMIT = 60
"""Seconds after which something hangs."""


class Stage(World):
    """One company with a service desk; the pump runs, and `settle` waits until all is read and answered."""

    wecom: WeCom
    kf: Kf
    channel: WecomKf

    async def _make(self, database: Database, policy: str | None) -> Bot:
        self._database = database
        self.wecom = WeCom()
        self.kf = Kf(self.wecom, lambda: self.clock.moment)
        await self.wecom.start()
        self.channel = self.connection()
        channels: list[Channel] = [WebChat(), self.channel, ContactsChannel(self.client, pace=Pace())]
        bot = Bot(database, channels, policy, self.clock)
        self.files.held_by(channels)
        app = web.make_app(bot, console=False)
        at = web.listen("127.0.0.1", 0)
        at.listen()  # so that nobody who knocks before it serves is turned away
        self.kf.door = f"http://127.0.0.1:{at.getsockname()[1]}/wecom/kf"
        self.running = [
            asyncio.create_task(work)
            for work in (bot.pump.run(), bot._listen(self.channel), web.serve(app, "127.0.0.1", 0, at=at))
        ]
        return bot

    def connection(self) -> WecomKf:
        self.files = Files()
        client = self.client = Client(CORP, KF_SECRET, self.wecom.url, patience=timedelta(seconds=10))
        crypt = Crypt(KF_TOKEN, KF_KEY, CORP)
        self.tongues = Tongues(self._database)
        return WecomKf(client, crypt, self.files, self.tongues, again=SECOND, lease=5 * SECOND, list_at_most=SECOND / 4)

    def settle(self) -> None:
        """Let everything happen that can; what has a pace or a way back leaves as the time passes."""
        self.run(self._calm())
        for _ in range(8):
            due = self.ask(lambda store: store.outbox.next_due())
            if due is None or due > self.now:
                return
            self.clock.moment += SECOND
            self.run(self._calm())

    async def _settle(self) -> None:
        await self._calm()

    async def _calm(self) -> None:
        async with asyncio.timeout(LIMIT):
            for desk in self.kf.desks:
                while self.read_until(desk) != self.kf.cursor(desk):  # noqa: ASYNC110 - seen from outside
                    await asyncio.sleep(0.01)
            await self.bot.pump.settled()

    def read_until(self, desk: str = DESK) -> str:
        """Tell how far a desk was read, by what is stored."""
        read = self.ask(lambda store: store.settings.get(f"kf:{desk}:cursor"))
        return read["cursor"] if read else "cur000000"

    def hands_in(self, *events: Event) -> list[Event]:
        new: list[Event] = self.run(self.bot.pump.accept(events))
        self.settle()
        return new

    def run(self, work: Any) -> Any:
        return self._runner.run(work)

    def end(self) -> None:
        self.run(self._close())
        super().end()

    async def _close(self) -> None:
        for task in self.running[1:]:
            task.cancel()
        await asyncio.gather(*self.running[1:], return_exceptions=True)
        with suppress(TimeoutError):
            await self.bot.pump.stop()
        await asyncio.gather(self.running[0], return_exceptions=True)
        await self.channel.close()
        await self.kf.close()
        await self.wecom.stop()

    def someone(self, name: str = "wmChenWei") -> WeChatter:
        return WeChatter(self, name)

    def known(self, company: str, name: str, id_: str, *, owner: Person | None = None) -> WeChatter:
        """Put a customer on record whose contact writes from WeChat."""
        owner_id = owner.id if owner else None
        customer = Customer(id=new_id(), name=company, language="zh-CN", owner_id=owner_id, since=self.now)
        contact = Contact(id=new_id(), customer_id=customer.id, name=name, language="zh-CN")

        def write(store: Any) -> None:
            store.customers.add(customer)
            store.contacts.add(contact, self.now)
            store.contacts.bind(contact.id, "wecom-kf", f"{DESK}:{id_}")

        self.change(write)
        return WeChatter(self, id_)

    def servicer(self, name: str, userid: str) -> Person:
        """Put a colleague on record who serves customers in WeChat."""
        person = Person(id=new_id(), name=name, role="rep", language="zh-CN", zone="Asia/Shanghai")
        self.change(lambda store: store.staff.add(person, {"wecom": userid}))
        return person

    def say(self, key: str, to: WeChatter, kind: Kind = Kind.REPLY, *, receipt: bool = False, **card: Any) -> None:
        shown = {"text": key, **card}
        message = Message(key=key, channel="wecom-kf", address=to.address, card=shown, kind=kind, receipt=receipt)
        self.change(lambda store: store.outbox.say(message, self.now))

    def state(self, key: str) -> str:
        found = self.ask(lambda store: store.outbox.get(key))
        assert found is not None
        return str(found.state)

    def events(self, kind: str) -> list[dict[str, Any]]:
        """Give what was stored of a kind, whatever became of it."""

        def find(store: Any) -> list[Any]:
            where = (inbox.c.channel == "wecom-kf", inbox.c.kind == kind)
            return list(store.connection.execute(select(inbox.c.body).where(*where).order_by(inbox.c.id)))

        return [row.body["body"] for row in self.ask(find)]

    @contextmanager
    def breaks(self, fault: Fault, path: str = "kf/send_msg", *, times: int = 1) -> Iterator[None]:
        """Let the next calls of an interface go wrong."""
        left = times

        def decide(called: str, _body: Any) -> Fault:
            nonlocal left
            if called != path or left == 0:
                return "ok"
            left -= 1
            return fault

        before: Callable[..., Fault] = self.wecom.fault
        self.wecom.fault = decide
        yield
        self.wecom.fault = before


@dataclass
class WeChatter:
    """Somebody with WeChat on their phone."""

    stage: Stage
    id: str
    said: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{DESK}:{self.id}"

    @property
    def shown(self) -> list[Shown]:
        return self.stage.kf.session(self.id).shown

    def writes(self, text: str, *, settle: bool = True) -> str:
        return self._does(self.stage.kf.writes(self.id, text), settle=settle)

    def sends(self, **message: Any) -> str:
        return self._does(self.stage.kf.writes(self.id, **message))

    def hands_in(self, kind: str, name: str, content: bytes) -> str:
        return self._does(self.stage.kf.hands_in(self.id, kind, name, content))

    def taps(self, label: str) -> str:
        return self._does(self.stage.kf.taps(self.id, label))

    def enters(self, param: str = "") -> str:
        return self._does(self.stage.kf.enters(self.id, param=param))

    def does(self, work: Any) -> None:
        self._does(work)

    def hears(self, *words: str) -> Shown:
        """Find the newest message that has all these words."""
        for shown in reversed(self.shown):
            if all(word in shown.text for word in words):
                return shown
        said = "\n---\n".join(shown.text for shown in self.shown)
        raise AssertionError(f"{words} was not said; said was:\n{said}")

    def count(self, *words: str) -> int:
        return sum(all(word in shown.text for word in words) for shown in self.shown)

    def _does(self, work: Any, *, settle: bool = True) -> str:
        done: str = self.stage.run(work)
        if settle:
            self.stage.settle()
        return done
