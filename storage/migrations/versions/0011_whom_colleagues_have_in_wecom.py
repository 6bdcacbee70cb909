"""Whom colleagues have among their contacts in WeCom, with remarks and tags."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.vault import SealedJson

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wecom_followings",
        sa.Column("blind", sa.String(length=32), nullable=False),
        sa.Column("userid", sa.String(length=200), nullable=False),
        sa.Column("about", SealedJson(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("seen", sa.String(length=32), nullable=True),
        sa.Column("claimed", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("blind", "userid", name=op.f("pk_wecom_followings")),
    )
    op.create_index("ix_wecom_followings_userid", "wecom_followings", ["userid", "seen"])
    op.create_index("ix_wecom_followings_claimed", "wecom_followings", ["claimed"])


def downgrade() -> None:
    op.drop_table("wecom_followings")
