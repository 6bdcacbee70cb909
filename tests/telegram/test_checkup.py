"""The doctor looks at Telegram: each finding once, in words that say what to do, and never the token."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import checkups
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.checkup import telegram_works
from bot.config import Config
from bot.findings import Finding, Patient
from prompts.phrases import LANGUAGES, phrases
from scheduler.policy.document import default_text
from storage.contacts import Contact
from storage.database import Database
from storage.staff import Person
from storage.store import Store
from tests.conftest import KEY
from tests.emulators.telegram import TOKEN, Telegram
from tests.emulators.telegram_forum import Group
from tests.signs import Unread
from tests.telegram.stage import Stage
from tests.telegram.team import TEAM, at_the_group

SECRET = TOKEN.partition(":")[2]


class Served:
    """Telegram in a thread of its own: the doctor asks with a loop of its own."""

    def __init__(self) -> None:
        self.telegram = Telegram()
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(self.telegram.start())
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def stop(self) -> None:
        self.spawn(self.telegram.stop()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served()
    yield served
    served.stop()


@pytest.fixture
def house(tmp_path: Path, sqlite_template: Path) -> Path:
    shutil.copy(sqlite_template, tmp_path / "rapport.db")
    return tmp_path


def examined(house: Path, url: str, token: str = TOKEN, **more: str) -> dict[str, Finding]:
    """Look, and make sure that what is said holds no token in any language."""
    values: dict[str, Any] = {"RAPPORT_KEY": KEY, "RAPPORT_DATA": str(house), "TELEGRAM_BOT_TOKEN": token, **more}
    config = Config(_env_file=None, **values, TELEGRAM_API_URL=url)
    patient = Patient(config, phrases("en"), datetime.now(UTC))
    house_first = [*checkups.database_answers(patient), *checkups.policy_is_valid(patient)]
    findings = [*house_first, *telegram_works(patient)]
    patient.close()
    for language in LANGUAGES:
        told = [phrases(language)(finding.key, **finding.values) for finding in findings]
        assert SECRET not in str(told)
    return {finding.key: finding for finding in findings if finding.key.startswith(("doctor-tele", "doctor-ch"))}


def test_an_account_in_order_has_nothing_to_mend(house: Path, served: Served) -> None:
    findings = examined(house, served.telegram.url)
    wanted = {"doctor-telegram", "doctor-telegram-alone", "doctor-telegram-pending", "doctor-telegram-private"}
    assert set(findings) == wanted
    assert {finding.level for finding in findings.values()} == {"good"}
    assert findings["doctor-telegram"].values == {"name": "rapport_test_bot"}


def sets(**values: Any) -> Callable[[Telegram], None]:
    return lambda telegram: vars(telegram).update(values)


WAITING = [{"update_id": n} for n in range(3)]
ERROR = {"last_error_date": 1_700_000_000, "last_error_message": "Wrong response from the webhook: 502 Bad Gateway"}
ILLS: dict[str, tuple[Callable[[Telegram], None], str, str, str]] = {
    "a revoked token": (sets(fault=lambda *_: "unauthorized"), "doctor-telegram-refused", "bad", "BotFather"),
    "a gateway that is down": (sets(fault=lambda *_: "error"), "doctor-telegram-away", "bad", "127.0.0.1"),
    "a line that breaks": (sets(fault=lambda *_: "reset"), "doctor-telegram-away", "bad", "HTTPS_PROXY"),
    "too many questions": (sets(fault=lambda *_: "slow-down"), "doctor-telegram-slow", "warn", "minute"),
    "a foreign webhook": (
        sets(webhook="https://hooks.example/s3cret"),
        "doctor-telegram-webhook",
        "warn",
        "hooks.example (a webhook). `rapport run` takes that away",
    ),
    "its last error": (sets(webhook_error=ERROR), "doctor-telegram-last-error", "warn", "502 Bad Gateway"),
    "messages that wait": (sets(updates=WAITING), "doctor-telegram-pending", "warn", "3 messages wait"),
    "groups allowed": (
        sets(flags={"can_join_groups": True, "can_read_all_group_messages": False}),
        "doctor-telegram-groups",
        "good",
        "/crm group link",
    ),
    "privacy off": (
        sets(flags={"can_join_groups": False, "can_read_all_group_messages": True}),
        "doctor-telegram-privacy",
        "warn",
        "/setprivacy",
    ),
}


@pytest.mark.parametrize("ill", ILLS)
def test_what_is_wrong_is_found_and_says_what_to_do(house: Path, served: Served, ill: str) -> None:
    prepare, key, level, words = ILLS[ill]
    prepare(served.telegram)
    found = examined(house, served.telegram.url)[key]
    assert found.level == level
    told = phrases("en")(key, **found.values)
    assert words in told
    assert "s3cret" not in told


PLACES: dict[str, tuple[Callable[[Group], None], str, str, str]] = {
    "in order": (lambda _: None, "doctor-telegram-place", "good", "its own topic"),
    "without topics": (
        lambda g: vars(g).update(is_forum=False),
        "doctor-telegram-place-plain",
        "warn",
        "turn on Topics",
    ),
    "without the right": (
        lambda g: vars(g).update(manages_topics=False),
        "doctor-telegram-place-rights",
        "warn",
        "may not manage topics",
    ),
    "no administrator": (
        lambda g: vars(g).update(is_admin=False),
        "doctor-telegram-place-rights",
        "warn",
        "privacy mode",
    ),
}


@pytest.mark.parametrize("how", PLACES)
def test_a_group_in_which_a_team_works_is_looked_at(house: Path, served: Served, tmp_path: Path, how: str) -> None:
    prepare, key, level, words = PLACES[how]
    prepare(served.telegram.forum(TEAM))
    found = examined(house, served.telegram.url, RAPPORT_POLICY=policy_at(tmp_path, TEAM))[key]
    assert found.level == level
    told = phrases("en")(key, **found.values)
    assert words in told
    assert f"telegram:{TEAM}" in told


@pytest.mark.parametrize("place", [-100_404, 5])
def test_a_place_where_we_are_not_is_found(house: Path, served: Served, tmp_path: Path, place: int) -> None:
    found = examined(house, served.telegram.url, RAPPORT_POLICY=policy_at(tmp_path, place))
    assert found["doctor-telegram-place-away"].level == "bad"


def test_a_team_among_customers_is_found(house: Path, served: Served, tmp_path: Path) -> None:
    served.telegram.forum(TEAM)
    database = Database(f"sqlite:///{house / 'rapport.db'}", KEY)
    with database.writing() as connection:
        store = Store(connection)
        store.staff.add(Person("li", "Li Na", "rep", "en", "Asia/Shanghai"), {})
        store.contacts.add(Contact(id="all", name="Acme pumps"), datetime.now(UTC))
        code = store.groups.offer(None, "pumps", "li", datetime.now(UTC))
        offered = store.groups.offered(code, datetime.now(UTC))
        assert offered is not None
        assert store.groups.link(offered.id, "telegram", str(TEAM), "all", "li", datetime.now(UTC))
        store.flush()
    database.close()
    found = examined(house, served.telegram.url, RAPPORT_POLICY=policy_at(tmp_path, TEAM))
    assert found["doctor-telegram-place-linked"].level == "bad"


def policy_at(folder: Path, group: int) -> str:
    file = folder / "policy.yaml"
    file.write_text(at_the_group(default_text(), group), encoding="utf-8")
    return str(file)


def test_messages_that_wait_are_not_read_by_the_doctor(house: Path, served: Served) -> None:
    served.telegram.updates = [{"update_id": 1}]
    examined(house, served.telegram.url)
    assert served.telegram.updates == [{"update_id": 1}]


@pytest.mark.parametrize(("token", "key"), [("", "doctor-channel-off"), ("hello", "doctor-telegram-token")])
def test_a_token_that_is_none_asks_nobody(house: Path, token: str, key: str) -> None:
    assert set(examined(house, "http://127.0.0.1:9", token)) == {key}


def test_a_platform_that_only_listens_ends_the_check_in_time(
    house: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.checkup.WHOLE_SECONDS", 0.5)
    served.telegram.fault = lambda *_: "stall"
    assert examined(house, served.telegram.url)["doctor-telegram-away"].level == "bad"


def test_another_reader_is_noticed_when_it_takes_the_poll_away(
    house: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.checkup.LISTENED", 20)
    served.telegram.updates = []
    rival = TelegramChannel(TOKEN, served.telegram.url)
    reading = served.spawn(rival.listen(accepts_nothing, Unread()))
    try:
        findings = examined(house, served.telegram.url)
    finally:
        reading.cancel()
        served.spawn(rival.close()).result()
    assert findings["doctor-telegram-contested"].level == "bad"


async def accepts_nothing(events: Any, *, along: Any = None) -> list[Any]:  # noqa: ARG001 - an Accept
    return []


def test_beside_a_bot_of_ours_the_doctor_does_not_poll(house: Path, served: Served) -> None:
    database = Database(f"sqlite:///{house / 'rapport.db'}", KEY)
    with database.writing() as connection:
        store = Store(connection)
        now = store.machine_now()
        store.settings.lease("telegram:4711", "us", now, now.replace(year=now.year + 1))
        store.flush()
    database.close()
    assert examined(house, served.telegram.url)["doctor-telegram-reads"].level == "good"
    assert served.telegram.said("getUpdates") == []


def test_a_rival_that_the_bot_met_is_remembered(stage: Stage) -> None:
    """One poll cut off may be our own from before a restart; two are somebody else."""
    from bot.channels.telegram.seat import contested_at

    async def cut_off() -> None:
        polls = len(stage.telegram.said("getUpdates"))
        await stage.telegram.rival()
        while len(stage.telegram.said("getUpdates")) == polls:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.01)

    stage.someone().writes("hello")
    stage.run(cut_off())
    assert stage.ask(lambda store: contested_at(store, "4711")) is None
    stage.run(cut_off())
    stage.settle()
    assert stage.ask(lambda store: contested_at(store, "4711")) is not None


HOOK = {"TELEGRAM_WEBHOOK_URL": "https://bot.example", "TELEGRAM_WEBHOOK_SECRET": "s3cret"}
AT = "https://bot.example/telegram/webhook"
HOOKS: dict[str, tuple[dict[str, str], dict[str, Any], str, str]] = {
    "in order": (HOOK, {"webhook": AT}, "doctor-telegram-hook", "good"),
    "not named yet": (HOOK, {}, "doctor-telegram-hook-none", "warn"),
    "named by somebody else": (HOOK, {"webhook": "https://x.example/s3cret"}, "doctor-telegram-hook-elsewhere", "bad"),
    "with an error": (HOOK, {"webhook": AT, "webhook_error": ERROR}, "doctor-telegram-last-error", "warn"),
    "with some kinds only": (
        HOOK,
        {"webhook": AT, "webhook_error": {"allowed_updates": ["message"]}},
        "doctor-telegram-hook-old",
        "warn",
    ),
    "with messages that wait": (HOOK, {"webhook": AT, "updates": WAITING}, "doctor-telegram-pending", "warn"),
    "without a secret": (HOOK | {"TELEGRAM_WEBHOOK_SECRET": ""}, {}, "doctor-telegram-half", "bad"),
    "without an address": (HOOK | {"TELEGRAM_WEBHOOK_URL": ""}, {}, "doctor-telegram-half", "bad"),
    "with a secret that is none": (HOOK | {"TELEGRAM_WEBHOOK_SECRET": "a b"}, {}, "doctor-telegram-secret", "bad"),
    "in the open": (HOOK | {"TELEGRAM_WEBHOOK_URL": "http://bot.example"}, {}, "doctor-telegram-https", "bad"),
}


@pytest.mark.parametrize("state", HOOKS)
def test_a_webhook_is_looked_at_as_telegram_sees_it(house: Path, served: Served, state: str) -> None:
    settings, sight, key, level = HOOKS[state]
    sets(**sight)(served.telegram)
    found = examined(house, served.telegram.url, **settings)
    assert found[key].level == level
    assert "s3cret" not in phrases("en")(key, **found[key].values)
    assert served.telegram.said("getUpdates") == [], "a poll would only be refused"
