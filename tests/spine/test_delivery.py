"""Every fault of a platform: nothing is lost, order is kept, and each outcome means what the tables say."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from bot import claiming, delivery
from bot.channels.port import Limit, Pace
from bot.delivery import AUTH_PAUSE, SENT_AGAIN
from bot.operations import Hands, list_dead_letters, replay
from storage.database import Database
from storage.messages import Kind
from storage.patience import BLOCKED_AT_MOST, PAUSES
from tests.spine.platform import Fault
from tests.spine.stage import Stage, settlement

PASSING: tuple[Fault, ...] = ("reset", "stall", "slow-down", "slow-down-all", "error", "auth")


def account(messages: int, seconds: int, at_once: int) -> Pace:
    """Let an account say no more than so many messages in so many seconds."""
    return Pace((Limit(messages, timedelta(seconds=seconds), "account", "a page", at_once=at_once),))


def always(fault: Fault, *keys: str) -> Any:
    """Let these messages meet a fault every time, the others none."""
    return lambda message: fault if message["key"] in keys else "ok"


def first_time(fault: Fault, *keys: str) -> Any:
    """Let these messages meet a fault once."""
    left = set(keys)

    def judge(message: dict[str, Any]) -> Fault:
        met = message["key"] in left
        left.discard(message["key"])
        return fault if met else "ok"

    return judge


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_loses_nothing_and_keeps_the_order_of_a_chat(stage: Stage, fault: Fault) -> None:
    stage.platform.fault = first_time(fault, "m1")
    if fault == "stall":
        stage.loses_patience()
    for n in range(4):
        stage.say(f"m{n}")
    for _ in range(6):
        stage.settle()
        stage.pause(minutes=6)
    kept = list(dict.fromkeys(stage.heard()))
    assert kept == ["m0", "m1", "m2", "m3"]
    assert [stage.message(f"m{n}").state for n in range(4)] == ["sent"] * 4


def test_a_storm_of_faults_loses_nothing_and_keeps_every_chat_in_order(stage: Stage) -> None:
    luck = random.Random(stage.seed)
    stage.platform.fault = lambda _: luck.choice(["ok", "ok", "slow-down", "reset", "error"])
    for n in range(40):
        stage.say(f"{n:02}", f"chat-{n % 4}")
    for _ in range(60):
        stage.pause(seconds=40)
    stage.platform.fault = lambda _: "ok"
    replayed = stage.ask(lambda store: store.outbox.in_state("dead"))
    heard = {chat: list(dict.fromkeys(stage.heard(chat))) for chat in {f"chat-{n}" for n in range(4)}}
    assert all(keys == sorted(keys) for keys in heard.values()), heard
    assert sum(map(len, heard.values())) + len(replayed) == 40


def test_a_chat_that_asks_for_patience_is_left_alone_and_no_attempt_is_counted(stage: Stage) -> None:
    stage.platform.fault = always("slow-down", "m0")
    stage.say("m0")
    for _ in range(8):
        stage.say(stage.next_id(), "someone else")
        stage.pause(seconds=29)
        assert stage.message("m0").attempts == 0
    calls = [call for call in stage.platform.calls if call.key == "m0"]
    assert len(calls) == 4  # after 29, 87, 145 and 203 seconds: never within thirty of the one before
    assert len(stage.heard("someone else")) == 8


def test_an_account_that_asks_for_patience_calls_nobody_until_then(stage: Stage) -> None:
    stage.platform.fault = first_time("slow-down-all", "m0")
    stage.say("m0")
    stage.settle()
    for n in range(1, 9):
        stage.say(f"m{n}", f"chat {n}")
        stage.say(f"o{n}", f"chat {n}", channel="other")
    stage.pause(seconds=29)
    assert [call.key for call in stage.platform.calls if call.channel == "loop"] == ["m0"]
    assert len(stage.heard()) == 8  # the other account goes on
    stage.pause(seconds=1)
    assert {f"m{n}" for n in range(9)} <= set(stage.heard())


def test_a_ban_is_counted_from_the_answer_and_outlives_the_burst_of_a_paced_account(database: Database) -> None:
    stage = Stage(database, pace=account(120, 60, at_once=60))
    stage.platform.fault = first_time("slow-down-all", "m0")
    stage.say("m0")
    stage.settle()
    stage.say("m1", "li")
    stage.pause(seconds=29)
    assert stage.heard() == []
    stage.pause(seconds=1)
    assert set(stage.heard()) == {"m0", "m1"}
    stage.end()


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("fault", ["stall", "reset", "error"])
def test_what_nobody_knows_the_outcome_of_goes_by_its_kind(stage: Stage, kind: Kind, fault: Fault) -> None:
    stage.platform.fault = first_time(fault, "m0", "e0")
    if fault == "stall":
        stage.loses_patience()
    stage.say("m0", kind=kind)
    stage.say("e0", kind=kind, channel="edits")
    stage.settle()
    stage.pause(seconds=3)
    assert stage.message("m0").state == ("sent" if SENT_AGAIN[kind] else "unknown")
    assert stage.message("e0").state == "sent"  # where a second copy cannot be seen, everything is sent again
    if not SENT_AGAIN[kind]:
        stage.hears_alarm("m0")


def test_a_refused_connection_sent_nothing_so_even_bulk_is_tried_again(stage: Stage) -> None:
    port, stage.platform.port = stage.platform.port, 1
    down = stage.replica(stage.bot.database)
    stage.platform.port = port
    stage.bot.pump._channels, up = dict(down.channels), stage.bot.pump._channels
    stage.say("m0", kind=Kind.BULK)
    stage.settle()
    assert stage.message("m0").attempts == 1
    stage.bot.pump._channels = up
    stage.pause(seconds=3)
    assert stage.heard() == ["m0"]
    down.writer.stop()


def test_content_that_a_platform_cannot_show_is_said_once_more_in_plain_words(stage: Stage) -> None:
    stage.platform.fault = lambda message: "ok" if message["plain"] else "content"
    stage.say("m0")
    stage.settle()
    assert [call.plain for call in stage.platform.calls] == [False, True]
    assert stage.message("m0").state == "sent"


def test_plain_words_refused_too_are_a_dead_letter_after_two_calls(stage: Stage) -> None:
    stage.platform.fault = always("content", "m0")
    stage.say("m0")
    stage.settle()
    stage.pause(hours=1)
    assert len(stage.platform.calls) == 2
    assert stage.message("m0").state == "failed"


def test_a_revoked_token_stops_its_account_alone_and_loses_nothing(stage: Stage) -> None:
    stage.platform.fault = lambda message: "auth" if message["channel"] == "loop" else "ok"
    for n in range(3):
        stage.say(f"m{n}", f"chat {n}")
        stage.say(f"o{n}", f"chat {n}", channel="other")
    stage.settle()
    in_flight = len([call for call in stage.platform.calls if call.channel == "loop"])
    stage.say("m3", "chat 3")
    stage.pause(seconds=AUTH_PAUSE.total_seconds() - 1)
    assert len([call for call in stage.platform.calls if call.channel == "loop"]) == in_flight
    assert sorted(stage.heard()) == ["o0", "o1", "o2"]
    stage.platform.fault = lambda _: "ok"
    stage.pause(seconds=1)
    assert {"m0", "m1", "m2", "m3"} <= set(stage.heard())


def test_a_chat_that_is_gone_fails_at_once_and_the_team_is_told(stage: Stage) -> None:
    stage.platform.fault = always("gone", "m0")
    stage.say("m0")
    stage.say("m1")
    stage.settle()
    assert stage.message("m0").state == "failed"
    assert stage.heard() == ["m1"]
    stage.hears_alarm("m0")


def test_a_dead_letter_is_listed_and_goes_out_when_it_is_replayed(stage: Stage) -> None:
    stage.platform.fault = always("error", "m0")
    stage.say("m0")
    stage.say("m1")
    for pause in (timedelta(0), *PAUSES):
        assert stage.message("m0").state == "pending"
        stage.say(f"beside it, {pause}", "somebody who is reached")
        stage.pause(seconds=pause.total_seconds())
    assert stage.message("m0").state == "dead"
    assert stage.heard("chen") == ["m1"]
    hands = Hands(stage.change, stage.ask, lambda: stage.now, lambda: stage.bot.policies.current)
    (letter,) = list_dead_letters(hands)
    assert (letter["id"], letter["kind"]) == ("out:m0", "reply")
    stage.platform.fault = lambda _: "ok"
    replay(hands, id="out:m0")
    stage.settle()
    assert stage.heard("chen") == ["m1", "m0"]
    assert list_dead_letters(hands) == []


def test_a_message_that_keeps_failing_holds_up_its_chat_for_a_quarter_of_an_hour_at_most(stage: Stage) -> None:
    stage.platform.fault = always("error", "m0")
    stage.say("m0")
    stage.settle()
    stage.say("m1")
    stage.settle()
    assert stage.heard() == []
    stage.clock.moment += BLOCKED_AT_MOST  # the process was down meanwhile
    stage.settle()
    assert stage.heard() == ["m1"]


@pytest.mark.parametrize(("late", "state"), [(-1, "sent"), (0, "expired")])
def test_what_is_too_late_to_be_of_use_is_not_said(stage: Stage, late: int, state: str) -> None:
    stage.say("m0", expires_at=stage.now + timedelta(minutes=5))
    stage.clock.moment += timedelta(minutes=5, seconds=late)
    stage.settle()
    assert stage.message("m0").state == state


def test_of_two_states_of_a_card_only_the_newer_leaves(stage: Stage) -> None:
    stage.say("old", kind=Kind.CARD, slot="ticket")
    stage.say("new", kind=Kind.CARD, slot="ticket")
    stage.say("elsewhere", "wang", kind=Kind.CARD, slot="ticket")
    stage.settle()
    assert sorted(stage.heard()) == ["elsewhere", "new"]
    assert stage.message("old").state == "superseded"


def test_a_state_that_may_not_leave_yet_does_not_silence_the_one_that_may(stage: Stage) -> None:
    stage.say("now", kind=Kind.CARD, slot="ticket")
    stage.say("tomorrow", kind=Kind.CARD, slot="ticket", not_before=stage.now + timedelta(days=1))
    stage.settle()
    assert stage.heard() == ["now"]
    stage.pause(days=1)
    assert stage.heard() == ["now", "tomorrow"]
    assert stage.platform.calls[-1].edits == "p1"


def test_what_is_no_longer_true_when_it_leaves_is_not_said(stage: Stage) -> None:
    later = stage.now + timedelta(minutes=1)
    stage.say("m0", guards=("while:sale",), not_before=later)
    stage.say("m1", guards=("while:spring",), not_before=later)
    stage.change(lambda store: store.settings.set("over", ["sale"]))
    stage.pause(minutes=1)
    assert stage.heard() == ["m1"]
    assert (stage.message("m0").state, stage.message("m0").error) == ("suppressed", "it is over")


def test_replies_pass_bulk_until_bulk_has_waited_an_hour(database: Database) -> None:
    stage = Stage(database, slots=1)
    for n in range(3):
        stage.say(f"bulk {n}", f"chat {n}", Kind.BULK)
    stage.clock.moment += timedelta(minutes=59)
    stage.say("early reply", "li")
    stage.clock.moment += timedelta(minutes=2)
    stage.say("late reply", "wang")
    stage.settle()
    assert stage.heard() == ["early reply", "bulk 0", "bulk 1", "bulk 2", "late reply"]
    stage.end()


def test_one_chat_hears_one_message_a_gap_also_from_different_cards(database: Database) -> None:
    stage = Stage(database, pace=Pace((Limit(1, timedelta(seconds=1), "chat", "a page"),)))
    for n in range(4):
        stage.say(f"m{n}", kind=Kind.CARD, slot=f"card {n}")
    stage.say("r0", "someone else")
    for said in range(1, 5):
        stage.settle()
        assert len(stage.heard("chen")) == said
        stage.pause(seconds=0.9)
        assert len(stage.heard("chen")) == said
        stage.clock.moment += timedelta(seconds=0.1)
    assert stage.heard("someone else") == ["r0"]
    stage.end()


def test_an_account_keeps_its_rate_after_any_silence_and_bulk_leaves_room_for_replies(database: Database) -> None:
    stage = Stage(database, pace=account(20, 5, at_once=10), slots=100)
    stage.say("hello")
    stage.settle()
    stage.clock.moment += timedelta(hours=1)
    for n in range(60):
        stage.say(f"bulk {n}", f"chat {n}", Kind.BULK)
    stage.settle()
    assert len(stage.heard()) == 1 + 7  # seven tenths of the burst
    for n in range(9):
        stage.say(f"reply {n}", f"guest {n}")
    stage.settle()
    assert len(stage.heard()) == 1 + 10
    for second in range(1, 20):
        stage.pause(seconds=1)
        assert len(stage.heard()) <= 1 + 10 + 2 * second
    assert len([key for key in stage.heard() if key.startswith("reply")]) == 9
    assert len(stage.heard()) > 1 + 10 + 2 * 19 - 10
    stage.end()


def test_bulk_leaves_even_where_an_account_has_no_burst(database: Database) -> None:
    stage = Stage(database, pace=account(1, 1, at_once=1))
    stage.say("bulk", kind=Kind.BULK)
    stage.settle()
    assert stage.heard() == ["bulk"]
    stage.end()


def test_a_late_answer_to_a_sending_that_was_taken_over_writes_nothing(stage: Stage) -> None:
    stage.say("m0", receipt=True)
    channels = {"loop": stage.bot.channels["loop"]}
    around = stage.bot.pump.dispatch.around
    claimed = stage.change(lambda store: claiming.claim(store, channels, {"loop": 1}, around, stage.now)).outgoing
    stage._runner.run(stage.bot.pump.recover(everything=True))
    stage.change(lambda store: delivery.settle(store, [settlement(claimed[0].message)], stage.now))
    assert stage.message("m0").state == "pending"
    assert stage.ask(lambda store: store.posts.of("loop", "chen")) == []
    assert stage.ask(lambda store: store.inbox.count("new")) == 0
    stage.pause(seconds=3)
    assert stage.message("m0").state == "sent"
    assert stage.message("m0").attempts == 2


def test_who_waits_for_a_receipt_hears_it_once(stage: Stage) -> None:
    stage.say("m0", receipt=True)
    stage.say("m1")
    stage.settle()
    news = stage.ask(lambda store: store.inbox.count("done"))
    assert news == 1
