"""The home tab is my day: published when it is opened, pressed, filled in, and said anew after that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.models.views import View

from bot.turns import store_arrival
from tests.emulators.slack_home import opened
from tests.emulators.slack_rules import alive, view_refusal
from tests.slack.office import Mate, Office, below, labels, words
from tests.slack.test_scenes import COMPLAINT, HOSTILE
from tests.world import Colleague, Guest


def due(office: Office, name: str, owner: Mate, *, days: float = 0, contact: str = "") -> Guest:
    at = office.now - timedelta(days=days, hours=1)
    mine = Colleague(office, "", owner.person)
    return office.customer(name, contact=contact, owner=mine, tier="strategic", touch_due_at=at)


def test_an_opened_home_shows_my_day_once_however_often_slack_tells_of_it(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    due(office, "Galaxy Ltd", li, days=3)
    for _ in range(3):
        assert li.opens_home(id_="Ev1").acked
    assert len(office.slack.made("views.publish")) == 1
    assert "Overdue with you: 1" in words(li.home)
    assert "As of 10:00 on Mon 23 Nov" in words(li.home)
    due(office, "Nebula Ltd", li)
    office.pause(minutes=1)
    li.opens_home()
    assert "Nebula Ltd" in words(li.home)
    assert (office.slack.talks.get("DU0LI"), li.whispers()) == (None, [])


def test_the_tab_of_direct_messages_is_no_home(office: Office) -> None:
    office.mate("U0LI", "Li Na", "rep")
    assert office.happens(opened("U0LI", tab="messages")).acked
    assert office.slack.made("views.publish") == []


def test_a_press_at_home_is_answered_by_direct_message_and_the_home_is_said_anew(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "service")
    due(office, "Galaxy Ltd", li).writes(COMPLAINT)
    li.opens_home()
    number = office.ticket.number
    office.pause(minutes=1)
    li.presses_at_home("Show", row=number)
    card = li.hears(COMPLAINT, "Take it", at=li.direct())
    assert "As of 10:01 on Mon 23 Nov" in words(li.home)
    li.presses("Take it", card, talk="DU0LI")
    assert office.ticket.owner_id == li.person.id
    said = len(li.direct())
    office.pause(minutes=1)
    li.presses_at_home("Refresh")
    assert "As of 10:02 on Mon 23 Nov" in words(li.home)
    assert len(li.direct()) == said, "refreshing says nothing else"


def test_a_form_at_home_is_filled_in_and_what_it_settles_leaves_the_home(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    due(office, "Galaxy Ltd", li, days=3)
    due(office, "Nebula Ltd", li, days=2)
    li.opens_home()
    li.presses_at_home("Log", row="Galaxy Ltd")
    assert li.submits(words="called, all is well").answer == {}
    office.pause(seconds=2)
    li.hears("Galaxy Ltd", "Next contact by", at=li.direct())
    assert "Galaxy Ltd" not in words(li.home)
    assert "Nebula Ltd" in words(li.home)


def test_a_home_that_moved_on_says_so_in_the_form_and_is_said_anew(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    due(office, "Galaxy Ltd", li, days=3)
    li.opens_home()
    old = dict(li.home)
    li.types("log Galaxy Ltd called, all is well")
    li.opens_home()
    assert "Galaxy Ltd" not in words(li.home)
    office.slack.homes["U0LI"] = old
    li.presses_at_home("Log", row="Galaxy Ltd")
    assert "This card has moved on" in words(li.view)
    assert "Galaxy Ltd" not in words(li.home)


@pytest.mark.parametrize(("language", "title"), [("en", "My day"), ("zh-CN", "我的一天")])
def test_a_full_home_keeps_slacks_limits_and_nothing_on_it_comes_to_life(
    office: Office, language: str, title: str
) -> None:
    boss = office.mate("U0BOSS", "Boss", "manager", language=language)
    for number in range(7):
        due(office, f"{HOSTILE} {number}", boss, days=number % 2 * 3, contact=HOSTILE).writes(COMPLAINT)
        office.stranger().writes(COMPLAINT)
    office.wait(hours=3)
    boss.opens_home()
    assert view_refusal(boss.home, "home") is None
    assert alive(boss.home) == []
    assert title in words(boss.home)
    assert HOSTILE.splitlines()[0] in words(boss.home)
    View(**{name: part for name, part in boss.home.items() if name in ("type", "blocks")}).validate_json()
    boss.types("day")
    beside = {"Settings", "All commands", "设置", "全部命令"}
    assert labels(boss.whispers()[-1]) == [label for label in labels(boss.home) if label not in beside], (
        "a message holds the whole day, too"
    )


def test_somebody_unknown_is_greeted_at_home_and_told_whom_to_ask(office: Office) -> None:
    guest = office.mate("U0GUEST", "Guest", known=False)
    guest.opens_home()
    for said in ("Welcome to Rapport", "I don't know you yet", "U0GUEST"):
        assert said in words(guest.home)
    assert labels(guest.home) == []


def test_a_home_whose_publishing_broke_is_published_again(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    office.slack.faults.append(("views.publish", "lost"))
    li.opens_home()
    office.pause(seconds=3)
    assert len(office.slack.made("views.publish")) == 2
    assert "Nothing is waiting for you" in words(li.home)


def test_a_home_that_slack_refuses_is_said_in_plain_words(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    due(office, "<!channel> Galaxy", li, days=3)
    for code in ("invalid_arguments", "view_too_large"):
        office.slack.faults.append(("views.publish", code))
        li.opens_home()
        assert "<!channel> Galaxy" in words(li.home)
        assert (labels(li.home), alive(li.home)) == ([], [])
        assert view_refusal(li.home, "home") is None


def test_a_look_at_home_that_could_not_be_stored_is_not_acknowledged_and_comes_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    failures = [OSError("disk full")] * 2

    def failing(*arrival: Any) -> Any:
        if failures:
            raise failures.pop()
        return store_arrival(*arrival)

    monkeypatch.setattr("bot.pump.store_arrival", failing)
    sending = li.opens_home()
    assert (sending.attempts, sending.acked) == (2, True)
    assert len(office.slack.made("views.publish")) == 1


def test_a_second_process_answers_a_home_that_the_first_one_said(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    due(office, "Galaxy Ltd", li, days=3)
    li.opens_home()
    office.restart()
    li.presses_at_home("Log", row="Galaxy Ltd")
    li.submits(words="called, all is well")
    assert "Galaxy Ltd" not in words(li.home)


def test_a_long_day_is_turned_over_page_by_page_and_no_line_is_skipped_or_said_twice(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    for number in range(11):
        due(office, f"Company {number:02}", li, days=3 if number < 9 else 0)
    li.opens_home()
    read, pages = words(li.home), [words(li.home)]
    assert "Previous page" not in labels(li.home)
    while "Next page" in labels(li.home):
        office.pause(minutes=1)
        li.presses_at_home("Next page")
        assert "Previous page" in labels(li.home)
        read += words(li.home)
        pages.append(words(li.home))
    assert [page.count("Company") for page in pages] == [6, 5]
    assert all(read.count(f"Company {number:02}") == 1 for number in range(11))
    assert "Page 2 of 2" in pages[-1]
    assert "Overdue with you: 9 (5 to 9)" in pages[-1]
    assert "As of 10:01 on Mon 23 Nov" in pages[-1]
    office.pause(minutes=1)
    li.presses_at_home("Refresh")
    assert "Page 2" in words(li.home), "refreshing stays where one reads"
    li.presses_at_home("Show", row="Company")
    assert "Page 2" in words(li.home), "so does looking at something on it"
    li.presses_at_home("Previous page")
    assert "Page 2" not in words(li.home)
    li.opens_home()
    assert words(li.home).count("Company") == 6, "whoever comes back begins at the start"


def test_a_day_in_a_message_is_turned_over_on_its_card(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    for number in range(6):
        due(office, f"Company {number:02}", li, days=3)
    li.writes("day")
    (card,) = li.direct()
    li.presses("Next page", card, talk="DU0LI")
    assert words(card).count("Company") == 2
    li.presses("Previous page", card, talk="DU0LI")
    assert words(card).count("Company") == 4
    assert len(li.direct()) == 1


def test_a_day_of_long_lines_loses_none_of_them_to_slacks_limits(office: Office) -> None:
    """Two hundred signs a name, each of two units: the most that a page can weigh."""
    li = office.mate("U0LI", "Li Na", "rep")
    for number in range(40):
        due(office, f"{number:02} {'🚚' * 190}", li, days=3)
        due(office, f"{number + 40:02} {'🚚' * 190}", li, days=-1)
    li.opens_home()
    read = words(li.home)
    while "Next page" in labels(li.home):
        assert view_refusal(li.home, "home") is None
        li.presses_at_home("Next page")
        read += words(li.home)
    said = [line[:2] for line in read.splitlines() if "🚚" in line]
    assert sorted(said) == [f"{number:02}" for number in range(80)]


def test_settings_are_changed_from_home_in_one_form_that_holds_what_is_set(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    li.opens_home()
    li.presses_at_home("Settings")
    asks = {block["block_id"]: block["element"] for block in li.view["blocks"]}
    assert asks["zone"]["initial_value"] == "Asia/Shanghai"
    assert asks["language"]["initial_option"]["value"] == "en"
    assert asks["morning"]["initial_value"] == "08:30"
    wrong = li.submits(zone="Atlantis", morning="4:00").answer
    assert wrong["errors"].keys() == {"zone", "morning"}
    assert li.submits(zone="berlin", morning="7:15", language="zh-CN").answer == {}
    li.hears("记下了", "Europe/Berlin", "07:15", at=li.direct())
    assert "我的一天" in words(li.home)
    assert "03:00" in words(li.home), "the home goes by the new clocks"
    li.presses_at_home("设置")
    office.pause(seconds=2)
    assert li.submits().answer == {}
    li.hears("没有变化", at=li.direct())


def test_all_that_a_role_may_do_is_listed_from_home_and_each_opens_its_form(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    due(office, "Galaxy Ltd", li)
    li.opens_home()
    li.presses_at_home("All commands")
    (card,) = li.direct()
    read = words(card)
    while "Next page" in labels(card):
        office.pause(seconds=2)
        li.presses("Next page", card, talk="DU0LI")
        read += "\n" + words(card)
    assert len(li.direct()) == 1, "it is turned over in place"
    allowed = {f"/crm {command.name}" for command in office.bot.routes.allowed("rep")}
    assert {line for line in read.splitlines() if line.startswith("/crm ")} == allowed
    while "/crm log" not in words(card).splitlines():
        office.pause(seconds=2)
        li.presses("Previous page", card, talk="DU0LI")
    li.presses("Open", below("/crm log", card) | {"ts": card["ts"]}, talk="DU0LI")
    assert li.submits(customer="Galaxy Ltd", words="called, all is well").answer == {}
    office.pause(seconds=2)
    li.hears("Galaxy Ltd", "Next contact by", at=li.direct())
