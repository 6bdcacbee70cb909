"""Take the pictures of the docs from the running demo: `make screens` (`widgets` behind it: those of the site alone; `offline`: the chat outside office hours)."""

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
from typing import Final, Literal
from urllib.parse import urlencode

import httpx
from playwright.sync_api import Browser, Page, Route, sync_playwright

from prompts.phrases import phrases
from tests.browser.site import site
from tests.test_operations import free_port

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DESK, PHONE = (1440, 900), (390, 844)
MORE = "今天到底能不能送到？产线等着换滤芯。"
"""The first sample customer has just complained."""
MORE_ENGLISH = "Could you send the data sheet along with the price, please?"
QUESTION = "我们的订单什么时候发货？上周就该到了。"
NOTE = "我十分钟后给王经理打电话，苏州仓库还有现货，可以先调过去。"
CUSTOMER, TEAM = ".rp-chat", ".rp-main"
Theme = Literal["light", "dark"]
LEADS: Final = {"zh-CN": "陈静怡", "en": "Katharina Vogel"}
SHEET_DESK: Final = (900, 1320)
SHEETS: Final[tuple[tuple[str, Theme, tuple[int, int]], ...]] = (
    ("digest", "light", SHEET_DESK),
    ("digest", "dark", SHEET_DESK),
    ("digest", "light", PHONE),
    ("day", "light", SHEET_DESK),
    ("day", "dark", PHONE),
)


SITE: Final = (1100, 720)
WIDGETS: Final[tuple[tuple[str, Theme, tuple[int, int]], ...]] = (
    ("en", "light", SITE),
    ("en", "dark", PHONE),
    ("zh-CN", "dark", SITE),
    ("zh-CN", "light", PHONE),
)
HOME: Final = "Asia/Shanghai"
ASKS: Final = {
    "en": "The filter bags for line 2 arrived torn. Can you replace them before Friday?",
    "zh-CN": "2 号线的滤袋到货时破了，周五前能换货吗？",
}


@contextmanager
def demo(shop_port: int) -> Iterator[str]:
    """A fresh demo on a free port, which a shop on another one may embed."""
    folder, port = tempfile.mkdtemp(prefix="rapport-screens-"), free_port()
    env = os.environ | {"RAPPORT_DATA": folder, "PORT": str(port)}
    env["RAPPORT_WIDGET_ORIGINS"] = f"http://127.0.0.1:{shop_port}"
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
            if httpx.get(f"{address}/readyz", timeout=1).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise TimeoutError("the demo did not start")


def opens(browser: Browser, address: str, language: str, size: tuple[int, int] = DESK, theme: Theme = "light") -> Page:
    width, height = size
    seen = {"width": width, "height": height}
    page = browser.new_context(viewport=seen, locale=language, color_scheme=theme).new_page()  # type: ignore[arg-type]
    page.goto(address)
    page.locator("textarea, .rp-feed.sheet .rp-card").first.wait_for()
    page.wait_for_timeout(1500)
    return page


def shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


def say(page: Page, where: str, words: str) -> None:
    """Type into the composer of a part of the page and send."""
    box = page.locator(f"{where} textarea").last
    box.fill(words)
    box.press("Enter")
    page.wait_for_timeout(1500)


def enter(page: Page, room: str) -> None:
    page.locator(".rp-room", has_text=room).first.click()
    page.wait_for_timeout(1000)


def playground(page: Page) -> None:
    say(page, CUSTOMER, MORE)
    enter(page, "#service")
    shoot(page, "playground")


def taken(page: Page) -> None:
    card = page.locator(".rp-feed.team .rp-post", has_text="我要投诉").last
    card.get_by_role("button", name="我来处理").click()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="收起").last.click()
    card.locator(".rp-replies").click()
    say(page, ".rp-thread", NOTE)
    shoot(page, "taken")


def english(page: Page) -> None:
    say(page, CUSTOMER, MORE_ENGLISH)
    shoot(page, "playground-en")


