"""People who send files, correct themselves, take words back and put signs on cards, as channels tell of it."""

from __future__ import annotations

from typing import Any

from handlers.cards import Card
from storage.entries import Entry
from storage.posts import Post
from tests.company import SERVICE, Company
from tests.world import Player

PHOTO = {"kind": "photo", "origin": "web", "ref": "upload-1", "label": "photo"}
INVOICE = {"origin": "web", "ref": "upload-2", "label": "invoice.pdf", "name": "invoice.pdf"}


def says(who: Player, text: str, **facts: Any) -> None:
    """Write words with what a channel knows of them: the message's id, files, thread."""
    who._hand_in("words", {"text": text, "language": "en", **facts})


def edits(who: Player, message: str, text: str, **facts: Any) -> None:
    who._hand_in("words changed", {"message": message, "text": text, **facts})


def takes_back(who: Player, message: str, **facts: Any) -> None:
    who._hand_in("words taken back", {"message": message, **facts})


def signs(who: Player, card: Post, sign: str, *, added: bool = True) -> None:
    body = {"place": card.address, "message": card.provider_id, "reaction": sign, "added": added}
    who._hand_in("reaction", body)


def in_thread(company: Company) -> list[Card]:
    """All that stands under the ticket's card."""
    return company.li.cards(SERVICE, company.thread)


def entries(company: Company, number: str = "") -> list[Entry]:
    return company.world.ask(lambda store: store.entries.of_ticket(number or company.number, 500))
