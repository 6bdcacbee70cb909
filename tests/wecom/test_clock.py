"""WeCom has one clock, though colleagues and customers are spoken to by different doors: it is told of once."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bot.app import Bot
from bot.channels.files import Files
from bot.channels.port import Timed
from bot.channels.present import Ground
from bot.channels.webchat.channel import WebChat
from bot.channels.wecom.presence import app, customers
from bot.config import Config
from storage.database import Database
from tests.emulators.wecom import CORP, SECRET
from tests.emulators.wecom_crypt import AES_KEY, TOKEN
from tests.emulators.wecom_kf import KF_KEY, KF_SECRET, KF_TOKEN
from tests.emulators.wecom_phones import AGENT
from tests.world import World

SETTINGS = {
    "WECOM_CORP_ID": CORP,
    "WECOM_AGENT_ID": AGENT,
    "WECOM_SECRET": SECRET,
    "WECOM_TOKEN": TOKEN,
    "WECOM_AES_KEY": AES_KEY,
    "WECOM_KF_SECRET": KF_SECRET,
    "WECOM_KF_TOKEN": KF_TOKEN,
    "WECOM_KF_AES_KEY": KF_KEY,
}


class Company(World):
    """A company on WeCom alone: its app for colleagues, and its desk for customers."""

    async def _make(self, database: Database, policy: str | None) -> Bot:
        ground = Ground(Config(_env_file=None, **SETTINGS), database, Files())  # type: ignore[arg-type]
        return Bot(database, [WebChat(), *customers(ground), *app(ground)], policy, self.clock)

    def knocks(self, channel: str, *, late: float) -> None:
        """Let three callbacks come to a channel's door whose signatures hold, so many seconds after they were made."""
        door = self.bot.channels[channel]
        assert isinstance(door, Timed)
        for n in range(3):
            door.skew.signed(time.time() - late, f"{channel} {late} {n}")
        self.hands_in(*self.bot.health.news())


@pytest.fixture
def company(database: Database) -> Iterator[Company]:
    company = Company(database)
    yield company
    company.end()


def test_admins_hear_once_of_a_clock_that_colleagues_and_customers_doors_both_see(company: Company) -> None:
    boss = company.colleague("Wang", "admin")
    company.knocks("wecom-kf", late=600)
    company.knocks("wecom", late=600)
    assert company.bot.health.clock == "about 10 min ahead, says wecom"
    assert boss.count("10 minutes") == 1
    company.knocks("wecom", late=0)
    company.knocks("wecom-kf", late=0)
    assert company.bot.health.clock == "right"
    assert boss.count("agree again") == 1
