"""who wrote a draft."""

from alembic import op
import sqlalchemy as sa


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("writer", sa.String(length=64), nullable=False, server_default="template"))


def downgrade() -> None:
    op.drop_column("drafts", "writer")
