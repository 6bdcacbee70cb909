"""Outreach: a draft from the facts on record, a person's yes, ten seconds to think again, and no word too many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from handlers.outreach import message_key
from prompts.drafting import OPENINGS, purpose_for, purpose_named, write
from scheduler.policy.consent import obstacle
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.drafts import Draft, drafts
from storage.inbox import Event
from storage.orders import Order
from storage.store import Store
from tests.policy.samples import default
from tests.test_reminders import due_day, last_contact, record, shanghai
from tests.world import MONDAY, Colleague, Guest, World, all_words


@dataclass
class Desk:
    """A manager, a rep, a customer of the rep's who bought something in May and was called in November."""

    world: World
    wang: Colleague
    li: Colleague
    chen: Guest

    def drafts(self) -> list[Draft]:
        """Every draft there is, oldest first."""

        def read(store: Store) -> list[Draft]:
            ids = [row.id for row in store.connection.execute(drafts.select().order_by(drafts.c.made_at))]
            return [found for id_ in ids if (found := store.drafts.get(id_))]

        return self.world.ask(read)

    @property
    def draft(self) -> Draft:
        return self.drafts()[-1]

    def agree(self, *, given: bool) -> None:
        now = self.world.now
        self.world.change(lambda s: s.contacts.consent(self.chen.contact_id, "marketing", "words", now, given=given))


def buys(world: World, guest: Guest, number: str, at: str) -> None:
    def write_down(store: Store) -> None:
        customer_id = record(store, guest).id
        store.orders.put([Order(new_id(), customer_id, number, shanghai(at), Decimal(1200), "CNY", 1)])

    world.change(write_down)


@pytest.fixture
def desk(world: World) -> Desk:
    wang = world.colleague("Wang Qiang", "manager")
    li = world.colleague("Li Na", manager_id=wang.person.id)
    chen = world.customer("Acme Ltd", contact="Chen Wei", owner=li, tier="growth", zone="Asia/Shanghai")
    last_contact(world, chen, shanghai("11-13 15:00"))
    buys(world, chen, "PO-118", "05-12 10:00")
    li.types("/crm log Acme called, wants quote Fri")
    return Desk(world, wang, li, chen)


