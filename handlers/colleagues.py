"""Colleagues: found by the name that somebody typed or chose, and offered where a form asks for one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from handlers.cards import Ask, Choice, Colleagues, Form
from handlers.context import Context, Refused
from handlers.routing import Command
from prompts.phrases import Phrases
from storage.staff import Person, called
from storage.store import Store

FIRST_HAN: Final = "\u2e80"


def one_colleague(ctx: Context, name: str) -> Person:
    """Find one colleague by name.

    Raises:
        Refused: nobody has that name, or who had it left, or several have.
    """
    found = ctx.store.staff.named(name)
    if not found:
        left = [person for person in called(name, ctx.store.staff.ever()) if person.name.casefold() == name.casefold()]
        raise Refused("colleague-left" if left else "colleague-not-found", name=left[0].name if left else name)
    if len(found) > 1:
        raise Refused("colleague-several", names=", ".join(person.name for person in found[:5]))
    return found[0]


@dataclass(frozen=True)
class Roster:
    """Who works here at a moment, and who stands in for those who are away, by their ids."""

    people: tuple[Person, ...]
    instead: Mapping[str, Person | None]
    now: datetime

    @classmethod
    def of(cls, store: Store, now: datetime) -> Roster:
        people = tuple(store.staff.everyone())
        away = [person for person in people if person.away_until and person.away_until > now]
        return cls(people, {person.id: store.staff.stand_in(person, now) for person in away}, now)

    @property
    def names(self) -> dict[str, str]:
        """Give everybody's name by their address on our own pages."""
        return {f"staff:{person.id}": person.name for person in self.people}

    def filled(self, form: Form, t: Phrases) -> Form:
        """Offer in a form the colleagues who may be named; what was typed already has chosen who is meant."""
        return form.model_copy(update={"asks": tuple(self._filled(ask, t) for ask in form.asks)})

    def _filled(self, ask: Ask, t: Phrases) -> Ask:
        if ask.among is None:
            return ask
        meant = called(ask.value, self._among(ask.among))
        value = meant[0].name if len(meant) == 1 else ask.value
        return ask.model_copy(update={"choices": self.choices(ask.among, t), "value": value})

    def suggested(self, commands: Iterable[Command], t: Phrases) -> dict[str, tuple[Choice, ...]]:
        """Give all for whom forms of these commands may ask, each group by its key."""
        fields = (field for command in commands for field in command.args.model_fields.values())
        groups = {mark for field in fields for mark in field.metadata if isinstance(mark, Colleagues)}
        return {group.key: self.choices(group, t) for group in groups}

    def choices(self, group: Colleagues, t: Phrases) -> tuple[Choice, ...]:
        """Give the names of a group as a reader of this language looks for them."""
        people = {person.name: person for person in self._among(group)}
        names = sorted(people, key=lambda name: _place(name, t.language))
        return tuple(Choice(value=name, label=self._label(people[name], t)) for name in names)

    def _among(self, group: Colleagues) -> list[Person]:
        fit = [person for person in self.people if not group.roles or person.role in group.roles]
        return [person for person in fit if not (group.here and person.id in self.instead)]

    def _label(self, person: Person, t: Phrases) -> str:
        if person.id not in self.instead or person.away_until is None:
            return person.name
        deputy = self.instead[person.id]
        stands_in = deputy.name if deputy and deputy.id != person.id else "none"
        return t(
            "colleague-away", name=person.name, day=t.day(person.away_until, person.zone, self.now), deputy=stands_in
        )


NOBODY: Final = Roster((), {}, datetime.max.replace(tzinfo=UTC))


def _place(name: str, language: str) -> tuple[bool, bytes, str]:
    """Tell where a name stands in a list: those in the reader's own script come first, each script in its own order.

    GB 18030 has the common characters in the order of their sounds, which is that of a Chinese list of names.
    """
    chinese = name[:1] >= FIRST_HAN
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    return chinese != language.startswith("zh"), bare.encode("gb18030", "replace"), name
