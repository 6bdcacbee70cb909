"""A shop beside the bot: its orders come in as files, as the command line brings them, while days go by."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.order_import import Wanted, import_orders
from storage.customers import Customer
from storage.importing.report import Report
from storage.tier_moves import TierMove
from tests.world import Colleague, Guest, World

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEADINGS = "InvoiceNo,InvoiceDate,Quantity,UnitPrice,CustomerID,CustomerName,Country"


@dataclass
class Shop:
    """Sells to customers of one company; an order is (customer, days ago, amount)."""

    world: World
    folder: Path
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def today(self) -> date:
        return self.world.now.astimezone(SHANGHAI).date()

    def customer(self, name: str, owner: Colleague | None = None, **more: str) -> Guest:
        return self.world.customer(name, owner=owner, reference=name, **more)

    def sells(self, *orders: tuple[str, float, float]) -> Report:
        """Bring a file with these orders, each with a number of its own."""
        return self.brings(
            *(f"N{next(self._numbers)},{self.day(ago)},1,{amount},{name},{name},CN" for name, ago, amount in orders)
        )

    def brings(self, *lines: str, as_of: date | None = None) -> Report:
        """Bring a file of these lines; figures are as of today unless a day is given."""
        path = self.folder / "orders.csv"
        path.write_text("\n".join([HEADINGS, *lines]) + "\n", encoding="utf-8")
        policy = self.world.bot.policies.current
        wanted = Wanted(as_of=as_of)
        report = import_orders(self.world.change, self.world.ask, path, wanted, policy=policy, now=self.world.now)
        self.world.settle()
        return report

    def day(self, ago: float) -> str:
        return f"{self.today - timedelta(days=int(ago))}"

    def known(self, name: str) -> Customer:
        return self.world.ask(lambda store: store.customers.by_references([name]))[name]

    def moves(self, name: str) -> list[TierMove]:
        """Give a customer's crossings, the oldest first."""
        id_ = self.known(name).id
        return self.world.ask(lambda store: store.tier_moves.of(id_, 1000))[::-1]

    def path(self, name: str) -> list[tuple[str | None, str]]:
        return [(move.old, move.new) for move in self.moves(name)]

    def at(self, day: date, clock: time = time()) -> datetime:
        return datetime.combine(day, clock, SHANGHAI)

    def goes_to(self, moment: datetime) -> None:
        """Let time pass until then, with one heartbeat."""
        self.world.sleeps(seconds=(moment - self.world.now).total_seconds())

    def works_off(self, beats: int = 10) -> None:
        """Let the heart beat until nothing is due any more."""
        for _ in range(beats):
            self.world.beat()
