"""Codes that open something once have an end of their own, and codes by which a chat is connected are found by theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment
from storage.vault import Sealed

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
settings = sa.table("settings", sa.column("name", sa.String))


def upgrade() -> None:
    op.create_table(
        "one_time_codes",
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("told", Sealed(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_one_time_codes")),
    )
    op.create_index("ix_one_time_codes_until", "one_time_codes", ["until"])
    op.create_index("ix_invitations_expires_at", "invitations", ["expires_at"])
    for kind in ("web continue", "console link"):  # the links of the last ten minutes are asked for anew
        op.execute(settings.delete().where(settings.c.name.startswith(f"{kind} ")))


def downgrade() -> None:
    op.drop_index("ix_invitations_expires_at", "invitations")
    op.drop_table("one_time_codes")
