"""Numbers by their definitions: asked for by name in both languages, each with the cases behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.measure_words import named, percent_of
from prompts.phrases import LANGUAGES, phrases
from storage.measures import MEASURES, Measured
from storage.measures.asked import MEASURES as DEFINED
from tests.digest.team import Team
from tests.digest.test_digest import digest
from tests.world import World, all_words

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("csat", "csat"),
        ("CSAT", "csat"),
        ("满意度", "csat"),
        ("客户满意度", "csat"),
        ("first response", "first_response"),
        ("First answers in time", "first_response"),
        ("首响", "first_response"),
        ("触达率", "cadence"),
        ("投诉", "complaints"),
        ("weather", None),
        ("", None),
    ],
)
def test_a_number_is_found_by_its_id_its_name_or_an_alias_in_either_language(words: str, name: str | None) -> None:
    assert named(words) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_is_named_once_and_defined_in_every_language_and_at_its_source(language: str) -> None:
    t = phrases(language)
    names = [t(f"measure-{name.replace('_', '-')}") for name in MEASURES]
    assert len(set(names)) == len(MEASURES)
    assert all(len(t(f"measure-{name.replace('_', '-')}.definition")) > 10 for name in MEASURES)
    for measure in DEFINED.values():
        assert "Source:" in (measure.cases.__doc__ or ""), f"{measure.name} names no source"


@pytest.mark.parametrize(
    ("score", "count", "percent"),
    [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 66), (199, 200, 99), (200, 200, 100), (29, 100, 29), (57, 100, 57)],
)
def test_a_percentage_is_rounded_down_so_that_a_hundred_means_all(score: int, count: int, percent: int | None) -> None:
    assert percent_of(Measured("share", score, count)) == percent


@SQLITE
@pytest.mark.parametrize(
    ("language", "line", "number", "period", "listed"),
    [
        ("en", "/crm measure csat week", "50% (1 of 2)", "00:00 on Mon 16 Nov to 00:00 on Mon 23 Nov", "Acme Beta"),
        (
            "en",
            "/crm measure satisfied customers yesterday",
            "0% (0 of 1)",
            "00:00 on Sun 22 Nov to 00:00 on Mon 23 Nov",
            "Acme",
        ),
        ("en", "/crm measure csat period:today", "no data", "00:00 on Mon 23 Nov to 10:00 on Mon 23 Nov", ""),
        ("zh-CN", "指标 满意度 最近 7 天", "50%（1/2）", "11月16日 周一 00:00至11月23日 周一 00:00", "Acme Beta"),
        ("zh-CN", "指标 满意度 昨天", "0%（0/1）", "11月22日 周日 00:00至11月23日 周一 00:00", "Acme"),
    ],
)
def test_a_number_of_a_period_lists_what_failed_first(
    world: World, language: str, line: str, number: str, period: str, listed: str
) -> None:
    team = Team.found(world, language)
    bad = team.rated(team.customer("Acme"), 2, hours=20)
    team.rated(team.customer("Beta"), 5, hours=60)
    team.wang.types(line)
    card = team.wang.cards()[-1]
    assert number in card.text
    assert period in card.text
    assert [row.text.split(" · ")[0] for row in card.rows] == listed.split()
    if listed:
        team.wang.presses("Show" if language == "en" else "查看", row="Acme")
        team.wang.hears(bad.number)


@SQLITE
def test_an_unknown_number_is_answered_with_those_that_there_are(world: World) -> None:
    team = Team.found(world)
    team.wang.types("/crm measure weather")
    team.wang.hears("There is no number called “weather”", "Satisfied customers", "Contacts in time")


@SQLITE
def test_all_numbers_are_listed_with_their_definitions_and_open_their_cases(world: World) -> None:
    team = Team.found(world)
    team.feedback(team.customer("Acme"), "complaint", hours=20, topic="price")
    team.wang.types("/crm measures")
    card = team.wang.hears("All numbers, last 7 days", "Complaints: 1", "Satisfied customers: no data")
    assert len(card.fields) == len(card.buttons) == len(MEASURES)
    team.wang.presses("Complaints")
    team.wang.hears("Complaints", "Acme · price")
    team.wang.presses("Show", row="Acme")
    team.wang.hears("Acme", "Tier")


@SQLITE
def test_the_button_of_a_number_opens_just_the_cases_that_were_counted_then(world: World) -> None:
    team = Team.found(world)
    team.feedback(team.customer("Acme"), "complaint", hours=3)
    digest(team.wang)
    world.clock.moment += timedelta(hours=2)
    team.feedback(team.customer("Late"), "complaint", hours=1)
    team.wang.presses("Complaints")
    said = all_words(team.wang.cards()[-1])
    assert "Acme" in said
    assert "Late" not in said


@SQLITE
def test_a_persons_share_opens_that_persons_cases_and_nobody_sees_other_teams(world: World) -> None:
    team = Team.found(world)
    team.rounds(team.li, 1, 2)
    team.rounds(team.sun, 3, 1)
    team.rounds(team.other, 0, 5)
    said = all_words(digest(team.wang))
    assert "Everybody: 57% (4 of 7)" in said
    team.wang.presses("Show", row="Li Na: 33%")
    card = team.wang.hears("Contacts in time: Li Na", "33% (1 of 3)")
    assert len(card.rows) == 3
    assert all("Li Na's customer" in row.text for row in card.rows)
    since, until = (world.now - timedelta(days=7)).isoformat(), world.now.isoformat()
    team.wang.runs("measure cases", name="cadence", since=since, until=until, owner=team.other.person.id)
    assert "no data" in team.wang.cards()[-1].text
    assert not team.wang.cards()[-1].rows
