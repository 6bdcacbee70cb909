"""Take the pictures of the docs from the running demo: `make screens`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

from tests.test_operations import free_port

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
COMPLAINT = "你们昨天换的密封圈又漏了，地上全是水，这已经是第二次了，我要投诉！"


@contextmanager
def demo() -> Iterator[str]:
    """A fresh demo on a free port."""
    folder, port = tempfile.mkdtemp(prefix="rapport-screens-"), free_port()
    env = os.environ | {"RAPPORT_DATA": folder, "PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "bot", "demo"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=15)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            httpx.get(f"{address}/readyz", timeout=1).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the demo did not start")


def shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(1200)
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


def say(page: Page, index: int, words: str) -> None:
    """Type into one of the page's composers and send."""
    box = page.locator("textarea").nth(index)
    box.fill(words)
    box.press("Enter")
    page.wait_for_timeout(1500)


def playground(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_timeout(1500)
    say(page, 0, COMPLAINT)
    page.get_by_text("#service", exact=True).first.click()
    shoot(page, "playground")
    page.get_by_role("button", name="我来处理").last.click()
    page.wait_for_timeout(1500)
    shoot(page, "taken")


def morning(page: Page) -> None:
    page.get_by_text("次日 08:30").click()
    page.wait_for_timeout(5000)
    page.locator("aside, nav").get_by_text("常联", exact=True).first.click()
    shoot(page, "morning")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
        playground(page, address)
        morning(page)
        browser.close()


if __name__ == "__main__":
    main()
