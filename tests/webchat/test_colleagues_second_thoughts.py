"""A colleague changes or takes back what they wrote under a ticket's card in the console, as far as it can follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.port import Outgoing, Receipt, WontWork
from bot.channels.webchat.channel import WebChat
from bot.channels.webchat.deeds import Correction, Speaker, Withdrawal, Words, words_event
from bot.channels.webchat.lines import corrected, line, withdrawn
from bot.channels.webchat.showing import showable
from bot.console.parts import NotTaken
from bot.console.posting import Posting
from bot.dispatch import Dispatch
from handlers.cards import Card
from storage.entries import TAKEN_BACK, Entry
from storage.inbox import Event
from storage.posts import Post
from tests.company import DAMAGED, SERVICE, Company
from tests.test_replies import Deaf
from tests.world import Colleague, World, all_words, turning


@pytest.fixture
def company(world: World) -> Company:
    company = Company.found(world)
    company.chen.writes(DAMAGED)
    company.li.presses("Take it", place=SERVICE)
    return company


def _says(company: Company, who: Colleague, text: str) -> Post:
    """Let somebody write into the ticket's thread; give the line by which it stands there."""
    world = company.world
    event = words_event(Speaker(who.address, "en"), Words(id=world.next_id(), text=text), SERVICE, company.thread)
    there = line(event, world.now)
    world.change(lambda store: store.posts.add_lines([there]))
    world.hands_in(event)
    return there


def _takes_back(company: Company, who: Colleague, there: Post) -> None:
    deed = Withdrawal(id=company.world.next_id(), slot=there.slot)
    company.world.hands_in(withdrawn(Speaker(who.address, "en"), deed, there, company.world.now)[0])


def _corrects(company: Company, who: Colleague, there: Post, text: str) -> None:
    deed = Correction(id=company.world.next_id(), slot=there.slot, text=text)
    company.world.hands_in(corrected(Speaker(who.address, "en"), deed, there, company.world.now)[0])


def _stands(company: Company, there: Post) -> str:
    now = company.world.ask(lambda store: store.posts.get(there.channel, there.address, there.slot))
    assert now is not None
    return all_words(Card.model_validate(now.card))


def test_a_note_that_was_taken_back_stands_nowhere(company: Company) -> None:
    there = _says(company, company.li, "Their card is 5500")
    _takes_back(company, company.li, there)
    assert _stands(company, there) == "Li Na took these words back."
    (entry,) = [
        e for e in company.world.ask(lambda store: store.entries.of_ticket(company.number, 9)) if e.flow == "internal"
    ]
    assert (entry.words, entry.state) == ("", TAKEN_BACK)


def test_a_note_that_was_changed_stands_as_it_is_now(company: Company) -> None:
    there = _says(company, company.li, "On Tusday")
    _corrects(company, company.li, there, "On Tuesday")
    assert _stands(company, there) == "On Tuesday"
    (entry,) = [
        e for e in company.world.ask(lambda store: store.entries.of_ticket(company.number, 9)) if e.flow == "internal"
    ]
    assert entry.words == "On Tuesday"


def test_a_reply_is_taken_back_within_ten_seconds_and_never_reaches_the_customer(company: Company) -> None:
    company.li.presses("Reply from this thread", place=SERVICE)
    there = _says(company, company.li, "You get it for free")
    company.world.wait(seconds=5)
    _takes_back(company, company.li, there)
    company.world.wait(minutes=1)
    assert "took these words back" in _stands(company, there)
    company.chen.hears_nothing("for free")


def test_a_reply_that_has_left_vanishes_where_the_customer_reads_it(company: Company) -> None:
    there = _replied(company, "You get it for free")
    _takes_back(company, company.li, there)
    company.chen.hears_nothing("for free")
    company.chen.hears("This message was taken back")
    assert "took these words back" in _stands(company, there)
    company.li.hears("the customer no longer sees it", place=SERVICE, thread=company.thread)
    (reply,) = _replies(company)
    assert (reply.words, reply.state) == ("", TAKEN_BACK)
    _corrects(company, company.li, there, "You get it for nothing")
    company.chen.hears_nothing("for nothing")


@pytest.mark.parametrize(("after", "vanishes"), [(timedelta(hours=47, minutes=59), True), (timedelta(hours=48), False)])
def test_a_reply_that_cannot_be_taken_back_any_more_stands_and_its_author_hears_so(
    company: Company, after: timedelta, *, vanishes: bool
) -> None:
    pump = company.world.bot.pump
    pump.dispatch = Dispatch(replace(pump.dispatch.around, recalls={"web": timedelta(hours=48)}))
    written = company.world.now
    there = _replied(company, "You get it for free")
    company.world.clock.moment = written + after
    before = len(company.li.cards())
    _takes_back(company, company.li, there)
    assert ("for free" in _stands(company, there)) is not vanishes
    if not vanishes:
        assert len(company.li.cards()) == before + 1
        company.chen.hears("for free")
        company.li.hears("deleting it here doesn't take it back")


def test_a_reply_that_its_platform_keeps_is_said_to_stand(company: Company) -> None:
    there = _replied(company, "You get it for free")
    company.world.bot.pump._channels["web"] = Deaf(company.chen.address)
    _takes_back(company, company.li, there)
    (reply,) = _replies(company)
    assert (reply.words, reply.state) == ("You get it for free", "delivered")
    company.li.hears("the customer still sees this message", place=SERVICE, thread=company.thread)
    company.li.hears("Li Na → Chen Wei", "the customer still sees this message")


