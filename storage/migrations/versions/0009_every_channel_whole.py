"""Every channel whole: files that people sent, chats joined and split, groups and topics, what a channel has read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment
from storage.vault import Sealed, SealedJson

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _one_person_many_chats()
    _threads()
    _wecom_cards()
    _groups()
    # how many answers a platform still takes for what a customer wrote last
    op.create_table(
        "reply_windows",
        sa.Column("scope", sa.String(200), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_reply_windows")),
    )
    # files that people handed to a page of ours, and their sealed parts
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("whole_at", Moment(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    op.create_index("ix_uploads_owner", "uploads", ["owner", "at"])
    op.create_index("ix_uploads_sent", "uploads", ["sent_at", "at"])
    op.create_table(
        "upload_parts",
        sa.Column("upload_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_upload_parts_upload_id_uploads")),
        sa.PrimaryKeyConstraint("upload_id", "place", name=op.f("pk_upload_parts")),
    )


def downgrade() -> None:
    op.drop_table("chat_groups")
    _no_wecom_cards()
    op.drop_table("reply_windows")
    op.drop_table("upload_parts")
    op.drop_table("uploads")
    _no_threads()
    _one_person_one_chat()


# One person, many channels: chats that are joined and split again.
_MOVED = ("identities", "consents", "entries", "tickets", "feedback", "touches", "drafts", "occasions", "invitations")


def _one_person_many_chats() -> None:
    _invited_by(nobody_too=True)
    for table in _MOVED:
        op.add_column(table, sa.Column("came_as", sa.String(32)))
    op.add_column("entries", sa.Column("identity", sa.String(32)))
    op.add_column("contacts", sa.Column("preferred_hours", sa.String(64)))
    op.add_column("contacts", sa.Column("joined_to", sa.String(32)))
    op.add_column("contacts", sa.Column("own_opted_out_at", Moment()))
    op.add_column("contacts", sa.Column("own_agreed_at", Moment()))
    op.create_index("ix_contacts_joined_to", "contacts", ["joined_to"])
    op.create_index("ix_feedback_contact", "feedback", ["contact_id"])
    op.create_index("ix_touches_contact", "touches", ["contact_id"])
    op.create_table(
        "contact_joins",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("into_id", sa.String(32), nullable=False),
        sa.Column("from_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("how", sa.String(64), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("ended_by", sa.String(200)),
        sa.Column("ended_at", Moment()),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["into_id"], ["contacts.id"], name="fk_contact_joins_into_id_contacts"),
        sa.ForeignKeyConstraint(["from_id"], ["contacts.id"], name="fk_contact_joins_from_id_contacts"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_joins"),
    )
    op.create_index("ix_contact_joins_into", "contact_joins", ["into_id", "state"])
    op.create_index("ix_contact_joins_from", "contact_joins", ["from_id", "state"])


def _one_person_one_chat() -> None:
    op.drop_table("contact_joins")
    op.drop_index("ix_touches_contact", "touches")
    op.drop_index("ix_feedback_contact", "feedback")
    op.drop_index("ix_contacts_joined_to", "contacts")
    for column in ("own_agreed_at", "own_opted_out_at", "joined_to", "preferred_hours"):
        op.drop_column("contacts", column)
    op.drop_column("entries", "identity")
    for table in _MOVED:
        op.drop_column(table, "came_as")
    op.execute("DELETE FROM invitations WHERE made_by IS NULL")
    _invited_by(nobody_too=False)


def _invited_by(*, nobody_too: bool) -> None:
    """Let codes have been made by customers themselves; SQLite copies the table for that, as it is described here."""
    as_it_is = sa.Table(
        "invitations",
        sa.MetaData(),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("contact_id", sa.String(32), nullable=False),
        sa.Column("made_by", sa.String(32), nullable=not nobody_too),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_invitations_contact_id_contacts"),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name="fk_invitations_made_by_staff"),
        sa.PrimaryKeyConstraint("hash", name="pk_invitations"),
    )
    with op.batch_alter_table("invitations", copy_from=as_it_is) as batch_op:
        batch_op.alter_column("made_by", existing_type=sa.String(32), nullable=nobody_too)


# Threads of tickets: what came with words, on which card they stand, what they said before, and who reads replies.


def _threads() -> None:
    for name, kind in (
        ("message", sa.String(32)),
        ("slot", sa.String(200)),
        ("files", Sealed()),
        ("corrections", Sealed()),
    ):
        op.add_column("entries", sa.Column(name, kind))
    op.create_index("ix_entries_message", "entries", ["message"])
    op.add_column("tickets", sa.Column("mode", sa.String(64)))


def _no_threads() -> None:
    op.drop_column("tickets", "mode")
    op.drop_index("ix_entries_message", "entries")
    for name in ("corrections", "files", "slot", "message"):
        op.drop_column("entries", name)


# Cards with buttons in WeCom: where each stands, and the codes by which it may be changed.
def _wecom_cards() -> None:
    op.create_table(
        "wecom_cards",
        sa.Column("task", sa.String(200), nullable=False),
        sa.Column("about", SealedJson(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("task", name="pk_wecom_cards"),
    )
    op.create_index("ix_wecom_cards_at", "wecom_cards", ["at"])
    op.create_table(
        "wecom_codes",
        sa.Column("code", sa.String(200), nullable=False),
        sa.Column("task", sa.String(200), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_wecom_codes"),
    )
    op.create_index("ix_wecom_codes_task", "wecom_codes", ["task", "until"])


def _no_wecom_cards() -> None:
    op.drop_table("wecom_codes")
    op.drop_table("wecom_cards")


# Groups of several people, linked with one-time codes to a customer or an interest.


def _groups() -> None:
    op.create_table(
        "chat_groups",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("customer_id", sa.String(32)),
        sa.Column("topic", sa.String(200)),
        sa.Column("made_by", sa.String(32), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("channel", sa.String(64)),
        sa.Column("blind", sa.String(32)),
        sa.Column("address", Sealed()),
        sa.Column("contact_id", sa.String(32)),
        sa.Column("linked_by", sa.String(32)),
        sa.Column("linked_at", Moment()),
        sa.Column("ended_at", Moment()),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_chat_groups_customer_id_customers"),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name="fk_chat_groups_made_by_staff"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_chat_groups_contact_id_contacts"),
        sa.ForeignKeyConstraint(["linked_by"], ["staff.id"], name="fk_chat_groups_linked_by_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_chat_groups"),
        sa.UniqueConstraint("code", name="uq_chat_groups_code"),
        sa.UniqueConstraint("channel", "blind", name="uq_chat_groups_channel_blind"),
    )
    op.create_index("ix_chat_groups_customer_id", "chat_groups", ["customer_id"])
    op.create_index("ix_chat_groups_contact_id", "chat_groups", ["contact_id"])
