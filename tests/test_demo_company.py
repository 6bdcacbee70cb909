"""The sample company of the demo: founded once, believable, alive, and the same for the same seed."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.channels.webchat.deeds import GUEST
from bot.demo.company import AlreadyFounded, Player, found, guests, is_founded, people
from bot.demo.material import cast, names, scenes
from bot.demo.policy import company_policy
from handlers.cards import Card
from handlers.ticket_cards import slot_of
from scheduler.policy.document import parse
from storage.customers import Customer
from storage.database import Database
from storage.staff import Person, Scope
from storage.tickets import OPEN, Ticket
from storage.vault import new_key
from tests.world import MONDAY, StoppedClock, all_words

NOW = MONDAY + timedelta(hours=7)
"""Monday 17:00 in Shanghai, 10:00 in Berlin."""
EVERYTHING = Scope(Person("admin", "admin", "admin"), frozenset(), frozenset(), everything=True)
TEAMS = ("#sales", "#service", "#after-sales")


class Company:
    """A founded company, as one looks at it."""

    def __init__(self, bot: Bot) -> None:
        self.ask = bot.read
        self.people = {player.name: player for player in self.ask(people)}
        self.guests = {player.name: player for player in self.ask(guests)}

    @property
    def customers(self) -> list[Customer]:
        return self.ask(lambda store: store.customers.listed(EVERYTHING, limit=1000))

    def tickets(self, *statuses: str) -> list[Ticket]:
        return self.ask(lambda store: store.tickets.listed(EVERYTHING, statuses=statuses or OPEN, limit=100))

    def hears(self, place: str, thread: str | None = None) -> list[str]:
        posts = self.ask(lambda store: store.posts.of("web", place, thread=thread))
        return [all_words(Card.model_validate(post.card)) for post in posts]

    def ticket_of(self, name: str) -> Ticket:
        contact = self.ask(lambda store: store.contacts.at("web", self.guests[name].address))
        assert contact is not None
        return self.ask(lambda store: store.tickets.newest_of(contact.id, 1))[0]


@contextmanager
def founded(database: Database, seed: int = 7) -> Iterator[tuple[Bot, Company]]:
    bot = Bot(database, [WebChat()], company_policy(), StoppedClock(NOW))
    asyncio.run(found(bot, seed=seed))
    try:
        yield bot, Company(bot)
    finally:
        bot.writer.stop()


def test_a_company_is_founded_that_one_can_walk_into(database: Database) -> None:
    with founded(database) as (bot, company):
        _has_many_customers_in_tiers(company)
        _has_people_of_both_languages(company)
        _has_contacts_due_today_and_overdue(company)
        _has_tickets_in_every_state(company)
        _has_one_broken_promise_that_climbed(company)
        _has_somebody_angry_who_was_just_heard(company)
        _has_drafts_and_talk_and_ratings(company)
        _left_nothing_undone(bot)
        with pytest.raises(AlreadyFounded):
            asyncio.run(found(bot))
        assert len(company.customers) == 300


def _has_many_customers_in_tiers(company: Company) -> None:
    tiers = Counter(customer.tier for customer in company.customers)
    assert len({customer.name for customer in company.customers}) == sum(tiers.values()) == 300
    assert 15 <= tiers["strategic"] < 30
    assert 120 <= tiers["growth"] <= 165
    assert tiers["dormant"] > 120
    assert any(customer.tier_mark == "was-strategic" for customer in company.customers)
    assert all(customer.tier_why for customer in company.customers)
    assert all(bool(customer.group_id) == (customer.tier == "strategic") for customer in company.customers)
    assert 130 <= Counter(customer.language for customer in company.customers)["zh-CN"] <= 170


def _has_people_of_both_languages(company: Company) -> None:
    assert Counter(player.language for player in company.people.values()) == {"zh-CN": 7, "en": 5}
    assert Counter(player.language for player in company.guests.values()) == {"zh-CN": 5, "en": 5}
    assert all(GUEST.fullmatch(player.address) for player in company.guests.values())
    assert company.people["林晓峰"].about == "销售 · 上海"
    assert company.people["Felix Brandt"].about == "engineer · Berlin"
    assert company.guests["王海燕"].about == "苏州锦禾食品有限公司"


def _has_contacts_due_today_and_overdue(company: Company) -> None:
    """Monday: two working days ago was Thursday, five were a Monday."""
    reps = [player.staff_id for player in company.people.values() if player.about.startswith(("sales", "销售"))]
    for rep in reps:
        mine = [c for c in company.customers if c.owner_id == rep and c.touch_due_at]
        days = Counter(
            (NOW.date() - c.touch_due_at.astimezone(ZoneInfo("Asia/Shanghai")).date()).days
            for c in mine
            if c.touch_due_at
        )
        assert days[0] >= 2, days
        assert days[4] >= 1, days
        assert days[7] >= 1, days
        assert sum(count for day, count in days.items() if day >= 0) < 20
        (morning,) = [said for said in company.hears(f"staff:{rep}") if _is_todays_bundle(said)][-1:]
        assert "今天到期" in morning or "due today" in morning
    assert any("超期 5 个工作日" in said for said in company.hears(company.people["陈静怡"].address))


def _is_todays_bundle(said: str) -> bool:
    return "早上好" in said or "Good morning" in said


def _has_tickets_in_every_state(company: Company) -> None:
    tickets = company.tickets()
    assert {ticket.status for ticket in tickets} == {"new", "taken", "waiting", "resolved"}
    assert len({ticket.type for ticket in tickets}) >= 6
    assert len(tickets) == 8
    assert company.ticket_of("何莉").status == "waiting"
    assert company.ticket_of("Fiona Calder").status == "resolved"
    offered = company.hears(company.guests["Fiona Calder"].address)[-1]
    assert "How did we do?" in offered
    assert "[5]" in offered
    for ticket in tickets:
        cards = [said for place in TEAMS for said in company.hears(place) if said.startswith(ticket.number)]
        assert len(cards) == 1


def _has_one_broken_promise_that_climbed(company: Company) -> None:
    ticket = company.ticket_of("Tobias Lindner")
    assert ticket.first_response_at is None
    assert ticket.first_response_due < NOW
    assert [rung["percent"] for rung in ticket.told] == [50, 80, 100]
    for name in ("Jonas Becker", "Daniel Novak", "Katharina Vogel"):
        assert any(
            ticket.number in said and "should have heard" in said
            for said in company.hears(company.people[name].address)
        )


def _has_somebody_angry_who_was_just_heard(company: Company) -> None:
    ticket = company.ticket_of("王海燕")
    assert (ticket.type, ticket.status, ticket.told) == ("complaint", "new", [])
    assert NOW - ticket.opened_at < timedelta(minutes=10)
    heard = company.hears(company.guests["王海燕"].address)[-1]
    assert "抱歉" in heard
    assert ticket.number in heard


def _has_drafts_and_talk_and_ratings(company: Company) -> None:
    reps = {company.people[name].staff_id for name in ("林晓峰", "Jonas Becker")}
    drafts = company.ask(lambda store: store.drafts.listed(reps))
    assert {draft.staff_id for draft in drafts} == reps
    assert sorted(ticket.rating or 0 for ticket in company.tickets("closed")) == [2, 4, 5, 5]
    talk = company.hears("#after-sales", slot_of(company.ticket_of("Priya Nair").number))
    assert any("do we have one in stock?" in said for said in talk)
    kinds = {piece.kind for piece in company.ask(lambda store: store.feedback.listed(EVERYTHING, limit=100))}
    assert kinds == {"praise", "suggestion", "complaint"}


def _left_nothing_undone(bot: Bot) -> None:
    assert bot.read(lambda store: store.inbox.count("new")) == 0
    assert bot.read(lambda store: store.inbox.dead()) == []


@pytest.mark.slow
def test_the_same_seed_makes_the_same_company(sqlite_template: Path, tmp_path: Path) -> None:
    first, again = (_picture(sqlite_template, tmp_path / name, 7) for name in ("a", "b"))
    assert first == again


def _picture(template: Path, folder: Path, seed: int) -> list[object]:
    """Write down what a visitor could tell apart."""
    folder.mkdir()
    shutil.copy(template, folder / "rapport.db")
    database = Database(f"sqlite:///{folder / 'rapport.db'}", new_key())
    with founded(database, seed) as (_, company):
        customers = [(c.name, c.reference, c.tier, c.owner_id, c.spent, c.touch_due_at) for c in company.customers]
        picture: list[object] = [*sorted(customers, key=str), *company.people.items(), *company.guests.items()]
        picture += [said for place in TEAMS for said in company.hears(place)]
    database.close()
    return picture


def test_an_empty_database_is_no_company(database: Database) -> None:
    bot = Bot(database, [WebChat()], clock=StoppedClock(NOW))
    assert not bot.read(is_founded)
    assert bot.read(people) == bot.read(guests) == []
    bot.writer.stop()


def test_the_policy_of_the_company_can_be_accepted() -> None:
    policy = parse(company_policy())
    assert policy.company.name == "澜川流体 Lanchuan Flow"
    assert policy.calendars["germany"].zone == ZoneInfo("Europe/Berlin")


def test_everybody_in_the_scenes_is_in_the_cast() -> None:
    colleagues, faces = {one.key for one in cast().colleagues}, {guest.key for guest in cast().guests}
    for scene in scenes():
        assert scene.guest is None or scene.guest in faces
        for step in scene.steps:
            assert {step.by, step.to} <= colleagues | {None}, step
            assert step.ago or step.at, step
            assert [bool(deed) for deed in (step.says, step.talks, step.types, step.runs, step.rates)].count(
                True
            ) == 1, step


@pytest.mark.parametrize("region", [names().chinese, *names().european], ids=lambda region: region.zone)
def test_phones_are_of_ranges_that_ring_nowhere(region: object) -> None:
    """No network uses +86 100 and +999; the rest is what Germany and Britain keep for fiction."""
    phone = str(getattr(region, "phone", ""))
    assert re.match(r"\+86 100 0000 |\+999 |\+49 30 23125 |\+44 7700 900", phone), phone


def test_a_player_knows_the_colleague_behind_the_address() -> None:
    assert Player("staff:abc", "Li", "sales", "en").staff_id == "abc"
