"""Two hundred messages at once from one person: all kept, few cards, one polite notice, and nobody else waits."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.channels.port import Limit, Pace
from handlers.thread_cards import MOST_ON_A_CARD, ONE_BY_ONE
from storage.inbox import Event
from tests.company import DAMAGED, SERVICE, Company
from tests.threads.scene import entries, in_thread
from tests.world import Guest, World, all_words

FLOOD = 200
FEW = 60
"""Enough to tell whether what waits is said together: one by one it would be as many cards."""


def flood(company: Company, count: int = FLOOD) -> list[Event]:
    return [company.chen.said(f"and the red box {number:03}") for number in range(count)]


async def _turns(world: World, events: list[Event], other: Guest) -> int:
    """Take everything in at once; count the turns until somebody was answered."""
    pump, turns = world.bot.pump, 0
    stored = asyncio.ensure_future(pump.accept(events))
    while not world.posts(other.address):
        await pump.turn()
        if pump._deliveries:
            await asyncio.wait(set(pump._deliveries))
        turns += 1
    await stored
    return turns


def turns_until_answered(world: World, events: list[Event], other: Guest) -> int:
    return world._runner.run(_turns(world, [*events, other.said(DAMAGED)], other))


def test_all_is_kept_on_few_cards_with_one_notice(company: Company) -> None:
    company.chen.writes(DAMAGED)
    heard = len(company.chen.cards())
    company.world.wait(minutes=20)
    company.world.hands_in(*flood(company))
    kept = [entry.words for entry in entries(company)]
    assert kept == [DAMAGED, *(f"and the red box {number:03}" for number in range(FLOOD))]
    cards = in_thread(company)
    assert len(cards) <= ONE_BY_ONE + FLOOD // MOST_ON_A_CARD + 1
    said = "\n".join(all_words(card) for card in cards)
    assert [line.rpartition(": ")[2] for line in said.splitlines() if "the red box" in line] == kept[1:]
    assert len(company.chen.cards()) == heard + 1
    assert company.li.count("has written again") == 1
    assert company.li.count(company.number, place=SERVICE) == 1


def test_what_cannot_leave_at_once_is_said_together(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.chen.writes(DAMAGED)
    monkeypatch.setattr(
        company.world.bot.channels["web"],
        "pace",
        Pace((Limit(1, timedelta(seconds=1), "chat", "a page"),)),
        raising=False,
    )
    company.world.hands_in(*flood(company, FEW))
    for _ in range(20):
        company.world.wait(seconds=1, step=timedelta(seconds=1))
    cards = in_thread(company)
    assert len(cards) <= FEW // MOST_ON_A_CARD + 2
    assert sum(all_words(card).count("the red box") for card in cards) == FEW


def test_somebody_elses_answer_takes_no_longer(company: Company) -> None:
    company.chen.writes(DAMAGED)
    calm, loud = (company.world.customer(name, owner=company.sun, tier="growth") for name in ("Comet", "Nebula"))
    alone = turns_until_answered(company.world, [], calm)
    company.world.settle()
    assert turns_until_answered(company.world, flood(company), loud) <= alone + 1
