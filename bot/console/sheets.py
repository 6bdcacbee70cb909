"""Sheets: somebody's day and a manager's digest as their card, read for a page; what is looked up marks nothing as told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.channels.webchat.deeds import NAME
from bot.console.reading import Reader
from handlers.cards import Button, Card
from handlers.context import Context, Surroundings
from handlers.digest_cards import digest_of
from handlers.digests import last_told
from handlers.my_day_cards import day_card
from handlers.parts import MakeParts, Part, Sheet, Span
from handlers.pictures import Picture
from handlers.routing import MANAGERS, Routes
from storage.inbox import Event
from storage.posts import Post
from storage.staff import Person
from storage.store import Store

SHEETS: Final[tuple[Sheet, ...]] = ("day", "digest")


@dataclass(frozen=True)
class Shown:
    """A sheet as it is now: its card, its picture, and the parts whose counts its headings say."""

    card: Card
    parts: tuple[Part, ...]
    picture: Picture | None = None

    @property
    def buttons(self) -> dict[str, Button]:
        """Give everything that can be pressed, a heading's list included."""
        opening = (part.rest for part in self.parts)
        return {button.id: button for button in (*self.card.every_button, *opening) if button}

    def post(self, at: datetime, reader: Reader) -> dict[str, Any]:
        """Give the card as the feed shows it, each heading a link that opens the list which it counts."""
        at = at.replace(second=0, microsecond=0)
        (shown,) = reader.read([Post(NAME, "", "sheet", self.card.kept(), at, at)])
        for place, button in self._links():
            shown["card"]["rows"][place]["opens"] = button.id
        return shown

    def _links(self) -> Iterator[tuple[int, Button]]:
        heads = [place for place, row in enumerate(self.card.rows) if row.heading]
        if len(heads) != len(self.parts):
            return
        for place, part in zip(heads, self.parts, strict=True):
            if part.rest is not None:
                yield place, part.rest


def sheets_of(person: Person) -> tuple[Sheet, ...]:
    """Tell which sheets somebody has: everybody a day, who leads also a digest."""
    return SHEETS if person.role in MANAGERS else SHEETS[:1]


def sheet(store: Store, around: Surroundings, person: Person, which: Sheet, now: datetime) -> Shown:
    """Put a sheet together for somebody who looks at it."""
    noting = Noting(around.routes, which)
    own = f"staff:{person.id}"
    looking = Event(NAME, "page", "looked", sender=own, address=own)
    ctx = Context(store, now, looking, replace(around, routes=noting), staff=person)
    if which == "day":
        card, picture = day_card(ctx, Span(now)), None
    else:
        digest = digest_of(ctx, Span(last_told(ctx)))
        card, picture = digest.card, digest.picture
    return Shown(card, tuple(part for part in noting.noted if part.count), picture)


class Noting(Routes):
    """Routes that note which parts were put on one sheet; a digest asks for those of the day too, in order to sum up."""

    def __init__(self, routes: Routes, which: Sheet) -> None:
        vars(self).update(vars(routes))
        self._which = which
        self.noted: list[Part] = []

    def parts(self, sheet: Sheet) -> list[MakeParts]:
        makers = super().parts(sheet)
        return [self._noting(make) for make in makers] if sheet == self._which else makers

    def _noting(self, make: MakeParts) -> MakeParts:
        def made(ctx: Context, span: Span) -> list[Part]:
            parts = list(make(ctx, span))
            self.noted += parts
            return parts

        return made
