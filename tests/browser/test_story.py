"""The whole story in a real browser over the real demo: a stranger's complaint to the rating, and a morning's work."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from prompts.phrases import phrases
from tests.browser.conftest import Eyes, shot
from tests.browser.site import site
from tests.test_operations import environment, free_port, wait_ready

CUSTOMER, TEAM = 0, 1
STRANGER = phrases("zh-CN")("web-stranger")


@pytest.fixture(scope="module")
def shop_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, shop_port: int) -> Iterator[str]:
    """The demo as `make demo` starts it."""
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    env = environment(folder, PORT=str(port), RAPPORT_WIDGET_ORIGINS=f"http://127.0.0.1:{shop_port}")
    del env["RAPPORT_KEY"]
    command, home = [sys.executable, "-m", "bot", "demo"], Path(__file__).parents[2]
    process = subprocess.Popen(command, cwd=home, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    wait_ready(port, process)
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=15)
    assert "Traceback" not in said, said


@pytest.fixture
def page(eyes: Eyes, demo: str) -> Page:
    return eyes.opens(demo, language="zh-CN", width=1440, height=900)


def say(page: Page, where: int, words: str) -> None:
    box = page.locator("textarea").nth(where)
    box.fill(words)
    box.press("Enter")


def be(page: Page, who: int, name: str) -> None:
    """Choose who one is, and wait until their side has taken the place of what stood there: keys go nowhere meanwhile."""
    select = page.locator("select").nth(who)
    option = select.locator("option", has_text=name).first
    option.wait_for(state="attached")
    before = page.locator((".rp-chat", ".rp-desk")[who]).element_handle()
    select.select_option(label=option.inner_text())
    before.wait_for_element_state("hidden")
    if who == TEAM:
        expect(page.locator(".rp-me-name")).to_have_text(name)
    elif name == STRANGER:
        expect(page.locator(".rp-chat .rp-empty")).to_be_visible()


def test_a_strangers_complaint_goes_all_the_way_to_the_rating(page: Page) -> None:
    be(page, CUSTOMER, STRANGER)
    be(page, TEAM, "林晓峰")
    say(page, CUSTOMER, "你们的滤芯质量太差了，用了三天就裂开，我要投诉！")
    expect(page.locator(".rp-said", has_text="您的工单号是")).to_be_visible()
    page.get_by_text("#service", exact=True).click()
    card = page.locator(".rp-card", has_text="用了三天就裂开").last
    card.get_by_role("button", name="我来处理").click()
    expect(page.get_by_text("我是林晓峰", exact=False).last).to_be_visible()

    card.get_by_role("button", name="回复客户", exact=True).click()
    dialog = page.locator("dialog[open]")
    dialog.locator("textarea").fill("非常抱歉，今天就给您换新的。")
    dialog.get_by_role("button", name="发给客户").click()
    page.get_by_role("button", name="+10 分钟").click()
    expect(page.locator(".rp-said", has_text="今天就给您换新的").first).to_be_visible(timeout=15_000)

    card.get_by_role("button", name="已解决").click()
    dialog.get_by_role("button", name="提交").click()
    page.get_by_role("button", name="5 分").last.click()
    expect(page.get_by_text("谢谢您的评价：5 分").last).to_be_visible()
    expect(card.get_by_text("已关闭")).to_be_visible()


def test_a_logged_touch_moves_the_due_date_at_once(page: Page) -> None:
    be(page, TEAM, "林晓峰")
    say(page, TEAM, "待办")
    row = page.locator(".rp-card", has_text="客户").last
    expect(row).to_be_visible()
    say(page, TEAM, "/crm log 苏州锦禾 打电话，下周要报价")
    expect(page.get_by_text("下次", exact=False).last).to_be_visible()


def test_a_draft_is_edited_and_sent(page: Page) -> None:
    be(page, TEAM, "林晓峰")
    say(page, TEAM, "/crm draft 湖州叠翠")
    asked = page.locator(".rp-feed .rp-post", has_text="/crm draft 湖州叠翠").last
    draft = asked.locator("xpath=following::*[contains(concat(' ', @class, ' '), ' rp-card ')][1]")
    draft.get_by_role("button", name="修改").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("textarea").fill("吴总您好，新一季的滤袋到了，要给您留一批吗？")
    dialog.get_by_role("button", name="保存").click()
    card = page.locator(".rp-card", has_text="要给您留一批吗").last
    card.get_by_role("button", name="发送").click()
    be(page, CUSTOMER, "吴倩")
    page.get_by_role("button", name="次日 08:30").click()
    expect(page.locator(".rp-said", has_text="要给您留一批吗").first).to_be_visible(timeout=30_000)


def test_a_complaint_on_the_companys_site_goes_all_the_way_to_the_rating(
    page: Page, eyes: Eyes, demo: str, shop_port: int
) -> None:
    be(page, TEAM, "林晓峰")
    with site(demo, shop_port) as shop:
        visitor = eyes.opens(f"{shop}/?page=zh-CN", language="zh-CN", speaks_with=demo)
        visitor.locator(".bubble-button").click()
        chat = visitor.get_by_role("dialog")
        log = chat.locator(".log")
        chat.locator("textarea").fill("网站上买的滤袋少发了两箱，我要投诉！")
        chat.locator(".composer .primary").click()
        expect(log.get_by_text("您的工单号是")).to_be_visible(timeout=30_000)
        page.get_by_text("#service", exact=True).click()
        card = page.locator(".rp-feed.team .rp-card", has_text="少发了两箱").last
        card.get_by_role("button", name="我来处理").click()
        card.get_by_role("button", name="回复客户", exact=True).click()
        dialog = page.locator("dialog[open]")
        dialog.locator("textarea").fill("非常抱歉，两箱滤袋今天补发。")
        dialog.get_by_role("button", name="发给客户").click()
        page.get_by_role("button", name="+10 分钟").click()
        expect(log.get_by_text("两箱滤袋今天补发")).to_be_visible(timeout=60_000)
        card.get_by_role("button", name="已解决").click()
        dialog.get_by_role("button", name="提交").click()
        chat.get_by_role("button", name="5 分").last.click(timeout=60_000)
        expect(log.get_by_text("谢谢您的评价：5 分").last).to_be_visible(timeout=30_000)
        shot(visitor, "widget-story")
    eyes.forgives = ("ERR_CONNECTION", "ERR_EMPTY")


def test_a_thread_that_goes_to_the_customer_says_so_where_words_are_typed(page: Page) -> None:
    be(page, CUSTOMER, STRANGER)
    be(page, TEAM, "林晓峰")
    say(page, CUSTOMER, "滤芯少了一箱，我要投诉！")
    page.get_by_text("#service", exact=True).click()
    card = page.locator(".rp-feed.team .rp-post", has_text="滤芯少了一箱").last
    card.get_by_role("button", name="我来处理").click()
    expect(card.get_by_role("button", name="本话题直接回复客户")).to_be_visible()
    card.locator(".rp-replies").click()
    thread = page.locator(".rp-thread.open")
    expect(thread.locator(".rp-head-about")).to_have_text("仅团队内部可见。")
    expect(thread.locator(".rp-attach")).to_be_visible()
    thread.get_by_role("button", name="本话题直接回复客户").click()
    expect(thread.locator(".rp-head-about")).to_have_text("写在这里的内容会发给客户。")
    expect(thread.locator("textarea").last).to_have_attribute("placeholder", "写给客户")
    expect(thread.locator(".rp-attach")).to_be_visible()


def test_a_day_in_the_console_is_worked_by_keyboard_alone(eyes: Eyes, demo: str) -> None:
    page = eyes.opens(demo, language="zh-CN", width=1440, height=900)
    be(page, CUSTOMER, STRANGER)
    be(page, TEAM, "林晓峰")
    mark = "滤袋发错了规格，我要投诉！"
    say(page, CUSTOMER, mark)
    expect(page.locator(".rp-said", has_text="您的工单号是")).to_be_visible(timeout=60_000)
    desk = page.locator(".rp-desk")

    def typed(area: str, words: str) -> None:
        desk.locator(f"{area} textarea").last.focus()
        page.keyboard.type(words)
        page.keyboard.press("Enter")

    typed(".rp-main", "/crm day")
    expect(desk.locator(".rp-feed.team .rp-card", has_text="我的一天").last).to_be_visible()
    desk.locator(".rp-room", has_text="#service").focus()
    page.keyboard.press("Enter")
    post = desk.locator(".rp-feed.team .rp-post", has_text=mark).last
    post.get_by_role("button", name="我来处理").press("Enter")
    expect(desk.locator(".rp-room.ticket.here, .rp-room.ticket").first).to_be_visible()
    post.locator(".rp-replies").press("Enter")
    thread = desk.locator(".rp-thread.open")
    typed(".rp-thread", "先问问仓库有没有获")
    own = thread.locator(".rp-own").last
    own.locator(".rp-dots").press("Enter")
    own.get_by_role("button", name="编辑").press("Enter")
    own.locator("textarea").fill("先问问仓库有没有货")
    own.locator("textarea").press("Control+Enter")
    expect(thread.locator(".rp-said", has_text="有没有货")).to_be_visible()
    typed(".rp-thread", "/crm who 不存在的客户")
    expect(thread.locator(".rp-whisper.open")).to_contain_text("不存在的客户")
    own.locator(".rp-dots").press("Enter")
    own.get_by_role("button", name="撤回").press("Enter")
    expect(thread).to_contain_text("林晓峰撤回了这条消息")
    thread.get_by_role("button", name="回复客户", exact=True).press("Enter")
    dialog = page.locator("dialog[open]")
    dialog.locator("textarea").fill("规格发错了，非常抱歉，今天补发。")
    dialog.get_by_role("button", name="发给客户").press("Enter")
    expect(thread.get_by_text("今天补发").first).to_be_visible()
    assert page.evaluate("document.activeElement !== document.body")
