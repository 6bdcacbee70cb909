"""What a reader of customer messages answers: intents with their evidence, urgency, sentiment, topic.

This is the seam: the offline reader answers it from cues, a model-backed reader may answer the same shape.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, Protocol

ACT: Final = 0.75
"""Callers act on their own at or above this confidence; below it they ask or open a ticket."""

Language = Literal["zh-CN", "en"]
Urgency = Literal["low", "normal", "high", "urgent"]
Sentiment = Literal["positive", "neutral", "negative"]


class Intent(StrEnum):
    """What the customer wants or tells; `none` is a message that asks for nothing."""

    INQUIRY = "inquiry"
    ORDER_STATUS = "order_status"
    SERVICE_REQUEST = "service_request"
    COMPLAINT = "complaint"
    FAULT = "fault"
    PRICE = "price"
    PRAISE = "praise"
    SUGGESTION = "suggestion"
    ASKS_PERSON = "asks_person"
    OPT_OUT = "opt_out"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sense:
    """One intent, how sure the reader is of it (0 to 1), and the customer's words that led to it."""

    intent: Intent
    confidence: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One message as read; `intents` are ordered by confidence and never empty.

    `language` is the language of the words; a message without words (a number, an emoji) says "en", so prefer
    what is known of the contact. `topic` is a slug such as delivery, quality, price, refund, invoice or other.
    `is_acknowledgement` marks thanks, ok, greetings, bare numbers and address fragments: they neither open a
    ticket nor count as feedback.
    """

    language: Language
    intents: tuple[Sense, ...]
    urgency: Urgency
    sentiment: Sentiment
    topic: str
    confidence: float
    is_acknowledgement: bool

    @property
    def sure(self) -> tuple[Intent, ...]:
        """The intents to act on now: none of them if the message as a whole is unsure."""
        if self.confidence < ACT:
            return ()
        return tuple(sense.intent for sense in self.intents if sense.confidence >= ACT)


class Reader(Protocol):
    """Reads one customer message."""

    def read(self, text: str, *, open_ticket: bool = False, asked: str | None = None) -> Reading:
        """Say what one message means.

        Args:
            text: the customer's words, as they came.
            open_ticket: whether the customer has a ticket open, so that "好了吗" asks about it.
            asked: a name for what the bot asked last, if it waits for an answer; short messages are then that answer.
        """
        ...
