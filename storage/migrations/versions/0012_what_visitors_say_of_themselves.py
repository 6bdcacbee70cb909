"""How visitors whom nobody knows say they are called and reached."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment
from storage.vault import Sealed

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_claims",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=False),
        sa.Column("name", Sealed(), nullable=True),
        sa.Column("reach", Sealed(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("came_as", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_contact_claims_contact_id_contacts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_claims")),
    )
    op.create_index("ix_contact_claims_contact_id", "contact_claims", ["contact_id"])


def downgrade() -> None:
    op.drop_table("contact_claims")