class Meanwhile(WebChat):
    """A web chat in which something happens while a message is on the wire to somebody."""

    def __init__(self, company: Company, deed: Event, *, fails: bool) -> None:
        super().__init__()
        self._company, self._deeds, self._fails = company, [deed], fails

    async def send(self, outgoing: Outgoing) -> Receipt:
        if outgoing.message.address == self._company.chen.address and self._deeds:
            pump = self._company.world.bot.pump
            await turning(pump, pump.accept([self._deeds.pop()]))
            await pump.turn()
            if self._fails:
                raise WontWork("not today", "other")
        return await super().send(outgoing)


@pytest.mark.parametrize("fails", [False, True])
def test_a_reply_that_is_taken_back_while_it_is_on_the_wire_is_read_by_nobody_in_the_end(
    company: Company, *, fails: bool
) -> None:
    world, li = company.world, company.li
    li.presses("Reply from this thread", place=SERVICE)
    there = _says(company, li, "You get it for free")
    deed = withdrawn(Speaker(li.address, "en"), Withdrawal(id=world.next_id(), slot=there.slot), there, world.now)[0]
    world.bot.pump._channels["web"] = Meanwhile(company, deed, fails=fails)
    world.wait(minutes=1)
    company.chen.hears_nothing("for free")
    assert company.chen.count("This message was taken back") == (0 if fails else 1)
    assert "took these words back" in _stands(company, there)
    said = "the customer never saw it" if fails else "the customer no longer sees it"
    li.hears(said, place=SERVICE, thread=company.thread)
    assert [(reply.words, reply.state) for reply in _replies(company)] == [("", TAKEN_BACK)]
    assert li.count("was not delivered") == li.count("Too late") == 0


def _replied(company: Company, words: str) -> Post:
    """Let a reply leave the ticket's thread and reach its customer."""
    company.li.presses("Reply from this thread", place=SERVICE)
    there = _says(company, company.li, words)
    company.world.wait(minutes=1)
    company.chen.hears(words)
    return there


def test_a_reply_that_failed_is_gone_once_it_is_taken_back_and_is_never_tried_again(company: Company) -> None:
    world, chen = company.world, company.chen
    company.li.presses("Reply from this thread", place=SERVICE)
    there = _says(company, company.li, "You get it for free")
    world.bot.pump._channels["web"] = Deaf(chen.address)
    world.wait(minutes=1)
    (reply,) = _replies(company)
    assert (reply.words, reply.state) == ("You get it for free", "failed")
    world.bot.pump._channels["web"] = WebChat()
    _takes_back(company, company.li, there)
    (reply,) = _replies(company)
    assert (reply.words, reply.state) == ("", TAKEN_BACK)
    company.li.hears("Taken back; the customer never saw it", place=SERVICE, thread=company.thread)
    assert "for free" not in str(world.ask(lambda store: store.posts.of("web", SERVICE, thread=company.thread)))
    assert not world.change(lambda store: store.outbox.replay(reply.key, world.now))
    assert world.ask(lambda store: store.outbox.in_state("failed")) == []


def test_a_reply_taken_back_before_it_left_leaves_no_words_behind(company: Company) -> None:
    company.li.presses("Reply from this thread", place=SERVICE)
    _takes_back(company, company.li, _says(company, company.li, "You get it for free"))
    assert [reply.words for reply in _replies(company)] == [""]


def _replies(company: Company) -> list[Entry]:
    said = company.world.ask(lambda store: store.entries.of_ticket(company.number, 9))
    return [entry for entry in said if entry.flow == "out" and entry.key.startswith("reply:")]


def test_a_command_in_a_thread_is_nobodys_words_to_change(company: Company) -> None:
    for typed in ("/crm ticket show", "  /help"):
        there = _says(company, company.li, typed)
        assert not showable(there)["own"]
        posting = Posting(company.world.bot, Speaker(company.li.address, "en"))
        with pytest.raises(NotTaken):
            company.world._runner.run(
                posting.take_back(Withdrawal(id=company.world.next_id(), slot=there.slot), SERVICE)
            )
        assert typed.strip() in _stands(company, there)
    assert showable(_says(company, company.li, "A note of mine"))["own"]


def test_what_is_neither_a_note_nor_a_reply_stays_and_its_author_hears_why(company: Company) -> None:
    there = _says(company, company.li, "/help")
    before = len(company.li.cards())
    _takes_back(company, company.li, there)
    _corrects(company, company.li, there, "something else")
    assert len(company.li.cards()) == before + 2
    company.li.hears("Only notes and replies can be edited or taken back")
    assert _stands(company, there) == "/help"


def test_a_reply_that_is_changed_leaves_changed_and_is_edited_where_it_stands(company: Company) -> None:
    company.li.presses("Reply from this thread", place=SERVICE)
    there = _says(company, company.li, "It comes on Tusday")
    _corrects(company, company.li, there, "It comes on Tuesday")
    company.world.wait(minutes=1)
    company.chen.hears("on Tuesday")
    company.chen.hears_nothing("Tusday")
    _corrects(company, company.li, there, "It comes on Wednesday")
    company.chen.hears("on Wednesday")
    assert _stands(company, there) == "It comes on Wednesday"


def test_nobody_changes_what_another_colleague_wrote(company: Company) -> None:
    there = _says(company, company.li, "A note of mine")
    _takes_back(company, company.sun, there)
    _corrects(company, company.sun, there, "forged")
    assert _stands(company, there) == "A note of mine"
