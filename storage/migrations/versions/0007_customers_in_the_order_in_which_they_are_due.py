"""customers are listed by an index of each owner's, in the order in which they are due."""

from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_customers_owner_due", "customers", ["owner_id", "touch_due_at", "name", "id", "tier"])


def downgrade() -> None:
    op.drop_index("ix_customers_owner_due", "customers")
