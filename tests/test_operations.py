"""The command line as operators and scripts use it: a real process over a real database."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.vault import new_key
from tests.conftest import KEY


@pytest.fixture(autouse=True)
def migrated(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> None:
    """Spare each test the making of its database; who asks for `empty` makes it, as at the very first start."""
    if "empty" not in request.fixturenames:
        shutil.copy(sqlite_template, tmp_path / "rapport.db")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A data folder in which nothing is yet."""
    return tmp_path


def rapport(folder: Path, *words: str, lang: str = "C.UTF-8", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env=environment(folder, lang=lang, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def environment(folder: Path, *, lang: str = "C.UTF-8", **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    ours = {"RAPPORT_DATA": str(folder), "RAPPORT_KEY": KEY, "LC_ALL": lang, "PYTHONWARNINGS": "error"}
    ours["PYTHONPATH"] = str(Path(__file__).parents[1])
    return kept | ours | more


@contextmanager
def running(folder: Path, **more: str) -> Iterator[str]:
    """A bot that runs until the block ends, and stops within seconds on Ctrl-C."""
    port = free_port()
    env = environment(folder, PORT=str(port), **more)
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=env, stderr=subprocess.PIPE, text=True)
    try:
        wait_ready(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=12)
    assert process.returncode in (0, 130, -signal.SIGINT), said
    assert "Traceback" not in said, said


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_ready(port: int, process: subprocess.Popen[str]) -> None:
    for _ in range(2400):
        assert process.poll() is None, process.communicate()[1]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1):
                return
        except OSError:
            try:
                process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
    raise AssertionError("the bot did not get ready")


def test_people_are_added_and_listed_as_scripts_expect(empty: Path) -> None:
    rapport(empty, "people", "add", "--name", "Boss", "--role", "manager")
    added = rapport(empty, "people", "add", "--name", "Li Na", "--role", "rep", "--slack", "U1", "--manager", "Boss")
    assert added.returncode == 0, added.stderr
    people = json.loads(rapport(empty, "list", "people", "--json").stdout)
    assert [(p["name"], p["role"]) for p in people] == [("Boss", "manager"), ("Li Na", "rep")]
    assert people[1]["addresses"]["slack"] == "U1"
    assert people[1]["manager_id"] == people[0]["id"]


def test_the_console_is_closed_for_one_colleague_or_for_everybody(tmp_path: Path) -> None:
    rapport(tmp_path, "people", "add", "--name", "Li Na", "--role", "rep")
    assert "Li Na is signed out" in rapport(tmp_path, "people", "sign-out", "--name", "Li Na").stdout
    assert "Everybody is signed out" in rapport(tmp_path, "people", "sign-out", "--all").stdout
    assert "Nobody is called" in rapport(tmp_path, "people", "sign-out", "--name", "Mo").stderr
    for unclear in ((), ("--all", "--name", "Li Na")):
        refused = rapport(tmp_path, "people", "sign-out", *unclear)
        assert (refused.returncode, "--name, or everybody with --all" in refused.stderr) == (2, True), refused.stderr


@pytest.mark.parametrize("what", ["tickets", "customers", "feedback", "drafts", "people", "dead-letters"])
def test_every_list_is_a_json_array(tmp_path: Path, what: str) -> None:
    assert json.loads(rapport(tmp_path, "list", what, "--json").stdout) == []


@pytest.mark.parametrize(("lang", "words"), [("C.UTF-8", "rapport keygen"), ("zh_CN.UTF-8", "缺少 RAPPORT_KEY")])
def test_without_a_key_only_the_demo_starts_and_says_so(tmp_path: Path, lang: str, words: str) -> None:
    done = rapport(tmp_path, "run", lang=lang, RAPPORT_KEY="")
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_a_wrong_role_and_an_unknown_list_are_explained(tmp_path: Path) -> None:
    assert "PORT" in rapport(tmp_path, "run", PORT="no").stderr
    assert "rep, service" in rapport(tmp_path, "people", "add", "--name", "X", "--role", "king").stderr
    assert "tickets, customers" in rapport(tmp_path, "list", "wishes").stderr


def test_a_broken_policy_names_the_line_and_the_last_accepted_one_stays(tmp_path: Path) -> None:
    good = rapport(tmp_path, "policy", "show").stdout
    policy = tmp_path / "policy.yaml"
    policy.write_text(good, encoding="utf-8")
    assert "In force as version" in rapport(tmp_path, "policy", "accept", str(policy)).stdout
    lines = good.splitlines()
    wrong = next(n for n, line in enumerate(lines) if line.startswith("currency:"))
    lines[wrong] = "currency: 12"
    policy.write_text("\n".join(lines), encoding="utf-8")
    checked = rapport(tmp_path, "policy", "check", str(policy))
    assert checked.returncode == 1
    assert str(wrong + 1) in checked.stderr
    with running(tmp_path, RAPPORT_POLICY=str(policy)) as address:
        assert address


def test_commands_reach_the_running_bot_and_a_second_one_is_refused(tmp_path: Path) -> None:
    with running(tmp_path):
        added = rapport(tmp_path, "people", "add", "--name", "Li Na", "--role", "rep")
        assert added.returncode == 0, added.stderr
        assert json.loads(rapport(tmp_path, "list", "people", "--json").stdout)[0]["name"] == "Li Na"
        second = rapport(tmp_path, "run", PORT=str(free_port()))
        assert second.returncode == 1
        assert "already uses" in second.stderr
    assert json.loads(rapport(tmp_path, "list", "people", "--json").stdout)[0]["name"] == "Li Na"


def test_data_of_another_key_is_refused_in_words(tmp_path: Path) -> None:
    with running(tmp_path) as address:
        post(address)
    done = rapport(tmp_path, "list", "tickets", "--json", RAPPORT_KEY=new_key())
    assert done.returncode == 1
    assert "does not fit" in done.stderr


def post(address: str) -> None:
    """Say something in the web chat over HTTP."""
    import httpx

    with httpx.Client(base_url=address) as client:
        assert client.post("/webchat/session").status_code < 300
        said = client.post("/webchat/messages", json={"id": "m1", "text": "My pump is broken, please help"})
        assert said.status_code < 300, said.text
        for _ in range(200):
            if len(client.get("/webchat/posts").json()["posts"]) > 1:
                return
    raise AssertionError("nobody answered")


def test_tickets_are_listed_with_what_the_contract_names(empty: Path) -> None:
    with running(empty) as address:
        post(address)
        (ticket,) = json.loads(rapport(empty, "list", "tickets", "--json").stdout)
    named = "number customer contact channel type priority status owner opened_at first_response_due resolution_due"
    assert set(named.split()) <= ticket.keys()
    assert ticket["opened_at"].endswith("Z")


def test_a_taken_port_is_named_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = rapport(tmp_path, "run", PORT=str(other.getsockname()[1]))
    assert done.returncode == 1
    assert "port is in use" in done.stderr
    assert "Traceback" not in done.stderr
