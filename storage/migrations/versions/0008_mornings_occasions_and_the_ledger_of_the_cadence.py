"""mornings, occasions, and the ledger of the cadence."""

from datetime import UTC, datetime, timedelta

from alembic import op
import sqlalchemy as sa

from storage.columns import Moment, Money, Serial
from storage.vault import Sealed


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "acknowledgements",
    "mornings",
    "occasions",
    "installations",
    "contracts",
    "rounds",
    "reminders",
    "tier_moves",
)


def upgrade() -> None:
    op.add_column("customers", sa.Column("tier_review_at", Moment()))
    op.create_index("ix_customers_tier_review_at", "customers", ["tier_review_at"])
    op.create_index("ix_customers_known_since", "customers", [sa.text("coalesce(since, first_order_at)")])
    op.add_column("staff", sa.Column("morning_at", Moment()))
    op.add_column("touches", sa.Column("outcome", sa.String(64)))
    op.create_index("ix_staff_morning_at", "staff", ["morning_at"])
    op.add_column("contacts", sa.Column("birthday", Sealed()))
    op.add_column("contacts", sa.Column("birthday_mark", sa.String(32)))
    op.add_column("contacts", sa.Column("culture", sa.String(64)))
    op.create_index("ix_contacts_birthday_mark", "contacts", ["birthday_mark"])
    for name, kind in (("tone", sa.String(64)), ("length", sa.String(64)), ("kept_percent", sa.Integer())):
        op.add_column("drafts", sa.Column(name, kind))
    for name in ("leaves_at", "left_at"):
        op.add_column("drafts", sa.Column(name, Moment()))
    op.create_index("ix_drafts_staff", "drafts", ["staff_id", "state", "made_at"])
    op.create_index("ix_drafts_decided", "drafts", ["decided_at"])
    op.create_index("ix_tickets_opened", "tickets", ["opened_at"])
    op.create_index("ix_tickets_answered", "tickets", ["first_response_at"])
    op.create_index("ix_tickets_resolved", "tickets", ["resolved_at"])
    op.create_index("ix_ticket_events_what", "ticket_events", ["what", "at"])
    _tiers_and_cadence()
    _agreements()
    _occasions()
    _mornings()
    _review_tiers()


def _review_tiers() -> None:
    """Have the tiers that orders gave be reviewed, unless the newest order of all is half a year old: no time goes on."""
    last, review = sa.column("last_order_at", Moment()), sa.column("tier_review_at", Moment())
    customers = sa.table("customers", last, review)
    now, newest = datetime.now(UTC), op.get_bind().scalar(sa.select(sa.func.max(last)).select_from(customers))
    if newest is not None and newest > now - timedelta(days=182):
        op.execute(customers.update().where(last.is_not(None)).values(tier_review_at=now))


def _of_customer() -> sa.Column:
    return sa.Column("customer_id", sa.String(32), nullable=False)


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


