"""The doctor finds what is missing or wrong, says it in both languages with what to do, and fails only if it must."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from bot import checkups, doctor
from bot.config import Config
from bot.findings import Finding, Patient, good
from bot.opening import open_database
from prompts.phrases import phrases
from scheduler.policy.document import default_text
from storage.columns import new_id
from storage.database import Database
from storage.inbox import Event
from storage.staff import Person
from storage.store import Store
from storage.vault import new_key
from tests.conftest import KEY
from tests.emulators.model import KEY as MODEL_KEY
from tests.emulators.model import MODEL, ModelEmulator, fails, says, sends
from tests.test_operations import free_port, rapport, running

SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"}


def config(folder: Path, **values: Any) -> Config:
    """Make settings of our own, whatever the environment says."""
    ours = {"RAPPORT_KEY": KEY, "RAPPORT_DATA": str(folder), "PORT": free_port()}
    return Config(_env_file=None, **{**ours, **values})


def examined(folder: Path, **values: Any) -> dict[str, Finding]:
    patient = Patient(config(folder, **values), phrases("en"), datetime.now(UTC))
    return {finding.key: finding for finding in doctor.examine(patient)}


def bad(findings: dict[str, Finding]) -> set[str]:
    return {key for key, finding in findings.items() if finding.level == "bad"}


@pytest.fixture
def house(tmp_path: Path, sqlite_template: Path) -> Path:
    """A house in which all is well: a database, an admin, one event."""
    shutil.copy(sqlite_template, tmp_path / "rapport.db")
    database = Database(f"sqlite:///{tmp_path / 'rapport.db'}", KEY)
    with database.writing() as connection:
        store = Store(connection)
        person = Person(new_id(), "Ada", "admin", "en", "UTC")
        store.staff.add(person, {"web": f"staff:{person.id}"})
        store.inbox.add([Event("web", "e1", "words", body={"text": "hello"})], datetime.now(UTC))
        store.flush()
    database.close()
    return tmp_path


def change(house: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(house / "rapport.db") as connection:
        connection.execute(statement, values)
    connection.close()


def test_a_sound_house_has_nothing_to_mend(house: Path) -> None:
    findings = examined(house)
    assert bad(findings) == set()
    wanted = {"key", "database", "schema", "clock", "policy-ours", "people", "fallback", "disk", "port", "model-off"}
    assert {f"doctor-{name}" for name in wanted} <= findings.keys()


ILLS: dict[str, tuple[dict[str, Any], str, str]] = {
    "no key": ({"RAPPORT_KEY": ""}, "doctor-said", "bad"),
    "half a key": ({"RAPPORT_KEY": "abc"}, "doctor-said", "bad"),
    "another key": ({"RAPPORT_KEY": new_key()}, "doctor-wrong-key", "bad"),
    "no database server": ({"DATABASE_URL": "postgresql://x@127.0.0.1:9/x"}, "doctor-database-away", "bad"),
    "a policy that is not there": ({"RAPPORT_POLICY": "/nowhere.yaml"}, "doctor-policy-unreadable", "bad"),
    "half of Slack": ({"SLACK_BOT_TOKEN": "xoxb-1"}, "doctor-slack-neither", "bad"),
    "the other half of Slack": ({"SLACK_APP_TOKEN": "xapp-1"}, "doctor-slack-half", "bad"),
    "Slack's tokens swapped": (
        {"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"},
        "doctor-slack-kind",
        "bad",
    ),
    "Slack out of reach": (SLACK, "doctor-slack-away", "bad"),
    "a broken Telegram token": ({"TELEGRAM_BOT_TOKEN": "hello"}, "doctor-telegram-token", "bad"),
    "Telegram out of reach": (
        {"TELEGRAM_BOT_TOKEN": f"123:{'a' * 35}", "TELEGRAM_API_URL": "http://127.0.0.1:9"},
        "doctor-telegram-away",
        "bad",
    ),
    "a model without a name": ({"OPENAI_API_KEY": "k"}, "doctor-model-half", "bad"),
    "a model without a key": ({"OPENAI_MODEL": "m"}, "doctor-model-half", "bad"),
    "a port that needs rights": ({"HOST": "203.0.113.1"}, "doctor-port-no", "bad"),
}


@pytest.mark.parametrize("what", ILLS)
def test_what_the_settings_get_wrong_is_found(house: Path, what: str) -> None:
    values, key, level = ILLS[what]
    assert examined(house, **values)[key].level == level


def test_a_new_key_without_the_old_one_is_found_before_anything_was_sealed(house: Path) -> None:
    change(house, "delete from inbox")
    database = open_database(f"sqlite:///{house / 'rapport.db'}", KEY)
    database.close()
    assert "doctor-wrong-key" in bad(examined(house, RAPPORT_KEY=new_key()))
    assert bad(examined(house, RAPPORT_KEY=f"{new_key()},{KEY}")) == set()


def test_without_a_database_a_start_makes_one(tmp_path: Path) -> None:
    findings = examined(tmp_path)
    assert findings["doctor-database-new"].level == "warn"
    assert bad(findings) == set()
    assert not (tmp_path / "rapport.db").exists(), "looking changes nothing"


def test_schemas_older_and_newer_are_told_apart(house: Path) -> None:
    change(house, "update alembic_version set version_num = '0000'")
    assert examined(house)["doctor-schema-own"].level == "warn"
    change(house, "update alembic_version set version_num = '9999'")
    assert bad(examined(house)) == {"doctor-schema-newer"}


def test_an_old_schema_on_postgresql_needs_migrate(postgres_server: str, tmp_path: Path) -> None:
    findings = examined(tmp_path, DATABASE_URL=postgres_server)
    assert bad(findings) == {"doctor-schema-older"}


def test_nobody_here_means_a_first_admin_is_needed(house: Path) -> None:
    change(house, "update staff set role = 'rep'")
    assert bad(examined(house)) == {"doctor-no-admin"}


SQLITES = {(3, 51, 2): True, (3, 51, 3): False, (3, 40, 1): True, (4, 0, 0): False}


@pytest.mark.parametrize("version", SQLITES)
def test_an_older_sqlite_is_a_warning(
    house: Path, version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)
    findings = examined(house)
    assert ("doctor-sqlite" in findings) is SQLITES[version]
    assert bad(findings) == set()


DISK = {499_999_999: "bad", 500_000_000: "warn", 1_999_999_999: "warn", 2_000_000_000: "good"}


@pytest.mark.parametrize("free", DISK)
def test_a_full_disk_is_found(house: Path, free: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=free))
    found = [finding for key, finding in examined(house).items() if key.startswith("doctor-disk")]
    assert [finding.level for finding in found] == [DISK[free]]


def test_a_clock_before_the_programs_own_date_is_wrong(house: Path) -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    findings = {f.key: f for f in doctor.examine(Patient(config(house), phrases("en"), past))}
    assert bad(findings) == {"doctor-clock-past"}


def test_a_clock_behind_what_is_on_record_is_wrong(house: Path) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=1)
    database = Database(f"sqlite:///{house / 'rapport.db'}", KEY)
    with database.writing() as connection:
        Store(connection).inbox.add([Event("web", "e2", "words")], ahead)
    database.close()
    assert bad(examined(house)) == {"doctor-clock-back"}


def test_a_policy_with_mistakes_names_their_lines(house: Path) -> None:
    file = house / "policy.yaml"
    file.write_text(default_text().replace("version: 1", "version: one", 1) + "\nnonsense: 1\n")
    found = examined(house, RAPPORT_POLICY=str(file))["doctor-policy-bad"]
    assert found.level == "bad"
    assert "nonsense" in found.values["problems"]


def test_a_fallback_in_a_chat_that_does_not_run_here_is_wrong(house: Path) -> None:
    file = house / "policy.yaml"
    file.write_text(default_text().replace('fallback: "web:', 'fallback: "slack:', 1))
    assert bad(examined(house, RAPPORT_POLICY=str(file))) == {"doctor-fallback-away"}
    assert bad(examined(house, RAPPORT_POLICY=str(file), **SLACK)) == {"doctor-slack-away"}


def test_a_port_in_other_hands_is_wrong(house: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        findings = examined(house, PORT=other.getsockname()[1])
    assert bad(findings) == {"doctor-port-taken"}


class Served:
    """A model's server in a thread of its own: the doctor asks with a loop of its own."""

    def __init__(self) -> None:
        self.model = ModelEmulator(words="pong")
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(self.model.start())
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self.model.stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def served() -> Iterator[ModelEmulator]:
    served = Served()
    yield served.model
    served.stop()


