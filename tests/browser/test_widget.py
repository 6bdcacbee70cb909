"""The chat on a company's own site: another origin, a real browser; from words to the rating, and all that gets lost."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
from playwright.sync_api import FilePayload, Route, expect

from prompts.phrases import phrases
from tests.browser.conftest import Eyes, Server, free_port, shot, writes
from tests.browser.house import SECRET
from tests.browser.shop import Shop, fresh, opened, opening, panel, says
from tests.browser.site import site

AWAY = ("ERR_CONNECTION_REFUSED", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000080000000808020000004b6d29dc0000001249444154789c63d85d6d8915310c2d0900fc7f50c1c2d5f8b60000000049454e44ae426082"
)  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opening(tmp_path_factory.mktemp("chat")) as shop:
        yield shop


def test_words_on_the_companys_site_are_answered_there_and_stand_after_a_reload(shop: Shop, eyes: Eyes) -> None:
    words = fresh("The pump shows E42")
    page = shop.opens(eyes)
    chat = opened(page)
    shot(page, "widget-empty")
    says(chat, words)
    expect(chat.locator(".mine", has_text=words)).to_have_count(1)
    expect(chat.locator(".post:not(.mine)")).to_contain_text("en: The pump")
    shot(page, "widget")
    page.reload()
    expect(panel(page).locator(".mine", has_text=words)).to_have_count(1)
    assert page.context.cookies() == []


def test_what_the_team_says_arrives_by_itself_and_is_counted_while_the_chat_is_closed(shop: Shop, eyes: Eyes) -> None:
    words = fresh("Where is my order?")
    page = shop.opens(eyes)
    says(opened(page), words)
    expect(panel(page).locator(".post:not(.mine)")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    link = page.evaluate("""async () => {
        const token = JSON.parse(localStorage[Object.keys(localStorage).find((key) => key.endsWith("token"))]);
        const host = document.scripts[document.scripts.length - 1].src.replace("widget.js", "forms");
        const headers = {authorization: "Bearer " + token, "content-type": "application/json"};
        const body = JSON.stringify({id: "other-window", command: "help", args: {}});
        return (await fetch(host, {method: "POST", headers, body})).status;
    }""")
    assert link == 202
    expect(page.locator(".dot")).to_have_text("1", timeout=30_000)
    expect(page.locator(".bubble-button")).to_have_attribute("aria-label", "Open the chat (Unread messages: 1)")
    opened(page)
    expect(panel(page)).to_contain_text("What you can do")
    expect(page.locator(".dot")).to_be_hidden()


HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</style></script><svg onload=alert(1)> {{ 7*7 }} ${7*7}",
    "javascript:alert(1) \u202egpj.exe שלום",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_text(shop: Shop, eyes: Eyes, hostile: str) -> None:
    words = fresh(hostile)
    page = shop.opens(eyes)
    chat = opened(page)
    says(chat, words)
    said = chat.locator(".mine .said").last
    expect(said).to_have_text(words.replace("\u202e", ""))
    page.reload()
    said = panel(page).locator(".mine .said").last
    expect(said).to_have_text(words.replace("\u202e", ""))
    assert said.locator("*").count() == 0


def test_what_is_typed_is_kept_over_a_reload_and_what_is_said_without_a_connection_arrives_once(
    tmp_path: Path, eyes: Eyes
) -> None:
    eyes.forgives = (*AWAY, "503")
    port = free_port()
    server = Server(tmp_path, demo=True, origin=f"http://127.0.0.1:{port}")
    with site(server.url, port) as address:
        shop = Shop(server, address)
        page = shop.opens(eyes)
        chat = opened(page)
        says(chat, "before")
        expect(chat.locator(".log .mine")).to_have_count(1)
        server.end()
        expect(chat.locator(".notice.lost")).to_contain_text("cannot be reached", timeout=30_000)
        says(chat, "while you were away")
        expect(chat.locator(".waiting")).to_contain_text("Kept here")
        chat.locator("textarea").fill("half a sente")
        shot(page, "widget-lost")
        server.begin()
        expect(chat.locator(".log .mine", has_text="while you were away")).to_have_count(1, timeout=60_000)
        expect(chat.locator(".waiting .post")).to_have_count(0)
        expect(chat.locator(".notice.lost")).to_have_count(0)
        page.reload()
        chat = panel(page)
        expect(chat.locator("textarea")).to_have_value("half a sente")
        expect(chat.locator(".log .mine")).to_have_count(2)
    server.end()


def test_words_wait_over_a_reload_too(shop: Shop, eyes: Eyes) -> None:
    eyes.forgives = (*AWAY, "ERR_INTERNET_DISCONNECTED")
    page = shop.opens(eyes)
    chat = opened(page)
    says(chat, "before")
    expect(chat.locator(".log .post:not(.mine)")).to_have_count(1)
    page.context.set_offline(True)
    says(chat, "in the tunnel")
    expect(chat.locator(".waiting")).to_contain_text("Kept here", timeout=30_000)
    page.context.set_offline(False)
    page.reload()
    expect(panel(page).locator(".log .mine", has_text="in the tunnel")).to_have_count(1, timeout=30_000)


def test_a_page_that_is_held_up_says_so_kindly_and_goes_on_by_itself(shop: Shop, eyes: Eyes) -> None:
    eyes.forgives = ("429",)
    seen = {"access-control-allow-origin": shop.address, "access-control-expose-headers": "retry-after"}
    said = {"error": phrases("en")("web-rests", seconds=1)}
    page = shop.opens(eyes)
    page.route("**/webchat/posts*", lambda it: it.fulfill(status=429, headers=seen | {"retry-after": "1"}, json=said))
    chat = opened(page)
    expect(chat.locator(".notice")).to_contain_text("goes on by itself in a second")
    expect(chat.locator(".notice.lost, .notice.wrong")).to_have_count(0)
    page.unroute("**/webchat/posts*")
    says(chat, fresh("still here"))
    expect(chat.locator(".log .post:not(.mine)")).to_have_count(1)
    expect(chat.locator(".notice")).not_to_contain_text("by itself")


def test_the_whole_chat_by_keyboard_alone(shop: Shop, eyes: Eyes) -> None:
    page = shop.opens(eyes)
    expect(page.locator(".bubble-button")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".bubble-button")).to_be_focused()
    page.keyboard.press("Enter")
    chat = panel(page)
    area = chat.locator("textarea")
    expect(area).to_be_focused()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("in two lines")
    page.keyboard.press("Enter")
    expect(chat.locator(".mine .said").last).to_have_text("By keyboard\nin two lines")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "rapport-chat", "the focus stays in the chat"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "rapport-chat"
    page.keyboard.press("Escape")
    expect(chat).to_be_hidden()
    expect(page.locator(".bubble-button")).to_be_focused()


@pytest.mark.parametrize(("language", "hello"), [("en", "Write a message"), ("zh-CN", "请输入消息")])
def test_a_phone_shows_the_chat_alone_and_nothing_moves_sideways(
    shop: Shop, eyes: Eyes, language: str, hello: str
) -> None:
    page = shop.opens(eyes, page=language, how={"width": 390, "height": 844, "language": language})
    chat = opened(page)
    expect(chat.locator("textarea")).to_have_attribute("placeholder", hello)
    box = chat.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    chat.locator("textarea").fill(fresh("水泵报警 E42 并停机，请尽快安排工程师上门 " * 6))
    chat.locator(".composer .primary").click()
    expect(chat.locator(".log .post:not(.mine)")).to_have_count(1)
    shot(page, f"widget-phone-{language}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = chat.get_by_role("button").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(sizes) >= 44, "a thumb hits every button"


@pytest.mark.parametrize("dark", [False, True])
def test_words_can_be_read_in_both_themes(shop: Shop, eyes: Eyes, *, dark: bool) -> None:
    page = shop.opens(eyes, how={"dark": dark})
    chat = opened(page)
    says(chat, fresh("Hello"))
    expect(chat.locator(".log .post:not(.mine)")).to_have_count(1)
    found = chat.evaluate("""(panel) => [...panel.querySelectorAll(".said, .meta, h2")].map((part) => {
        let ground = part, colour;
        do { colour = getComputedStyle(ground).backgroundColor; ground = ground.parentNode; } while (colour === "rgba(0, 0, 0, 0)");
        return [getComputedStyle(part).color, colour].map((one) => one.match(/\\d+/g).slice(0, 3).map(Number));
    })""")
    assert min(contrast(*pair) for pair in found) >= 4.5, found
    shot(page, f"widget-{'dark' if dark else 'light'}")


def contrast(one: list[int], other: list[int]) -> float:
    """Give the contrast ratio as WCAG 2.1 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: list[int]) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_a_site_that_is_not_allowed_is_told_so_and_says_nothing(shop: Shop, eyes: Eyes) -> None:
    eyes.forgives = ("CORS", "403", "ERR_FAILED")
    with site(shop.chat.url, free_port()) as elsewhere:
        page = Shop(shop.chat, elsewhere).opens(eyes)
        chat = opened(page)
        says(chat, "let me in")
        expect(chat.locator(".notice.lost")).to_be_visible()
        expect(chat.locator(".log .post")).to_have_count(0)


