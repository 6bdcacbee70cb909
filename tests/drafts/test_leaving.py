"""Leaving: everything is asked again, nobody gets more than the cap by any order of things, and who sent it hears why."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from handlers.draft_leaving import why_not
from handlers.draft_permission import may_write
from handlers.outreach import message_key
from scheduler.policy.document import default_text, parse
from storage.columns import new_id
from storage.database import Database
from storage.drafts import Draft
from storage.entries import Entry
from storage.feedback import Feedback
from storage.inbox import Event
from storage.store import Store
from tests.conftest import KEY
from tests.drafts.desk import Desk
from tests.team import shanghai

SENDS = 20
WEEK = timedelta(days=7)


def opts_out(desk: Desk) -> None:
    desk.agree(given=False)


def complains(desk: Desk) -> None:
    customer = desk.chen.customer
    assert customer is not None
    piece = Feedback(new_id(), "complaint", "quality", "negative", "normal", "broken", "x", desk.world.now, customer.id)
    desk.world.change(lambda s: s.feedback.add(piece))


def loses_the_chat(desk: Desk) -> None:
    desk.world.change(lambda s: s.contacts.set_reachable("web", desk.chen.address, reachable=False))


def wrote(desk: Desk) -> None:
    """Somebody's words come in by another way, so that no event of ours overtakes the draft."""
    desk.world.clock.moment += timedelta(seconds=1)
    now, contact_id = desk.world.now, desk.chen.contact_id
    desk.world.change(lambda s: s.entries.add(Entry("x", "in", contact_id, "web", "hi", now, contact_id=contact_id)))


def lowers_the_cap(desk: Desk) -> None:
    desk.world.adopt(default_text().replace("cap: 2 ", "cap: 0 ").replace("language: zh-CN", "language: en"))


HELD: dict[str, tuple[Callable[[Desk], None], str, str]] = {
    "opted-out": (opts_out, "they have opted out in the meantime", "open"),
    "complaint": (complains, "there is an open complaint by now", "open"),
    "unreachable": (loses_the_chat, "they are not in that chat with us any more", "open"),
    "overtaken": (wrote, "they wrote first", "overtaken"),
    "cap": (lowers_the_cap, "they have had enough messages this week", "open"),
}


@pytest.mark.parametrize("why", HELD)
def test_what_changed_within_the_ten_seconds_holds_it_back_and_its_sender_hears_why(desk: Desk, why: str) -> None:
    happens, told, state = HELD[why]
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    sent = desk.draft
    happens(desk)
    desk.world.wait(minutes=1)
    assert desk.chen.cards() == []
    message = desk.world.ask(lambda s: s.outbox.get(message_key(sent)))
    assert message is not None
    assert (message.state, message.error) == ("suppressed", why)
    desk.li.hears("Your message to Chen Wei (Acme Ltd) didn't go out", told)
    assert desk.draft.state == state
    assert desk.draft.left_at is None


def test_a_consent_taken_back_holds_what_needs_one(desk: Desk) -> None:
    desk.agree(given=True)
    desk.li.types("/crm draft Acme wake-up")
    desk.li.presses("Send")
    desk.world.change(lambda s: s.contacts.change(desk.chen.contact_id, agreed_at=None))
    desk.world.wait(minutes=1)
    desk.li.hears("didn't go out: they have taken back their consent")


@pytest.mark.parametrize("why", ["opted-out", "complaint", "cap"])
def test_making_and_sending_ask_the_same(desk: Desk, why: str) -> None:
    refusals = {"opted-out": "has opted out", "complaint": "has an open complaint", "cap": "messages within 7 days"}
    desk.li.types("/crm draft Acme renewal")
    HELD[why][0](desk)
    desk.li.presses("Send")
    desk.li.hears(refusals[why])
    assert desk.draft.state == "open"
    desk.li.types("/crm draft Acme follow-up")
    assert desk.li.count(refusals[why]) == 2
    assert len(desk.drafts()) == 1


def test_an_apology_goes_out_whatever_its_contact_said(desk: Desk) -> None:
    complains(desk)
    desk.li.types("/crm draft Acme apology")
    desk.li.presses("Send")
    opts_out(desk)
    desk.world.wait(minutes=1)
    desk.chen.hears("I'm sorry for the trouble with the quality that you told us about on 23 Nov")