def test_a_model_that_answers_is_well_and_was_told_nothing(house: Path, served: ModelEmulator) -> None:
    values = {"OPENAI_API_KEY": MODEL_KEY, "OPENAI_MODEL": MODEL, "OPENAI_BASE_URL": served.url}
    assert examined(house, **values)["doctor-model"].level == "good"
    (asked,) = served.asked
    assert asked["messages"][1]["content"] == "ping"


def test_a_model_that_does_not_answer_says_why(house: Path, served: ModelEmulator) -> None:
    values = {"OPENAI_API_KEY": "wrong", "OPENAI_MODEL": MODEL, "OPENAI_BASE_URL": served.url}
    assert examined(house, **values)["doctor-model-away"].values["why"] == "401 invalid_api_key"
    values["OPENAI_API_KEY"] = MODEL_KEY
    served.script.extend([fails(500), sends('{"error": 1}'), says("", finish="length")])
    for why in ("500 server_error", "no choices", "ended by length"):
        assert examined(house, **values)["doctor-model-away"].values["why"] == why


def test_a_check_that_breaks_spoils_no_other(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trips(_patient: Patient) -> Iterator[Finding]:
        return iter([good("doctor-key"), Finding("bad", str(1 // 0), {})])

    monkeypatch.setattr(doctor, "checks", [trips, checkups.disk_has_room])
    findings = examined(house)
    assert findings["doctor-check-broke"].values == {"check": "trips", "error": "ZeroDivisionError"}
    assert "doctor-disk" in findings


def test_the_command_says_it_in_both_languages_and_fails_if_something_must_be_mended(house: Path) -> None:
    more = {"PORT": str(free_port())}
    well = rapport(house, "doctor", **more)
    assert (well.returncode, well.stderr) == (0, "")
    assert "All is well." in well.stdout
    sick = rapport(house, "doctor", lang="zh_CN.UTF-8", RAPPORT_KEY="", **more)
    assert sick.returncode == 1
    assert "缺少 RAPPORT_KEY" in sick.stdout
    assert "有 1 处需要处理。" in sick.stdout
    unread = rapport(house, "doctor", PORT="many")
    assert unread.returncode == 1
    assert "PORT cannot be used: it has to be a number" in unread.stdout


def test_beside_a_running_bot_the_port_is_its_own(house: Path) -> None:
    with running(house) as address:
        ours = {"RAPPORT_ADDRESS": address, "RAPPORT_WIDGET_ORIGINS": "http://localhost:3000"}
        done = rapport(house, "doctor", PORT=address.rpartition(":")[2], **ours)
    assert done.returncode == 0, done.stdout
    assert "Rapport is running on port" in done.stdout
    assert f"script is served at {address}" in done.stdout


def test_a_chat_that_is_embedded_wrongly_stands_nowhere_and_everything_else_runs(house: Path) -> None:
    wrong = {"RAPPORT_WIDGET_ORIGINS": "*", "RAPPORT_WIDGET_SECRET": "short", "WECOM_AGENT_ID": "abc"}
    with running(house, **wrong) as address:
        done = rapport(house, "doctor", PORT=address.rpartition(":")[2], **wrong)
        channels = httpx.get(f"{address}/readyz").json()["channels"]
        assert httpx.get(f"{address}/chat").status_code == 200
    names = "RAPPORT_WIDGET_ORIGINS, RAPPORT_WIDGET_SECRET"
    assert (channels["web"], channels["widget"]) == ("up", f"down: bad setting ({names})")
    said = done.stdout
    assert "RAPPORT_WIDGET_ORIGINS has something in it that is not an origin" in said
    assert "RAPPORT_WIDGET_SECRET is too short" in said
    assert f"The chat on your site, as the running Rapport reports it: down: bad setting ({names})" in said
    assert "Value error" not in said


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, {"doctor-web-own": "good"}),
        ({"RAPPORT_WIDGET_ORIGINS": "https://shop.example *"}, {"doctor-web-origins-wrong": "bad"}),
        ({"RAPPORT_WIDGET_ORIGINS": "https://shop.example", "RAPPORT_WIDGET_SECRET": "s" * 31}, {"doctor-web-secret-short": "bad"}),
        ({"RAPPORT_WIDGET_ORIGINS": "https://shop.example"}, {"doctor-web-origins": "good", "doctor-web-unsigned": "good", "doctor-web-no-address": "warn"}),
        ({"RAPPORT_WIDGET_ORIGINS": "https://shop.example", "RAPPORT_ADDRESS": "http://crm.invalid"}, {"doctor-web-plain": "warn", "doctor-web-mixed": "bad", "doctor-web-no-script": "bad"}),
        ({"RAPPORT_WIDGET_ORIGINS": "http://shop.example", "RAPPORT_ADDRESS": "https://crm.invalid"}, {"doctor-web-address": "good", "doctor-web-open-site": "warn"}),
        ({"RAPPORT_WIDGET_ORIGINS": "http://localhost:1", "RAPPORT_WIDGET_SECRET": "s" * 32, "RAPPORT_ADDRESS": "http://127.0.0.1:9"}, {"doctor-web-signed": "good", "doctor-web-address": "good", "doctor-web-no-script": "bad"}),
    ],
)  # fmt: skip
def test_the_chat_on_the_companys_site_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: dict[str, str], says: dict[str, str]
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: (_ for _ in ()).throw(OSError))
    patient = Patient(config(tmp_path, **values), phrases("en"), datetime.now(UTC))
    found = {finding.key: finding.level for finding in doctor.web_chat_is_well(patient)}
    assert found.items() >= says.items()
    assert ("doctor-web-mixed" in found) == ("doctor-web-mixed" in says)


@pytest.mark.parametrize("address", ["crm.example", "ftp://crm.example", "https://crm.example/path", "https://"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(ValueError, match="RAPPORT_ADDRESS"):
        config(tmp_path, RAPPORT_ADDRESS=address)
