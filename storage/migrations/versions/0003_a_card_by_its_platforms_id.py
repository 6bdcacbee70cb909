"""a card is found by the id that its platform gave it."""

from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_posts_provider", "posts", ["chat", "provider_id"])


def downgrade() -> None:
    op.drop_index("ix_posts_provider", "posts")
