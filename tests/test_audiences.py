"""Whom a promise in danger or an unhappy customer calls: who may see it; where there is nobody, the fallback place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.operations import Hands, remove_person, send_away
from handlers.cards import Card
from scheduler.policy.document import default_text
from tests.test_chats import COMPLAINT
from tests.world import Colleague, Guest, World, all_words

FALLBACK = "#rapport"


def company(world: World) -> tuple[Colleague, Colleague, Guest]:
    wang = world.colleague("Wang Qiang", "manager")
    li = world.colleague("Li Na", manager_id=wang.person.id)
    return wang, li, world.customer("Galaxy Ltd", contact="Chen Wei", owner=li, tier="growth")


def hands(world: World) -> Hands:
    return Hands(world.change, world.ask, lambda: world.now, lambda: world.bot.policies.current)


def at_fallback(world: World) -> list[Card]:
    return [Card.model_validate(post.card) for post in world.posts(FALLBACK)]


def test_the_manager_of_who_has_a_ticket_hears_sees_and_may_take_it(world: World) -> None:
    _, li, chen = company(world)
    boss = world.colleague("Zhao Min", "manager")
    world.colleague("Sun Bo", manager_id=boss.person.id)
    chen.writes(COMPLAINT)
    li.runs("ticket assign", number=world.ticket.number, colleague="Sun Bo")
    world.wait(minutes=70)
    boss.hears("Galaxy Ltd", "first reply was due")
    boss.presses("Take it")
    assert world.ticket.owner_id == boss.person.id


def test_who_stands_in_sees_a_ticket_that_was_handed_to_somebody_away(world: World) -> None:
    _, li, chen = company(world)
    deputy = world.colleague("Deputy")
    world.colleague("Sun Bo")
    send_away(hands(world), name="Sun Bo", until="2026-12-05", deputy="Deputy")
    chen.writes(COMPLAINT)
    li.runs("ticket assign", number=world.ticket.number, colleague="Sun Bo")
    world.wait(minutes=70)
    deputy.hears(world.ticket.number)
    deputy.runs("ticket show", number=world.ticket.number)
    deputy.hears("Customer: Galaxy Ltd")


def test_without_a_manager_a_broken_promise_is_said_at_the_fallback_place_not_to_any_manager(world: World) -> None:
    aaron = world.colleague("Aaron", "manager")
    li = world.colleague("Li Na")
    chen = world.customer("Galaxy Ltd", owner=li, tier="growth")
    chen.writes(COMPLAINT)
    world.wait(minutes=70)
    li.hears("first reply was due")
    aaron.hears_nothing(world.ticket.number)
    assert any(
        world.ticket.number in all_words(card) and "no manager" in all_words(card) for card in at_fallback(world)
    )


@pytest.mark.parametrize(("language", "words"), [("en", "Nobody has it yet"), ("zh-CN", "还没有人负责")])
def test_where_nobody_is_to_tell_the_room_reads_which_ticket_and_can_take_it(
    world: World, language: str, words: str
) -> None:
    world.adopt(default_text().replace("language: zh-CN", f"language: {language}"))
    sun = world.colleague("Sun Bo")
    stranger = world.stranger(language)
    stranger.writes(COMPLAINT if language == "en" else "我要投诉，收到的货是坏的！")
    number = world.ticket.number
    world.wait(minutes=70)
    said = at_fallback(world)
    assert said
    for card in said:
        assert number in all_words(card)
        assert words in all_words(card)
    in_thread = "\n".join(
        all_words(Card.model_validate(post.card)) for post in world.posts("#service", f"ticket:{number}")
    )
    assert "nobody yet," not in in_thread
    assert "暂无" not in in_thread
    sun.presses(said[-1].buttons[0].label, place=FALLBACK)
    assert world.ticket.owner_id == sun.person.id


def rated_one(world: World, li: Colleague, chen: Guest) -> None:
    chen.writes(COMPLAINT)
    li.runs("ticket resolve", number=world.ticket.number, words="done")
    chen.presses("1")


def test_a_low_rating_is_said_at_the_fallback_place_if_there_is_no_manager(world: World) -> None:
    aaron = world.colleague("Aaron", "manager")
    li = world.colleague("Li Na")
    rated_one(world, li, world.customer("Galaxy Ltd", owner=li, tier="growth"))
    assert any("1 out of 5" in all_words(card) for card in at_fallback(world))
    aaron.hears_nothing("1 out of 5")


@pytest.mark.parametrize("how", ["away", "left"])
def test_a_low_rating_is_told_to_who_stands_in_for_the_manager(world: World, how: str) -> None:
    wang, li, chen = company(world)
    deputy = world.colleague("Deputy", "manager")
    if how == "away":
        send_away(hands(world), name="Wang Qiang", until="2026-12-05", deputy="Deputy")
    else:
        world.change(lambda s: s.staff.change(wang.person.id, manager_id=deputy.person.id))
        remove_person(hands(world), name="Wang Qiang")
    rated_one(world, li, chen)
    deputy.hears("1 out of 5", "Galaxy Ltd")
    wang.hears_nothing("1 out of 5")


def test_a_warning_before_the_promise_ends_is_its_owners_alone(world: World) -> None:
    wang, li, chen = company(world)
    chen.writes(COMPLAINT)
    world.wait(minutes=35, step=timedelta(minutes=5))
    li.hears("50%")
    wang.hears_nothing("50%")
    assert at_fallback(world) == []
