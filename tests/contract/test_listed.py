"""The list holds every channel: who adds one without a venue hears of it here."""

from __future__ import annotations

import pytest

from bot.channels.files import Files
from bot.channels.present import MAKERS, Ground, present
from bot.config import read_config
from storage.database import Database
from tests.conftest import KEY
from tests.contract.listed import PAIRS, WITHOUT_TALK
from tests.contract.venues import InTelegram, InTelegramByWebhook, Slack, SlackOverHttp

SETTINGS = {
    "RAPPORT_KEY": KEY,
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "TELEGRAM_BOT_TOKEN": "1:a",
    "WECOM_CORP_ID": "ww1",
    "WECOM_AGENT_ID": "1000002",
    "WECOM_SECRET": "secret",
    "WECOM_TOKEN": "token",
    "WECOM_AES_KEY": "a" * 43,
    "WECOM_KF_SECRET": "secret",
    "WECOM_KF_TOKEN": "token",
    "WECOM_KF_AES_KEY": "a" * 43,
    "WECOM_ROBOT_URL": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa",
    "OPENAI_API_KEY": "key",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
    "OPENAI_MODEL": "model",
}


def test_every_channel_that_can_run_has_a_venue(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    config = read_config()
    ground = Ground(config, database, Files())
    silent = [make.__qualname__ for make in MAKERS if not list(make(ground))]
    assert not silent, "its settings are not among those above"
    here = present(config, database)
    told = {make.channel for pair in PAIRS for make in (pair.team, pair.guests)}  # type: ignore[attr-defined]
    assert {channel.name for channel in here.channels} == told | WITHOUT_TALK.keys()


def test_each_way_of_hearing_is_in_a_pair() -> None:
    used = {make for pair in PAIRS for make in (pair.team, pair.guests)}
    assert {Slack, SlackOverHttp, InTelegram, InTelegramByWebhook} <= used
