"""Why a customer is in a tier, what would change it, and who hears of a crossing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers.cards import Card
from handlers.context import Context
from handlers.parts import Part, Span
from handlers.tiers import my_crossings, team_moves
from storage.database import Database
from storage.inbox import Event
from storage.store import Store
from tests.policy.samples import changed
from tests.tiers.shop import Shop
from tests.world import Colleague, World, all_words

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


GONE = (
    "↓ Gone went quiet, from strategic to dormant: no purchase for 6 months\n"
    "was strategic: win them back now · CN¥15,000 in 12 months · last purchase 26 May"
)


def field(card: Card, label: str) -> str:
    return next(one.value for one in card.fields if one.label == label)


def part(
    who: Colleague, *, digest: bool = False, since: timedelta = timedelta(days=1), unasked: bool = False
) -> Part | None:
    """Fill somebody's sheet, as the morning does."""
    world = who.world

    def make(store: Store) -> list[Part]:
        event = Event("clock", world.next_id(), "morning")
        ctx = Context(store, world.now, event, world.bot.pump.dispatch.around, staff=who.person)
        return [*(team_moves if digest else my_crossings)(ctx, Span(world.now - since, unasked))]

    made = world.change(make)
    return made[0] if made else None


def texts(made: Part | None) -> list[str]:
    return [row.text for row in made.rows] if made else []


@SQLITE
@pytest.mark.parametrize(
    ("language", "typed", "title", "change"),
    [
        (
            "en",
            "/crm tier explain Acme",
            "Acme: why growth",
            "Anything over CN¥1,240 more by 2 Mar 2027 makes it strategic.\nIf nothing is bought: dormant from 12 May 2027.",
        ),
        (
            "zh-CN",
            "/crm 分层说明 Acme",
            "Acme为什么是腰部潜力客户",
            "2027年3月2日前再消费超过 ¥1,240，即升为头部战略客户。\n如果一直没有新订单，2027年5月12日起变为长尾沉睡客户。",
        ),
    ],
)
def test_a_card_says_why_and_what_would_change_it(
    shop: Shop, language: str, typed: str, title: str, change: str
) -> None:
    li = shop.world.colleague("Li Na", language=language)
    shop.customer("Acme", li)
    shop.brings("1,2026-03-03,1,1260,Acme,Acme,CN", "2,2026-11-12,1,7500,Acme,Acme,CN")
    shop.works_off(2)
    li.types(typed)
    card = li.cards()[-1]
    assert card.title == title
    label = {"en": "What would change it", "zh-CN": "怎样会变"}[language]
    assert field(card, label) == change
    if language == "en":
        assert field(card, "Thresholds") == "value bands, policy version 1, in force since 23 Nov"
        assert field(card, "Money") == "CN¥8,760 from 24 Nov 2025 to 23 Nov"
        assert field(card, "Last purchase") == "12 Nov, 11 days ago"
        assert card.text.startswith("8,760 CNY over the last 12 months: growth by value")


def test_what_would_change_it_comes_true(shop: Shop) -> None:
    li = shop.world.colleague("Li Na")
    shop.customer("Acme", li)
    shop.brings("1,2025-12-20,1,9000,Acme,Acme,CN", "2,2026-11-22,1,1500,Acme,Acme,CN")
    shop.works_off(2)
    li.types("/crm tier explain Acme")
    assert field(li.cards()[-1], "What would change it") == "If nothing is bought: growth from 20 Dec."
    shop.goes_to(shop.at(date(2026, 12, 20)) - timedelta(seconds=1))
    assert shop.known("Acme").tier == "strategic"
    shop.goes_to(shop.at(date(2026, 12, 20)))
    assert shop.known("Acme").tier == "growth"
    shop.goes_to(shop.at(date(2027, 5, 22)))
    li.types("/crm tier explain Acme")
    card = li.cards()[-1]
    assert field(card, "What would change it") == "Any order by 21 Nov makes it growth again."
    assert [row.text.splitlines()[0] for row in card.rows] == [
        "Moves",
        "22 May: from growth to dormant (policy version 1)",
        "20 Dec 2026: from strategic to growth (policy version 1)",
    ]
    shop.sells(("Acme", 0, 10))
    shop.works_off(2)
    assert shop.known("Acme").tier == "growth"


