"""Faults at the wire of WeCom: nothing is lost, nothing stands twice where WeCom can prevent it, nobody else waits."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from storage.inbox import inbox
from storage.outbox import outbox
from tests.emulators.wecom import Fault
from tests.wecom.stage import SERVICE, Mate, Stage


@pytest.fixture
def stage(light: Stage) -> Stage:
    """What goes wrong at the wire goes wrong alike on every database."""
    return light


@pytest.fixture
def li(stage: Stage) -> Mate:
    return stage.hires("lina", "Li Na")


def settled(stage: Stage, **span: float) -> None:
    stage.settle()
    stage.wait(step=timedelta(seconds=30), **span)


@pytest.mark.parametrize(
    "fault", ["reset", "lost-answer", "stall", "garbled", "error", "error-after", "busy", "slow-down"]
)
def test_a_message_arrives_once_whatever_happened_to_it(stage: Stage, li: Mate, fault: Fault) -> None:
    with stage.breaks(fault):
        stage.say("one", li.user, text="Hello.")
        settled(stage, minutes=2)
    assert [bubble.text.rstrip("\u200b\u200c") for bubble in li.chat] == ["Hello."]
    assert stage.state("one") == "sent"


def test_an_outage_of_half_an_hour_loses_nothing(stage: Stage, li: Mate) -> None:
    with stage.breaks("error", times=10_000):
        for number in range(5):
            stage.say(f"m{number}", li.user, text=f"Message {number}.")
        stage.settle()
        stage.wait(minutes=30, step=timedelta(minutes=3))
        assert li.chat == []
    settled(stage, minutes=2)
    assert [bubble.text[:10] for bubble in li.chat] == [f"Message {number}." for number in range(5)]


def test_a_token_that_is_refused_for_ever_rests_the_account_and_loses_nothing(stage: Stage, li: Mate) -> None:
    stage.wecom.revoked_for_ever = True
    stage.say("one", li.user, text="Hello.")
    stage.settle()
    assert (stage.wecom.counts["message/send"], stage.wecom.counts["gettoken"]) == (2, 2)
    assert stage.state("one") == "pending"
    stage.wecom.revoked_for_ever = False
    settled(stage, minutes=10)
    assert li.count("Hello.") == 1


def test_who_is_not_there_holds_nobody_up(stage: Stage, li: Mate) -> None:
    for address in ("nobody", "party:99", "@all", "lina|wangqiang", ""):
        stage.say(f"to {address}", address)
    stage.say("one", li.user, text="Hello.")
    settled(stage, minutes=1)
    assert li.count("Hello.") == 1
    assert stage.state("to nobody") == stage.state("to @all") == stage.state("to lina|wangqiang") == "failed"
    assert set(stage.wecom.chats) == {li.user, SERVICE}, "the team hears what could not be said"


def test_who_may_not_see_the_app_is_reported_though_wecom_says_ok(stage: Stage, li: Mate) -> None:
    stage.wecom.hidden.add(li.user)
    stage.say("one", li.user)
    settled(stage, minutes=1)
    assert stage.state("one") == "failed"


def test_a_clock_that_is_ten_minutes_off_hears_nothing_and_stores_nothing(stage: Stage, li: Mate) -> None:
    stage.wecom.skew = 600
    assert li.types("day") == 403
    stage.wecom.skew = 0
    assert li.types("day") == 200
    heard = stage.ask(
        lambda store: [row.kind for row in store.connection.execute(inbox.select()) if row.channel == "wecom"]
    )
    assert heard == ["words"]


def test_that_this_machines_clock_is_off_is_told_to_the_admins_by_how_much(stage: Stage, li: Mate) -> None:
    boss = stage.colleague("Wang", "admin")
    stage.wecom.skew = 600
    assert [li.types("day", id_=f"1{n}") for n in range(3)] == [403] * 3, "WeCom brings it three times more, no longer"
    assert stage.bot.health.clock == "about 10 min behind, says wecom"
    for n in range(3):
        stage.say(f"m{n}", li.user)
        stage.settle()
    stage.run(stage.bot._keep_house())
    stage.settle()
    boss.hears("10 minutes", "WeCom")
    stage.wecom.skew = 0
    assert li.types("day", id_="20") == 200
    assert stage.bot.health.clock == "right"


def test_a_door_that_is_checked_answers_in_the_admin_console(stage: Stage) -> None:
    assert stage.run(stage.wecom.asks_for_echo("8842")) == (200, "8842")


@pytest.mark.parametrize("count", [30, pytest.param(200, marks=pytest.mark.slow)])
def test_many_messages_at_once_from_one_colleague_are_stored_and_another_is_answered(
    stage: Stage, li: Mate, count: int
) -> None:
    sun = stage.hires("sunbo", "Sun Bo")

    async def floods() -> None:
        told = await asyncio.gather(
            *(stage.wecom.says(li.user, "drafts") for _ in range(count)), stage.wecom.says("sunbo", "day")
        )
        assert set(told) == {200}

    stage.run(floods())
    stage.settle()
    assert sun.hears(stage.t("day-title"))
    found = stage.ask(
        lambda store: [row.state for row in store.connection.execute(inbox.select()) if row.channel == "wecom"]
    )
    assert found == ["done"] * (count + 1)
    unsaid = stage.ask(
        lambda store: [row.state for row in store.connection.execute(outbox.select()) if row.state != "sent"]
    )
    assert set(unsaid) <= {"superseded"}


def test_what_a_member_would_not_be_shown_waits_for_the_next_minute(stage: Stage, li: Mate) -> None:
    from bot.channels.wecom.paces import APP

    stage.channel.pace = APP
    for number in range(60):
        stage.say(f"m{number}", li.user, text=f"Message {number}.")
    stage.settle()
    assert len(li.chat) <= 25
    assert stage.wecom.dropped == 0


def test_neither_token_nor_words_are_in_what_is_logged(
    stage: Stage, li: Mate, capsys: pytest.CaptureFixture[str]
) -> None:
    with stage.breaks("lost-answer", times=2):
        stage.say("one", li.user, text="A secret of Chen's.")
        settled(stage, minutes=1)
    li.types("an unknown line of Li's")
    written = "".join(capsys.readouterr())
    for secret in ("token-", "emulated-app-secret", "secret of Chen", "line of Li"):
        assert secret not in written


def test_a_stranger_hears_whom_to_ask_and_a_department_is_never_answered(stage: Stage) -> None:
    stage.wecom.member("stranger")
    stage.run(stage.wecom.says("stranger", "due"))
    stage.settle()
    (said,) = stage.stands("stranger")
    assert said.text.startswith(stage.t("staff-unknown")[:20])
    assert stage.stands(SERVICE) == []


def test_a_start_asks_once_whether_the_app_is_ours_on_the_token_that_all_processes_share(stage: Stage) -> None:
    assert stage.wecom.counts == {"gettoken": 1, "agent/get": 1}
    again = stage.connection()

    async def begins() -> None:
        listening = asyncio.create_task(stage.bot._listen(again))
        async with asyncio.timeout(30):
            while stage.wecom.counts["agent/get"] < 2:  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.02)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)

    stage.run(begins())
    assert stage.wecom.counts["gettoken"] == 1
