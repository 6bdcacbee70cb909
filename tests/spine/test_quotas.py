"""Quotas of platforms: no span ever sees more than the limit, replies pass bulk, answers wait for who has to write first."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.port import Limit, Pace, ReplyWindow
from bot.channels.slack import channel as slack
from bot.channels.telegram import channel as telegram
from bot.channels.wecom import paces as paces_of_wecom
from bot.claiming import claim
from bot.quotas import Bucket, account_buckets
from handlers.cards import Button, Card
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.database import Database
from storage.inbox import Event
from storage.messages import Kind, Message
from storage.paces import chat_scope, closed_scope
from storage.staff import Person
from storage.store import Store
from tests.spine.stage import Stage

DAYS_TWO = ReplyWindow(timedelta(hours=48), 5, "a platform's page")
MINUTE = timedelta(minutes=1)


def test_every_limit_has_a_source_which_the_administrator_can_read_too() -> None:
    paces = [slack.PACE, telegram.PACE, paces_of_wecom.APP, paces_of_wecom.DESK, paces_of_wecom.ROBOT]
    told = Path("docs/channels.md").read_text("utf-8")
    for pace in paces:
        rules: list[Limit | ReplyWindow] = [*pace.limits, *([pace.reply_window] if pace.reply_window else [])]
        assert rules
        for source in (rule.source for rule in rules):
            address = re.match(r"[a-z.]+/\S*[a-z0-9]", source)
            assert source.startswith("our own") or (address and address[0] in told), source


def limited(*limits: Limit) -> Pace:
    return Pace(limits=limits)


@pytest.mark.parametrize(("messages", "span"), [(20, 60), (1, 3), (2, 60), (25, 60), (1000, 3600), (5, 7)])
def test_no_span_ever_sees_more_than_the_limit(messages: int, span: int) -> None:
    """Somebody who always sends as soon as one may, after random silences, stays within every window of the span."""
    limit = Limit(messages, timedelta(seconds=span), "account", "a page")
    (bucket,) = account_buckets("loop", limited(limit))
    seed = random.SystemRandom().randrange(10**6)
    print(f"SEED={seed}")
    dice, now, full = random.Random(seed), datetime(2026, 1, 1, tzinfo=UTC), None
    sent: list[datetime] = []
    for _ in range(messages * 4):
        if dice.random() < 0.1:
            now += timedelta(seconds=dice.uniform(0, 2 * span))
        if bucket.room(full, now) < 1:
            assert full is not None
            now = max(now, bucket.free_at(full))
        sent.append(now)
        full = bucket.spent(full, 1, now)
    longer = zip(sent, sent[messages:], strict=False)
    assert all(last - first >= limit.span - timedelta(milliseconds=1) for first, last in longer)


def test_half_a_limit_may_leave_at_once() -> None:
    (bucket,) = account_buckets("loop", limited(Limit(20, MINUTE, "account", "a page")))
    assert bucket == Bucket(bucket.scope, timedelta(seconds=6), 10)


def test_a_chat_with_a_quota_hears_no_more_than_that_and_others_are_not_held_up(database: Database) -> None:
    stage = Stage(database, pace=limited(Limit(4, MINUTE, "chat", "a page", only="group")))
    for n in range(12):
        stage.say(f"g{n}", "group 1", Kind.CARD, slot=f"card {n}")
        stage.say(f"p{n}", "person", Kind.CARD, slot=f"card {n}")
    stage.settle()
    assert len(stage.heard("person")) == 12
    at: list[datetime] = []
    for _ in range(36):
        at += [stage.now] * (len(stage.heard("group 1")) - len(at))
        stage.clock.moment += timedelta(seconds=10)
        stage.settle()
    assert len(stage.heard("group 1")) == 12
    assert all(sum(one <= other < one + MINUTE for other in at) <= 4 for one in at)
    stage.end()


def test_of_an_accounts_quota_bulk_leaves_some_for_replies(database: Database) -> None:
    stage = Stage(database, pace=limited(Limit(20, timedelta(days=1), "account", "a page")), slots=50)
    for n in range(30):
        stage.say(f"bulk {n}", f"chat {n}", Kind.BULK)
    stage.settle()
    assert len(stage.heard()) == 7
    stage.say("reply", "li")
    stage.settle()
    assert stage.heard()[-1] == "reply"
    stage.end()


@pytest.mark.parametrize("pace", [Pace(), limited(Limit(600, MINUTE, "account", "a page"))], ids=["free", "limited"])
def test_of_a_channels_places_bulk_leaves_some_for_replies(database: Database, pace: Pace) -> None:
    """However slowly a platform takes what goes to many, there is a place to say a reply from."""
    stage = Stage(database, pace=pace)
    for n in range(12):
        stage.say(f"bulk {n}", f"chat {n}", Kind.BULK)
    assert claimed(stage, 8) == [f"bulk {n}" for n in range(6)]
    assert claimed(stage, 2) == [], "six are on their way, and the last two places are not for bulk"
    stage.clock.moment += timedelta(hours=2)  # bulk that has waited for long ranks before what is said now
    stage.say("reply", "li")
    assert claimed(stage, 2) == ["reply"]
    stage.end()


def claimed(stage: Stage, free: int) -> list[str]:
    """Claim what may leave while so many places are free; it stays on its way."""
    channels, around = stage.bot.channels, stage.bot.pump.dispatch.around
    found: list[str] = []

    def look(store: Store) -> None:
        found.extend(o.message.key for o in claim(store, channels, {"loop": free}, around, stage.now).outgoing)

    stage.change(look)
    return found


@pytest.fixture
def answers(database: Database) -> Iterator[Stage]:
    yield from company(Stage(database, pace=Pace(reply_window=DAYS_TWO)))


def company(stage: Stage) -> Iterator[Stage]:
    """Let Chen of Acme be Mia's, and be reached over the loopback."""
    stage.change(
        lambda store: store.staff.add(Person("mia", "Mia", "rep", "en", "Asia/Shanghai"), {"web": "staff:mia"})
    )
    known = Contact(id=new_id(), customer_id=new_id(), name="Chen", language="en")

    def meet(store: Store) -> None:
        store.customers.add(Customer(id=known.customer_id or "", name="Acme", owner_id="mia", since=stage.now))
        store.contacts.add(known, stage.now)
        store.contacts.bind(known.id, "loop", "chen")

    stage.change(meet)
    yield stage
    stage.end()


