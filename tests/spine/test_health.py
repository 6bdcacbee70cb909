"""A channel that is down is down alone: an admin hears it once, elsewhere, and hears when it works again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from bot import health
from bot.channels.port import ACCOUNT, Accept, Deaf, Signs
from bot.config import HalfSet
from bot.health import FOR_PEOPLE, Health
from bot.web import make_app
from handlers.channel_news import KNOWN
from prompts.phrases import phrases
from storage.database import Database
from storage.inbox import Event
from storage.staff import Person
from tests.spine.stage import Stage


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    stage = Stage(database)
    ada, bo = Person("ada", "Ada", "admin", "en", "UTC"), Person("bo", "Bo", "admin", "zh-CN", "Asia/Shanghai")
    stage.change(lambda store: store.staff.add(ada, {"loop": "ada", "other": "ada"}))
    stage.change(lambda store: store.staff.add(bo, {"loop": "bo"}))
    yield stage
    stage.end()


def keep_house(stage: Stage) -> None:
    for event in stage.bot.health.news():
        stage.hands_in(event)
    stage.settle()


def test_a_revoked_token_is_told_once_on_another_channel_and_so_is_its_return(stage: Stage) -> None:
    stage.platform.fault = lambda message: "auth" if message["channel"] == "loop" else "ok"
    for n in range(3):
        stage.say(f"m{n}", f"chat {n}")
    stage.settle()
    keep_house(stage)
    keep_house(stage)
    (ada,) = stage.ask(lambda store: store.posts.of("other", "ada"))
    assert "no longer accepts our token" in ada.card["text"]
    (bo,) = stage.posts("staff:bo")
    assert "不再认我们的令牌" in bo.card["text"]
    assert stage.bot.health.channels["loop"] == "down: auth"
    assert stage.bot.health.channels["other"] == "up"
    stage.platform.fault = lambda _: "ok"
    stage.clock.moment += timedelta(minutes=6)
    stage.settle()
    keep_house(stage)
    assert sorted(key for key in stage.heard() if key.startswith("m")) == ["m0", "m1", "m2"]
    assert "works again" in stage.ask(lambda store: store.posts.of("other", "ada"))[-1].card["text"]
    assert stage.bot.health.channels["loop"] == "up"


def test_two_replicas_tell_of_one_outage_once(stage: Stage) -> None:
    body = {"channel": "loop", "why": "auth", "missing": ""}
    stage.hands_in(Event("bot", "down 1", "channel down", body=body), Event("bot", "down 2", "channel down", body=body))
    assert len(stage.ask(lambda store: store.posts.of("other", "ada"))) == 1
    stage.hands_in(Event("bot", "up 1", "channel up", body=body), Event("bot", "up 2", "channel up", body=body))
    assert len(stage.ask(lambda store: store.posts.of("other", "ada"))) == 2


def test_a_channel_that_only_stumbles_alarms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    how = Health(["loop"])
    signs = how.signs("loop")
    signs.troubled("ConnectError")
    assert how.news() == []
    assert how.channels == {"loop": "down: ConnectError"}
    monkeypatch.setattr(health, "PATIENCE", 0.0)
    assert [event.body["why"] for event in how.news()] == ["ConnectError"]
    assert how.news() == []
    signs.well()
    assert [event.kind for event in how.news()] == ["channel up"]


def test_nobody_counts_on_a_channel_before_it_has_shown_that_it_hears(monkeypatch: pytest.MonkeyPatch) -> None:
    how = Health(["loop"])
    how.works("loop")
    assert how.channels == {"loop": "starting"}, "a message that went out says nothing about what comes in"
    assert how.news() == []
    monkeypatch.setattr(health, "PATIENCE", 0.0)
    assert [event.body["why"] for event in how.news()] == ["starting"]
    how.signs("loop").well()
    assert how.channels == {"loop": "up"}


def test_what_speaks_well_may_be_deaf_and_the_other_way_round() -> None:
    how = Health(["loop"])
    signs = how.signs("loop")
    signs.troubled("auth", "SLACK_APP_TOKEN")
    how.works("loop")
    assert how.channels == {"loop": "down: auth (SLACK_APP_TOKEN)"}
    signs.well()
    how.fails("loop", "auth")
    signs.well()
    assert how.channels == {"loop": "down: auth"}
    how.works("loop")
    assert how.channels == {"loop": "up"}


def test_what_somebody_has_to_mend_is_not_hidden_by_what_passes_and_told_again_if_it_is_another_thing() -> None:
    how = Health(["loop"])
    signs = how.signs("loop")
    signs.troubled("auth")
    assert [event.body["why"] for event in how.news()] == ["auth"]
    signs.troubled("ConnectError")
    assert how.channels == {"loop": "down: auth"}
    signs.troubled("scope", "chat:write")
    assert [(event.body["why"], event.body["missing"]) for event in how.news()] == [("scope", "chat:write")]
    assert how.news() == []


def test_a_channel_that_was_mended_by_a_restart_is_told_to_work_again(stage: Stage) -> None:
    body = {"channel": "loop", "why": "auth", "missing": "", "lasts": True}
    stage.hands_in(Event("bot", "down", "channel down", body=body))
    restarted = Health(["loop", "other", "web"])
    restarted.signs("loop").well()
    stage.hands_in(*restarted.news())
    assert "works again" in stage.ask(lambda store: store.posts.of("other", "ada"))[-1].card["text"]
    stage.hands_in(Event("bot", "down again", "channel down", body=body))
    assert "no longer accepts" in stage.ask(lambda store: store.posts.of("other", "ada"))[-1].card["text"]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_whatever_somebody_has_to_mend_has_words_of_its_own_that_name_it(language: str) -> None:
    t = phrases(language)

    def said(why: str) -> str:
        cause = why.replace(" ", "-") if why in KNOWN else "other"
        return t("channel-down", channel="Slack", cause=cause, why=why, missing="THIS ONE", named="yes")

    mended = FOR_PEOPLE - {ACCOUNT}
    assert set(KNOWN) > mended
    told = {why: said(why) for why in mended}
    assert len({*told.values(), said("ConnectError")}) == len(mended) + 1
    assert [why for why, words in told.items() if "THIS ONE" not in words] == ["rival"]


def test_a_channel_that_was_set_by_half_is_named_with_what_it_lacks() -> None:
    how = Health(["web"], [HalfSet("telegram", "TELEGRAM_WEBHOOK_SECRET")])
    assert how.channels == {"telegram": "down: half set (TELEGRAM_WEBHOOK_SECRET)", "web": "starting"}
    (event,) = how.news()
    assert event.body["missing"] == "TELEGRAM_WEBHOOK_SECRET"


def test_ready_says_which_channels_are_up(stage: Stage) -> None:
    stage.bot.health.fails("loop", "auth")
    with TestClient(make_app(stage.bot, console=False)) as browser:
        answer = browser.get("/readyz")
    assert (answer.status_code, answer.json()["channels"]["loop"]) == (200, "down: auth")
    assert answer.json()["channels"]["web"] == "up"


class Refused:
    """A channel whose token no longer holds."""

    def __init__(self, stage: Stage) -> None:
        self.__dict__.update(vars(stage.bot.channels["loop"]))

    async def listen(self, accept: Accept, signs: Signs) -> None:
        raise Deaf("auth")


def test_a_listener_whose_token_is_refused_is_known_to_be_down(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    noticed, fails = asyncio.Event(), stage.bot.health.fails

    def notice(*how: str) -> None:
        fails(*how)
        noticed.set()

    async def listens() -> None:
        listening = asyncio.create_task(stage.bot._listen(Refused(stage)))  # type: ignore[arg-type]
        async with asyncio.timeout(30):
            await noticed.wait()
        listening.cancel()

    monkeypatch.setattr(stage.bot.health, "fails", notice)
    stage._runner.run(listens())
    assert stage.bot.health.channels["loop"] == "down: auth"
