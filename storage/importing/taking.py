"""Taking an order file in: chunk by chunk, each read first and written only where it differs from what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from storage.columns import new_id
from storage.customers import Customer
from storage.importing.orders import FileOrder, OrderFile
from storage.orders import Order
from storage.rows import in_chunks
from storage.store import InTransaction, Store

CHUNK: Final = 100
"""Orders written in one transaction: some 10 ms on a slow disk, well under the 50 ms that others may wait."""
UNFINISHED: Final = timedelta(hours=1)
"""Who bought is sorted into tiers at the end of an import; if it does not come that far, by a review so much later."""
EXACT: Final = Decimal("0.0001")
"""As exact as money is kept; what is finer would look changed each time."""


@dataclass(frozen=True)
class Taken:
    """How many orders were new, changed or known as they are, and how many customers were new."""

    new: int = 0
    changed: int = 0
    same: int = 0
    customers: int = 0

    def __add__(self, other: Taken) -> Taken:
        return Taken(
            self.new + other.new,
            self.changed + other.changed,
            self.same + other.same,
            self.customers + other.customers,
        )


@dataclass(frozen=True)
class Difference:
    """What a chunk of a file says beyond what is known."""

    customers: Sequence[Customer]
    orders: Sequence[Order]
    taken: Taken


@dataclass(frozen=True)
class Taking:
    """One order file on its way in; running it again finishes what was interrupted and changes nothing else."""

    file: OrderFile
    now: datetime
    owner_id: str | None = None

    def run(self, read: InTransaction, write: InTransaction) -> Taken:
        """Write the orders that are new or changed, and the customers that are new."""
        write(self._note)
        taken = Taken()
        for chunk in in_chunks(self.file.orders.values(), CHUNK):
            difference = read(partial(self.difference, chunk=chunk))
            if difference.orders or difference.customers:
                difference = write(partial(self._apply, chunk=chunk))
            taken += difference.taken
        return taken

    def foretell(self, read: InTransaction) -> Taken:
        """Tell what `run` would do, and write nothing."""
        taken, customers = Taken(), set[str | None]()
        for chunk in in_chunks(self.file.orders.values(), CHUNK):
            difference = read(partial(self.difference, chunk=chunk))
            taken += difference.taken
            customers.update(customer.reference for customer in difference.customers)
        return replace(taken, customers=len(customers))

    def difference(self, store: Store, chunk: Sequence[FileOrder]) -> Difference:
        """Compare a chunk with what is known."""
        known = store.customers.by_references([*{order.customer for order in chunk}])
        missing = {order.customer: self._customer(order) for order in chunk if order.customer not in known}
        everyone = known | missing
        wanted = [self._order(order, everyone[order.customer].id) for order in chunk]
        before = store.orders.known([customer.id for customer in known.values()], [order.number for order in wanted])
        new = [order for order in wanted if (order.customer_id, order.number) not in before]
        changed = [order for order in wanted if _differs(order, before.get((order.customer_id, order.number)))]
        taken = Taken(len(new), len(changed), len(wanted) - len(new) - len(changed), len(missing))
        return Difference([*missing.values()], [*new, *changed], taken)

    def _apply(self, store: Store, chunk: Sequence[FileOrder]) -> Difference:
        # Compared again inside the transaction: between reading and writing somebody else may have taken the same in.
        difference = self.difference(store, chunk)
        store.customers.add(*difference.customers)
        store.flush()  # an order refers to its customer
        store.orders.put(difference.orders)
        store.tier_reviews.ask(sorted({order.customer_id for order in difference.orders}), self.now + UNFINISHED)
        return difference

    def _note(self, store: Store) -> None:
        file = self.file
        store.orders.note_import(
            id_=file.id,
            what="orders",
            file=file.name[:200],
            at=self.now,
            rows=file.rows,
            taken=len(file.orders),
            refused=file.reasons.total(),
        )

    def _order(self, order: FileOrder, customer_id: str) -> Order:
        return Order(
            id=new_id(),
            customer_id=customer_id,
            number=order.number,
            ordered_at=order.ordered_at,
            amount=order.amount.quantize(EXACT),
            currency=order.currency,
            lines=order.lines,
            import_id=self.file.id,
        )

    def _customer(self, order: FileOrder) -> Customer:
        known = self.file.customers[order.customer]
        name = known.name or known.reference
        return Customer(
            id=new_id(),
            name=name,
            reference=known.reference,
            region=known.region or None,
            language="zh-CN" if _is_chinese(name + known.region) else "en",
            owner_id=self.owner_id,
            currency=order.currency,
        )


def _differs(order: Order, before: Order | None) -> bool:
    if before is None:
        return False
    return (order.ordered_at, order.amount, order.currency, order.lines) != (
        before.ordered_at,
        before.amount,
        before.currency,
        before.lines,
    )


def _is_chinese(text: str) -> bool:
    """Guess a customer's language from the writing of name and region; a rep corrects it."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