def writes(stage: Stage, words: str = "/status") -> None:
    body = {"side": "customer", "text": words}
    stage.hands_in(Event("loop", stage.next_id(), "words", "chen", "chen", body, conversation="loop:chen"))


def person_says(stage: Stage, key: str) -> None:
    card = Card(text=key, from_person="Mia")
    message = Message(key=key, channel="loop", address="chen", card=card.kept())
    stage.change(lambda store: store.outbox.say(message, stage.now))
    stage.settle()


def told(stage: Stage) -> list[str]:
    return [str(post.card.get("text")) for post in stage.posts("staff:mia")]


def test_five_answers_leave_the_sixth_waits_and_its_owner_hears_why(answers: Stage) -> None:
    writes(answers)
    assert len(answers.heard("chen")) == 1  # the answer to /status
    for n in range(6):
        person_says(answers, f"m{n}")
    assert len(answers.heard("chen")) == 5
    assert len(told(answers)) == 1
    assert "used up" in told(answers)[0]
    writes(answers)
    assert [key for key in answers.heard("chen") if key.startswith("m")] == [f"m{n}" for n in range(6)]


def test_after_two_days_nothing_leaves_until_the_customer_writes(answers: Stage) -> None:
    writes(answers)
    answers.clock.moment += timedelta(hours=48)
    person_says(answers, "late")
    assert "late" not in answers.heard("chen")
    assert "within 48 hours" in told(answers)[0]
    writes(answers)
    assert "late" in answers.heard("chen")


