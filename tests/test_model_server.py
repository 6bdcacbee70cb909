"""The model channel against somebody else's server (llmock): it and the official client agree on what we understood."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from llmock.pytest_plugin import LLMock

from bot.app import Bot
from bot.channels.model import ModelChannel
from bot.channels.webchat.channel import WebChat
from storage.database import Database
from tests.world import Colleague, World

GOOD = "Hello {{contact}}, how are things at {{company}}? I was glad that we spoke."


class Served(World):
    """A bot whose model is served by llmock."""

    def __init__(self, database: Database, server: LLMock) -> None:
        self._url = server.base_url()
        super().__init__(database)
        self.li: Colleague = self.colleague("Li Na")
        self.customer("Acme Ltd", contact="Chen Wei", owner=self.li)
        self.li.types("/crm log Acme called, wants a quote")

    async def _make(self, database: Database, policy: str | None) -> Bot:
        patience = timedelta(seconds=3)
        model = ModelChannel("sk-llmock", "gpt-4o-mini", self._url, clock=self.clock, whole_answer=patience)
        return Bot(database, [WebChat(), model], policy, self.clock)

    def asks(self) -> None:
        self.li.types("/crm draft Acme follow-up")


@pytest.fixture
def served(database: Database, llmock: LLMock) -> Iterator[Served]:
    served = Served(database, llmock)
    yield served
    served.end()


def asked(server: LLMock) -> int:
    return len(server.requests)


def test_its_words_take_the_templates_place(served: Served, llmock: LLMock) -> None:
    llmock.reply(GOOD)
    served.asks()
    card = served.li.hears("A language model wrote these words")
    assert card.quote is not None
    assert card.quote.words == "Hello Chen Wei, how are things at Acme Ltd? I was glad that we spoke."
    assert asked(llmock) == 1


@pytest.mark.parametrize("status", [500, 502])
def test_a_passing_fault_is_tried_again_by_the_outbox_alone(served: Served, llmock: LLMock, status: int) -> None:
    llmock.fail(status).reply(GOOD)
    served.asks()
    assert asked(llmock) == 1, "neither the client nor tenacity asks again by itself"
    served.wait(seconds=3, step=timedelta(seconds=1))
    served.li.hears("A language model wrote these words")
    assert asked(llmock) == 2


def test_it_is_asked_again_no_earlier_than_it_says(served: Served, llmock: LLMock) -> None:
    llmock.rate_limit(retry_after=7).reply(GOOD)
    served.asks()
    served.wait(seconds=6, step=timedelta(seconds=1))
    assert asked(llmock) == 1
    served.wait(seconds=1)
    served.li.hears("A language model wrote these words")


def test_what_will_never_work_is_asked_once(served: Served, llmock: LLMock) -> None:
    llmock.context_overflow(times=None)
    served.asks()
    served.wait(seconds=60, step=timedelta(seconds=10))
    served.li.hears("The language model could not be asked", "[Send]")
    assert asked(llmock) == 1


def test_one_that_thinks_too_long_is_left_and_asked_again(served: Served, llmock: LLMock) -> None:
    llmock.delay(10).reply("too late to be read").reply(GOOD)
    served.asks()
    served.li.hears("A language model is writing a version")
    served.wait(seconds=3, step=timedelta(seconds=1))
    served.li.hears("A language model wrote these words")


def test_an_outage_leaves_the_template_and_says_so(served: Served, llmock: LLMock) -> None:
    llmock.outage()
    served.asks()
    served.wait(seconds=91, step=timedelta(seconds=1))
    served.li.hears("The language model could not be asked", "[Send]")
    assert asked(llmock) <= 18, "it asks for a second each time, and gets five"


def test_a_question_reaches_it_as_the_doctor_asks_it(llmock: LLMock) -> None:
    llmock.reply("pong")
    channel = ModelChannel("sk-llmock", "gpt-4o-mini", llmock.base_url())
    assert asyncio.run(channel.ask("Answer with one word.", "ping")) == "pong"
