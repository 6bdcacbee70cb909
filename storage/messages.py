"""Messages: something to say to one address, why it is said, and what became of saying it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from storage.inbox import Event
from storage.paces import chat_scope


class Kind(StrEnum):
    """Why we speak; decides who goes first and what happens when the outcome is unknown."""

    REPLY = "reply"
    ESCALATION = "escalation"
    CARD = "card"
    REMINDER = "reminder"
    DIGEST = "digest"
    BULK = "bulk"


PATIENCE: Final = {
    Kind.REPLY: timedelta(0),
    Kind.ESCALATION: timedelta(seconds=15),
    Kind.CARD: timedelta(seconds=30),
    Kind.REMINDER: timedelta(minutes=1),
    Kind.DIGEST: timedelta(minutes=5),
    Kind.BULK: timedelta(hours=1),
}
"""A message is ranked by the moment it was said plus this: replies pass bulk, yet nothing waits for ever."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say to one address; `slot` names the card that it is, `guards` what must still be true."""

    key: str
    channel: str
    address: str
    card: dict[str, Any]
    kind: Kind = Kind.REPLY
    slot: str = ""
    thread: str | None = None
    guards: tuple[str, ...] = ()
    receipt: bool = False
    not_before: datetime | None = None
    expires_at: datetime | None = None
    id: int = 0
    attempts: int = 0
    fence: str = ""
    state: str = "pending"
    error: str | None = None
    created_at: datetime | None = None
    first_failed_at: datetime | None = None
    readable: bool = True
    """False if it was sealed with a key that is not here: then there is no address and no card."""

    @property
    def lane(self) -> str:
        """Name the queue in which this message keeps its order: a chat, or one thread of a busy one."""
        chat = chat_scope(self.channel, self.address)
        return chat if self.kind is Kind.REPLY and not self.thread else f"{chat}:{self.thread or self.slot}"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of one sending."""

    message: Message
    state: str
    provider_id: str | None = None
    error: str | None = None
    next_at: datetime | None = None
    throttled: bool = False
    plain: bool = False
    said: tuple[str, ...] = ()
    """The platform's ids of what stands already, if the card fills several messages: the next one may leave, or all did."""
    free_at: dict[str, datetime] = field(default_factory=dict)
    answers: tuple[Event, ...] = ()
    """What was answered at once, where the other side is asked rather than told."""
    opened: str = ""
    """The platform's id of the topic that was opened for this message, which may leave now."""
    unsent: bool = False
    """True if it is certain that nothing reached the other side."""
    beside: dict[str, Any] = field(default_factory=dict)
    """The errand that is being done beside this message, and that nothing waits for."""
    held_by: tuple[str, str] | None = None
    """Who has the chat instead of us: a person, a queue or nobody any more (`ended`); and who that is there."""
    silent: bool = False
    """True if the platform gave no answer that says anything about this message: it may be away."""
