"""A real Chromium and a real server on a free port; whatever a page logs as an error fails the test."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

CHROMIUM = shutil.which("chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no chromium here"))


class Server:
    """The web as a process that can be ended and begun again on the same port."""

    def __init__(
        self, folder: Path, *, demo: bool = False, origin: str = "", at: str = "", whose: str = "house"
    ) -> None:
        """Begin it, at a moment if one is given; `whose` names the module beside this one that is run."""
        words = "demo" if demo else "", origin, at and f"at={at}"
        self._folder, self._more, self._whose = folder, [word for word in words if word], whose
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.begin()

    def begin(self) -> None:
        command = [sys.executable, "-m", f"tests.browser.{self._whose}", str(self._folder), str(self.port)]
        log = (self._folder / "log").open("ab")
        self._process = subprocess.Popen([*command, *self._more], stdout=log, stderr=log)
        log.close()
        for _ in range(1200):
            if _answers(self.url + "/readyz"):
                return
            assert self._process.poll() is None, self.log
            time.sleep(0.1)  # a process has no event to wait for
        raise TimeoutError(self.log)

    def end(self, how: signal.Signals = signal.SIGTERM) -> float:
        """End the process; give the seconds that it took."""
        began = time.monotonic()
        self._process.send_signal(how)
        self._process.wait(20)
        return time.monotonic() - began

    @property
    def exit_code(self) -> int | None:
        return self._process.returncode

    def log_line(self, start: str) -> str:
        """Give what the process printed after these words."""
        return next(line.removeprefix(start) for line in self.log.splitlines() if line.startswith(start))

    @property
    def log(self) -> str:
        return (self._folder / "log").read_text(errors="replace")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo, shared by all tests that do not end it."""
    server = Server(tmp_path_factory.mktemp("demo"), demo=True)
    yield server
    server.end()
    assert "rror" not in server.log, server.log[-3000:]


class Eyes:
    """Opens pages, watches them for errors and for anything they ask of other hosts."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._wrong: list[str] = []
        self.forgives: tuple[str, ...] = ()
        """Parts of what may go wrong in this scene."""
        self._contexts: list[BrowserContext] = []

    def opens(
        self,
        url: str,
        *,
        language: str = "en-US",
        width: int = 1280,
        height: int = 800,
        dark: bool = False,
        speaks_with: str = "",
    ) -> Page:
        """Open a page in a browser of its own; it may ask nothing of other hosts than the one it `speaks_with`."""
        mobile = width < 600
        context = self._chromium.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            is_mobile=mobile,
            has_touch=mobile,
            color_scheme="dark" if dark else "light",
        )
        self._contexts.append(context)
        page = context.new_page()
        self._watch(page, {url.split("/")[2], *speaks_with.split("/")[2:3]})
        page.goto(url)
        return page

    def _watch(self, page: Page, homes: set[str]) -> None:
        def alarm(dialog: Dialog) -> None:
            self._wrong.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        def ask(request: Request) -> None:
            if request.url.startswith(("http", "ws")) and request.url.split("/")[2] not in homes:
                self._wrong.append(f"elsewhere: {request.url}")

        def say(said: ConsoleMessage) -> None:
            if said.type == "error":
                self._wrong.append(said.text)

        page.on("pageerror", lambda error: self._wrong.append(f"error: {error}"))
        page.on("console", say)
        page.on("dialog", alarm)
        page.on("request", ask)

    @property
    def wrong(self) -> list[str]:
        return [said for said in self._wrong if not any(part in said for part in self.forgives)]

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def eyes(chromium: Browser) -> Iterator[Eyes]:
    eyes = Eyes(chromium)
    yield eyes
    eyes.close()
    assert not eyes.wrong


def says(part: Page | Locator, words: str) -> None:
    """Type words into the composer of a part of the page and send them."""
    area = part.locator(".rp-composer textarea").last
    area.fill(words)
    part.locator(".rp-composer .rp-type button").last.click()


def writes(page: Page, words: str) -> None:
    """Type words into the visitor's chat and send them."""
    page.locator("#rapport-chat .composer textarea").fill(words)
    page.locator("#rapport-chat .composer .primary").click()


def shot(page: Page, name: str) -> None:
    """Keep a picture where `SHOTS` names a folder."""
    folder = os.environ.get("SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")
