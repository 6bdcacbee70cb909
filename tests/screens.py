"""Take the pictures of the docs from the running demo, whatever the time is: `make screens`."""

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
from playwright.sync_api import Browser, Page, sync_playwright

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
ANSWER = "王经理，实在抱歉。苏州仓库已发车，明天一早送到产线，我跟车过去。"
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
    zone = HOME if language == "zh-CN" else "Europe/Berlin"
    page = browser.new_context(viewport=seen, locale=language, color_scheme=theme, timezone_id=zone).new_page()  # type: ignore[arg-type]
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


def thread(browser: Browser, address: str, page: Page) -> None:
    """Take a ticket's thread as a rep has it on a phone: from the complaint to an answer that arrived."""
    person = page.locator("select").last.input_value()
    phone = opens(browser, f"{address}/console?" + urlencode({"person": person, "lang": "zh-CN"}), "zh-CN", PHONE)
    phone.locator(".rp-room.ticket").first.click()
    phone.locator(".rp-thread.open").get_by_role("button", name="回复客户", exact=True).click()
    phone.locator("dialog[open] textarea").fill(ANSWER)
    phone.locator("dialog[open]").get_by_role("button", name="发给客户").click()
    phone.get_by_text("已送达").last.wait_for(timeout=60_000)
    shoot(phone, "thread-zh-phone")


def english(page: Page) -> None:
    say(page, CUSTOMER, MORE_ENGLISH)
    shoot(page, "playground-en")


def leap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.locator(".rp-leaps.busy").wait_for()
    page.locator(".rp-leaps:not(.busy)").wait_for(timeout=120_000)


def until(page: Page, address: str, *, at_work: bool) -> None:
    """Let hours pass until somebody of the company is at work, or nobody is any more today."""
    origin = {"origin": address, "accept-language": "en"}
    while True:
        away = httpx.post(f"{address}/webchat/visit", json={}, headers=origin).json()["away"]
        if not away if at_work else away and "today" not in away:
            return
        leap(page, "+1 小时")


def morning(page: Page) -> None:
    leap(page, "次日 08:30")
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


def sheets(browser: Browser, address: str, page: Page, language: str) -> None:
    """Take the day and the digest of an office's manager: light and dark, at a desk and on a phone."""
    people = page.locator("select").last.locator("option")
    known = people.evaluate_all("options => options.map(option => [option.textContent, option.value])")
    person = next(value for text, value in known if LEADS[language] in text)
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
    """Take the question how a visitor is reached, on a phone, while nobody is at work."""
    width, height = PHONE
    seen = {"width": width, "height": height}
    page = browser.new_context(viewport=seen, locale="en-GB", timezone_id=HOME).new_page()  # type: ignore[arg-type]
    page.goto(f"{shop}/?page=en")
    page.locator(".bubble-button").click()
    chat = page.get_by_role("dialog")
    chat.locator(".composer textarea").fill("Good evening!")
    chat.locator(".composer .primary").click()
    chat.locator(".log .post:not(.mine)").first.wait_for()
    chat.locator(".asking [name=name]").fill("Wu Lei")
    chat.locator(".asking [name=reach]").fill("+86 138 0013 8000")
    shoot(page, "widget-en-offline-phone")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    shop_port = free_port()
    with demo(shop_port) as address, site(address, shop_port) as shop, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        page = opens(browser, address, "zh-CN")
        playground(page)
        taken(page)
        thread(browser, address, page)
        english(opens(browser, address, "en-GB"))
        morning(page)
        draft(page)
        sheets(browser, address, page, "zh-CN")
        until(page, address, at_work=True)
        chat(opens(browser, f"{address}/chat", "zh-CN", PHONE))
        widgets(browser, shop)
        until(page, address, at_work=False)
        offline(browser, shop)
        sheets(browser, address, page, "en")  # it is noon in Berlin
        browser.close()


if __name__ == "__main__":
    main()
