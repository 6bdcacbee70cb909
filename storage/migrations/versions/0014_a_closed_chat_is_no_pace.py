"""Chats that were closed to us are kept apart from what platforms and quotas allow."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "update paces set scope = scope || 'closed' where scope in (select blind from identities where not reachable)"
    )


def downgrade() -> None:
    op.execute("delete from paces where scope || 'closed' in (select scope from paces)")
    op.execute("update paces set scope = substr(scope, 1, length(scope) - 6) where scope like '%closed'")