@SQLITE
def test_an_amount_over_the_edge_is_what_is_said_to_be_missing(shop: Shop) -> None:
    li = shop.world.colleague("Li Na")
    shop.customer("Acme", li)
    shop.customer("Beta", li)
    shop.sells(("Acme", 0, 8760), ("Beta", 0, 760))
    li.types("/crm tier explain Beta")
    assert field(li.cards()[-1], "What would change it").startswith("CN¥240 more by 22 Nov 2027 makes it growth.")
    shop.sells(("Acme", 0, 1240), ("Beta", 0, 240))
    assert (shop.known("Acme").tier, shop.known("Beta").tier) == ("growth", "growth")
    shop.sells(("Acme", 0, 0.01))
    assert shop.known("Acme").tier == "strategic"


@SQLITE
def test_the_thresholds_are_as_old_as_their_last_change(shop: Shop) -> None:
    li = shop.world.colleague("Li Na")
    shop.customer("Acme", li)
    shop.sells(("Acme", 0, 6000))
    shop.works_off(1)
    shop.world.sleeps(days=1)
    shop.world.adopt(changed("over: 10000", "over: 5000"))
    shop.works_off(4)
    shop.world.sleeps(days=1)
    shop.world.adopt(changed("over: 10000", "over: 5000", ("auto_close: 48 h", "auto_close: 24 h")))
    shop.works_off(4)
    li.types("/crm tier explain Acme")
    assert field(li.cards()[-1], "Thresholds") == "value bands, policy version 2, in force since 24 Nov"


@SQLITE
def test_only_who_sees_a_customer_is_told_why(shop: Shop) -> None:
    li, bob = shop.world.colleague("Li Na"), shop.world.colleague("Bob")
    shop.customer("Acme", li)
    shop.sells(("Acme", 0, 6000))
    bob.types("/crm tier explain Acme")
    foreign = all_words(bob.cards()[-1]).replace("Acme", "?")
    bob.types("/crm tier explain Zzzz")
    assert all_words(bob.cards()[-1]).replace("Zzzz", "?") == foreign
    bob.types("/crm tier moves")
    assert "Acme" not in all_words(bob.cards()[-1])
    li.types("/crm who Acme")
    li.presses("Why this tier")
    li.hears("Acme: why growth")


