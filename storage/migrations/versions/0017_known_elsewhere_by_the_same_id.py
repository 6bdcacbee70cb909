"""Known elsewhere by the same id: what a platform says of an address, so that somebody is asked whether two are one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("identities", sa.Column("known_as", sa.String(32)))
    op.create_index("ix_identities_known_as", "identities", ["known_as"])


def downgrade() -> None:
    op.drop_index("ix_identities_known_as", "identities")
    op.drop_column("identities", "known_as")
