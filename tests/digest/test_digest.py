"""A manager's digest: what it says, when, to whom, and what its buttons do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.slack.blocks import shown
from handlers.cards import Card
from tests.digest.team import Team
from tests.world import MONDAY, Colleague, World, all_words

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-CN"])
TITLES = {"en": "Your team on", "zh-CN": "团队日报"}
BEAT = timedelta(minutes=30)
"""From ten o'clock on, where these scenes begin, such steps meet half past eight on every day."""
EVENING = MONDAY.replace(hour=9)
"""Monday 17:00 in Shanghai."""


def digest(who: Colleague) -> Card:
    """Ask for a digest and give it; the picture comes behind it."""
    who.types("/crm digest")
    return newest(who)


def newest(who: Colleague) -> Card:
    return next(card for card in reversed(who.cards()) if card.title.startswith(tuple(TITLES.values())))


def lines(card: Card) -> list[str]:
    return [row.text for row in card.rows if not row.heading]


def headings(card: Card) -> list[str]:
    return [row.text for row in card.rows if row.heading]


@LANGUAGES
def test_a_quiet_day_is_one_line_whether_told_or_asked_for(world: World, language: str) -> None:
    team = Team.found(world, language)
    quiet = {"en": "Nothing needs you today.", "zh-CN": "今天没有需要你处理的事。"}[language]
    card = digest(team.wang)
    assert (card.text, card.rows, card.lines) == (quiet, (), ())
    world.beat()
    before = team.wang.count(quiet)
    world.until(MONDAY + timedelta(hours=22, minutes=15), step=BEAT / 2)
    assert team.wang.count(quiet) == before, "not before half past eight"
    world.wait(hours=20, step=BEAT)
    assert team.wang.count(quiet) == before + 1, "once a day"


@SQLITE
def test_a_day_on_which_everything_was_kept_is_one_line_with_its_numbers(world: World) -> None:
    team = Team.found(world)
    guest = team.customer("Acme")
    team.ticket(guest, team.li, status="resolved", first_response_at=3, resolved_at=2)
    team.rounds(team.li, kept=2, late=0, guest=guest)
    card = digest(team.wang)
    assert (
        card.text
        == "Nothing needs you today: 2 of 2 contacts of the week in time, 1 of 1 answered in time, 1 of 1 solved in time."
    )
    assert not card.rows


@SQLITE
def test_who_leads_nobody_has_a_quiet_digest_and_who_is_no_manager_has_none(world: World) -> None:
    team = Team.found(world)
    alone = world.colleague("Alone", "manager")
    team.overdue("Galaxy", 12)
    assert digest(alone).text == "Nothing needs you today."
    team.li.types("/crm digest")
    team.li.hears("not open to your role")
    team.li.types("/crm measure csat")
    team.li.hears("not open to your role")


@LANGUAGES
@pytest.mark.parametrize("words", ["/crm digest", "digest now", "日报", "/crm 看日报"])
@SQLITE
def test_a_digest_is_there_for_the_asking_in_either_language(world: World, language: str, words: str) -> None:
    team = Team.found(world, language)
    team.wang.types(words)
    team.wang.hears(TITLES[language])


@SQLITE
def test_a_digest_covers_what_happened_since_the_last_one(world: World) -> None:
    team = Team.found(world)
    guest = team.customer("Acme")
    world.until(MONDAY + timedelta(hours=23), step=BEAT)
    team.feedback(guest, "complaint", hours=0.2)
    world.wait(hours=2)
    assert "Complaints: 1 (delivery 1), a week before: 0" in all_words(digest(team.wang))
    world.until(MONDAY + timedelta(hours=47), step=BEAT)
    assert "Complaints: 1" in all_words(newest(team.wang))
    assert "Complaints" not in "\n".join(lines(digest(team.wang))).replace("complained", "")
    assert "since" not in newest(team.wang).title


