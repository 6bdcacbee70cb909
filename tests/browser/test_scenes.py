"""Scenes in a real browser: a customer writes, the team answers, and nothing that anybody writes can do harm."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Eyes, Server, says, shot, writes

ENGLISH = "After yesterday's update the pump shows E42 and stops."
CHINESE = "您好，昨天升级之后水泵报警 E42 并停机，产线已经停了两个小时，请尽快安排工程师上门。"


def _fresh(words: str) -> str:
    """Make words that no other test has said."""
    return f"{words} {uuid.uuid4().hex[:6]}"


def _team_room(page: Page, words: str) -> None:
    """Go to the service team's room and wait for the card that quotes these words."""
    page.locator(".rp-room", has_text="#service").click()
    expect(page.locator(".rp-feed.team .rp-card", has_text=words)).to_be_visible()


@pytest.mark.parametrize(("language", "words", "me"), [("en-US", ENGLISH, "Tom Becker"), ("zh-CN", CHINESE, "李娜")])
def test_a_customer_writes_and_the_team_takes_it(
    server: Server, eyes: Eyes, language: str, words: str, me: str
) -> None:
    words = _fresh(words)
    page = eyes.opens(server.url, language=language)
    chat = page.locator(".rp-chat")
    says(chat, words)
    expect(chat.locator(".mine", has_text=words)).to_be_visible()
    expect(chat.locator(".rp-post:not(.mine)").last).to_contain_text(language.split("-", maxsplit=1)[0])
    _team_room(page, words)
    shot(page, f"team-{language}")
    card = page.locator(".rp-feed.team .rp-post", has_text=words)
    card.get_by_role("button", name="Take it").click()
    expect(card.locator(".rp-card.good")).to_contain_text(f"Taken by {me}")
    expect(card.get_by_role("button", name="Take it")).to_have_count(0)
    expect(page.locator(".rp-whisper.open")).to_contain_text("is yours now")
    shot(page, f"taken-{language}")


def test_a_form_asks_for_what_is_missing_and_its_answer_reaches_the_thread(server: Server, eyes: Eyes) -> None:
    words = _fresh(ENGLISH)
    page = eyes.opens(server.url)
    says(page.locator(".rp-chat"), words)
    _team_room(page, words)
    card = page.locator(".rp-feed.team .rp-post", has_text=words)
    card.get_by_role("button", name="Reply to customer").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_contain_text("Please fill this in.")
    shot(page, "form-missing")
    dialog.locator("textarea").fill("We are on our way.")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_be_hidden()
    card.get_by_role("button", name="1 reply").click()
    thread = page.locator(".rp-thread.open")
    expect(thread).to_contain_text("We are on our way.")
    says(thread, "Looking at it now.")
    expect(thread).to_contain_text("noted: Looking at it now.")
    shot(page, "thread")
    thread.get_by_role("button", name="Close", exact=True).click()
    expect(card.get_by_role("button", name="3 replies")).to_be_visible()


def test_a_command_is_completed_and_its_missing_parts_are_asked_for(server: Server, eyes: Eyes) -> None:
    page = eyes.opens(server.url)
    page.locator(".rp-room.own").click()
    area = page.locator(".rp-main .rp-composer textarea")
    area.fill("/lo")
    expect(page.locator(".rp-picks li")).to_have_count(1)
    area.press("Tab")
    expect(area).to_have_value("/crm log ")
    expect(page.locator(".rp-usage")).to_contain_text("/crm log <")
    area.press("Enter")
    form = page.locator(".rp-feed.team .rp-post").last.locator("form")
    expect(form).to_be_visible()
    form.locator("[name=customer]").fill("Acme Ltd")
    form.locator("[name=words]").fill("called, wants a quote")
    form.locator("[name=priority]").select_option("high")
    shot(page, "inline-form")
    form.get_by_role("button").click()
    card = page.locator(".rp-feed.team .rp-card.good").last
    expect(card).to_contain_text("called, wants a quote")
    expect(card).to_contain_text("high")


