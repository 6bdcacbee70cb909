"""The chat outside office hours, on a company's site: it asks a stranger once how they are reached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Eyes, shot
from tests.browser.shop import Shop, fresh, opened, opening, panel, says

AFTERNOON: Final = "2026-12-02T17:40+08:00"
"""A Wednesday, twenty minutes before the company closes."""
NIGHT: Final = "2026-12-02T22:00+08:00"


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opening(tmp_path_factory.mktemp("night"), NIGHT) as shop:
        yield shop


@pytest.fixture
def afternoon(tmp_path: Path) -> Iterator[Shop]:
    with opening(tmp_path, AFTERNOON) as shop:
        yield shop


def test_outside_office_hours_a_stranger_leaves_a_way_to_be_reached_by_keyboard(night: Shop, eyes: Eyes) -> None:
    eyes.forgives = ("422",)
    looks: tuple[tuple[str, dict[str, object], str], ...] = (
        ("en", {"width": 390, "height": 844}, "phone"),
        ("zh-CN", {"dark": True, "language": "zh-CN"}, "dark"),
    )
    for language, how, name in looks:
        page = night.opens(eyes, page=language, how=how)
        chat = opened(page)
        chat.locator(".composer textarea").fill(fresh("Where is my order?"))
        chat.locator(".composer .primary").click()
        form = chat.locator(".asking form")
        expect(form).to_be_visible()
        form.locator("[name=name]").focus()
        for typed in ("Wu Lei", "Tab", "call me", "Tab", "Space", "Tab", "Enter"):
            press_or_type(page, typed)
        wrong = form.get_by_role("alert")
        expect(wrong).to_be_visible()
        expect(form.locator("[name=reach]")).to_be_focused()
        expect(form.locator("[name=reach]")).to_have_value("call me")
        expect(form.locator("[name=name]")).to_have_value("Wu Lei")
        shot(page, f"widget-asks-{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
        page.keyboard.press("Control+A")
        for typed in ("138 0013 8000", "Enter"):
            press_or_type(page, typed)
        expect(chat.locator(".asking .note")).to_be_visible()
        expect(form).to_have_count(0)
        page.evaluate("Rapport.close()")
        page.reload()
        expect(opened(page).locator(".mine")).to_have_count(1)
        expect(chat.locator(".asking form")).to_have_count(0)


def test_who_needs_no_answer_elsewhere_is_asked_once(night: Shop, eyes: Eyes) -> None:
    page = night.opens(eyes)
    chat = opened(page)
    says(chat, fresh("Where is my order?"))
    chat.get_by_role("button", name="No, thanks").press("Enter")
    expect(chat.locator(".asking form")).to_have_count(0)
    expect(chat.locator(".composer textarea")).to_be_focused()
    page.reload()
    says(panel(page), fresh("And the invoice?"))
    expect(panel(page).locator(".mine")).to_have_count(2)
    expect(panel(page).locator(".asking form")).to_have_count(0)


def test_a_chat_left_open_into_the_evening_asks_how_its_visitor_is_reached(afternoon: Shop, eyes: Eyes) -> None:
    page = afternoon.opens(eyes)
    page.route("**/webchat/posts*", impatiently)
    chat = opened(page)
    says(chat, fresh("Where is my order?"))
    expect(chat.locator(".log .post:not(.mine)")).to_have_count(1)
    expect(chat.locator(".notice")).to_be_hidden()
    expect(chat.locator(".asking form")).to_have_count(0)
    chat.locator(".composer textarea").fill("half a sente")
    clock = eyes.opens(afternoon.chat.url)
    clock.get_by_role("button", name="+1 h").click()
    expect(chat.locator(".asking form")).to_be_visible()
    expect(chat.locator(".notice")).to_contain_text("Nobody is here right now")
    expect(chat.locator(".composer textarea")).to_be_focused()
    expect(chat.locator(".composer textarea")).to_have_value("half a sente")
    clock.get_by_role("button", name="Next morning 08:30").click()
    clock.get_by_role("button", name="+1 h").click()
    expect(chat.locator(".asking form")).to_have_count(0)
    expect(chat.locator(".notice")).to_be_hidden()


def impatiently(route: Route) -> None:
    """Let a page wait for news no longer than a second at a time."""
    route.continue_(url=route.request.url.replace("wait=25", "wait=1"))


def press_or_type(page: Page, typed: str) -> None:
    if typed in ("Tab", "Space", "Enter"):
        page.keyboard.press(typed)
    else:
        page.keyboard.type(typed)