def test_after_a_week_of_silence_it_is_said_once_and_the_title_says_so(world: World) -> None:
    team = Team.found(world)
    guest = team.customer("Acme")
    world.until(MONDAY + timedelta(hours=23), step=BEAT)
    before = team.wang.count("Your team on")
    team.feedback(guest, "complaint", hours=0.1)
    world.sleeps(days=7, minutes=20)
    world.wait(hours=1)
    assert team.wang.count("Your team on") == before + 1
    assert "the last 7 days, since 08:30 on Tue 24 Nov" in newest(team.wang).title
    assert "Complaints: 1 (delivery 1), 2 weeks before: 0" in all_words(newest(team.wang))


@SQLITE
def test_what_was_said_a_week_ago_is_what_is_compared_with(world: World) -> None:
    team = Team.found(world)
    guest = team.customer("Acme")
    world.until(MONDAY + timedelta(hours=46), step=BEAT)
    ticket = team.rated(guest, 5, hours=3)
    world.until(MONDAY + timedelta(hours=47), step=BEAT)
    assert "Satisfied customers: 100% (1 of 1)" in all_words(newest(team.wang))
    world.until(MONDAY + timedelta(days=7, hours=46), step=BEAT)
    team.rated(guest, 1, hours=3)
    world.change(lambda s: s.tickets.note(ticket.number, "x", "rated", MONDAY + timedelta(hours=44), score=1))
    world.wait(hours=1)
    said = all_words(newest(team.wang))
    assert "Satisfied customers: 0% (0 of 1), below the target of 90%, a week before: 100% (1 of 1)" in said


def _full(team: Team) -> None:
    """Let everything happen at once."""
    galaxy, borui = team.overdue("Galaxy", 12), team.customer("Borui", team.sun, tier="growth")
    for n in range(6):
        team.overdue(f"Late {n}", 9 + n, team.sun)
    for n in range(5):
        team.ticket(borui, team.sun, first_response_due=3 + n)
        team.ticket(borui, team.sun, status="taken", first_response_at=3.5, resolution_due=-5)
    team.ticket(borui, None, first_response_due=1)
    team.rated(borui, 1)
    team.rated(borui, 5, owner=team.sun)
    team.rounds(team.li, 3, 4)
    team.rounds(team.sun, 5, 1)
    team.draft(borui, team.sun, hours=30)
    team.feedback(galaxy, "complaint")
    team.feedback(borui, "praise", topic="service")
    team.away(team.li)


@LANGUAGES
@SQLITE
def test_the_worst_of_days_has_twelve_lines_and_fits_a_message(world: World, language: str) -> None:
    team = Team.found(world, language)
    _full(team)
    card = digest(team.wang)
    assert len(lines(card)) == 12
    assert len(headings(card)) == 6
    (message,) = shown(card, "D1", "slot")
    assert len(message["blocks"]) <= 50
    assert card.tone == "alarm"
    needs = [row for row in card.rows if any(button.command == "digest done" for button in row.buttons)]
    assert (
        len({next(b for b in row.buttons if b.command == "digest done").args["item"].split(":")[0] for row in needs})
        == 5
    )


@SQLITE
def test_every_line_has_a_button_and_every_button_a_command_of_a_manager(world: World) -> None:
    team = Team.found(world)
    _full(team)
    routes = world.bot.pump.dispatch.around.routes.commands
    card = digest(team.wang)
    assert all(row.buttons for row in card.rows if not row.heading)
    for button in card.every_button:
        assert "manager" in routes[button.command].who, button


@SQLITE
def test_what_is_seen_comes_back_only_when_it_gets_worse(world: World) -> None:
    team = Team.found(world)
    team.overdue("Galaxy", 7)
    world.clock.moment = EVENING
    digest(team.wang)
    team.wang.presses("Seen", row="Galaxy")
    team.wang.hears("✓ Galaxy", "comes back only if it gets worse")
    assert "Galaxy" not in all_words(digest(team.wang))
    world.clock.moment = EVENING + timedelta(days=2)
    assert "Galaxy" not in "\n".join(lines(digest(team.wang))[:1])
    world.clock.moment = EVENING + timedelta(days=8)
    assert "Galaxy (strategic): contact 11 working days over" in all_words(digest(team.wang))


