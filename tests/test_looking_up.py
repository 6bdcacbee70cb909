"""Looking up costs what is found: by name and reference, one's own tickets, what ended badly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import Connection, event, text

from storage import schema
from storage.database import Database
from storage.staff import Person
from storage.store import Store
from tests.world import World


@pytest.mark.parametrize("typed", ["Ref-0042", "REF-0042", " ref-0042 ", "ＲＥＦ-0042"])
def test_a_customer_is_found_by_its_reference_however_it_is_typed(world: World, typed: str) -> None:
    li, sun = world.colleague("Li Na"), world.colleague("Sun Bo")
    world.customer("Galaxy Ltd", owner=li, reference="Ref-0042")
    li.types(f"/crm who {typed}")
    li.hears("Galaxy Ltd")
    sun.types(f"/crm who {typed}")
    sun.hears_nothing("Galaxy Ltd")


def test_a_reference_on_record_before_is_found_after_the_migration(database: Database) -> None:
    with database.writing() as connection:
        config = schema._config(connection)
        command.downgrade(config, "0005")
        connection.execute(
            text(
                "insert into customers (id, name, folded, reference, language, tier_why, orders, touch_rung, version)"
                " values ('c1', 'Acme', 'acme', 'ＲEF-1', 'en', '[]', 0, 0, 1)"
            )
        )
        command.upgrade(config, "head")
        assert connection.execute(text("select folded_reference from customers")).scalar_one() == "ref-1"


def plans(connection: Connection, ask: Callable[[Store], object]) -> str:
    """Say how SQLite looks for what a question asks."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(_: object, __: object, statement: str, values: tuple[object, ...], *___: object) -> None:
        asked.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    ask(Store(connection))
    event.remove(connection, "before_cursor_execute", note)
    driver = connection.connection.driver_connection
    assert driver is not None
    return "\n".join(
        str(row[3]) for statement, values in asked for row in driver.execute(f"explain query plan {statement}", values)
    )


def test_what_is_asked_often_is_found_by_an_index(world: World) -> None:
    if not world.bot.database.is_sqlite:
        pytest.skip("PostgreSQL scans what is small")
    li = world.colleague("Li Na")
    questions: dict[str, Callable[[Store], object]] = {
        "ix_outbox_bad": lambda store: store.outbox.standing(world.now),
        "ix_outbox_bad ": lambda store: store.outbox.in_state("dead", "failed"),
        "ix_inbox_dead": lambda store: store.inbox.count("dead"),
        "ix_tickets_owner": lambda store: store.tickets.listed(store.staff.scope(li.person), owner_id=li.person.id),
        "ix_customers_owner_due": lambda store: store.customers.listed(store.staff.scope(li.person)),
        "ix_posts_thread": lambda store: store.posts.thread_sizes("web", "#service", ["ticket:T-1"]),
        "ix_customers_folded_reference": lambda store: store.customers.called(store.staff.scope(li.person), ["x"]),
    }
    for index, question in questions.items():
        with world.bot.database.reading() as connection:
            plan = plans(connection, question)
        assert index.strip() in plan, plan
        assert not {"SCAN outbox", "SCAN customers", "SCAN posts"} & set(plan.splitlines()), plan


def test_the_longest_due_of_all_parts_of_a_scope_come_first_each_once(world: World) -> None:
    wang = world.colleague("Wang Qiang", "manager")
    li = world.colleague("Li Na", manager_id=wang.person.id)
    group = world.change(lambda store: store.staff.add_group("circle", [li.person.id]))
    sun = world.colleague("Sun Bo")
    owners = {"mine": li, "shared": sun, "both": li, "nobody's": None, "foreign": sun, "undated": li}
    for days, (name, owner) in enumerate(owners.items()):
        due = None if name == "undated" else world.now - timedelta(days=days)
        shared = {"group_id": group} if name in ("shared", "both") else {}
        world.customer(name, owner=owner, touch_due_at=due, **shared)

    def listed(who: Person, limit: int = 50) -> list[str]:
        return [c.name for c in world.ask(lambda store: store.customers.listed(store.staff.scope(who), limit=limit))]

    assert listed(wang.person) == ["nobody's", "both", "shared", "mine", "undated"]
    assert listed(wang.person, 2) == ["nobody's", "both"]
    assert listed(li.person) == ["both", "shared", "mine", "undated"]
    assert listed(Person("admin", "admin", "admin"))[0] == "foreign"
