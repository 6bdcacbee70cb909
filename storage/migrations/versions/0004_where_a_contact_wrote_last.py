"""where a contact wrote last."""

from alembic import op
import sqlalchemy as sa

from storage.columns import Moment


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("identities", sa.Column("last_heard_at", Moment(), nullable=True))


def downgrade() -> None:
    op.drop_column("identities", "last_heard_at")