def morning(page: Page) -> None:
    page.get_by_role("button", name="次日 08:30").click()
    page.locator(".rp-leaps.busy").wait_for()
    page.locator(".rp-leaps:not(.busy)").wait_for(timeout=120_000)
    enter(page, "常联")
    shoot(page, "morning")


def draft(page: Page) -> None:
    say(page, TEAM, "拟稿 湖州叠翠")
    shoot(page, "draft")


def chat(page: Page) -> None:
    for words in ("你好", QUESTION):
        page.locator(".composer textarea").fill(words)
        page.locator(".composer .primary").click()
        page.wait_for_timeout(1500)
    page.get_by_role("button", name="我的工单").last.click()
    shoot(page, "chat")


def sheets(browser: Browser, address: str, page: Page) -> None:
    """Take the day and the digest of each office's manager: in their language, light and dark, at a desk and on a phone."""
    people = page.locator("select").last.locator("option")
    known = people.evaluate_all("options => options.map(option => [option.textContent, option.value])")
    for language, leads in LEADS.items():
        person = next(value for text, value in known if leads in text)
        short = language.partition("-")[0]
        for sheet, theme, size in SHEETS:
            where = "phone" if size == PHONE else "desk"
            there = f"{address}/{sheet}?" + urlencode({"person": person, "lang": language})
            shoot(opens(browser, there, language, size, theme), f"{sheet}-{short}-{theme}-{where}")


def widgets(browser: Browser, shop: str) -> None:
    """Take the chat on a company's site: both languages and themes, on a desk and on a phone."""
    for language, theme, (width, height) in WIDGETS:
        seen = {"width": width, "height": height}
        page = browser.new_context(viewport=seen, locale=language, color_scheme=theme, timezone_id=HOME).new_page()  # type: ignore[arg-type]
        page.goto(f"{shop}/?page={language}")
        page.locator(".bubble-button").click()
        chat = page.get_by_role("dialog")
        chat.locator("textarea").fill(ASKS[language])
        chat.locator(".composer .primary").click()
        chat.locator(".log .post:not(.mine)").first.wait_for()
        where = "-phone" if (width, height) == PHONE else ""
        shoot(page, f"widget-{language.partition('-')[0]}-{theme}{where}")


def offline(browser: Browser, shop: str) -> None:
    """Take the question how a visitor is reached, on a phone, as it is while nobody is at work."""
    width, height = PHONE
    seen = {"width": width, "height": height}
    page = browser.new_context(viewport=seen, locale="en-GB", timezone_id=HOME).new_page()  # type: ignore[arg-type]
    page.route("**/webchat/visit", _at_night)
    page.goto(f"{shop}/?page=en")
    page.locator(".bubble-button").click()
    chat = page.get_by_role("dialog")
    chat.locator(".composer textarea").fill("Good evening!")
    chat.locator(".composer .primary").click()
    chat.locator(".log .post:not(.mine)").first.wait_for()
    chat.locator(".asking [name=name]").fill("Wu Lei")
    chat.locator(".asking [name=reach]").fill("+86 138 0013 8000")
    shoot(page, "widget-en-offline-phone")


def _at_night(route: Route) -> None:
    answer = route.fetch()
    away = phrases("en")("widget-away", when="08:30 tomorrow")
    route.fulfill(
        response=answer, json=answer.json() | {"away": away, "opens": "2026-12-05T00:30:00+00:00", "asks": True}
    )


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    shop_port = free_port()
    with demo(shop_port) as address, site(address, shop_port) as shop, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        offline(browser, shop)
        if "offline" in sys.argv[1:]:
            browser.close()
            return
        widgets(browser, shop)
        if "widgets" in sys.argv[1:]:
            browser.close()
            return
        page = opens(browser, address, "zh-CN")
        playground(page)
        taken(page)
        english(opens(browser, address, "en-GB"))
        chat(opens(browser, f"{address}/chat", "zh-CN", PHONE))
        morning(page)
        draft(page)
        sheets(browser, address, page)
        browser.close()


if __name__ == "__main__":
    main()