def signed(**claims: object) -> str:
    return jwt.encode({"id": f"u-{uuid.uuid4().hex}", "exp": int(time.time()) + 600} | claims, SECRET, "HS256")


def test_whom_the_site_signs_in_finds_their_chat_on_any_device_and_the_next_person_does_not(
    shop: Shop, eyes: Eyes
) -> None:
    words, me = fresh("Signed in"), uuid.uuid4().hex
    page = shop.opens(eyes, identity=signed(id=me))
    says(opened(page), words)
    expect(panel(page).locator(".log .post:not(.mine)")).to_have_count(1)
    phone = shop.opens(eyes, identity=signed(id=me), how={"width": 390, "height": 844})
    expect(opened(phone).locator(".mine", has_text=words)).to_have_count(1)
    for visitor in ({}, {"identity": signed()}):
        page.goto(shop.page(page="en", **visitor))
        if panel(page).is_hidden():
            opened(page)
        says(panel(page), "somebody else")
        expect(panel(page).locator(".mine", has_text="somebody else")).not_to_have_count(0)
        expect(panel(page).locator(".mine", has_text=words)).to_have_count(0)


def test_the_next_person_on_the_same_page_finds_nothing_that_opens_or_says_what_the_last_one_wrote(
    shop: Shop, eyes: Eyes
) -> None:
    words, held = fresh("On its way"), list[Route]()
    page = shop.opens(eyes, identity=signed())
    chat = opened(page)
    says(chat, "hello")
    expect(chat.locator(".log .post:not(.mine)")).to_have_count(1)

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/webchat/messages", hold)
    says(chat, words)
    expect(chat.locator(".waiting .mine", has_text=words)).to_have_count(1)
    chat.get_by_role("button", name="Continue on another device").click()
    expect(chat.locator(".qr")).to_be_visible()
    page.evaluate("identity => window.Rapport.identify(identity)", signed())
    expect(chat.locator(".qr")).to_have_count(0)
    expect(chat.locator("textarea")).to_be_visible()
    with page.expect_response("**/webchat/messages"):
        held[0].continue_()
    page.unroute("**/webchat/messages")
    says(chat, "somebody else")
    expect(chat.locator(".log .post:not(.mine)")).to_have_count(1)
    expect(chat.locator(".mine", has_text=words)).to_have_count(0)