def _tiers_and_cadence() -> None:
    op.create_table(
        "tier_moves",
        sa.Column("id", sa.String(32), nullable=False),
        _of_customer(),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("old", sa.String(64)),
        sa.Column("new", sa.String(64), nullable=False),
        sa.Column("mark", sa.String(64)),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("scheme", sa.String(64), nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("told_at", Moment()),
        _belongs("tier_moves", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_tier_moves"),
    )
    op.create_index("ix_tier_moves_customer", "tier_moves", ["customer_id", "at"])
    op.create_index("ix_tier_moves_at", "tier_moves", ["at"])
    untold = sa.text("told_at IS NULL")
    op.create_index("ix_tier_moves_untold", "tier_moves", ["customer_id"], sqlite_where=untold, postgresql_where=untold)
    op.create_table(
        "reminders",
        sa.Column("id", Serial, nullable=False),
        _of_customer(),
        sa.Column("owner_id", sa.String(32)),
        sa.Column("hearer_id", sa.String(32)),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("called_at", Moment(), nullable=False),
        sa.Column("said_at", Moment()),
        _belongs("reminders", "customer_id", "customers"),
        _belongs("reminders", "owner_id", "staff"),
        _belongs("reminders", "hearer_id", "staff"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
    )
    op.create_index("ix_reminders_hearer", "reminders", ["hearer_id", "called_at"])
    unsaid = sa.text("said_at IS NULL")
    op.create_index(
        "ix_reminders_unsaid", "reminders", ["hearer_id", "id"], sqlite_where=unsaid, postgresql_where=unsaid
    )
    op.create_index("ix_reminders_customer", "reminders", ["customer_id", "due_at"])
    op.create_table(
        "rounds",
        sa.Column("id", sa.String(32), nullable=False),
        _of_customer(),
        sa.Column("owner_id", sa.String(32)),
        sa.Column("tier", sa.String(64)),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("counted_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("touch_id", sa.String(32)),
        sa.Column("reason", Sealed()),
        _belongs("rounds", "customer_id", "customers"),
        _belongs("rounds", "owner_id", "staff"),
        _belongs("rounds", "touch_id", "touches"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
    )
    op.create_index("ix_rounds_owner", "rounds", ["owner_id", "counted_at"])
    op.create_index("ix_rounds_customer", "rounds", ["customer_id", "ended_at"])


def _agreements() -> None:
    op.create_table(
        "contracts",
        sa.Column("id", sa.String(32), nullable=False),
        _of_customer(),
        sa.Column("number", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200)),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date()),
        sa.Column("amount", Money()),
        sa.Column("currency", sa.String(64)),
        sa.Column("import_id", sa.String(32)),
        _belongs("contracts", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_contracts"),
        sa.UniqueConstraint("customer_id", "number", name="uq_contracts_customer_id_number"),
    )
    op.create_index("ix_contracts_ends_on", "contracts", ["ends_on"])
    op.create_index("ix_contracts_next_on", "contracts", ["next_on"])
    op.create_table(
        "installations",
        sa.Column("id", sa.String(32), nullable=False),
        _of_customer(),
        sa.Column("product", sa.String(200), nullable=False),
        sa.Column("serial", sa.String(200), nullable=False),
        sa.Column("installed_on", sa.Date()),
        sa.Column("maintenance_on", sa.Date()),
        sa.Column("every_months", sa.Integer()),
        sa.Column("next_on", sa.Date()),
        sa.Column("import_id", sa.String(32)),
        _belongs("installations", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_installations"),
        sa.UniqueConstraint("customer_id", "serial", name="uq_installations_customer_id_serial"),
    )
    op.create_index("ix_installations_maintenance_on", "installations", ["maintenance_on"])
    op.create_index("ix_installations_next_on", "installations", ["next_on"])


def _occasions() -> None:
    op.create_table(
        "occasions",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        _of_customer(),
        sa.Column("contact_id", sa.String(32)),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("about", sa.String(200)),
        sa.Column("lead", sa.Integer()),
        sa.Column("found_at", Moment(), nullable=False),
        sa.Column("prepare_at", Moment(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("why", sa.String(64)),
        sa.Column("draft_id", sa.String(32)),
        sa.Column("version", sa.Integer(), nullable=False),
        _belongs("occasions", "customer_id", "customers"),
        _belongs("occasions", "contact_id", "contacts"),
        _belongs("occasions", "draft_id", "drafts"),
        sa.PrimaryKeyConstraint("id", name="pk_occasions"),
        sa.UniqueConstraint("key", name="uq_occasions_key"),
    )
    op.create_index("ix_occasions_day", "occasions", ["day"])
    op.create_index("ix_occasions_draft_id", "occasions", ["draft_id"])
    op.create_index("ix_occasions_customer", "occasions", ["customer_id", "state"])
    op.create_index("ix_occasions_state", "occasions", ["state", "prepare_at"])


def _mornings() -> None:
    op.create_table(
        "mornings",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("said_at", Moment(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        _belongs("mornings", "person_id", "staff"),
        sa.PrimaryKeyConstraint("id", name="pk_mornings"),
        sa.UniqueConstraint("person_id", "day", name="uq_mornings_person_id_day"),
    )
    op.create_table(
        "acknowledgements",
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("item", sa.String(200), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _belongs("acknowledgements", "person_id", "staff"),
        sa.PrimaryKeyConstraint("person_id", "item", name="pk_acknowledgements"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("ix_ticket_events_what", "ticket_events")
    for index in ("ix_tickets_resolved", "ix_tickets_answered", "ix_tickets_opened"):
        op.drop_index(index, "tickets")
    for index in ("ix_drafts_decided", "ix_drafts_staff"):
        op.drop_index(index, "drafts")
    for name in ("left_at", "leaves_at", "kept_percent", "length", "tone"):
        op.drop_column("drafts", name)
    op.drop_index("ix_contacts_birthday_mark", "contacts")
    for name in ("culture", "birthday_mark", "birthday"):
        op.drop_column("contacts", name)
    op.drop_index("ix_staff_morning_at", "staff")
    op.drop_column("staff", "morning_at")
    op.drop_column("touches", "outcome")
    op.drop_index("ix_customers_known_since", "customers")
    op.drop_index("ix_customers_tier_review_at", "customers")
    op.drop_column("customers", "tier_review_at")