@pytest.mark.parametrize(
    ("purpose", "down", "leaves"),
    [("renewal", 2.9, True), ("renewal", 3.1, False), ("apology", 1.9, True), ("apology", 2.1, False)],
)
def test_words_that_waited_out_a_long_outage_are_read_again_first(
    desk: Desk, purpose: str, down: float, *, leaves: bool
) -> None:
    complains(desk) if purpose == "apology" else None
    desk.li.types(f"/crm draft Acme {purpose}")
    desk.li.presses("Send")
    sent = desk.draft
    desk.world.sleeps(days=down)
    desk.world.until(desk.world.now + timedelta(hours=14), step=timedelta(hours=2))
    assert bool(desk.chen.cards()) is leaves
    if not leaves:
        desk.li.hears("couldn't go out in time", "read it once more")
        assert desk.draft.state == "open"
        assert desk.draft.id == sent.id


def test_a_process_that_was_down_into_the_night_waits_for_the_morning(desk: Desk) -> None:
    desk.world.clock.moment = shanghai("11-23 21:59")
    desk.li.types("/crm draft Acme renewal")
    desk.li.presses("Send")
    desk.li.hears("it leaves at 21:59 today")
    desk.world.sleeps(hours=1)
    assert desk.chen.cards() == []
    assert desk.draft.leaves_at == shanghai("11-24 08:00")
    desk.world.until(shanghai("11-24 07:45"))
    assert desk.chen.cards() == []
    desk.world.until(shanghai("11-24 08:15"))
    desk.chen.hears("PO-118")
    assert desk.draft.left_at is not None


def test_marketing_that_was_held_up_past_friday_waits_for_monday(desk: Desk) -> None:
    desk.agree(given=True)
    desk.world.clock.moment = shanghai("11-27 21:00")
    desk.li.types("/crm draft Acme wake-up")
    desk.li.presses("Send")
    desk.world.sleeps(hours=20)
    desk.world.until(shanghai("11-30 07:45"), step=timedelta(hours=1))
    assert desk.chen.cards() == []
    desk.world.until(shanghai("11-30 08:15"))
    desk.chen.hears("PO-118")


def test_what_waits_to_leave_counts_and_what_was_taken_back_does_not(desk: Desk) -> None:
    desk.world.clock.moment = shanghai("11-23 22:30")
    for _ in range(2):
        desk.li.types("/crm draft Acme renewal")
        desk.li.presses("Send")
    desk.li.types("/crm draft Acme follow-up")
    desk.li.hears("Chen Wei has had 2 messages within 7 days")
    desk.li.presses("Undo")
    desk.li.types("/crm draft Acme follow-up")
    desk.li.hears("Draft for Chen Wei (Acme Ltd): follow-up")


def test_a_week_after_they_left_another_may_leave(desk: Desk) -> None:
    """It counts from when they left, on Tuesday morning, to when it would leave; not from when a button was pressed."""
    desk.world.clock.moment = shanghai("11-23 22:30")
    for _ in range(2):
        desk.li.types("/crm draft Acme renewal")
        desk.li.presses("Send")
    desk.world.until(shanghai("11-24 08:00"))
    desk.world.until(shanghai("11-30 21:00"), step=timedelta(hours=1))
    desk.li.types("/crm draft Acme follow-up")
    desk.li.hears("Chen Wei has had 2 messages within 7 days")
    desk.world.until(shanghai("11-30 23:00"), step=timedelta(hours=1))
    desk.li.types("/crm draft Acme follow-up")
    desk.li.presses("Send")
    desk.li.hears("it is night there, so it leaves at 08:00 tomorrow")
    desk.world.until(shanghai("12-01 08:15"))
    assert desk.chen.count("Hello Chen Wei") == 3


def open_drafts(desk: Desk, count: int) -> list[Draft]:
    desk.li.types("/crm draft Acme renewal")
    first = desk.draft
    more = [replace(first, id=new_id()) for _ in range(count - 1)]
    desk.keep(*more)
    return [first, *more]


