"""A world whose customers and colleagues sit in Telegram: they write, press and read at the emulator, not in the bot."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.app import Bot
from bot.channels.telegram import TelegramChannel
from bot.channels.webchat.channel import WebChat
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.database import Database
from storage.messages import Kind, Message
from storage.staff import Person
from tests.emulators.telegram import TOKEN, Bubble, Telegram
from tests.emulators.telegram_rules import moment
from tests.world import World

SECOND = timedelta(seconds=1)
PATIENCE = 60
"""Seconds that everything may take to follow on a busy machine."""
_ids = itertools.count(700_001)


class Stage(World):
    """One company, one bot account; the pump runs, and `settle` waits until all updates are confirmed and answered."""

    telegram: Telegram
    channel: TelegramChannel

    async def _make(self, database: Database, policy: str | None) -> Bot:
        self.telegram, self.connections = Telegram(), list[TelegramChannel]()
        await self.telegram.start()
        self.channel = self.connection()
        bot = Bot(database, [WebChat(), self.channel], policy, self.clock, address="https://crm.example")
        await self.open_doors(bot)
        self.running = [asyncio.create_task(bot.pump.run()), asyncio.create_task(self.listen(bot))]
        return bot

    async def open_doors(self, bot: Bot) -> None:
        """Open what the channel's platform comes to; a channel that polls has no doors."""

    def connection(self, **how: Any) -> TelegramChannel:
        quick = {"patience": timedelta(seconds=3), "pause": timedelta(milliseconds=20), "lease": timedelta(seconds=2)}
        self.connections.append(TelegramChannel(TOKEN, self.telegram.url, **(quick | how)))
        return self.connections[-1]

    async def listen(self, bot: Bot) -> None:
        await bot._listen(self.channel)

    def settle(self) -> None:
        """Let everything happen that can; chats that were just spoken to are free again after a second."""
        self._runner.run(self._calm())
        for _ in range(8):
            due = self.ask(lambda store: store.outbox.next_due())
            if due is None or due > self.now:
                return
            self.clock.moment += SECOND
            self._runner.run(self._calm())

    async def _settle(self) -> None:
        await self._calm()

    async def _calm(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.telegram.confirmed()
            await self.bot.pump.settled()

    def run(self, work: Any) -> Any:
        return self._runner.run(work)

    def end(self) -> None:
        self._runner.run(self._close())
        super().end()

    async def _close(self) -> None:
        self.running[1].cancel()
        await asyncio.gather(self.running[1], return_exceptions=True)
        with suppress(TimeoutError):
            await self.bot.pump.stop()
        await asyncio.gather(*self.running, return_exceptions=True)
        await asyncio.gather(*(channel.close() for channel in self.connections))
        await self.telegram.stop()

    def someone(self, name: str = "Someone", language: str = "en") -> Client:
        return Client(self, next(_ids), name, language)

    def known(self, company: str, name: str, *, owner: Person | None = None, language: str = "en") -> Client:
        """Put a customer on record whose contact is in Telegram."""
        client = self.someone(name, language)
        owner_id = owner.id if owner else None
        customer = Customer(id=new_id(), name=company, language=language, owner_id=owner_id, since=self.now)
        contact = Contact(id=new_id(), customer_id=customer.id, name=name, language=language)

        def write(store: Any) -> None:
            store.customers.add(customer)
            store.contacts.add(contact, self.now)
            store.contacts.bind(contact.id, "telegram", str(client.id))

        self.change(write)
        client.opens()
        return client

    def worker(self, name: str, role: str = "rep", **more: Any) -> Client:
        """Put a colleague on record who is in Telegram."""
        client = self.someone(name, more.get("language", "en"))
        person = Person(id=new_id(), name=name, role=role, **{"zone": "Asia/Shanghai", "language": "en", **more})
        self.change(lambda store: store.staff.add(person, {"telegram": str(client.id)}))
        client.person = person
        client.opens()
        return client

    def say(self, key: str, to: Client, kind: Kind = Kind.REPLY, **card: Any) -> None:
        """Leave a message in the outbox, without waiting for it to leave."""
        shown = {"text": key, **card}
        message = Message(key=key, channel="telegram", address=str(to.id), card=shown, kind=kind)
        self.change(lambda store: store.outbox.say(message, self.now))

    def state(self, key: str) -> str:
        found = self.ask(lambda store: store.outbox.get(key))
        assert found is not None
        return found.state


@dataclass
class Client:
    """Somebody with Telegram on their phone."""

    world: Stage
    id: int
    name: str
    language: str = "en"
    person: Person | None = None
    group: int | None = None
    seen: list[str] = field(default_factory=list)
    said: int = 0
    """The id of what they wrote last."""

    @property
    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.name}

    def opens(self) -> None:
        """Open the chat; before that the bot cannot write here."""
        self.world.telegram.chats.setdefault(self.id, [])

    def writes(self, text: str = "", *, settle: bool = True, **more: Any) -> int:
        words = {"text": text} if text else {}
        return self._reports("message", self._message(**words, **more), settle=settle)

    def starts(self, code: str = "") -> int:
        return self.writes(f"/start {code}".strip())

    def edits(self, text: str, of: int = 0) -> int:
        """Correct a message; without one, some message that we never heard of."""
        which = {"message_id": of} if of else {}
        return self._reports("edited_message", self._message(text=text, edit_date=moment(), **which))

    def forwards(self, text: str, author: Client) -> int:
        origin = {"type": "user", "date": moment(), "sender_user": author.user}
        return self.writes(text, forward_origin=origin)

    def presses(self, label: str, *, settle: bool = True) -> int:
        """Press the newest button of this label."""
        bubble = next(b for b in reversed(self.bubbles) if label in b.buttons)
        return self.presses_data(bubble.data(label), bubble.id, settle=settle)

    def presses_data(
        self, data: str, message_id: int, *, settle: bool = True, chat: dict[str, Any] | None = None
    ) -> int:
        return self._reports("callback_query", self.pressed(data, message_id, chat), settle=settle)

    def pressed(self, data: str, message_id: int, chat: dict[str, Any] | None = None) -> dict[str, Any]:
        """Make what is told of a press, without telling it."""
        about = {"message_id": message_id, "date": moment(), "chat": chat or self.chat, "text": "…"}
        self.seen.append(f"q{self.world.telegram.next_id()}")
        return {"id": self.seen[-1], "from": self.user, "chat_instance": "1", "data": data, "message": about}

    def blocks(self) -> None:
        self.world.telegram.blocked.add(self.id)
        self._reports("my_chat_member", self._member("member", "kicked"))

    def unblocks(self) -> None:
        self.world.telegram.blocked.discard(self.id)
        self._reports("my_chat_member", self._member("kicked", "member"))

    @property
    def bubbles(self) -> list[Bubble]:
        return self.world.telegram.chats.get(self.id, [])

    def hears(self, *words: str) -> Bubble:
        """Find the newest message that has all these words."""
        for bubble in reversed(self.bubbles):
            if all(word in bubble.text for word in words):
                return bubble
        said = "\n---\n".join(bubble.text for bubble in self.bubbles)
        raise AssertionError(f"{words} was not said; said was:\n{said}")

    def count(self, *words: str) -> int:
        return sum(all(word in bubble.text for word in words) for bubble in self.bubbles)

    def _reports(self, kind: str, what: dict[str, Any], *, settle: bool = True) -> int:
        self.opens()
        update_id = self.world.telegram.report(kind, what)
        if settle:
            self.world.settle()
        return update_id

    def _message(self, **content: Any) -> dict[str, Any]:
        id_ = self.said = self.world.telegram.next_id()
        return {"message_id": id_, "date": moment(), "chat": self.chat, "from": self.user} | content

    def _member(self, old: str, new: str) -> dict[str, Any]:
        bot = {"id": 4711, "is_bot": True, "first_name": "Rapport"}
        until = {"until_date": 0}
        states = [{"user": bot, "status": s} | (until if s == "kicked" else {}) for s in (old, new)]
        about = {"chat": self.chat, "from": self.user, "date": moment()}
        return about | {"old_chat_member": states[0], "new_chat_member": states[1]}
