"""The doctor looks at WeCom, and half a configuration starts nothing: each says what to mend, and never a secret."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.files import Files
from bot.channels.present import Ground
from bot.channels.wecom import presence
from bot.channels.wecom.checkup import wecom_works
from bot.config import BAD, Config, HalfSet
from bot.findings import Patient
from prompts.phrases import LANGUAGES, phrases
from storage.database import Database
from tests.conftest import KEY
from tests.emulators.wecom import AGENT, CORP, ROBOT_KEY, SECRET, WeCom
from tests.emulators.wecom_crypt import AES_KEY, TOKEN

WHOLE = {
    "WECOM_CORP_ID": CORP,
    "WECOM_AGENT_ID": AGENT,
    "WECOM_SECRET": SECRET,
    "WECOM_TOKEN": TOKEN,
    "WECOM_AES_KEY": AES_KEY,
}
ROBOT = f"https://qyapi.example/cgi-bin/webhook/send?key={ROBOT_KEY}"


@pytest.fixture
def served() -> Iterator[WeCom]:
    """WeCom in a thread of its own: the doctor asks with a loop of its own."""
    loop, wecom = asyncio.new_event_loop(), WeCom()
    loop.run_until_complete(wecom.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield wecom
    asyncio.run_coroutine_threadsafe(wecom.stop(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def config(url: str = "http://127.0.0.1:9", **values: str) -> Config:
    given: dict[str, Any] = {"RAPPORT_KEY": KEY, **values}
    return Config(_env_file=None, **given, WECOM_API_URL=url)


def found(url: str, **values: str) -> dict[str, str]:
    """Look, and make sure that what is said holds no secret in any language."""
    patient = Patient(config(url, **values), phrases("en"), datetime.now(UTC))
    findings = list(wecom_works(patient))
    for finding in findings:
        for language in LANGUAGES:
            said = phrases(language)(finding.key, **finding.values)
            assert not any(secret in said for secret in (SECRET, TOKEN, AES_KEY, ROBOT_KEY, "token-"))
    return {finding.key: finding.level for finding in findings}


def test_a_sound_app_is_named_and_its_door_explained(served: WeCom) -> None:
    assert found(served.url, **WHOLE) == {"doctor-wecom": "good", "doctor-wecom-hears": "good"}


def test_nothing_set_is_no_fault() -> None:
    assert found("") == {"doctor-channel-off": "good"}


def test_each_mistake_has_words_of_its_own(served: WeCom) -> None:
    assert found(served.url, **WHOLE | {"WECOM_SECRET": "wrong"}) == {"doctor-wecom-refused": "bad"}
    assert found(served.url, **WHOLE | {"WECOM_AGENT_ID": "1"}) == {"doctor-wecom-agent": "bad"}
    assert found(served.url, **WHOLE | {"WECOM_AGENT_ID": "abc"}) == {"doctor-wecom-agent-id": "bad"}
    assert found(served.url, **WHOLE | {"WECOM_AES_KEY": "short"}) == {"doctor-wecom-aes-key": "bad"}
    served.untrusted = True
    assert found(served.url, **WHOLE) == {"doctor-wecom-ip": "bad"}
    assert found("http://127.0.0.1:9", **WHOLE) == {"doctor-wecom-away": "bad"}
    assert found("", WECOM_ROBOT_URL=ROBOT)["doctor-wecom-robot"] == "good"
    assert found("", WECOM_ROBOT_URL="key")["doctor-wecom-robot-url"] == "bad"


@pytest.mark.parametrize("missing", list(WHOLE))
def test_half_a_configuration_starts_nothing_and_names_what_is_missing(database: Database, missing: str) -> None:
    half = {name: value for name, value in WHOLE.items() if name != missing}
    with pytest.raises(HalfSet) as refused:
        list(presence.app(Ground(config(**half), database, Files())))
    assert (refused.value.channel, refused.value.names) == ("wecom", (missing,))
    assert found("", **half) == {"doctor-wecom-half": "bad"}


@pytest.mark.parametrize(("name", "wrong"), [("WECOM_AGENT_ID", "Rapport"), ("WECOM_AES_KEY", "x" * 44)])
def test_a_value_that_can_be_none_is_refused_like_a_missing_one(database: Database, name: str, wrong: str) -> None:
    with pytest.raises(HalfSet) as refused:
        list(presence.app(Ground(config(**WHOLE | {name: wrong}), database, Files())))
    assert (refused.value.names, refused.value.why) == ((name,), BAD)


def test_a_whole_configuration_starts_and_none_starts_nothing(database: Database) -> None:
    assert [channel.name for channel in presence.app(Ground(config(**WHOLE), database, Files()))] == [
        "wecom",
        "wecom-contact",
    ]
    assert list(presence.app(Ground(config(), database, Files()))) == []
    customers = {"WECOM_CORP_ID": CORP, "WECOM_KF_SECRET": "s"}
    assert list(presence.app(Ground(config(**customers), database, Files()))) == [], "the company's id is shared"
    (robot,) = presence.robot(Ground(config(WECOM_ROBOT_URL=ROBOT), database, Files()))
    assert robot.name == "wecom-robot"
    with pytest.raises(HalfSet):
        list(
            presence.robot(
                Ground(config(WECOM_ROBOT_URL="https://qyapi.example/cgi-bin/webhook/send"), database, Files())
            )
        )
