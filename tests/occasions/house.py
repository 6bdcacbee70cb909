"""A house over a year: its clock stands on any day, and it tells every occasion that there is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from handlers.context import Context
from handlers.occasion_cards import coming_part
from handlers.parts import Part
from scheduler.policy.document import default_text
from storage.agreements import contracts
from storage.celebrants import birthday_values
from storage.columns import new_id
from storage.database import Database
from storage.drafts import Draft
from storage.inbox import Event
from storage.occasions import Occasion, occasions
from storage.orders import Order
from storage.store import Store
from tests.world import Colleague, Guest, World

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: str, clock: str = "10:00") -> datetime:
    """A moment in Shanghai."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), SHANGHAI).astimezone(UTC)


class House:
    """A manager, a rep and her deputy."""

    def __init__(self, database: Database) -> None:
        self.world = World(database)
        self.wang = self.world.colleague("Wang Qiang", "manager")
        self.sun = self.world.colleague("Sun Bo", manager_id=self.wang.person.id)
        self.li = self.world.colleague("Li Na", manager_id=self.wang.person.id, deputy_id=self.sun.person.id)

    def begin(self, day: str, clock: str = "00:05") -> None:
        """Put the clock on a day, before anything has happened."""
        self.world.clock.moment = at(day, clock)

    def at(self, day: str, clock: str = "08:31") -> None:
        """Go straight to a moment, and let everything happen that is due by then: what one beat leaves, the next finds."""
        self.world.clock.moment = at(day, clock)
        for _ in range(5):
            self.world.beat()

    def customer(self, name: str = "Galaxy Ltd", contact: str = "Chen Wei", **more: str) -> Guest:
        return self.world.customer(name, contact=contact, owner=self.li, zone="Asia/Shanghai", **more)

    def born(self, guest: Guest, birthday: str) -> None:
        self.world.change(lambda store: store.contacts.change(guest.contact_id, **birthday_values(birthday)))

    def knows(self, guest: Guest, **values: object) -> None:
        self.world.change(lambda store: store.contacts.change(guest.contact_id, **values))

    def occasions(self, *kinds: str) -> list[Occasion]:
        """Every occasion there is, by day."""
        columns = [occasions.c[name] for name in Occasion.__dataclass_fields__]

        def read(store: Store) -> list[Occasion]:
            rows = store.connection.execute(select(*columns).order_by(occasions.c.day, occasions.c.key)).all()
            return [Occasion(*row) for row in rows]

        return [one for one in self.world.ask(read) if not kinds or one.kind in kinds]

    def festival(self, id_: str) -> list[Occasion]:
        return [one for one in self.occasions("festival") if one.about == id_]

    def draft(self, occasion: Occasion) -> Draft:
        found = self.world.ask(lambda store: store.drafts.get(occasion.draft_id or ""))
        assert found is not None, occasion
        return found

    def leave(self, person: Colleague, until: str) -> None:
        self.world.change(lambda store: store.staff.change(person.person.id, away_until=at(until, "00:00")))

    def contract(self, guest: Guest, number: str, ends: str) -> None:
        assert guest.customer is not None
        self.li.types(f"/crm contract add {guest.customer.id} {number} {ends}")

    def product(self, guest: Guest, serial: str, maintenance: str, months: int = 6) -> None:
        assert guest.customer is not None
        self.li.types(f"/crm product add {guest.customer.id} Pump {serial} {maintenance} {months}")

    def greeted(self, guest: Guest) -> int:
        """Count what a customer was greeted with."""
        return sum(card.from_person != "" for card in guest.cards())

    def spends(self, guest: Guest, amount: int) -> None:
        def write(store: Store) -> None:
            customer = store.customers.get(guest.customer.id if guest.customer else None)
            assert customer is not None
            store.customers.change(customer, spent=Decimal(amount), currency="CNY")

        self.world.change(write)

    def buys(self, guest: Guest, number: str, day: str) -> None:
        assert guest.customer is not None
        order = Order(new_id(), guest.customer.id, number, at(day), Decimal(1200), "CNY", 1)
        self.world.change(lambda store: store.orders.put([order]))

    def adopt(self, old: str, new: str) -> None:
        """Change a line of the policy in force."""
        text = default_text().replace("language: zh-CN", "language: en")
        assert text.count(old) == 1
        self.world.adopt(text.replace(old, new))

    def coming(self, person: Colleague) -> list[Part]:
        """What the digest of somebody says about occasions."""
        around = self.world.bot.pump.dispatch.around
        event = Event("web", "looked", "words", address=person.address)

        def read(store: Store) -> list[Part]:
            return list(coming_part(Context(store, self.world.now, event, around, staff=person.person)))

        return self.world.ask(read)

    def looks_again(self) -> None:
        """Let every contract be looked at once more."""
        today = self.world.now.astimezone(SHANGHAI).date()
        self.world.change(lambda store: store.connection.execute(update(contracts).values(next_on=today)))
