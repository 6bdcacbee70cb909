"""The port of a channel: what every place we listen and speak at has to be able to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, get_args, runtime_checkable

from bot.channels.fitting import Abilities
from bot.channels.skew import Skew
from handlers.cards import Card, Topic
from storage.inbox import Event
from storage.messages import Message
from storage.store import Store
from storage.windows import ReplyWindow

if TYPE_CHECKING:
    from fastapi import APIRouter

__all__ = ["ReplyWindow"]
AlongWith = Callable[[Store], None]
"""Work of a channel for the same commit as its events: how far it has read, and that it is still the one who reads."""


class Accept(Protocol):
    """Stores events and gives those that were new; only after it returns may a channel acknowledge."""

    async def __call__(self, events: Sequence[Event], *, along: AlongWith | None = None) -> list[Event]: ...


@dataclass(frozen=True)
class Limit:
    """No more than so many messages within a span, to one chat or from the account; `source` is where that stands.

    One of scope `topic` counts the topics that are opened or called otherwise in one chat; a channel has one if its
    chats can have any.
    """

    messages: int
    span: timedelta
    scope: Literal["chat", "account", "topic"]
    source: str
    only: str = ""
    """Chats whose address begins with this; empty for all."""
    at_once: int | None = None
    """So many of them may leave at once, the rest spread over the span; half of them, if nothing is said."""

    @property
    def is_gap(self) -> bool:
        """Tell whether it only says how long a chat rests after each message."""
        return self.messages == 1 and self.scope == "chat" and not self.only


@dataclass(frozen=True)
class Recall:
    """So long after it was said something can be taken back from where it stands; `source` is where that stands."""

    span: timedelta
    source: str


@dataclass(frozen=True)
class Pace:
    """How fast a platform lets us speak: `limits` are its quotas, `reply_window` what it allows as an answer alone.

    Without a `recall` what was said stands.
    """

    limits: tuple[Limit, ...] = ()
    reply_window: ReplyWindow | None = None
    recall: Recall | None = None

    @cached_property
    def chat_gap(self) -> timedelta:
        """Give how long a chat rests after each message."""
        return max((limit.span for limit in self.limits if limit.is_gap), default=timedelta(0))


@dataclass(frozen=True)
class Outgoing:
    """A message on its way: `edits` is the platform's id of the card it replaces, `under` that of its thread.

    `replaces` is the card that stands there, told only where the new one may fill more than one message or has files, and
    where cards bear marks; and that by which a topic is called now.
    `topic` is the platform's id of the topic in which it belongs; `opens` one that has to be opened first.
    """

    message: Message
    card: Card
    edits: str | None = None
    under: str | None = None
    replaces: Card | None = None
    topic: str | None = None
    opens: Topic | None = None


@dataclass(frozen=True)
class Receipt:
    """The platform took it, under this id; what it answered at once is stored with that, in one transaction.

    `more` tells that this was only the next message of a card that fills several: the following one is still to come.
    `opened` is the platform's id of the topic that was opened for it; in that case nothing has been said yet.
    `beside` is an errand that is being done for it now and that nothing waits for; it is kept until it is done.
    """

    provider_id: str | None = None
    answers: tuple[Event, ...] = ()
    more: bool = False
    opened: str = ""
    beside: dict[str, Any] = field(default_factory=dict)


class TryLater(Exception):
    """The platform says: not so fast. No attempt is counted."""

    def __init__(self, after: timedelta, scope: Literal["chat", "account", "topic"] = "chat") -> None:
        super().__init__(f"try again after {after}")
        self.after, self.scope = after, scope


class WindowShut(Exception):
    """The platform takes no more answers until the other side writes again. Nothing was said, no attempt is counted."""


class ChatTaken(Exception):
    """Somebody else has this chat: a person (`who` by the platform's id), a queue for one, or nobody, as it has ended.

    Nothing was said, no attempt is counted.
    """

    def __init__(self, state: Literal["person", "queue", "ended"], who: str = "") -> None:
        super().__init__(f"the chat is with: {state}")
        self.state, self.who = state, who


class NoTopics(Exception):
    """No topic can be opened in this chat. Nothing was said, no attempt is counted; it is said in the open."""


class TopicLost(Exception):
    """The topic in which it was to be said is there no more. Nothing was said."""


class NotSent(Exception):
    """Nothing left this machine: trying again can do no harm."""


class WontWork(Exception):
    """The platform will never take it: `gone` chat, `content` it cannot show, `auth` that no longer holds, `other`."""

    def __init__(self, why: str, kind: Literal["gone", "content", "auth", "other"] = "other") -> None:
        super().__init__(why)
        self.kind = kind


Lasting = Literal["auth", "scope", "forbidden", "rival", "address", "ip", "account"]
"""Why a channel does not hear and will not before somebody mends it: a token is refused, rights are missing, the platform's
interface is not open to us, another program reads in our place, it takes neither the address at which we hear nor the one
from which we call, or not the account that it shares with another channel, which says more."""
ACCOUNT: Final[Lasting] = "account"
LASTING: Final = frozenset(get_args(Lasting))
HEARING: Final = "hearing"
RIGHTS: Final = "rights"
"""What the platform lets us do there."""


class Deaf(Exception):
    """The channel does not hear, and asking again is of no use before somebody mends it; `about` names what to mend."""

    def __init__(self, why: Lasting, about: str = "") -> None:
        super().__init__(f"{why} ({about})" if about else why)
        self.why, self.about = why, about


class Signs(Protocol):
    """What a channel says about itself while it listens; until the first sign nobody counts on it."""

    def well(self, part: str = HEARING) -> None:
        """Say that it works, as the platform has just shown."""

    def troubled(self, why: str, about: str = "", part: str = HEARING) -> None:
        """Say that it does not: lastingly, else `why` is a name of ours for what may pass."""


class Channel(Protocol):
    """A place we listen and speak."""

    name: str
    pace: Pace
    slots: int
    """How many messages may be on their way at once."""
    patience: timedelta
    """How long one sending may take; after it the outcome is unknown."""
    abilities: Abilities
    """What its messages can show; delivery fits every card to it."""
    repeatable: bool
    """Whether sending the same message twice shows it once (by slot or by a client's id)."""

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Bring events in until cancelled; acknowledge each only after `accept` returned.

        Raises:
            Deaf: it cannot, before somebody mends something; it is begun anew, ever more slowly, as after any error.
        """

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Say one message, with one attempt on the wire.

        Raises:
            TryLater: the platform asks for patience.
            NotSent: nothing left this machine.
            WontWork: it will never work.
            Exception: anything else: nobody knows whether it arrived.
        """


@runtime_checkable
class Doorkeeper(Protocol):
    """A channel whose platform comes to us: its paths, mounted on the one web server for as long as the process runs."""

    def doors(self, accept: Accept) -> APIRouter:
        """Give the paths; each acknowledges only after `accept` returned, and refuses what is not signed unread."""


@runtime_checkable
class Timed(Protocol):
    """A channel that can tell how far its platform's clock stands from ours."""

    name: str
    skew: Skew


@runtime_checkable
class Holder(Protocol):
    """A channel that holds files which people sent."""

    name: str

    async def fetch(self, ref: str, most: int) -> bytes:
        """Give a file by the id under which the platform holds it, never by an address.

        Raises:
            TryLater: the platform asks for patience.
            NotSent: it did not answer.
            WontWork: there is no such file any more, or it has more than `most` bytes.
        """
