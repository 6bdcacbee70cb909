"""Orders: what customers bought, as imported; cancellations are orders with a negative amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint, case, func, select

from storage.columns import Id, Moment, Money, Name, Short, metadata
from storage.rows import Rows

orders = Table(
    "orders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("number", Name, nullable=False),
    Column("ordered_at", Moment, nullable=False),
    Column("amount", Money, nullable=False),
    Column("currency", Short, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("import_id", Id),
    UniqueConstraint("customer_id", "number"),
)
Index("ix_orders_customer", orders.c.customer_id, orders.c.currency, orders.c.ordered_at, orders.c.amount)
imports = Table(
    "imports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("what", Short, nullable=False),
    Column("file", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Order:
    """One order of a customer; a cancellation carries a negative amount."""

    id: str
    customer_id: str
    number: str
    ordered_at: datetime
    amount: Decimal
    currency: str
    lines: int
    import_id: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """A customer's buying in one currency: money net of cancellations; orders and dates count purchases only."""

    customer_id: str
    currency: str
    spent: Decimal
    orders: int
    first_at: datetime | None
    last_at: datetime | None
    oldest_at: datetime | None = None
    """The oldest of what counts as money: the next that time takes away; a cancellation counts as well."""


_columns = tuple(orders.c[name] for name in Order.__dataclass_fields__)


class Orders(Rows):
    """What was bought."""

    def put(self, new: Sequence[Order]) -> None:
        """Write orders; one with a known number replaces what was known, so that a file may come in twice."""
        if not new:
            return
        statement = self._insert(orders)
        news = statement.excluded
        changed = {name: getattr(news, name) for name in ("ordered_at", "amount", "currency", "lines")}
        statement = statement.on_conflict_do_update(index_elements=["customer_id", "number"], set_=changed)
        rows = [{name: getattr(order, name) for name in Order.__dataclass_fields__} for order in new]
        self._connection.execute(statement, rows)

    def of(self, customer_id: str, limit: int = 5) -> list[Order]:
        statement = select(*_columns).where(orders.c.customer_id == customer_id)
        return self._all(Order, statement.order_by(orders.c.ordered_at.desc()).limit(limit), orders)

    def numbered(self, customer_id: str, number: str) -> Order | None:
        where = (orders.c.customer_id == customer_id, orders.c.number == number)
        return self._first(Order, select(*_columns).where(*where), orders)

    def known(self, customer_ids: Sequence[str], numbers: Sequence[str]) -> dict[tuple[str, str], Order]:
        """Find orders by customer and number, many at once."""
        where = (orders.c.customer_id.in_(customer_ids), orders.c.number.in_(numbers))
        found = self._all(Order, select(*_columns).where(*where), orders)
        return {(order.customer_id, order.number): order for order in found}

    def totals(self, since: datetime, until: datetime, customer_ids: Sequence[str]) -> list[Totals]:
        """Add up orders by customer and currency: money after `since`, first and last purchase ever, all to `until`."""
        inside = orders.c.ordered_at > since
        bought = orders.c.amount > Decimal()
        statement = (
            select(
                orders.c.customer_id,
                orders.c.currency,
                func.sum(case((inside, orders.c.amount), else_=None)),
                func.sum(case((inside & bought, 1), else_=0)),
                func.min(case((bought, orders.c.ordered_at), else_=None)),
                func.max(case((bought, orders.c.ordered_at), else_=None)),
                func.min(case((inside, orders.c.ordered_at), else_=None)),
            )
            .where(orders.c.ordered_at <= until, orders.c.customer_id.in_(customer_ids))
            .group_by(orders.c.customer_id, orders.c.currency)
        )
        return [
            Totals(row[0], row[1], row[2] or Decimal(), row[3], row[4], row[5], row[6])
            for row in self._select(statement, orders)
        ]

    def amounts(
        self, customer_id: str, currency: str, since: datetime, until: datetime, limit: int = 2000
    ) -> list[tuple[datetime, Decimal]]:
        """Give when a customer ordered in one currency and for how much, after `since` to `until`, oldest first."""
        where = (orders.c.customer_id == customer_id, orders.c.currency == currency)
        inside = (orders.c.ordered_at > since, orders.c.ordered_at <= until)
        statement = select(orders.c.ordered_at, orders.c.amount).where(*where, *inside)
        found = self._select(statement.order_by(orders.c.ordered_at).limit(limit), orders)
        return [(row.ordered_at, row.amount) for row in found]

    def newest_at(self, customer_ids: Sequence[str] | None = None) -> datetime | None:
        """Tell when the newest order of these customers was; without any, of all, which reads every order there is."""
        statement = select(func.max(orders.c.ordered_at))
        if customer_ids is not None:
            statement = statement.where(orders.c.customer_id.in_(customer_ids))
        found: datetime | None = self._select(statement, orders)[0][0]
        return found

    def note_import(self, *, what: str, file: str, at: datetime, rows: int, taken: int, refused: int, id_: str) -> None:
        """Write down that a file came in; the same id again keeps when it first did."""
        statement = self._insert(imports).values(
            id=id_, what=what, file=file, at=at, rows=rows, taken=taken, refused=refused
        )
        counts = {name: getattr(statement.excluded, name) for name in ("rows", "taken", "refused")}
        self._execute(statement.on_conflict_do_update(index_elements=["id"], set_=counts))