def test_one_minute_before_the_two_days_end_an_answer_leaves(answers: Stage) -> None:
    writes(answers)
    answers.clock.moment += timedelta(hours=48) - MINUTE
    person_says(answers, "in time")
    assert "in time" in answers.heard("chen")
    assert told(answers) == []


def test_the_last_answer_of_a_window_is_a_persons(answers: Stage) -> None:
    writes(answers)
    for n in range(6):
        answers.say(f"automatic {n}", "chen")
        answers.settle()
    assert len(answers.heard("chen")) == 4
    person_says(answers, "by hand")
    assert answers.heard("chen")[-1] == "by hand"


@pytest.mark.parametrize("kind", Kind)
def test_nothing_but_what_a_person_wrote_to_this_one_takes_the_last_answer(answers: Stage, kind: Kind) -> None:
    writes(answers)
    for n in range(6):
        answers.say(f"{kind} {n}", "chen", kind, receipt=n % 2 == 1)
        answers.settle()
    greeting = Card(text="happy new year", from_person="Mia").kept()
    answers.change(
        lambda store: store.outbox.say(Message("many", "loop", "chen", greeting, Kind.BULK, receipt=True), answers.now)
    )
    answers.settle()
    assert len(answers.heard("chen")) == 4
    person_says(answers, "by hand")
    assert answers.heard("chen")[-1] == "by hand"


def test_automatic_words_that_wait_for_one_chat_leave_as_one_message(answers: Stage) -> None:
    writes(answers)
    before = len(answers.heard("chen"))
    cards = [
        Card(text="first"),
        Card(text="second", buttons=(Button(label="Yes", command="status"),)),
        Card(text="3rd"),
    ]

    def say_all(store: Store) -> None:
        for n, card in enumerate(cards):
            store.outbox.say(Message(key=f"a{n}", channel="loop", address="chen", card=card.kept()), answers.now)

    answers.change(say_all)
    answers.settle()
    assert answers.heard("chen")[before:] == ["a0", "a2"]  # after buttons a new message begins
    post = answers.ask(lambda store: store.posts.get("loop", "chen", "a0"))
    assert post is not None
    assert post.card["text"] == "first\n\nsecond"


def test_what_somebody_is_told_the_fate_of_is_said_by_itself(answers: Stage) -> None:
    writes(answers)
    before = len(answers.heard("chen"))

    def say_all(store: Store) -> None:
        for key, receipt in (("a", False), ("b", True), ("c", False)):
            message = Message(key=key, channel="loop", address="chen", card=Card(text=key).kept(), receipt=receipt)
            store.outbox.say(message, answers.now)

    answers.change(say_all)
    answers.settle()
    assert answers.heard("chen")[before:] == ["a", "b", "c"]


def test_who_never_wrote_is_not_spoken_to(answers: Stage) -> None:
    person_says(answers, "hello")
    assert answers.heard("chen") == []


def test_a_platform_that_counts_otherwise_is_believed_and_nothing_is_lost(answers: Stage) -> None:
    writes(answers)
    answers.platform.fault = lambda _: "shut"
    person_says(answers, "refused")
    assert told(answers)
    answers.platform.fault = lambda _: "ok"
    answers.clock.moment += MINUTE
    answers.settle()
    assert "refused" not in answers.heard("chen")
    writes(answers)
    assert "refused" in answers.heard("chen")


def test_the_tickets_card_counts_down_what_may_still_be_answered(answers: Stage) -> None:
    writes(answers, "The pump shows E42, please help!")
    rooms = [post for room in ("#sales", "#service", "#after-sales", "#rapport") for post in answers.posts(room)]
    (card,) = [post.card for post in rooms if post.slot == f"ticket:{answers.ticket.number}"]
    assert any("more messages until" in line for line in card["lines"]), card["lines"]


