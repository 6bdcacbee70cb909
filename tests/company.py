"""One small company for scenes: a manager, the customer's own person, a colleague next door, a customer."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.ticket_cards import slot_of
from tests.world import Colleague, Guest, World, all_words

SERVICE = "#service"
DAMAGED = "I want to complain, my order arrived damaged!"


@dataclass
class Company:
    """A manager, the customer's own person, a colleague next door, a customer."""

    world: World
    wang: Colleague
    li: Colleague
    sun: Colleague
    chen: Guest

    @classmethod
    def found(cls, world: World) -> Company:
        wang = world.colleague("Wang Qiang", "manager")
        li = world.colleague("Li Na", manager_id=wang.person.id)
        sun = world.colleague("Sun Bo")
        chen = world.customer("Galaxy Ltd", contact="Chen Wei", owner=li, tier="growth")
        return cls(world, wang, li, sun, chen)

    @property
    def number(self) -> str:
        return self.world.ticket.number

    @property
    def thread(self) -> str:
        return slot_of(self.number)

    def types(self) -> list[str]:
        """What the customer's requests are about, the oldest first."""
        return [ticket.type for ticket in sorted(self.world.tickets(), key=lambda ticket: ticket.opened_at)]

    def since(self, person: Colleague | Guest, before: int) -> str:
        """All that somebody has read after the first `before` cards."""
        return "\n".join(all_words(card) for card in person.cards()[before:])
