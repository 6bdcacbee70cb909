"""At home in every channel: what became of it once people worked there."""

from __future__ import annotations

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each subject has a block of its own below."""


def downgrade() -> None:
    """Undo the blocks, the last one first."""
