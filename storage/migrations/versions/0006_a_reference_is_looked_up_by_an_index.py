"""a reference, what ended badly and a colleague's open tickets are found by indexes."""

import unicodedata

from alembic import op
import sqlalchemy as sa


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

AT_ONCE = 5_000


def upgrade() -> None:
    op.add_column("customers", sa.Column("folded_reference", sa.String(length=200), nullable=True))
    fill()
    op.create_index("ix_customers_folded_reference", "customers", ["folded_reference"])
    bad = sa.text("state IN ('unknown', 'failed', 'dead')")
    op.create_index("ix_outbox_bad", "outbox", ["state", "id", "not_before"], sqlite_where=bad, postgresql_where=bad)
    op.create_index("ix_tickets_owner", "tickets", ["owner_id", "status", "resolution_due"])
    op.drop_index("ix_tickets_owner_id", "tickets")


def fill() -> None:
    """Write each reference as `storage.customers.fold` does, some thousand at a time."""
    customers = sa.table("customers", sa.column("id"), sa.column("reference"), sa.column("folded_reference"))
    fold = (
        customers.update()
        .where(customers.c.id == sa.bindparam("which"))
        .values(folded_reference=sa.bindparam("folded"))
    )
    after = ""
    while True:
        here = (customers.c.id > after, customers.c.reference.is_not(None))
        page = sa.select(customers.c.id, customers.c.reference).where(*here).order_by(customers.c.id).limit(AT_ONCE)
        rows = op.get_bind().execute(page).all()
        if not rows:
            return
        folded = [(id_, unicodedata.normalize("NFKC", reference).strip().casefold()) for id_, reference in rows]
        op.get_bind().execute(fold, [{"which": id_, "folded": reference} for id_, reference in folded])
        after = rows[-1][0]


def downgrade() -> None:
    op.create_index("ix_tickets_owner_id", "tickets", ["owner_id"])
    op.drop_index("ix_tickets_owner", "tickets")
    op.drop_index("ix_outbox_bad", "outbox")
    op.drop_index("ix_customers_folded_reference", "customers")
    with op.batch_alter_table("customers") as batch_op:
        batch_op.drop_column("folded_reference")
