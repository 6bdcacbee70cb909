"""The day and the digest in a browser: live, read by everybody, in both languages and themes, and used by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Eyes, Server, shot, writes
from tests.webchat.test_look import contrast

BOTH = [("en", "Needs you: ", "target 90%"), ("zh-CN", "要你决定：", "目标 90%")]


def opens(eyes: Eyes, server: Server, sheet: str, person: str = "wang", language: str = "en", **how: object) -> Page:
    url = f"{server.url}/{sheet}?person={person}&lang={language}"
    page = eyes.opens(url, language=language, **how)  # type: ignore[arg-type]
    expect(page.locator(".rp-feed.sheet .rp-card")).to_be_visible()
    return page


def colours(part: Locator, property_: str) -> list[tuple[int, ...]]:
    """Give the colours that a browser paints something in."""
    found = part.evaluate_all(f"parts => parts.map(part => getComputedStyle(part).{property_})")
    return [tuple(int(number) for number in re.findall(r"\d+", colour)[:3]) for colour in found]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("language", "needs", "target"), BOTH)
def test_a_manager_reads_the_digest_and_its_picture(
    server: Server, eyes: Eyes, language: str, needs: str, target: str, *, dark: bool
) -> None:
    page = opens(eyes, server, "digest", language=language, dark=dark)
    expect(page.locator(".rp-opens").first).to_contain_text(needs)
    chart = page.locator(".rp-chart")
    expect(chart).to_have_attribute("aria-label", re.compile("66%"))
    words = chart.locator("svg text")
    expect(words.filter(has_text=target)).to_have_count(1)
    for shown in ("Tom Becker", "李娜", "欧阳珺祎", "33%", "91%"):
        expect(words.filter(has_text=shown)).to_have_count(1)
    (ground,) = set(colours(page.locator(".rp-figure"), "backgroundColor"))
    texts = set(colours(words, "fill"))
    assert texts
    assert min(contrast(text, ground) for text in texts) >= 4.5
    bars = set(colours(chart.locator('svg path[fill^="var"]'), "fill"))
    assert len(bars) == 2, "who is below the target stands out"
    assert min(contrast(bar, ground) for bar in bars) >= 3
    assert (sum(ground) < 384) == dark
    shot(page, f"digest-{language}-{'dark' if dark else 'light'}")


@pytest.mark.parametrize("sheet", ["day", "digest"])
def test_a_count_opens_its_list_by_keyboard_alone(server: Server, eyes: Eyes, sheet: str) -> None:
    page = opens(eyes, server, sheet)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className").startswith("rp-link rp-opens"):
            break
    expect(page.locator(".rp-opens").first).to_be_focused()
    page.keyboard.press("Enter")
    answers = page.locator(".rp-answers.open")
    expect(answers).to_contain_text("Due today")
    expect(answers).to_contain_text("Galaxy Ltd")
    shot(page, f"{sheet}-answered")
    answers.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".rp-answers.open")).to_have_count(0)


def test_a_button_of_the_digest_does_what_it_says_and_so_does_one_of_the_answer(server: Server, eyes: Eyes) -> None:
    page = opens(eyes, server, "digest")
    page.get_by_role("button", name="Seen").click()
    answers = page.locator(".rp-answers.open")
    expect(answers).to_contain_text("seen")
    page.locator(".rp-opens").first.click()
    answers.get_by_role("button", name="Snooze").first.click()
    expect(answers.locator(".rp-footer").last).to_contain_text("low")


@pytest.mark.parametrize("sheet", ["day", "digest"])
def test_a_sheet_is_live(server: Server, eyes: Eyes, sheet: str) -> None:
    page = opens(eyes, server, sheet)
    count = page.locator(".rp-opens").first
    before = int(re.findall(r"\d+", count.inner_text())[0])
    customer = eyes.opens(server.url + "/chat")
    writes(customer, "something new")
    expect(count).to_contain_text(str(before + 1), timeout=30_000)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("sheet", ["day", "digest"])
def test_a_phone_shows_all_of_it_without_moving_sideways(server: Server, eyes: Eyes, sheet: str, language: str) -> None:
    page = opens(eyes, server, sheet, language=language, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    body = page.locator(".rp-sheet-page")
    assert body.evaluate("box => box.scrollWidth <= box.clientWidth")
    if sheet == "digest":
        words = page.locator(".rp-chart").locator("svg text")
        expect(words.first).to_be_attached()
        edges = words.evaluate_all(
            "parts => parts.map(part => part.getBoundingClientRect()).map(r => [r.left, r.right])"
        )
        assert all(left >= 0 and right <= 390 for left, right in edges), edges
    shot(page, f"{sheet}-{language}-phone")


def test_the_digest_is_for_who_leads_and_nothing_for_strangers(server: Server, eyes: Eyes) -> None:
    page = eyes.opens(f"{server.url}/digest?person=tom&lang=en", language="en")
    expect(page).to_have_url(re.compile(r"/day\?person=tom"))
    expect(page.get_by_role("link", name="Digest")).to_have_count(0)
    for stranger in ("", "?person=nobody"):
        page = eyes.opens(f"{server.url}/digest{stranger}", language="en")
        expect(page.locator(".rp-playground")).to_be_visible()


LATER = "by => { const before = Date.now; Date.now = () => before.call(Date) + by }"
"""Lets the browser's clock go on by milliseconds."""


@pytest.mark.parametrize("path", ["/day?person=wang", "/console?person=wang"])
def test_a_page_that_is_used_says_so_once_an_hour(server: Server, eyes: Eyes, path: str) -> None:
    page = eyes.opens(f"{server.url}{path}&lang=en", language="en")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for hours in (1, 2):
        page.evaluate(LATER, 3_590_000)
        page.keyboard.press("Shift")
        page.evaluate(LATER, 11_000)
        with page.expect_response("**/console/here") as answer:
            page.keyboard.press("Shift")
        assert answer.value.status == 204
        page.keyboard.press("Shift")
        assert len([url for url in asked if url.endswith("/console/here")]) == hours


def test_the_desk_leads_to_the_sheets_and_back(server: Server, eyes: Eyes) -> None:
    page = eyes.opens(f"{server.url}/?person=wang&lang=en", language="en")
    page.get_by_role("link", name="Digest").click()
    expect(page.locator(".rp-chart")).to_be_visible()
    page.get_by_role("link", name="My day").click()
    expect(page.get_by_role("link", name="My day")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Console").click()
    expect(page.locator(".rp-desk")).to_be_visible()
    expect(page.locator(".rp-me-name")).to_have_text("Wang Fang")