@pytest.mark.parametrize(("claims", "why"), [({"exp": 1}, "run out"), ({"id": ""}, "could not be checked")])
def test_a_sign_in_that_does_not_hold_closes_the_chat_and_says_why(
    shop: Shop, eyes: Eyes, claims: dict[str, object], why: str
) -> None:
    eyes.forgives = ("403", "Rapport:")
    page = shop.opens(eyes, identity=signed(**claims))
    chat = opened(page)
    expect(chat.locator(".notice.wrong")).to_contain_text(why)
    expect(chat.locator("textarea")).to_be_disabled()


def test_the_chat_goes_on_on_another_device_and_both_see_it(shop: Shop, eyes: Eyes) -> None:
    words = fresh("Begun at the desk")
    page = shop.opens(eyes)
    chat = opened(page)
    says(chat, words)
    expect(chat.locator(".log .mine")).to_have_count(1)
    chat.get_by_role("button", name="Continue on another device").click()
    expect(chat.locator(".qr")).to_be_visible()
    shot(page, "widget-elsewhere")
    link = chat.get_by_role("textbox", name="Continue on another device").input_value()
    phone = eyes.opens(link, width=390, height=844)
    shot(phone, "widget-continue")
    phone.get_by_role("button", name="Open the chat").click()
    expect(phone.locator(".log .mine", has_text=words)).to_have_count(1)
    writes(phone, "Continued on the phone")
    chat.get_by_role("button", name="Back to the chat").click()
    expect(chat.locator(".mine", has_text="Continued on the phone")).to_have_count(1, timeout=30_000)


def test_a_picture_is_sent_shown_to_its_sender_and_not_to_the_site(shop: Shop, eyes: Eyes) -> None:
    page = shop.opens(eyes)
    chat = opened(page)
    chat.locator("input[type=file]").set_input_files(FilePayload(name="pump.png", mimeType="image/png", buffer=PNG))
    expect(chat.locator(".chip")).to_contain_text("pump.png")
    says(chat, "Look at this")
    expect(chat.locator(".log .mine .file")).to_have_count(1)
    chat.locator("input[type=file]").set_input_files(
        FilePayload(name="run.exe", mimeType="image/png", buffer=b"MZ\x90\x00")
    )
    eyes.forgives = ("415",)
    expect(chat.locator(".chip.wrong")).to_contain_text("Programs cannot be sent")