FIRST_IN_SIGHT = """box => {
  const top = box.getBoundingClientRect().top;
  const post = [...box.querySelectorAll('.rp-post')].find(one => one.getBoundingClientRect().bottom > top + 1);
  post.dataset.seen = '';
  return post.getBoundingClientRect().top - top;
}"""
"""How far below the upper edge of a feed the first post that is read stands; it is marked."""
WHERE_IT_IS = "box => box.querySelector('[data-seen]').getBoundingClientRect().top - box.getBoundingClientRect().top"


def test_a_card_that_changes_takes_neither_words_nor_place_from_who_is_typing(server: Server, eyes: Eyes) -> None:
    words = _fresh(ENGLISH)
    page, other = eyes.opens(server.url), eyes.opens(server.url)
    says(page.locator(".rp-chat"), words)
    _team_room(page, words)
    _team_room(other, words)
    says(other.locator(".rp-main"), "/crm log")
    area = page.locator(".rp-main .rp-composer textarea")
    area.fill("half a sente")
    feed = page.locator(".rp-feed.team")
    feed.evaluate("box => { box.scrollTop = 0; }")
    seen = feed.evaluate(FIRST_IN_SIGHT)
    other.locator(".rp-feed.team .rp-post", has_text=words).get_by_role("button", name="Take it").click()
    expect(page.locator(".rp-feed.team .rp-post", has_text=words)).to_contain_text("Taken by")
    expect(area).to_have_value("half a sente")
    expect(area).to_be_focused()
    assert feed.evaluate(WHERE_IT_IS) == pytest.approx(seen, abs=2)


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!channel> <@U1> *bold* _it_ `code` {{ 7*7 }} ${7*7}",
    "</script><svg onload=alert(1)>",
    "javascript:alert(1) [x](javascript:alert(1))",
    "שלום עולם, هذا نص من اليمين",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_shown_as_they_are_and_do_nothing(server: Server, eyes: Eyes, hostile: str) -> None:
    words = _fresh(hostile)
    page = eyes.opens(server.url)
    says(page.locator(".rp-chat"), words)
    bubble = page.locator(".rp-chat .mine .rp-said").last
    expect(bubble).to_have_text(words)
    _team_room(page, words)
    quote = page.locator(".rp-feed.team .rp-post", has_text=words).locator(".rp-quote .rp-said")
    expect(quote).to_have_text(words)
    assert quote.locator("*").count() == bubble.locator("*").count() == 0
    page.reload()
    expect(page.locator(".rp-chat .mine .rp-said").last).to_have_text(words)


def test_hidden_characters_are_left_out_and_that_is_said(server: Server, eyes: Eyes) -> None:
    page = eyes.opens(server.url)
    mark = uuid.uuid4().hex[:6]
    says(page.locator(".rp-chat"), f"{mark} invoice\u202egpj.exe pay\u200bpal")
    post = page.locator(".rp-chat .mine", has_text=mark)
    expect(post.locator(".rp-said")).to_have_text(f"{mark} invoicegpj.exe paypal")
    expect(post).to_contain_text("2 hidden characters are not shown.")


def test_twenty_thousand_characters_are_all_there_and_one_more_is_refused_and_kept(server: Server, eyes: Eyes) -> None:
    page = eyes.opens(server.url)
    says(page.locator(".rp-chat"), "汉" * 20_000)
    said = page.locator(".rp-chat .mine .rp-said").last
    expect(said).to_have_text("汉" * 20_000)
    expect(said).to_have_class("rp-said folded")
    page.locator(".rp-chat").get_by_role("button", name="Show all").first.click()
    expect(said).to_have_class("rp-said")
    says(page.locator(".rp-chat"), "x" * 20_001)
    expect(page.locator(".rp-waiting.wrong")).to_contain_text("20,000")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".rp-chat textarea").last).to_have_value("x" * 20_001)


def test_the_clock_moves_and_the_choice_of_people_changes_the_sides(server: Server, eyes: Eyes) -> None:
    page = eyes.opens(server.url)
    page.get_by_role("button", name="Next morning 08:30").click()
    expect(page.locator(".rp-clock")).to_contain_text("08:30")
    page.get_by_label("Who am I").select_option("lina")
    expect(page.locator(".rp-me")).to_contain_text("李娜")
    page.get_by_label("Which customer").select_option(label="A new visitor · has never written before")
    expect(page.locator(".rp-chat")).to_contain_text("Hello! Write to us here")