@SQLITE
@pytest.mark.parametrize("scheme", ["share_bands", "four_dimensions"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_scheme_explains_itself(shop: Shop, scheme: str, language: str) -> None:
    li = shop.world.colleague("Li Na", language=language)
    shop.customer("Acme", li)
    shop.world.adopt(changed("use: value_bands", f"use: {scheme}"))
    shop.sells(("Acme", 0, 6000))
    shop.works_off(3)
    li.types("/crm tier explain Acme")
    card = li.cards()[-1]
    assert shop.known("Acme").tier in {"core", "cultivation"}
    assert "Acme" in card.title
    assert len(card.fields) == 6


def test_each_crossing_is_told_to_its_owner_once_the_lost_first(shop: Shop) -> None:
    boss = shop.world.colleague("Boss", "manager")
    li = shop.world.colleague("Li Na", manager_id=boss.person.id)
    sun = shop.world.colleague("Sun Bo", manager_id=boss.person.id)
    for name in ("Acme", "Beta", "Gone"):
        shop.customer(name, li)
    shop.customer("Other", sun)
    shop.sells(("Acme", 20, 5000), ("Beta", 20, 2000), ("Gone", 181, 15000), ("Other", 9, 2000))
    shop.works_off(3)
    assert part(li) is None, "a first placing is no crossing"
    shop.sells(("Acme", 0, 7300), ("Other", 0, 9000))
    shop.brings(f"C1,{shop.day(0)},-1,1500,Beta,Beta,CN")
    shop.goes_to(shop.at(date(2026, 11, 26)))
    lines = texts(part(li))
    assert lines == [
        GONE,
        "↓ Beta slipped from growth to dormant: CN¥500 in 12 months\n23 Nov · last purchase 3 Nov",
        "↑ Acme went from growth to strategic: CN¥12,300 in 12 months\n23 Nov · last purchase 23 Nov",
    ]
    made = part(boss, digest=True, since=timedelta(days=4))
    assert made is not None
    assert (made.count, made.tone) == (4, "warn")
    assert "Sun Bo" in next(line for line in texts(made) if "Other" in line)
    assert part(li, unasked=True) is not None
    assert part(li) is None
    assert part(sun) is not None, "what one heard the other has not"
    assert part(boss) is None


def test_a_count_opens_the_list_it_counted(shop: Shop) -> None:
    boss = shop.world.colleague("Boss", "manager")
    li = shop.world.colleague("Li Na", manager_id=boss.person.id)
    for n in range(6):
        shop.customer(f"K{n}", li)
    shop.sells(*((f"K{n}", 20, 5000) for n in range(6)))
    shop.world.sleeps(hours=1)
    shop.sells(*((f"K{n}", 0, 7000) for n in range(6)))
    for who, digest, since in ((li, False, "23 Nov"), (boss, True, "22 Nov")):
        made = part(who, digest=digest)
        assert made is not None
        assert made.rest is not None
        assert (made.count, len(made.rows)) == (6, 4)
        who.runs(made.rest.command, **made.rest.args)
        card = who.cards()[-1]
        assert (len(card.rows), card.title) == (6, f"6 moves between tiers since {since}")


@SQLITE
def test_a_list_of_moves_is_ones_own_a_managers_the_teams_the_newest_first(shop: Shop) -> None:
    boss = shop.world.colleague("Boss", "manager")
    li = shop.world.colleague("Li Na", manager_id=boss.person.id)
    sun = shop.world.colleague("Sun Bo", manager_id=boss.person.id, language="zh-CN")
    shop.customer("Acme", li)
    shop.customer("星河科技", sun)
    shop.sells(("Acme", 20, 5000), ("星河科技", 20, 5000))
    shop.sells(("Acme", 0, 7300))
    shop.world.sleeps(days=3)
    shop.sells(("星河科技", 0, 7300))
    boss.types("/crm tier moves")
    rows = [row.text for row in boss.cards()[-1].rows]
    assert [row.splitlines()[0] for row in rows] == [
        "↑ 星河科技 went from growth to strategic: CN¥12,300 in 12 months",
        "↑ Acme went from growth to strategic: CN¥12,300 in 12 months",
    ]
    assert rows[1].splitlines()[1] == "23 Nov · Li Na · last purchase 23 Nov"
    boss.presses("Show", row="Acme")
    boss.hears("Acme", "Li Na", "Why this tier")
    boss.types("/crm tier moves 2")
    assert len(boss.cards()[-1].rows) == 1
    sun.types("/crm 分层变动")
    card = sun.cards()[-1]
    assert [row.text for row in card.rows] == [
        "↑ 星河科技从腰部潜力客户升为头部战略客户：近 12 个月消费 ¥12,300\n11月26日 · 最近购买：11月26日"
    ]
    li.types("/crm tier moves 1")
    li.hears("No customer moved to another tier in the last day.")
    li.runs("tier moves since", after="yesterday")
    li.hears("This card has moved on")


@SQLITE
def test_a_lost_customer_is_one_press_from_a_wake_up(shop: Shop) -> None:
    li = shop.world.colleague("Li Na")
    guest = shop.customer("Acme", li, contact="Chen Wei")
    shop.world.change(
        lambda s: s.contacts.consent(guest.contact_id, "proactive", "contract", shop.world.now, given=True)
    )
    shop.sells(("Acme", 183, 15000))
    shop.world.sleeps(days=1)
    li.types("/crm tier moves")
    li.presses("Draft a wake-up", row="Acme")
    li.hears("Draft for Chen Wei (Acme): wake-up")
    li.types("/crm tier explain Acme")
    assert field(li.cards()[-1], "Tier").endswith("was strategic")
    li.presses("Draft a wake-up")
    shop.sells(("Acme", 0, 10))
    li.types("/crm tier moves")
    first, second = li.cards()[-1].rows
    assert "growth to" not in first.text
    assert "win them back" not in second.text, "won back: the mark is gone"
    assert "Draft a wake-up" not in all_words(li.cards()[-1])


@SQLITE
def test_a_stand_in_hears_what_the_absent_would(database: Database, tmp_path: Path) -> None:
    world = World(database)
    shop = Shop(world, tmp_path)
    mo = world.colleague("Mo")
    li = world.colleague("Li Na", deputy_id=mo.person.id)
    shop.customer("Acme", li)
    shop.sells(("Acme", 20, 5000))
    shop.sells(("Acme", 0, 7300))
    assert part(mo) is None
    world.change(lambda s: s.staff.change(li.person.id, away_until=world.now + timedelta(days=30)))
    assert len(texts(part(mo))) == 1
    world.end()
