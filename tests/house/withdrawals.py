"""Withdrawals: words that were taken back, or overtaken by their reader's own, before they left.

The promise of each: nobody's draft is called sent by it, the timeline says that it was taken back, the customer's app
never took it, and whoever had sent it was told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.outreach import message_key
from prompts.phrases import phrases
from storage.drafts import Draft
from storage.store import Store

STATE = "cancelled"


@dataclass
class Withdrawals:
    """What the books call taken back, held against what the platforms took."""

    store: Store
    messages: Sequence[Any]
    heard: Mapping[str, Sequence[str]]
    """The words of every sending that a customer's app took, by chat."""
    shown: Collection[str]
    """The keys of the messages that Slack took."""
    _witnesses: set[int] = field(default_factory=set)

    def broken(self) -> list[str]:
        """Name every promise that does not hold, with the message that it was made about."""
        gone = [message for message in self.messages if message.state == STATE]
        return [f"{message.key}: {why}" for message in gone for why in self._wrong(message)]

    def _wrong(self, message: Any) -> Iterator[str]:
        entry = self.store.entries.get(message.key)
        if entry is None or entry.state != "undone":
            yield "the timeline does not say that it was taken back"
        if self._times(message) > self._due(message):
            yield "its words were taken all the same"
        draft = self._draft(message)
        if draft is not None and draft.state == "sent" and message_key(draft) == message.key:
            yield "its draft still counts as sent"
        if entry is None or not self._is_told(message, draft, entry.author):
            yield "whoever sent it was not told"

    def _times(self, message: Any) -> int:
        return sum(_words(message) in line for line in self.heard.get(message.address, ()))

    def _due(self, message: Any) -> int:
        """Count how often the same words were really on their way there: a model has few ideas of its own."""
        others = [m for m in self.messages if m.state != STATE and m.address == message.address]
        same = [m for m in others if m.channel == message.channel and _words(message) in _words(m)]
        return sum(max(m.attempts, int(m.state == "sent")) for m in same)

    def _draft(self, message: Any) -> Draft | None:
        kind, id_, *_ = message.key.split(":")
        return self.store.drafts.get(id_) if kind == "draft" else None

    def _is_told(self, message: Any, draft: Draft | None, author: str) -> bool:
        """Find a later card that says so, and that Slack took or a newer state of the same card; each vouches once."""
        for card in (m for m in self.messages if m.id > message.id and m.id not in self._witnesses):
            if self._says_so(card, message, draft, author) and self._stands(card):
                self._witnesses.add(card.id)
                return True
        return False

    def _stands(self, card: Any) -> bool:
        return any(m.slot == card.slot and m.id >= card.id and m.key in self.shown for m in self.messages)

    def _says_so(self, card: Any, message: Any, draft: Draft | None, author: str) -> bool:
        sender = self.store.staff.get(author)
        if sender is None or card.channel != "slack":
            return False
        if draft is None:
            return bool(card.slot == message.key and card.card.get("tone") == "warn")
        t = phrases(sender.language)
        if card.slot == f"draft:{draft.id}":
            return bool(card.card.get("text") == t("draft-undone", who=sender.name))
        return bool(card.card.get("text") == self._held(t, draft) and card.address in self._own(author))

    def _held(self, t: Any, draft: Draft) -> str:
        contact, customer = self.store.contacts.get(draft.contact_id), self.store.customers.get(draft.customer_id)
        return str(t("draft-held-overtaken", name=contact and contact.name, customer=customer and customer.name))

    def _own(self, person: str) -> Collection[str]:
        return self.store.staff.addresses(person).values()


def _words(message: Any) -> str:
    return " ".join((message.card.get("text") or "").split())