def test_an_answer_that_the_platform_never_took_costs_none_of_the_five(answers: Stage) -> None:
    writes(answers)
    answers.platform.fault = lambda _: "slow-down"
    person_says(answers, "m0")
    for _ in range(8):
        answers.pause(seconds=40)
    answers.platform.fault = lambda _: "ok"
    answers.pause(seconds=40)
    for n in range(1, 4):
        person_says(answers, f"m{n}")
    assert [key for key in answers.heard("chen") if key.startswith("m")] == ["m0", "m1", "m2", "m3"]


def test_a_chat_is_handed_to_a_person_though_its_answers_are_used_up(answers: Stage) -> None:
    writes(answers)
    for n in range(5):
        person_says(answers, f"m{n}")
    handed = Message(key="handed over", channel="loop", address="chen", card=Card(hands_to="li").kept())
    answers.change(lambda store: store.outbox.say(handed, answers.now))
    answers.settle()
    assert answers.heard("chen")[-1] == "handed over"


def test_a_hand_over_costs_none_of_the_five(answers: Stage) -> None:
    writes(answers)
    handed = Message(key="handed over", channel="loop", address="chen", card=Card(hands_to="li").kept())
    answers.change(lambda store: store.outbox.say(handed, answers.now))
    answers.settle()
    for n in range(4):
        person_says(answers, f"m{n}")
    assert answers.heard("chen")[-1] == "m3"


FOUR_A_MONTH = Limit(4, timedelta(days=30), "chat", "a platform's page", only="chen")


@pytest.fixture
def monthly(database: Database) -> Iterator[Stage]:
    yield from company(Stage(database, pace=limited(FOUR_A_MONTH)))


def test_of_four_a_month_no_thirty_days_see_more_and_whose_customer_it_is_hears_until_when(monthly: Stage) -> None:
    for n in range(6):
        person_says(monthly, f"m{n}")
    assert monthly.heard("chen") == ["m0", "m1"], "half of it may leave at once"
    monthly.keeps_house()
    monthly.keeps_house()
    (why,) = told(monthly)
    assert "no more messages for now" in why
    assert "8 Dec" in why, "from when on one may leave"
    at = [(monthly.now, 2)]
    for _ in range(60):
        monthly.pause(days=1)
        at.append((monthly.now, len(monthly.heard("chen"))))
    month = timedelta(days=30)
    assert all(later - earlier <= 4 for t, earlier in at for u, later in at if t <= u < t + month)
    assert monthly.heard("chen") == [f"m{n}" for n in range(6)]


def test_a_wait_of_minutes_and_a_chat_that_was_closed_are_told_to_nobody(monthly: Stage) -> None:
    monthly.change(lambda store: store.paces.set({chat_scope("loop", "chen"): monthly.now + timedelta(minutes=20)}))
    person_says(monthly, "soon")
    monthly.keeps_house()
    assert told(monthly) == []
    monthly.change(lambda store: store.contacts.set_reachable("loop", "chen", reachable=False))
    monthly.change(lambda store: store.paces.set({closed_scope("loop", "chen"): monthly.now + timedelta(days=7)}))
    monthly.keeps_house()
    assert told(monthly) == []


def test_what_an_accounts_month_holds_back_is_told_too_but_for_bulk(database: Database) -> None:
    stage = Stage(database, pace=limited(Limit(2, timedelta(days=30), "account", "a platform's page")))
    for scene in company(stage):
        person_says(scene, "first")
        person_says(scene, "second")
        scene.say("many", "chen", Kind.BULK)
        scene.keeps_house()
        (why,) = told(scene)
        assert "no more messages for now" in why
        assert scene.heard("chen") == ["first"]


def test_what_is_refused_to_a_customer_is_answered_although_nothing_else_is_kept(answers: Stage) -> None:
    writes(answers, "/ticket take")
    assert len(answers.heard("chen")) == 1
    assert told(answers) == [], "nothing waits"
