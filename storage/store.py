"""The store: one transaction over everything the bot remembers, asked in business words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Protocol, TypeVar

from sqlalchemy import Connection, func, select

from storage.acknowledgements import Acknowledgements
from storage.agreements import Agreements
from storage.attention import Attention
from storage.celebrants import Celebrants
from storage.claims import Claims
from storage.codes import Codes
from storage.contacts import Contacts
from storage.customers import Customers
from storage.drafts import Drafts
from storage.due import Due
from storage.ended_sessions import EndedSessions
from storage.entries import Entries
from storage.feedback import Feedbacks
from storage.followings import Followings
from storage.groups import Groups
from storage.held import Held
from storage.inbox import Inbox
from storage.invitations import Invitations
from storage.joins import Joins
from storage.measures import Measures
from storage.mornings import Mornings
from storage.moved_chats import MovedChats
from storage.occasions import Occasions
from storage.orders import Orders
from storage.outbox import Outbox
from storage.paces import Paces
from storage.posts import Posts
from storage.reminders import Reminders
from storage.rounds import Rounds
from storage.rows import Buffer
from storage.settings import Audit, Policies, Settings
from storage.staff import Staff
from storage.standings import Standings
from storage.tickets import Tickets
from storage.tier_moves import TierMoves
from storage.tier_reviews import TierReviews
from storage.touches import Touches
from storage.uploads import Uploads
from storage.wecom_cards import WeComCards
from storage.windows import Windows

T = TypeVar("T")


class InTransaction(Protocol):
    """Runs a piece of work in one transaction, and gives its result after the commit."""

    def __call__(self, work: Callable[[Store], T], /) -> T: ...


class Store:
    """A unit of work: what is added waits in a buffer, reads see it, `flush` writes the rest before the commit."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._buffer = Buffer(connection)

    @property
    def changes(self) -> int:
        """Count the changes asked for so far in this transaction."""
        return self._buffer.changes

    def flush(self) -> None:
        """Write everything that still waits; parents are written before what refers to them."""
        self._buffer.flush()

    def machine_now(self) -> datetime:
        """Tell the database's own time: leases live by it, nothing else does."""
        if self.connection.dialect.name != "postgresql":
            return datetime.now(UTC)
        now: datetime = self.connection.execute(select(func.clock_timestamp())).scalar_one()
        return now

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self._buffer)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self._buffer)

    @cached_property
    def posts(self) -> Posts:
        return Posts(self._buffer)

    @cached_property
    def moved_chats(self) -> MovedChats:
        return MovedChats(self._buffer)

    @cached_property
    def paces(self) -> Paces:
        return Paces(self._buffer)

    @cached_property
    def held(self) -> Held:
        return Held(self._buffer)

    @cached_property
    def staff(self) -> Staff:
        return Staff(self._buffer)

    @cached_property
    def customers(self) -> Customers:
        return Customers(self._buffer)

    @cached_property
    def due(self) -> Due:
        return Due(self._buffer)

    @cached_property
    def celebrants(self) -> Celebrants:
        return Celebrants(self._buffer)

    @cached_property
    def claims(self) -> Claims:
        return Claims(self._buffer)

    @cached_property
    def contacts(self) -> Contacts:
        return Contacts(self._buffer)

    @cached_property
    def followings(self) -> Followings:
        return Followings(self._buffer)

    @cached_property
    def groups(self) -> Groups:
        return Groups(self._buffer)

    @cached_property
    def invitations(self) -> Invitations:
        return Invitations(self._buffer)

    @cached_property
    def joins(self) -> Joins:
        return Joins(self._buffer)

    @cached_property
    def entries(self) -> Entries:
        return Entries(self._buffer)

    @cached_property
    def tickets(self) -> Tickets:
        return Tickets(self._buffer)

    @cached_property
    def feedback(self) -> Feedbacks:
        return Feedbacks(self._buffer)

    @cached_property
    def touches(self) -> Touches:
        return Touches(self._buffer)

    @cached_property
    def standings(self) -> Standings:
        return Standings(self._buffer)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self._buffer)

    @cached_property
    def orders(self) -> Orders:
        return Orders(self._buffer)

    @cached_property
    def settings(self) -> Settings:
        return Settings(self._buffer)

    @cached_property
    def policies(self) -> Policies:
        return Policies(self._buffer)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self._buffer)

    @cached_property
    def acknowledgements(self) -> Acknowledgements:
        return Acknowledgements(self._buffer)

    @cached_property
    def agreements(self) -> Agreements:
        return Agreements(self._buffer)

    @cached_property
    def attention(self) -> Attention:
        return Attention(self._buffer)

    @cached_property
    def measures(self) -> Measures:
        return Measures(self._buffer)

    @cached_property
    def mornings(self) -> Mornings:
        return Mornings(self._buffer)

    @cached_property
    def occasions(self) -> Occasions:
        return Occasions(self._buffer)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self._buffer)

    @cached_property
    def rounds(self) -> Rounds:
        return Rounds(self._buffer)

    @cached_property
    def tier_moves(self) -> TierMoves:
        return TierMoves(self._buffer)

    @cached_property
    def tier_reviews(self) -> TierReviews:
        return TierReviews(self._buffer)

    @cached_property
    def codes(self) -> Codes:
        return Codes(self._buffer)

    @cached_property
    def ended_sessions(self) -> EndedSessions:
        return EndedSessions(self._buffer)

    @cached_property
    def windows(self) -> Windows:
        return Windows(self._buffer)

    @cached_property
    def uploads(self) -> Uploads:
        return Uploads(self._buffer)

    @cached_property
    def wecom_cards(self) -> WeComCards:
        return WeComCards(self._buffer)