@SQLITE
def test_a_broken_promise_that_was_seen_comes_back_when_it_is_broken_for_a_day(world: World) -> None:
    team = Team.found(world)
    team.ticket(team.customer("Acme"), team.sun, first_response_due=5)
    assert "Acme: first answer 5 h late" in all_words(digest(team.wang))
    team.wang.presses("Seen", row="Acme")
    world.clock.moment += timedelta(hours=8)
    assert "Needs you" not in all_words(digest(team.wang))
    world.clock.moment += timedelta(hours=12)
    assert "Acme: first answer 1 day 1 h late" in all_words(digest(team.wang))


@SQLITE
def test_a_long_overdue_customer_is_given_away_or_called_by_the_manager(world: World) -> None:
    team = Team.found(world)
    team.overdue("Galaxy", 12)
    team.overdue("Nova", 12)
    card = digest(team.wang)
    assert "With Li Na, last contact 30 Oct" in all_words(card)
    team.wang.presses("I'll call", row="Galaxy")
    team.li.hears("Wang Qiang calls Galaxy personally")
    team.wang.hears("✓ Galaxy", "You call.")
    team.wang.presses("Log a contact")
    team.wang.runs("log", customer="Galaxy", words="called, they are fine")
    team.wang.presses("Reassign", row="Nova", colleague="Sun Bo")
    team.sun.hears("Nova")
    owners = world.ask(lambda s: {c.name: c.owner_id for c in s.customers.page("", 9)})
    assert owners["Nova"] == team.sun.person.id
    assert "Galaxy" not in "\n".join(lines(digest(team.wang)))


@SQLITE
def test_a_customer_of_somebody_who_left_wants_a_decision_as_soon_as_they_are_due(world: World) -> None:
    team = Team.found(world)
    team.overdue("Galaxy", 0)
    assert "Needs you" not in all_words(digest(team.wang))
    world.change(lambda s: s.staff.change(team.li.person.id, active=False))
    said = all_words(digest(team.wang))
    assert "Galaxy (strategic): contact due today" in said
    assert "With Li Na (has left)" in said


@SQLITE
def test_whoever_has_a_broken_promise_is_asked_and_nobodys_is_handed_over(world: World) -> None:
    team = Team.found(world)
    guest = team.customer("Acme")
    ticket = team.ticket(guest, team.sun, first_response_due=3)
    orphan = team.ticket(team.customer("Beta"), None, first_response_due=3)
    digest(team.wang)
    team.wang.presses("Ask Sun Bo", row="Acme")
    team.sun.hears(ticket.number, "Wang Qiang asks what this ticket needs")
    team.wang.hears("✓ Acme", "Sun Bo has been asked.")
    team.wang.presses("Hand over", row="Beta", colleague="Li Na")
    team.li.hears(orphan.number)
    assert world.ask(lambda s: s.tickets.get(orphan.number)).owner_id == team.li.person.id  # type: ignore[union-attr]


@SQLITE
def test_an_unhappy_customer_is_given_to_somebody_who_sees_them_until_somebody_was_in_touch(world: World) -> None:
    team = Team.found(world)
    guest = team.customer("Dahua")
    team.rated(guest, 1)
    assert "Dahua rated T-AAAA1 with 1 of 5" in all_words(digest(team.wang))
    team.wang.presses("Give to…", row="Dahua", colleague="Zhao Yi")
    team.wang.hears("Zhao Yi does not look after Dahua")
    team.wang.presses("Give to…", row="Dahua", colleague="Li Na")
    asked = team.li.hears("Wang Qiang asks you to get in touch with Dahua")
    assert {button.command for button in asked.buttons} == {"ticket show", "who", "draft"}
    team.li.presses("Draft apology")
    team.li.hears("Draft for")
    assert "Dahua rated" not in "\n".join(lines(digest(team.wang)))
    team.feedback(guest, "complaint", hours=1)
    assert "Dahua complained: delivery" in all_words(digest(team.wang))
    team.li.types("/crm log Dahua called, said sorry")
    assert "Dahua complained" not in all_words(digest(team.wang))