def at_once(count: int, deed: Callable[[int], Any]) -> list[Any]:
    """Do something in as many threads, all starting together."""
    gate, results = threading.Barrier(count), [None] * count

    def run(n: int) -> None:
        gate.wait()
        results[n] = deed(n)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def in_its_own_transaction(database: Database, work: Callable[[Store], Any]) -> Any:
    for _ in range(SENDS):
        try:
            with database.writing() as connection:
                store = Store(connection)
                result = work(store)
                store.flush()
        except OperationalError:  # two held each other up: the one that was ended tries again, as the pump does
            continue
        return result
    raise AssertionError("it never came through")


def crowd(database: Database) -> Database:
    return Database(database.url.render_as_string(hide_password=False), KEY, writers=SENDS)


def test_twenty_sends_at_once_to_one_contact_are_two(desk: Desk, database: Database) -> None:
    ours = open_drafts(desk, SENDS)
    many, dispatch = crowd(database), desk.world.bot.pump.dispatch

    def press(n: int) -> None:
        args = {"command": "draft send", "args": {"draft": ours[n].id}}
        address = desk.li.address
        event = Event("web", f"race-{n}", "command", address, address, {"side": "staff", **args}, id=10_000 + n)
        in_its_own_transaction(many, lambda store: dispatch.handle(store, event, desk.world.now))

    at_once(SENDS, press)
    many.close()
    assert sorted(draft.state for draft in desk.drafts()) == ["open"] * (SENDS - 2) + ["sent"] * 2
    desk.world.wait(minutes=1)
    assert desk.chen.count("PO-118") == 2
    assert desk.li.count("Chen Wei has had 2 messages within 7 days") == SENDS - 2


def test_twenty_that_want_to_leave_at_once_are_two(desk: Desk, database: Database) -> None:
    """Whatever let them be sent: the moment of leaving alone keeps the cap."""
    ours, now = open_drafts(desk, SENDS), desk.world.now

    def send(store: Store) -> None:
        for draft in ours:
            values = {"state": "sent", "decided_by": desk.li.person.id, "decided_at": now, "leaves_at": now}
            store.drafts.change(draft, **values)

    desk.world.change(send)
    many, around = crowd(database), desk.world.bot.pump.dispatch.around
    said = at_once(SENDS, lambda n: in_its_own_transaction(many, lambda s: why_not(s, ours[n].id, around, now)))
    many.close()
    assert sorted(said, key=str) == [None, None, *["cap"] * (SENDS - 2)]


def test_in_no_order_of_sending_waiting_and_leaving_are_there_more_than_two_in_seven_days(desk: Desk) -> None:
    rng = random.Random(desk.world.seed)
    first = open_drafts(desk, 1)[0]
    left = desk.world.change(lambda store: _weeks(store, first, desk, rng))
    assert len(left) > 6, "it lets some go"
    for one, _, third in zip(left, left[1:], left[2:], strict=False):
        assert third - one >= WEEK


def _weeks(store: Store, pattern: Draft, desk: Desk, rng: random.Random) -> list[datetime]:
    """Send at random moments, some for later, let messages leave late and in any order; give when they left."""
    policy, around = parse(default_text()), desk.world.bot.pump.dispatch.around
    contact, customer = store.contacts.get(pattern.contact_id), store.customers.get(pattern.customer_id)
    assert contact is not None
    assert customer is not None
    now, waiting, left = desk.world.now, [], []
    for _ in range(400):
        now += timedelta(hours=rng.choice((0, 0.1, 1, 7, 30)))
        asked = may_write(store, policy, customer, contact, "renewal", now + timedelta(days=rng.choice((0, 0, 3, 9))))
        if asked.obstacle is None and rng.random() < 0.7:
            new = replace(pattern, id=new_id(), state="sent", decided_at=now, leaves_at=asked.at)
            store.drafts.add(new)
            waiting.append(new.id)
        rng.shuffle(waiting)
        for id_ in list(waiting) if rng.random() < 0.6 else []:
            draft = store.drafts.get(id_)
            assert draft is not None
            if (
                draft.leaves_at
                and draft.leaves_at <= now
                and not isinstance(verdict := why_not(store, id_, around, now), datetime)
            ):
                waiting.remove(id_)
                if verdict is None:
                    left.append(now)
                else:
                    store.drafts.change(draft, state="open")
    return left
