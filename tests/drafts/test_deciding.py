"""Deciding about a draft: from the facts on record, a person's yes, ten seconds to think again, no word too many."""

from __future__ import annotations

from datetime import timedelta

from handlers.outreach import message_key
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.inbox import Event
from tests.drafts.desk import Desk, buys
from tests.team import due_day, record, shanghai
from tests.world import all_words


def test_a_draft_is_made_from_facts_and_sent_after_a_yes(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    card = desk.li.hears("Draft for Chen Wei (Acme Ltd): renewal", "Goes out by web chat", "• Last order PO-118")
    assert card.quote is not None
    assert card.quote.words.startswith("Hello Chen Wei,\n\nYou've been with us since")
    assert [button.label for button in card.buttons] == ["Send", "Edit", "Shorter", "More formal", "Drop"]
    assert desk.chen.cards() == []

    desk.li.presses("Send")
    assert desk.chen.cards() == [], "it left before anybody could think again"
    desk.world.wait(seconds=11)
    assert desk.chen.hears("PO-118 of 12 May").from_person == "Li Na"
    done = desk.li.hears("Sent by Li Na, delivered 10:00 today.")
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
    desk.li.hears("Wang Qiang has already sent it, 10:00 today.")
    desk.li.runs("draft drop", draft=id_)
    desk.world.wait(seconds=11)
    assert desk.chen.count("PO-118") == 1
    assert desk.chen.hears("PO-118").from_person == "Wang Qiang"


def test_drop_ends_it(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Drop")
    assert desk.li.hears("Dropped by Li Na, 10:00 today").buttons == ()
    desk.li.runs("draft send", draft=desk.draft.id)
    desk.li.hears("Li Na has dropped it, 10:00 today.")


def test_a_customer_who_writes_first_overtakes_the_draft(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.chen.writes("What does the big filter cost?")
    assert desk.li.hears("Chen Wei wrote meanwhile (10:00 today)").buttons == ()
    desk.li.runs("draft send", draft=desk.draft.id)
    desk.li.hears("The customer wrote meanwhile (10:00 today): this draft is off.")
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


def test_a_draft_waits_for_the_customers_morning_and_says_so(desk: Desk) -> None:
    desk.world.clock.moment = shanghai("11-23 22:30")
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    desk.li.hears("it is night there, so it leaves at 08:00 tomorrow", "[Undo]")
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


def test_a_draft_that_did_not_arrive_is_offered_again(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    key = message_key(desk.draft)
    body = {"key": key, "state": "failed", "channel": "web", "address": "x", "error": "other: no", "receipt": True}
    desk.world.hands_in(Event("outbox", f"{key}:failed", "delivery news", body=body))
    desk.li.hears("It didn't reach Chen Wei. Nothing is lost", "[Send]")
    assert desk.draft.state == "open"
