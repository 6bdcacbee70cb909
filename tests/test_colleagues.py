"""Forms in the console suggest the colleagues who can take it as they are now, and ask nobody what their role may not say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.webchat.showing import showable
from bot.console.looking import Look, Seen, see
from bot.console.rooms import Room, offers
from bot.console.staff_sessions import Seat
from prompts.phrases import phrases
from tests.digest.team import Team
from tests.world import Colleague, World


def looks(world: World, who: Colleague) -> Seen:
    bot, look = world.bot, Look(Room("team", "#service", "#service"))
    seen = bot.read(lambda store: see(bot, store, Seat(who.person), look, phrases("en")))
    assert seen is not None
    return seen


def suggested(world: World, who: Colleague, key: str, language: str = "en") -> list[str]:
    roster = looks(world, who).roster
    groups = roster.suggested(world.bot.routes.commands.values(), phrases(language))
    return [choice.label for choice in groups[key]]


def test_a_form_in_the_console_names_whom_it_may_suggest_and_they_are_those_of_this_moment(world: World) -> None:
    li, sun = world.colleague("Li Na", "service"), world.colleague("Sun Bo", "engineer")
    world.customer("Acme Ltd", contact="Chen Wei").writes("My order arrived damaged, I want to complain!")
    (card,) = (showable(post)["card"] for post in looks(world, li).posts if post.flow == "out")
    (form,) = (button["form"] for button in card["buttons"] if button["label"] == "Hand over")
    (ask,) = form["asks"]
    assert (ask["kind"], ask["choices"]) == ("line", ())
    assert suggested(world, li, ask["among"]) == ["Li Na", "Sun Bo"]
    world.change(lambda store: store.staff.change(sun.person.id, active=False))
    assert suggested(world, li, ask["among"]) == ["Li Na"]
    li.presses("Hand over", place="#service", colleague="Sun Bo")
    li.hears("Sun Bo doesn't work here any more")
    assert world.ticket.owner_id is None


@pytest.mark.parametrize(
    ("language", "away"),
    [("en", "Li Na (back on 26 Nov, Sun Bo stands in)"), ("zh-CN", "Li Na（休假，11月26日回来，Sun Bo代班）")],
)
def test_who_is_away_takes_over_customers_by_who_stands_in_and_stands_in_for_nobody(
    world: World, language: str, away: str
) -> None:
    li, sun, eve = world.colleague("Li Na"), world.colleague("Sun Bo"), world.colleague("Eve", "engineer")
    back = world.now + timedelta(days=3)
    world.change(lambda store: store.staff.change(li.person.id, away_until=back, deputy_id=sun.person.id))
    looked_after = "colleagues-rep-service-manager-admin"
    assert suggested(world, eve, looked_after, language) == [away, "Sun Bo"]
    assert suggested(world, eve, f"{looked_after}-here", language) == ["Sun Bo"]
    world.clock.moment = back
    assert suggested(world, eve, looked_after, language) == ["Li Na", "Sun Bo"]


def test_a_manager_is_asked_in_the_digest_for_a_stand_in_who_is_here(world: World) -> None:
    team = Team.found(world)
    team.overdue("Galaxy", 1)
    world.change(lambda store: store.staff.change(team.li.person.id, away_until=world.now + timedelta(days=3)))
    team.wang.types("/crm digest")
    _, button = team.wang._find("Name a stand-in", team.wang.address, None)
    assert button.form is not None
    assert button.form.title == "Name a stand-in"
    (ask,) = button.form.asks
    assert ask.among is not None
    assert suggested(world, team.wang, ask.among.key) == ["Sun Bo", "Wang Qiang", "Zhao Yi"]


@pytest.mark.parametrize(("role", "typed"), [("rep", "/crm console"), ("admin", "/crm console [colleague:Colleague]")])
def test_only_an_administrator_reads_that_a_link_can_be_for_somebody_else(world: World, role: str, typed: str) -> None:
    who = world.colleague("Pat", role)
    (offered,) = (offer for offer in offers(world.bot.routes, role, phrases("en")) if offer["name"] == "console")
    assert offered["usage"] == typed
    who.types("/crm help")
    fields = {field.label for field in who.cards()[-1].fields}
    assert typed in fields
    who.types("/crm console " + "x" * 30_000)
    asked = who.hears("is too long", typed)
    assert (asked.form is not None) is (role == "admin")
