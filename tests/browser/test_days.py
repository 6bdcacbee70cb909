"""A company without Slack: a manager and a rep work their whole day in the console, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Eyes, Server, shot
from tests.browser.keyboard import Keyboard
from tests.browser.office import COMPLAINT

EVERYBODY = ["Li Na", "Shen Yue", "Sun Bo", "Wang Qiang"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("office"), whose="office")
    yield server
    server.end()
    assert "Traceback" not in server.log, server.log[-3000:]


def signs_in(eyes: Eyes, office: Server, name: str) -> tuple[Page, Keyboard]:
    page = eyes.opens(office.log_line(f"link of {name}: "), language="en-GB")
    hands = Keyboard(page)
    hands.presses(page.get_by_role("button", name="Open"))
    expect(page.locator(".rp-me-name")).to_have_text(name)
    return page, hands


def newest(page: Page, words: str) -> Locator:
    """Find the newest card of the room that says this."""
    return page.locator(".rp-feed.team .rp-card", has_text=words).last


def suggested(field: Locator) -> list[str]:
    """Give the names that a field suggests."""
    options = field.page.locator(f'[id="{field.get_attribute("list")}"] option')
    found: list[str] = options.evaluate_all("all => all.map((one) => one.value)")
    return found


def test_a_managers_day_by_keyboard_alone(office: Server, eyes: Eyes) -> None:
    page, hands = signs_in(eyes, office, "Wang Qiang")
    hands.presses(page.get_by_role("link", name="Digest"))
    sheet, answers = page.locator(".rp-feed.sheet"), page.locator(".rp-answers.open")
    expect(page).to_have_title(re.compile("Digest"))
    late = sheet.locator(".rp-item", has_text="Cedar Ltd: first answer")
    hands.presses(late.get_by_role("button", name="Show ticket"))
    expect(answers.locator(".rp-card")).to_contain_text(COMPLAINT)
    expect(answers.locator("[aria-live]")).to_contain_text("complaint")

    hands.presses(answers.get_by_role("button", name="Hand over"))
    dialog = page.get_by_role("dialog", name="Hand over")
    hands.presses(dialog.get_by_role("button", name="Submit"))
    expect(dialog.get_by_label("Colleague")).to_be_focused()
    expect(dialog.get_by_role("alert")).to_have_text("Please fill this in.")
    assert suggested(dialog.get_by_label("Colleague")) == EVERYBODY
    page.keyboard.type("Li Na")
    page.keyboard.press("Enter")
    expect(answers).to_contain_text("is now with Li Na")
    expect(late).to_contain_text("With Li Na")
    hands.is_somewhere()
    shot(page, "manager-handed-over")
    hands.presses(late.get_by_role("button", name="Ask Li Na"), back=True)
    expect(answers).to_contain_text("Li Na has been asked")
    expect(late).to_have_count(0)
    hands.is_somewhere()

    hands.presses(sheet.get_by_role("button", name="Review"))
    expect(answers).to_contain_text("drafts wait for a yes")
    hands.presses(answers.get_by_role("button", name="Show").first)
    expect(answers).to_contain_text("中秋")
    hands.presses(answers.get_by_role("button", name="Dismiss"), back=True)
    expect(sheet.get_by_role("button", name="Review")).to_be_focused()

    hands.presses(page.get_by_role("link", name="Console"), back=True)
    hands.skips_and_says("/crm measure complaints today")
    cases = newest(page, "a week before")
    expect(cases).to_contain_text("Cedar Ltd")
    page.keyboard.type("/crm tier explain Galaxy")
    page.keyboard.press("Enter")
    expect(newest(page, "Galaxy Ltd: why strategic")).to_contain_text("What would change it")
    page.keyboard.type("people")
    page.keyboard.press("Enter")
    expect(page.locator(".rp-feed.team .rp-post").last).to_contain_text("Please ask Shen Yue.")
    hands.presses(page.get_by_role("button", name="Sign out"), back=True)
    expect(page.get_by_text("the console opens with a one-time link")).to_be_visible()


def test_a_reps_day_by_keyboard_alone(office: Server, eyes: Eyes) -> None:
    page, hands = signs_in(eyes, office, "Li Na")
    greetings = newest(page, "2 greetings for the Mid-Autumn Festival")
    hands.presses(greetings.get_by_role("button", name="Send all 2"))
    decided = newest(page, "Greetings for the Mid-Autumn Festival")
    expect(decided).to_contain_text("All of these are decided.")
    expect(page.locator(".rp-feed.team article:focus")).to_contain_text("All of these are decided.")

    hands.skips_and_says("/crm draft Acme Ltd")
    hands.presses(newest(page, "Draft for Zhou Min").get_by_role("button", name="Edit"), back=True)
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("textarea")).to_be_focused()
    hands.types("Good morning! The new filters are here.")
    hands.presses(dialog.get_by_role("button", name="Save"))
    draft = newest(page, "The new filters are here.")
    expect(draft).to_contain_text("Edited by hand.")
    expect(draft.get_by_role("button", name="Edit")).to_be_focused()
    hands.presses(draft.get_by_role("button", name="Send", exact=True), back=True)
    expect(draft).to_contain_text("Li Na sent it")
    hands.is_somewhere()

    hands.presses(page.locator(".rp-room.ticket", has_text="Galaxy Ltd"), back=True)
    thread = page.locator(".rp-thread.open")
    expect(thread.locator("textarea")).to_be_focused()
    page.keyboard.type("The warehouse has two left.")
    page.keyboard.press("Enter")
    expect(thread.locator(".rp-said", has_text="two left")).to_be_visible()
    hands.presses(thread.get_by_role("button", name="Reply to customer"), back=True)
    page.keyboard.type("We are sorry. A new one leaves today.")
    hands.presses(dialog.get_by_role("button", name="Send to customer"))
    expect(thread.locator(".rp-card", has_text="A new one leaves today.")).to_be_visible()
    hands.is_somewhere()
    shot(page, "rep-thread")
    hands.presses(thread.get_by_role("button", name="Close", exact=True), back=True)
    expect(page.locator(".rp-feed.team article:focus")).to_contain_text(COMPLAINT)

    hands.presses(page.locator(".rp-room.own"), back=True)
    hands.skips_and_says("/crm log Birch Ltd called, wants a quote")
    logged = page.locator(".rp-feed.team .rp-post").last
    expect(logged).to_contain_text("Birch Ltd")
    expect(logged.get_by_text("You")).to_have_count(0)
    shot(page, "rep-logged")


def test_a_form_suggests_who_can_take_it_and_takes_a_name_that_is_typed_as_well(office: Server, eyes: Eyes) -> None:
    page, hands = signs_in(eyes, office, "Sun Bo")
    hands.skips_and_says("/crm ticket new Delta Ltd complaint The pump leaks")
    opened = page.locator(".rp-feed.team .rp-post", has_text="Opened T-").last
    number = re.findall("T-[0-9A-Z]{5}", opened.inner_text())[0]
    forms = page.locator(".rp-feed.team .rp-post", has=page.locator("form"))
    tries = (("Gone Girl", "Gone Girl doesn't work here any more"), ("li", f"{number} is now with Li Na"))
    for asked, (typed, said) in enumerate(tries, 1):
        page.keyboard.type("/crm hand over")
        page.keyboard.press("Enter")
        expect(forms).to_have_count(asked)
        form = forms.last
        name = form.get_by_label("Colleague")
        assert suggested(name) == EVERYBODY
        form.get_by_label("Ticket").fill(number)
        name.fill(typed)
        name.press("Enter")
        expect(page.locator(".rp-feed.team .rp-post").last).to_contain_text(said)
        page.locator(".rp-main textarea").focus()


def test_a_colleague_takes_their_seat_along_to_another_device_and_signing_out_here_leaves_it_there(
    office: Server, eyes: Eyes
) -> None:
    page, hands = signs_in(eyes, office, "Shen Yue")
    hands.skips_and_says("console")
    asked = newest(page, "signs you in to the console, in any browser")
    expect(asked.locator(".rp-squares path")).to_have_attribute("d", re.compile("^M4 4h1v1h-1z"))
    shot(page, "another-device")
    link = asked.locator("dd").inner_text().strip()
    assert link.startswith(f"{office.url}/console/enter?code=")
    phone = eyes.opens(link, language="en-GB", width=390)
    phone.get_by_role("button", name="Open").click()
    expect(phone.locator(".rp-me-name")).to_have_text("Shen Yue")
    tabs = [page.context.new_page() for _ in ("/console", "/day")]
    for tab, path in zip(tabs, ("/console", "/day"), strict=True):
        tab.goto(office.url + path)
        expect(tab.locator(".rp-window")).to_be_visible()
    page.bring_to_front()
    hands.presses(page.get_by_role("button", name="Sign out"), back=True)
    for closed in (page, *tabs):
        expect(closed.get_by_text("type “console” to Rapport")).to_be_visible()
    expect(phone.locator(".rp-me-name")).to_have_text("Shen Yue")