def test_the_page_begins_with_people_who_speak_its_language_and_keeps_whom_a_hand_chose(
    server: Server, eyes: Eyes
) -> None:
    page = eyes.opens(server.url)
    me, customer = page.get_by_label("Who am I"), page.get_by_label("Which customer")
    expect(me.locator("option")).to_have_text(["Tom Becker · rep", "李娜 · service", "Wang Fang · manager"])
    expect(customer.locator("option").first).to_have_text("Chen Wei · Acme Ltd")
    me.select_option("wang")
    expect(page.locator(".rp-me")).to_contain_text("Wang Fang")
    page.get_by_text("中文").click()
    expect(page.locator(".rp-me")).to_contain_text("Wang Fang")
    expect(page.locator(".rp-picker").nth(1)).to_have_value("wang")
    expect(page.locator(".rp-picker").nth(0).locator("option").first).to_have_text("刘洋 · 星河科技")


@pytest.mark.parametrize(("width", "place"), [(1280, "beside"), (390, "below")])
def test_each_row_has_its_own_buttons_beside_or_below_it(server: Server, eyes: Eyes, width: int, place: str) -> None:
    page = eyes.opens(server.url, width=width, height=844)
    page.get_by_label("Who am I").select_option("wang")
    expect(page.locator(".rp-me-name")).to_have_text("Wang Fang")
    says(page.locator(".rp-main"), "/crm list")
    row = page.locator(".rp-feed.team .rp-item", has_text="Galaxy Ltd").last
    words, buttons = row.locator(".rp-item-text").bounding_box(), row.locator(".rp-item-buttons").bounding_box()
    assert words is not None
    assert buttons is not None
    assert (buttons["x"] >= words["x"] + words["width"]) is (place == "beside")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shot(page, f"rows-{width}")
    row.get_by_role("button", name="Draft").click()
    done = page.locator(".rp-feed.team .rp-card.good").last
    expect(done).to_contain_text("Galaxy Ltd")
    expect(done).to_contain_text("high")


def test_a_phone_shows_the_chat_without_sideways_scrolling(server: Server, eyes: Eyes) -> None:
    page = eyes.opens(server.url + "/chat", language="zh-CN", width=390, height=844)
    expect(page.locator("textarea")).to_have_attribute("placeholder", "请输入消息")
    writes(page, CHINESE)
    expect(page.locator(".log .mine")).to_contain_text("水泵")
    expect(page.locator(".log .post:not(.mine)")).to_contain_text("zh-CN")
    shot(page, "phone-zh-CN")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_text("English").click()
    expect(page.locator("textarea")).to_have_attribute("placeholder", "Write a message")
    expect(page.locator(".log .mine")).to_contain_text("水泵")


def test_a_visitor_edits_and_takes_back_their_words_on_the_chats_own_page(server: Server, eyes: Eyes) -> None:
    page = eyes.opens(server.url + "/chat")
    writes(page, "Tommorow at ten")
    mine = page.locator(".log .mine")
    mine.get_by_label("Change this message").click()
    mine.get_by_role("button", name="Edit").click()
    mine.locator("textarea").fill("Tomorrow at ten")
    mine.get_by_role("button", name="Save").click()
    expect(mine.locator(".said")).to_have_text("Tomorrow at ten")
    page.reload()
    expect(mine.locator(".said")).to_have_text("Tomorrow at ten")
    mine.get_by_label("Change this message").press("Enter")
    mine.get_by_role("button", name="Take back").press("Enter")
    expect(mine).to_contain_text("took this message back")
    expect(page.locator("main, [role=main]")).to_have_count(1)


def test_another_guest_on_this_device_does_not_send_what_the_one_before_typed(server: Server, eyes: Eyes) -> None:
    page = eyes.opens(server.url + "/chat")
    writes(page, "hello")
    expect(page.locator(".log .mine")).to_have_count(1)
    area = page.locator(".composer textarea")
    area.fill("half a secret")
    page.reload()
    expect(area).to_have_value("half a secret")
    page.context.clear_cookies()
    page.reload()
    expect(area).to_have_value("")
    expect(page.locator(".log .post")).to_have_count(0)