@SQLITE
def test_somebody_away_without_a_stand_in_gets_one_and_they_hear_it(world: World) -> None:
    team = Team.found(world)
    team.overdue("Galaxy", 1)
    team.away(team.li)
    assert "Li Na is away until 28 Nov, and nobody stands in\n1 customer is due by tonight" in all_words(
        digest(team.wang)
    )
    team.wang.presses("Name a stand-in", row="Li Na", colleague="Li Na")
    team.wang.hears("Li Na can't stand in")
    team.wang.presses("Name a stand-in", row="Li Na", colleague="Sun Bo")
    team.sun.hears("stand in for Li Na until 28 Nov")
    assert "nobody stands in" not in all_words(digest(team.wang))
    team.sun.types("/crm day")
    team.sun.hears("Galaxy")


@SQLITE
def test_nobody_names_a_stand_in_for_people_of_another_team(world: World) -> None:
    team = Team.found(world)
    team.wang.runs("digest deputy", item="absent:x", person=team.other.person.id, colleague="Sun Bo")
    team.wang.hears("Nobody here is called")
    assert world.ask(lambda s: s.staff.get(team.other.person.id)).deputy_id is None  # type: ignore[union-attr]


@SQLITE
def test_drafts_that_wait_too_long_want_a_decision_and_all_that_wait_are_counted(world: World) -> None:
    team = Team.found(world)
    guest = team.customer("Acme")
    team.draft(guest, team.sun, hours=23)
    assert "Needs you" not in all_words(digest(team.wang))
    assert "Drafts that wait for a yes: 1" in all_words(newest(team.wang))
    world.clock.moment += timedelta(hours=1)
    assert "Sun Bo: 1 draft waits for a yes\nThe oldest for 1 day" in all_words(digest(team.wang))
    team.wang.presses("Review", row="Sun Bo: 1 draft")
    team.wang.hears("Acme")


@SQLITE
def test_who_did_well_is_named(world: World) -> None:
    team = Team.found(world)
    guest = team.customer("Acme", team.sun)
    team.rated(guest, 5, owner=team.sun)
    team.rounds(team.sun, 4, 0, guest)
    team.feedback(guest, "praise", topic="service")
    said = all_words(digest(team.wang))
    assert "Sun Bo solved T-AAAA1 in 2 h and got 5 of 5" in said
    assert "Acme praised Sun Bo: service" in said
    assert "Sun Bo (4) made every contact of the week in time" in said


@SQLITE
def test_a_managers_own_customers_are_not_forgotten(world: World) -> None:
    team = Team.found(world)
    team.overdue("Mine", 1, team.wang)
    card = digest(team.wang)
    assert headings(card)[0] == "Your own day"
    team.wang.presses("My day")
    team.wang.hears("Mine")


@SQLITE
def test_a_digest_that_reaches_nobody_is_said_at_the_fallback_place(world: World) -> None:
    team = Team.found(world)
    world.change(lambda s: s.staff.rebind(team.wang.person.id, "web", "elsewhere"))
    world.change(lambda s: s.staff.bind(team.other.person.id, "web", "elsewhere"))
    team.overdue("Galaxy", 12)
    world.beat()
    team.li.hears("Wang Qiang", "Galaxy (strategic): contact 8 working days over", place="#rapport")


@SQLITE
def test_a_contact_that_somebody_makes_meanwhile_is_settled_on_the_mornings_digest(world: World) -> None:
    team = Team.found(world)
    team.overdue("Galaxy", 12)
    world.beat()
    assert "Galaxy (strategic): contact 8 working days over" in all_words(newest(team.wang))
    team.li.types("/crm log Galaxy called, all is well")
    (row,) = (row for row in newest(team.wang).rows if "Galaxy" in row.text)
    assert row.text.startswith("✓")
    assert all(button.command != "reassign" for button in row.buttons)


@SQLITE
def test_a_picture_of_who_kept_their_contacts_goes_with_a_digest_that_has_several_to_compare(world: World) -> None:
    team = Team.found(world)
    team.rounds(team.li, 1, 2)
    digest(team.wang)
    assert not any(card.picture for card in team.wang.cards())
    team.rounds(team.sun, 3, 1)
    digest(team.wang)
    (picture,) = (card.picture for card in team.wang.cards() if card.picture)
    assert picture.categories == ("Li Na", "Sun Bo")
    assert picture.series[0].values == (100 / 3, 75.0)
    assert "90%" in picture.alt
