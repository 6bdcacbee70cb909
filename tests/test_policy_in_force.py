"""Which policy is in force: the last one accepted, whoever starts or asks something afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import control
from bot.clock import WallClock
from bot.config import Config, read_config
from bot.policy_keeper import PolicyKeeper
from scheduler.policy.document import default_text
from storage.database import Database
from storage.settings import AcceptedPolicy, Policies
from storage.store import Store
from tests.conftest import KEY

OLD = default_text()
NEW = OLD.replace("cap: 2 ", "cap: 1 ")
NEWER = OLD.replace("cap: 2 ", "cap: 3 ")


def newest(database: Database) -> AcceptedPolicy:
    with database.reading() as connection:
        found = Store(connection).policies.newest()
    assert found is not None
    return found


def accept(database: Database, text: str) -> None:
    with database.writing() as connection:
        Store(connection).policies.accept(text, "operator", WallClock().now())


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A company with a policy file, of which no bot runs."""
    (tmp_path / "data").mkdir()
    (tmp_path / "policy.yaml").write_text(OLD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("RAPPORT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("RAPPORT_KEY", KEY)
    monkeypatch.setenv("RAPPORT_POLICY", str(tmp_path / "policy.yaml"))
    return read_config()


def test_a_question_leaves_the_accepted_policy_in_force(config: Config) -> None:
    control.perform(config, "accept_policy", text=NEW)
    control.perform(config, "list_people")
    database = Database(config.url, KEY)
    assert (newest(database).version, newest(database).text) == (1, NEW)
    database.close()


def test_a_question_before_the_first_start_accepts_nothing(config: Config) -> None:
    control.perform(config, "list_people")
    database = Database(config.url, KEY)
    with database.reading() as connection:
        assert Store(connection).policies.newest() is None
    database.close()


def test_a_start_with_an_earlier_versions_file_leaves_the_newer_one_in_force(database: Database) -> None:
    assert PolicyKeeper(database, OLD, WallClock()).version == 1
    accept(database, NEW)
    keeper = PolicyKeeper(database, OLD, WallClock())
    assert (keeper.version, newest(database).text) == (2, NEW)
    assert keeper.current.consent.cap == 1


def test_a_start_with_a_file_that_is_new_puts_it_in_force(database: Database) -> None:
    PolicyKeeper(database, OLD, WallClock())
    accept(database, NEW)
    assert PolicyKeeper(database, NEWER, WallClock()).version == 3
    assert newest(database).text == NEWER


def test_a_start_without_a_file_leaves_in_force_what_is(database: Database) -> None:
    accept(database, NEW)
    assert PolicyKeeper(database, None, WallClock()).version == 1
    assert newest(database).text == NEW


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("file", [OLD, None])
def test_what_is_accepted_while_another_replica_starts_stays_in_force(
    database: Database, monkeypatch: pytest.MonkeyPatch, file: str | None
) -> None:
    PolicyKeeper(database, OLD, WallClock())
    lock = Policies._one_at_a_time
    raced: list[int] = []

    def overtaken(policies: Policies, key: int) -> None:
        if not raced:
            raced.append(key)
            accept(database, NEW)
        lock(policies, key)

    monkeypatch.setattr(Policies, "_one_at_a_time", overtaken)
    assert PolicyKeeper(database, file, WallClock()).version == 2
    assert newest(database).text == NEW
