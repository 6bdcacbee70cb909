"""The server ends and begins again, links open once, and strangers stay outside."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Eyes, Server, says, shot, writes

AWAY = ("ERR_CONNECTION_REFUSED", "WebSocket")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, demo=True)
    yield server
    if server.exit_code is None:
        server.end()


@pytest.fixture
def closed_server(tmp_path: Path) -> Iterator[Server]:
    """A server as a company runs it: no demo, the console by link only."""
    server = Server(tmp_path, demo=False)
    yield server
    server.end()


def test_what_is_typed_while_the_server_is_away_arrives_once(own_server: Server, eyes: Eyes) -> None:
    eyes.forgives = AWAY
    page = eyes.opens(own_server.url + "/chat")
    said = page.locator(".log .mine")
    writes(page, "before")
    expect(said).to_have_count(1)
    own_server.end()
    expect(page.locator(".notice.lost")).to_be_visible(timeout=30_000)
    shot(page, "offline")
    writes(page, "while you were away")
    expect(page.locator(".waiting")).to_contain_text("while you were away")
    page.evaluate("dispatchEvent(new Event('offline'))")
    own_server.begin()
    expect(said.filter(has_text="while you were away")).to_have_count(1, timeout=60_000)
    expect(said).to_have_count(2)
    expect(page.locator(".waiting .post")).to_have_count(0)
    expect(page.locator(".notice.lost")).to_be_hidden()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_within_seconds_with_pages_open(own_server: Server, eyes: Eyes, how: signal.Signals) -> None:
    eyes.forgives = AWAY
    page = eyes.opens(own_server.url)
    expect(page.locator(".rp-room.own")).to_be_visible()
    assert own_server.end(how) < 6
    assert own_server.exit_code == 0, own_server.log[-2000:]


def test_the_console_opens_by_its_link_once(closed_server: Server, eyes: Eyes) -> None:
    eyes.forgives = ("403",)
    link = closed_server.log_line("link: ")
    page = eyes.opens(link, language="zh-CN")
    shot(page, "enter")
    page.get_by_role("button").click()
    expect(page).to_have_url(re.compile("/console$"))
    expect(page.locator(".rp-me")).to_contain_text("李娜")
    says(page.locator(".rp-main"), "help")
    expect(page.locator(".rp-feed.team")).to_contain_text("What you can do")
    shot(page, "console")
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_url(closed_server.url + "/")
    page.goto(closed_server.url + "/console")
    expect(page).to_have_url(closed_server.url + "/")
    again = eyes.opens(link, language="en-US")
    again.get_by_role("button").click()
    expect(again.locator("body")).to_contain_text("no longer works")


def test_without_a_link_the_console_shows_the_way_in(closed_server: Server, eyes: Eyes) -> None:
    page = eyes.opens(closed_server.url + "/console")
    expect(page).to_have_url(closed_server.url + "/")
    expect(page.locator("body")).to_contain_text("one-time link")
    shot(page, "front")


def test_the_framework_of_the_pages_is_not_loaded_before_they_are_served() -> None:
    code = "import sys, bot.web, bot.console.doors, bot.channels.webchat; sys.exit('nicegui' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