def test_a_draft_is_made_from_facts_and_sent_after_a_yes(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    card = desk.li.hears("Draft for Chen Wei (Acme Ltd): renewal", "Goes out by web chat", "• Last order PO-118")
    assert card.quote is not None
    assert card.quote.words.startswith("Hello Chen Wei,\n\nYou've been with us since")
    assert [button.label for button in card.buttons] == ["Send", "Edit", "Drop"]
    assert desk.chen.cards() == []

    desk.li.presses("Send")
    assert desk.chen.cards() == [], "it left before anybody could think again"
    desk.world.wait(seconds=11)
    assert desk.chen.hears("PO-118 of 12 May").from_person == "Li Na"
    done = desk.li.hears("Sent by Li Na, delivered today 10:00.")
    assert done.buttons == ()
    (entry,) = desk.world.ask(lambda s: s.entries.of_customer(desk.draft.customer_id))
    assert (entry.flow, entry.author, entry.state) == ("out", desk.li.person.id, "delivered")


def test_edited_words_go_out_and_both_are_kept(desk: Desk) -> None:
    desk.li.types("/crm draft Acme follow-up")
    before = desk.draft.words
    form = next(button.form for button in desk.li.hears("Draft for").buttons if button.label == "Edit")
    assert form is not None
    assert form.asks[0].value == before
    desk.li.presses("Edit", words="Dear Chen, the quote comes Friday.")
    assert desk.li.count("Draft for") == 1
    desk.li.presses("Send")
    desk.world.wait(seconds=11)
    desk.chen.hears("Dear Chen, the quote comes Friday.")
    assert (desk.draft.original, desk.draft.words) == (before, "Dear Chen, the quote comes Friday.")


def test_sending_counts_as_a_contact_where_the_policy_says_so(desk: Desk) -> None:
    desk.world.wait(days=3, step=timedelta(days=1))
    assert due_day(desk.world, desk.chen) == "12-23 08:30"
    desk.li.types("/crm draft Acme follow-up")
    desk.li.presses("Send")
    assert due_day(desk.world, desk.chen) == "12-23 08:30", "words that may still be taken back count for nothing"
    desk.world.wait(seconds=11)
    assert due_day(desk.world, desk.chen) == "12-28 08:30"  # a month from the 26th is a Saturday: Monday
    touch = desk.world.ask(lambda s: s.touches.of(record(s, desk.chen).id))[0]
    assert (touch.kind, touch.contact_id) == ("message", desk.chen.contact_id)


def test_undo_takes_it_back_and_it_can_be_sent_again(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    desk.world.wait(seconds=9, step=timedelta(seconds=1))
    desk.li.presses("Undo")
    desk.li.hears("Li Na took it back in time.", "[Send]")
    desk.world.wait(minutes=5, step=timedelta(minutes=1))
    assert desk.chen.cards() == []
    desk.li.presses("Send")
    desk.world.wait(seconds=11)
    assert desk.chen.count("PO-118") == 1


def test_undo_after_ten_seconds_is_too_late(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    id_ = desk.draft.id
    desk.world.wait(seconds=11)
    desk.li.runs("draft undo", draft=id_)
    desk.li.hears("It has already gone out.")
    assert desk.draft.state == "sent"


def test_the_second_click_is_told_who_and_when(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    id_ = desk.draft.id
    desk.wang.runs("draft send", draft=id_)
    desk.li.runs("draft send", draft=id_)
    desk.li.hears("Wang Qiang has already sent it, today 10:00.")
    desk.li.runs("draft drop", draft=id_)
    desk.world.wait(seconds=11)
    assert desk.chen.count("PO-118") == 1
    assert desk.chen.hears("PO-118").from_person == "Wang Qiang"


def test_drop_ends_it(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Drop")
    assert desk.li.hears("Dropped by Li Na, today 10:00").buttons == ()
    desk.li.runs("draft send", draft=desk.draft.id)
    desk.li.hears("Li Na has dropped it, today 10:00.")


def test_a_customer_who_writes_first_overtakes_the_draft(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.chen.writes("What does the big filter cost?")
    assert desk.li.hears("Chen Wei wrote meanwhile (today 10:00)").buttons == ()
    desk.li.runs("draft send", draft=desk.draft.id)
    desk.li.hears("The customer wrote meanwhile (today 10:00): this draft is off.")
    desk.world.wait(minutes=1)
    desk.chen.hears_nothing("PO-118")


def test_a_customer_who_writes_within_the_ten_seconds_stops_what_was_sent(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    desk.world.wait(seconds=5)
    desk.chen.writes("What does the big filter cost?")
    desk.li.hears("Your message to Chen Wei (Acme Ltd) didn't go out: they wrote first.")
    desk.world.wait(minutes=1)
    desk.chen.hears_nothing("PO-118")
    assert desk.draft.state == "overtaken"


def test_an_answer_to_a_draft_that_arrived_takes_nothing_back(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    desk.world.wait(seconds=11)
    desk.chen.writes("Thanks, call me tomorrow.")
    assert desk.draft.state == "sent"
    desk.li.hears("Sent by Li Na, delivered")


@pytest.mark.parametrize("change", ["opted out", "wrote", "unbound", "not sent"])
def test_the_guard_asks_again_in_the_moment_of_leaving(desk: Desk, change: str) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    sent, contact_id, address = desk.draft, desk.chen.contact_id, desk.chen.address
    changes: dict[str, Any] = {
        "opted out": lambda s: s.contacts.consent(contact_id, "all", "words", desk.world.now, given=False),
        "wrote": lambda s: s.connection.exec_driver_sql("update entries set flow = 'in'"),
        "unbound": lambda s: s.contacts.set_reachable("web", address, reachable=False),
        "not sent": lambda s: s.drafts.change(sent, state="dropped"),
    }
    if change == "wrote":
        desk.world.clock.moment += timedelta(seconds=1)
        desk.world.change(lambda s: s.entries.add(_inbound(sent, desk.world)))
    else:
        desk.world.change(changes[change])
    desk.world.wait(minutes=1)
    assert desk.chen.cards() == []
    message = desk.world.ask(lambda s: s.outbox.get(message_key(sent)))
    assert message is not None
    assert message.state == "suppressed"


def _inbound(sent: Draft, world: World) -> Any:
    from storage.entries import Entry

    return Entry("x", "in", sent.contact_id, "web", "hello", world.now, contact_id=sent.contact_id)


def test_a_draft_waits_for_the_customers_morning_and_says_so(desk: Desk) -> None:
    desk.world.clock.moment = shanghai("11-23 22:30")
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    desk.li.hears("it is night there, so it leaves tomorrow 08:00", "[Undo]")
    desk.world.until(shanghai("11-24 07:45"))
    assert desk.chen.cards() == []
    desk.world.until(shanghai("11-24 08:15"))
    desk.chen.hears("PO-118")


def test_a_draft_that_nobody_sends_expires(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.world.wait(days=7, step=timedelta(hours=12))
    assert desk.li.hears("Too old: nobody sent it").buttons == ()
    desk.li.runs("draft send", draft=desk.draft.id)
    desk.li.hears("This draft is too old")
    assert desk.chen.cards() == []


def test_a_foreign_draft_and_a_foreign_customer_are_not_there(desk: Desk) -> None:
    mo = desk.world.colleague("Mo Yan")
    desk.li.types("/crm draft Acme renewal")
    mo.types("/crm draft Acme renewal")
    mo.hears("I can't find “Acme”")
    for command in ("send", "drop", "undo"):
        mo.runs(f"draft {command}", draft=desk.draft.id)
    mo.runs("draft edit", draft=desk.draft.id, words="mine now")
    assert mo.count("There is no such draft here.") == 4
    assert desk.draft.state == "open"
    assert all("Chen" not in all_words(card) for card in mo.cards())


def test_whoever_opted_out_is_left_alone(desk: Desk) -> None:
    desk.agree(given=False)
    desk.li.types("/crm draft Acme renewal")
    desk.li.hears("Chen Wei has opted out.")
    assert desk.drafts() == []


def test_an_open_complaint_makes_it_an_apology_and_nothing_else(desk: Desk) -> None:
    desk.chen.writes("I want to complain: the delivery came three days late again!")
    number = desk.world.ticket.number
    desk.li.types("/crm draft Acme renewal")
    desk.li.hears("Acme Ltd has an open complaint: that comes first. /crm draft Acme Ltd apology")
    desk.li.types("/crm draft Acme")
    card = desk.li.hears("Draft for Chen Wei (Acme Ltd): apology", f"Open complaint {number}")
    assert card.quote is not None
    assert number in card.quote.words
    assert "I'm sorry" in card.quote.words


def test_a_dormant_customer_is_woken_only_with_consent(desk: Desk) -> None:
    desk.world.change(lambda s: s.customers.change(record(s, desk.chen), tier="dormant"))
    desk.li.types("/crm draft Acme wake-up")
    desk.li.hears("has not agreed to messages of this kind (wake-up)")
    desk.li.types("/crm draft Acme")
    desk.li.hears("Draft for Chen Wei (Acme Ltd): follow-up")
    desk.agree(given=True)
    desk.li.types("/crm draft Acme")
    card = desk.li.hears("Draft for Chen Wei (Acme Ltd): wake-up")
    assert card.quote is not None
    assert "PO-118, was on 12 May," in card.quote.words


def test_two_messages_a_week_are_enough(desk: Desk) -> None:
    for _ in range(2):
        desk.li.types("/crm draft Acme renewal")
        desk.li.presses("Send")
        desk.world.wait(seconds=11)
    desk.li.types("/crm draft Acme renewal")
    desk.li.hears("Chen Wei has had 2 messages within 7 days")
    desk.world.wait(days=7, step=timedelta(days=1))
    desk.li.types("/crm draft Acme renewal")
    assert desk.draft.state == "open"


def test_nobody_to_write_to_says_how_to_invite(desk: Desk) -> None:
    lone = Customer(id=new_id(), name="Lone Ltd", owner_id=desk.li.person.id)
    desk.world.change(lambda s: s.customers.add(lone))
    desk.li.types("/crm draft Lone")
    desk.li.hears("Lone Ltd has no contact person yet. /crm customer invite Lone Ltd")
    person = Contact(id=new_id(), customer_id=lone.id, name="Zhou Min")
    desk.world.change(lambda s: s.contacts.add(person, desk.world.now))
    desk.li.types("/crm draft Lone")
    desk.li.hears("Nobody at Lone Ltd is in a chat with us yet.")


def test_without_a_fact_there_is_no_draft(desk: Desk) -> None:
    desk.world.customer("Blank Ltd", owner=desk.li)
    desk.li.types("/crm draft Blank value")
    desk.li.hears("nothing on record about Blank Ltd", "“something useful”", "/crm log Blank Ltd")
    desk.li.types("/crm draft Blank birthday song")
    desk.li.hears("I don't know how to write “birthday song”", "renewal")


def test_the_draft_speaks_the_contacts_language_and_the_card_the_reps(desk: Desk) -> None:
    chen = desk.world.customer("星河科技", contact="陈伟", owner=desk.li, tier="growth", language="zh-CN")
    buys(desk.world, chen, "PO-7", "05-12 10:00")
    desk.li.types("/crm draft 星河科技 续约")
    card = desk.li.hears("Draft for 陈伟 (星河科技): renewal")
    assert card.quote is not None
    assert card.quote.words.startswith("陈伟，您好！\n\n您从 11月23日起就和我们合作")


def test_a_chinese_rep_works_in_chinese(desk: Desk) -> None:
    li = desk.world.colleague("李娜", language="zh-CN")
    chen = desk.world.customer("星河科技", contact="陈伟", owner=li, tier="growth", language="zh-CN")
    buys(desk.world, chen, "PO-7", "05-12 10:00")
    li.types("拟稿 星河科技 续约")
    li.hears("写给陈伟（星河科技）的草稿：续约", "• 最近订单 PO-7（5月12日）")
    li.presses("发送")
    li.hears("李娜已点发送")
    desk.world.wait(seconds=11)
    assert chen.hears("PO-7").from_person == "李娜"
    li.hears("李娜发送，今天 10:00 送达")


def test_the_reminder_card_drafts_with_one_press(desk: Desk) -> None:
    desk.world.until(shanghai("12-23 09:00"), step=timedelta(hours=4))
    desk.li.types("/crm due Acme")
    desk.li.presses("Draft it for me")
    desk.li.hears("Draft for Chen Wei (Acme Ltd): follow-up", "• Last contact: 23 Nov, call, “called, wants quote Fri”")
    assert "quote Fri" not in desk.draft.words, "a note among colleagues is no word for the customer"


FULL = {
    "name": "Chen Wei",
    "industry": "brewing",
    "since": "2024-01-05T02:00:00+00:00",
    "touch_at": "2026-11-13T07:00:00+00:00",
    "touch_how": "call",
    "touch_words": "secret note",
    "order": "PO-118",
    "order_at": "2026-05-12T02:00:00+00:00",
    "order_amount": "¥1,200.00",
    "ticket": "T-7K4M2",
    "ticket_at": "2026-11-20T02:00:00+00:00",
    "ticket_status": "taken",
    "suggestion_at": "2026-11-01T02:00:00+00:00",
    "suggestion_topic": "delivery",
    "praise_at": "2026-11-01T02:00:00+00:00",
    "praise_topic": "service",
    "complaint": "T-9QQQ2",
    "complaint_at": "2026-11-20T02:00:00+00:00",
    "complaint_topic": "quality",
}
EVERY_OPENING = [(p, key, needs) for p, ways in OPENINGS.items() for key, needs in ways]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(("purpose", "key", "needs"), EVERY_OPENING)
def test_every_opening_speaks_of_its_facts_and_promises_no_money(
    purpose: Any, key: str, needs: tuple[str, ...], language: str
) -> None:
    words = write(purpose, {name: FULL[name] for name in (*needs, "touch_words")}, language, "Asia/Shanghai", MONDAY)
    assert words is not None, key
    assert "secret note" not in words
    for taboo in ("discount", "%", "free", "优惠", "折", "免费", "返利"):
        assert taboo not in words
    numbers = [FULL[name] for name in needs if name in ("order", "ticket", "complaint", "industry")]
    assert all(number in words for number in numbers)


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("Mikkel Østergaard", "en", "Hello Mikkel,"),
        ("Sanne van der Meer", "en", "Hello Sanne,"),
        ("Dr. Maria Gómez", "en", "Hello Dr. Gómez,"),
        ("Becker, Jonas", "en", "Hello Jonas,"),
        ("Chen Wei", "en", "Hello Chen Wei,"),
        ("Priya", "en", "Hello Priya,"),
        ("陈 伟", "en", "Hello 陈 伟,"),
        ("王经理", "zh-CN", "王经理，您好！"),
        ("Mikkel Østergaard", "zh-CN", "Mikkel Østergaard，您好！"),
    ],
)
def test_a_draft_greets_as_people_do(name: str, language: str, said: str) -> None:
    words = write("greeting", {**FULL, "name": name}, language, "UTC", MONDAY)
    assert words is not None
    assert words.startswith(said)


@pytest.mark.parametrize("purpose", list(OPENINGS))
def test_no_purpose_has_words_without_facts(purpose: Any) -> None:
    assert write(purpose, {"name": "Chen Wei", "tier": "growth"}, "en", "UTC", MONDAY) is None


@pytest.mark.parametrize(
    ("known", "purpose"),
    [
        (FULL, "apology"),
        ({n: v for n, v in FULL.items() if "complaint" not in n} | {"sleeps": "yes"}, "wake_up"),
        ({"ticket": "T-1", "ticket_at": FULL["ticket_at"], "since": FULL["since"]}, "follow_up"),
        ({"industry": "brewing"}, "value"),
        ({"since": FULL["since"]}, "greeting"),
        ({}, "follow_up"),
    ],
)
def test_the_facts_choose_the_purpose(known: dict[str, str], purpose: str) -> None:
    assert purpose_for(known) == purpose


@pytest.mark.parametrize(
    ("words", "purpose"),
    [
        ("renewal", "renewal"),
        ("Renew", "renewal"),
        ("续约", "renewal"),
        ("wake_up", "wake_up"),
        ("致歉", "apology"),
        ("x", None),
    ],
)
def test_purposes_are_read_in_both_languages(words: str, purpose: str | None) -> None:
    assert purpose_named(words) == purpose


@pytest.mark.parametrize(
    ("kind", "state", "why"),
    [
        ("follow_up", {}, None),
        ("follow_up", {"opted_out": True}, "opted-out"),
        ("apology", {"opted_out": True, "complaint_open": True, "sent_lately": 9}, None),
        ("wake_up", {"agreed": False}, "no-consent"),
        ("renewal", {"agreed": False}, None),
        ("renewal", {"complaint_open": True}, "complaint-open"),
        ("greeting", {"sent_lately": 1}, None),
        ("greeting", {"sent_lately": 2}, "cap"),
    ],
)
def test_what_stands_in_the_way(kind: Any, state: dict[str, Any], why: str | None) -> None:
    known: dict[str, Any] = {"opted_out": False, "agreed": True, "complaint_open": False, "sent_lately": 0}
    assert obstacle(default(), kind, **(known | state)) == why


def test_a_draft_that_did_not_arrive_is_offered_again(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    key = message_key(desk.draft)
    body = {"key": key, "state": "failed", "channel": "web", "address": "x", "error": "other: no", "receipt": True}
    desk.world.hands_in(Event("outbox", f"{key}:failed", "delivery news", body=body))
    desk.li.hears("It didn't reach Chen Wei. Nothing is lost", "[Send]")
    assert desk.draft.state == "open"
