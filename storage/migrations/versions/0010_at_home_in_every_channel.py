"""At home in every channel: what became of it once people worked there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment, Short

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each subject has a block of its own below."""
    # words that were written long before they came
    op.add_column("entries", sa.Column("written_at", Moment()))
    # when somebody's mornings begin, and on which channel they want what is for them
    op.add_column("staff", sa.Column("begins", sa.String(5)))
    op.add_column("staff", sa.Column("spoken_to_on", Short))


def downgrade() -> None:
    """Undo the blocks, the last one first."""
    op.drop_column("staff", "spoken_to_on")
    op.drop_column("staff", "begins")
    op.drop_column("entries", "written_at")
