"""At home in every channel: what became of it once people worked there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each subject has a block of its own below."""
    # words that were written long before they came
    op.add_column("entries", sa.Column("written_at", Moment()))


def downgrade() -> None:
    """Undo the blocks, the last one first."""
    op.drop_column("entries", "written_at")
