"""A backup is whole, private, taken beside a running bot; after a restore nothing leaves that may have left before."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.backup import HELD, back_up
from bot.operations import OperationRefused
from storage import schema
from storage.database import Database
from storage.inbox import Event
from storage.messages import Message
from storage.outbox import outbox
from storage.store import Store
from tests.conftest import KEY
from tests.test_operations import post, rapport, running
from tests.world import MONDAY


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    file = tmp_path / "rapport.db"
    shutil.copy(sqlite_template, file)
    return file


def url(file: Path) -> str:
    return f"sqlite:///{file}"


def write(file: Path, number: int) -> None:
    database = Database(url(file), KEY)
    with database.writing() as connection:
        store = Store(connection)
        store.outbox.say(Message(f"m{number}", "web", f"guest:{number}", {"text": "hello"}), MONDAY)
        store.inbox.add([Event("web", f"e{number}", "words", body={"text": "hello"})], MONDAY)
        store.flush()
    database.close()


def states(file: Path) -> list[tuple[str, str | None]]:
    with closing(sqlite3.connect(file)) as copy:
        return copy.execute("select state, error from outbox order by id").fetchall()


def test_a_copy_opens_with_the_key_and_has_everything(file: Path, tmp_path: Path) -> None:
    write(file, 1)
    copy = back_up(url(file), tmp_path / "copy.db")
    database = Database(url(copy.file), KEY)
    schema.check(database)
    with database.reading() as connection:
        found = Store(connection).inbox.newest()
    database.close()
    assert found is not None
    assert found.body == {"text": "hello"}
    assert copy.size == copy.file.stat().st_size


def test_a_copy_is_one_file_for_its_owner_alone(file: Path, tmp_path: Path) -> None:
    write(file, 1)
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(url(file), folder / "copy.db")
    (only,) = folder.iterdir()
    assert only.name == "copy.db"
    assert stat.S_IMODE(only.stat().st_mode) == 0o600


def test_unsent_messages_are_held_in_the_copy_and_stay_due_in_the_original(file: Path, tmp_path: Path) -> None:
    for number in range(3):
        write(file, number)
    with closing(sqlite3.connect(file)) as original, original:
        original.execute("update outbox set state = 'sent' where key = 'm0'")
        original.execute("update outbox set state = 'sending', lease_until = '2026-11-23' where key = 'm1'")
    copy = back_up(url(file), tmp_path / "copy.db")
    assert copy.held == 2
    assert states(copy.file) == [("sent", None), ("unknown", HELD), ("unknown", HELD)]
    assert [state for state, _ in states(file)] == ["sent", "sending", "pending"]


def test_a_held_message_leaves_when_a_person_releases_it(file: Path, tmp_path: Path) -> None:
    write(file, 1)
    copy = back_up(url(file), tmp_path / "copy.db")
    database = Database(url(copy.file), KEY)
    with database.writing() as connection:
        store = Store(connection)
        assert store.outbox.due("web", MONDAY, 10) == []
        assert store.outbox.replay("m1", MONDAY)
        assert [message.key for message in store.outbox.due("web", MONDAY, 10)] == ["m1"]
    database.close()


def test_a_move_leaves_messages_due(file: Path, tmp_path: Path) -> None:
    write(file, 1)
    copy = back_up(url(file), tmp_path / "copy.db", as_is=True)
    assert (copy.held, states(copy.file)) == (0, [("pending", None)])


def test_a_copy_under_load_is_whole_and_misses_nothing_committed_before(file: Path, tmp_path: Path) -> None:
    database, stop = Database(url(file), KEY), threading.Event()
    written = 0

    def load() -> None:
        nonlocal written
        while not stop.is_set():
            with database.writing() as connection:
                values = {"key": f"m{written}", "channel": "web", "address": "a", "card": {"text": "x" * 500}}
                rest = {"chat": "c", "lane": "l", "kind": "reply", "slot": "s", "guards": [], "rank_at": MONDAY}
                times = {"created_at": MONDAY, "not_before": MONDAY, "next_at": MONDAY, "state": "pending"}
                connection.execute(outbox.insert().values(**values, **rest, **times))
            written += 1

    writer = threading.Thread(target=load)
    writer.start()
    try:
        for number in range(5):
            before = written
            copy = back_up(url(file), tmp_path / f"copy{number}.db")
            assert len(states(copy.file)) >= before
    finally:
        stop.set()
        writer.join()
        database.close()
    assert written > 0


def test_a_file_that_is_there_is_never_written_over(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(OperationRefused, match="backup-exists"):
        back_up(url(file), target)
    assert target.read_text() == "precious"


def test_a_damaged_database_makes_no_backup(file: Path, tmp_path: Path) -> None:
    write(file, 1)
    with file.open("r+b") as damaged:
        damaged.seek(4096 * 3)
        damaged.write(b"\xff" * 4096 * 20)
    with pytest.raises(OperationRefused, match="backup-damaged"):
        back_up(url(file), tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy*"))


REFUSED = {
    "no database": ("none.db", "copy.db", "backup-no-database"),
    "no folder": ("rapport.db", "nowhere/copy.db", "backup-unwritable"),
}


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_done_is_refused(what: str, tmp_path: Path) -> None:
    source, target, key = REFUSED[what]
    with pytest.raises(OperationRefused, match=key):
        back_up(url(tmp_path / source), tmp_path / target)
    assert not list(tmp_path.glob("copy*"))


def test_postgresql_is_sent_to_its_own_tool_without_the_password(tmp_path: Path) -> None:
    address = "postgresql://rapport:hush@db.example:5433/crm?sslmode=require"
    with pytest.raises(OperationRefused) as refused:
        back_up(address, tmp_path / "my copy.dump")
    assert refused.value.values["command"] == (
        f"pg_dump --format=custom '--file={tmp_path}/my copy.dump' "
        "'postgresql://rapport@db.example:5433/crm?sslmode=require'"
    )


def test_a_running_bot_is_copied_from_the_command_line(tmp_path: Path) -> None:
    with running(tmp_path) as address:
        post(address)
        done = rapport(tmp_path, "backup", str(tmp_path / "copy.db"))
        assert done.returncode == 0, done.stderr
        assert "is a whole copy" in done.stdout
        again = rapport(tmp_path, "backup", str(tmp_path / "copy.db"), lang="zh_CN.UTF-8")
        assert again.returncode == 1
        assert "不会覆盖" in again.stderr
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(tmp_path / "copy.db", restored / "rapport.db")
    assert '"number"' in rapport(restored, "list", "tickets", "--json").stdout
