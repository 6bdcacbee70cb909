"""What a colleague takes back vanishes from a customer's chat in Telegram, all of it, for as long as Telegram lets us."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.telegram.channel import PACE
from bot.channels.webchat.deeds import Correction, Speaker, Withdrawal, Words, words_event
from bot.channels.webchat.lines import corrected, line, withdrawn
from storage.entries import TAKEN_BACK, Entry
from storage.posts import Post
from tests.telegram.stage import Client, Stage

LONG = "The pump has a part that " * 300


class Desk:
    """A colleague in the console, who answers a customer in Telegram."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.li = stage.colleague("Li Na")
        self.chen: Client = stage.known("Acme", "Chen Wei", owner=self.li.person)
        self.chen.writes("I want to complain, my order arrived damaged!")
        self.number = stage.ticket.number
        self.li.types(f"/crm ticket mode {self.number} reply")
        self.before = len(self.chen.bubbles)

    def says(self, text: str) -> Post:
        stage = self.stage
        event = words_event(self._speaker, Words(id=stage.next_id(), text=text), "#service", f"ticket:{self.number}")
        there = line(event, stage.now)
        stage.change(lambda store: store.posts.add_lines([there]))
        stage.hands_in(event)
        stage.wait(seconds=30)
        stage.settle()
        return there

    def corrects(self, there: Post, text: str) -> None:
        deed = Correction(id=self.stage.next_id(), slot=there.slot, text=text)
        self.stage.hands_in(corrected(self._speaker, deed, there, self.stage.now)[0])
        self.stage.settle()

    def takes_back(self, there: Post) -> None:
        deed = Withdrawal(id=self.stage.next_id(), slot=there.slot)
        self.stage.hands_in(withdrawn(self._speaker, deed, there, self.stage.now)[0])
        self.stage.settle()

    @property
    def _speaker(self) -> Speaker:
        return Speaker(self.li.address, "en")

    @property
    def said(self) -> list[str]:
        """Give what stands in the customer's chat since then."""
        return [bubble.text for bubble in self.chen.bubbles[self.before :]]

    @property
    def reply(self) -> Entry:
        said = self.stage.ask(lambda store: store.entries.of_ticket(self.number))
        return next(entry for entry in said if entry.key.startswith("reply:"))


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return Desk(stage)


@pytest.mark.parametrize("words", ["You get it for free", LONG], ids=["short", "of several messages"])
def test_a_reply_vanishes_with_all_its_messages(desk: Desk, words: str) -> None:
    there = desk.says(words)
    assert len(desk.said) == (1 if words != LONG else 2)
    desk.takes_back(there)
    assert desk.said == []
    assert (desk.reply.words, desk.reply.state) == ("", TAKEN_BACK)


def test_a_reply_that_grew_vanishes_whole(desk: Desk) -> None:
    there = desk.says("You get it for free")
    desk.corrects(there, LONG)
    assert len(desk.said) == 2
    desk.takes_back(there)
    assert desk.said == []


def test_what_telegram_keeps_is_said_to_stand(desk: Desk) -> None:
    there = desk.says("You get it for free")
    desk.stage.telegram.too_old = {bubble.id for bubble in desk.chen.bubbles}
    desk.takes_back(there)
    assert any("for free" in said for said in desk.said)
    assert (desk.reply.words, desk.reply.state) == ("You get it for free", "delivered")
    desk.li.hears("the customer still sees this message")


def test_it_can_be_taken_back_for_two_days() -> None:
    assert PACE.recall is not None
    assert PACE.recall.span == timedelta(hours=48)
