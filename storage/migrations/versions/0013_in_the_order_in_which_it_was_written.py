"""In the order in which it was written: where words stand in their chat, and which wording is the newest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entries", sa.Column("sequence", sa.String(40)))
    op.add_column("entries", sa.Column("revision", sa.String(40)))


def downgrade() -> None:
    op.drop_column("entries", "revision")
    op.drop_column("entries", "sequence")
