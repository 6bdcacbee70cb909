"""A bot that has a language model at hand, and a rep who asks for drafts."""

from __future__ import annotations

from datetime import timedelta

from bot.app import Bot
from bot.channels.model import ModelChannel
from bot.channels.webchat.channel import WebChat
from storage.database import Database
from storage.drafts import Draft, drafts
from storage.messages import Message
from storage.store import Store
from storage.touches import Touch
from tests.emulators.model import KEY, MODEL, ModelEmulator
from tests.world import Colleague, Guest, World

GOOD = "Hello {{contact}}, how are things at {{company}}? I was glad that we spoke on the phone."
NOTE = "Wei asked for PO-7788: wei@acme.example, 138 1234 5678, https://acme.example/x"


class ModelWorld(World):
    """A bot that has a model at hand, which the test can break."""

    def __init__(self, database: Database, *, url: str = "") -> None:
        self.model = ModelEmulator(words=GOOD)
        self._url = url
        super().__init__(database)

    async def _make(self, database: Database, policy: str | None) -> Bot:
        await self.model.start()
        url = self._url or self.model.url
        self.channel = ModelChannel(KEY, MODEL, url, clock=self.clock)
        return Bot(database, [WebChat(), self.channel], policy, self.clock)

    def grows_impatient(self) -> None:
        """Wait for an answer no longer than a test wants to."""
        self.channel._whole_answer = timedelta(seconds=2)

    def end(self) -> None:
        self._runner.run(self.model.stop())
        super().end()


class ModelDesk:
    """Li Na, who writes to Chen Wei of Acme; one note is on record."""

    def __init__(self, world: ModelWorld, note: str = NOTE) -> None:
        self.world = world
        self.li: Colleague = world.colleague("Li Na")
        self.chen: Guest = world.customer("Acme Ltd", contact="Chen Wei", owner=self.li, tier="growth")
        self.notes(note)

    def notes(self, words: str) -> None:
        assert self.chen.customer is not None
        customer_id = self.chen.customer.id
        touch = Touch("t1", customer_id, "call", words, self.world.now - timedelta(days=3), staff_id=self.li.person.id)
        self.world.change(lambda store: store.touches.add(touch))

    def asks(self) -> None:
        self.li.types("/crm draft Acme follow-up")

    @property
    def draft(self) -> Draft:
        def read(store: Store) -> Draft:
            (row,) = store.connection.execute(drafts.select())
            found = store.drafts.get(row.id)
            assert found is not None
            return found

        return self.world.ask(read)

    @property
    def request(self) -> Message:
        found = self.world.ask(lambda store: store.outbox.get(f"model:{self.draft.id}:1"))
        assert found is not None
        return found
