"""The desk of a rep who writes to one customer: a manager, a rep, a customer with an order in May and a call since."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from storage.columns import new_id
from storage.drafts import Draft, drafts
from storage.orders import Order
from storage.store import Store
from tests.team import last_contact, record, shanghai
from tests.world import Colleague, Guest, World


@dataclass
class Desk:
    """A manager, a rep, a customer of the rep's who bought something in May and was called in November."""

    world: World
    wang: Colleague
    li: Colleague
    chen: Guest

    def drafts(self) -> list[Draft]:
        """Every draft there is, oldest first."""

        def read(store: Store) -> list[Draft]:
            ids = [row.id for row in store.connection.execute(drafts.select().order_by(drafts.c.made_at))]
            return [found for id_ in ids if (found := store.drafts.get(id_))]

        return self.world.ask(read)

    @property
    def draft(self) -> Draft:
        return self.drafts()[-1]

    def keep(self, *more: Draft) -> None:
        """Put drafts on record as they are."""

        def add(store: Store) -> None:
            for draft in more:
                store.drafts.add(draft)

        self.world.change(add)

    def agree(self, *, given: bool) -> None:
        now = self.world.now
        self.world.change(lambda s: s.contacts.consent(self.chen.contact_id, "marketing", "words", now, given=given))


def buys(world: World, guest: Guest, number: str, at: str) -> None:
    def write_down(store: Store) -> None:
        customer_id = record(store, guest).id
        store.orders.put([Order(new_id(), customer_id, number, shanghai(at), Decimal(1200), "CNY", 1)])

    world.change(write_down)


def set_up(world: World) -> Desk:
    wang = world.colleague("Wang Qiang", "manager")
    li = world.colleague("Li Na", manager_id=wang.person.id)
    chen = world.customer("Acme Ltd", contact="Chen Wei", owner=li, tier="growth", zone="Asia/Shanghai")
    last_contact(world, chen, shanghai("11-13 15:00"))
    buys(world, chen, "PO-118", "05-12 10:00")
    li.types("/crm log Acme called, wants quote Fri")
    return Desk(world, wang, li, chen)
