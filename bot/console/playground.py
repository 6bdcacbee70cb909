"""The playground: the demo's one page, with a customer on the left, a colleague on the right, time on top."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from nicegui import ui

from bot.app import Bot
from bot.console import doors
from bot.console.chat import Chat
from bot.console.demo import Colleague, Demo, Guest
from bot.console.desk import Desk
from bot.console.staff_sessions import Seat
from prompts.phrases import phrases

Cast = tuple[Sequence[Colleague], Sequence[Guest]]
Player = TypeVar("Player", Colleague, Guest)
MORNING = time(8, 30)
LEAPS = {
    "minutes": timedelta(minutes=10),
    "hour": timedelta(hours=1),
    "morning": None,
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


class Playground:
    """Both sides of a conversation on one page.

    Who speaks the page's language comes first; `chosen` names whom the visitor chose by hand, under `guest` and
    `person`, and outlives a change of the language.
    """

    def __init__(
        self, bot: Bot, demo: Demo, cast: Cast, stranger: str, language: str, chosen: Mapping[str, str]
    ) -> None:
        self._bot = bot
        self._demo = demo
        self._language = language
        self._t = phrases(language)
        people, guests = cast
        self._guests = [
            *_speaking(language, guests),
            Guest(stranger, self._t("web-stranger"), self._t("web-stranger-about")),
        ]
        self._people = _speaking(language, people)
        self._chosen = {
            "guest": _known(chosen.get("guest"), [guest.address for guest in self._guests]),
            "person": _known(chosen.get("person"), [person.staff_id for person in self._people]),
        }
        with ui.element("div").classes("rp-playground").props(f'lang="{language}"'):
            self._build_bar()
            with ui.element("div").classes("rp-sides"):
                self._customer = self._side("customer", self._guest_picker)
                self._team = self._side("team", self._person_picker)
        self._be_guest(self._chosen["guest"] or self._guests[0].address)

    def _side(self, name: str, picker: Callable[[], None]) -> ui.element:
        with ui.element("section").classes(f"rp-sheet {name}"):
            with ui.element("header").classes("rp-sheet-head"):
                ui.label(self._t(f"web-side-{name}")).classes("rp-sheet-title")
                picker()
            return ui.element("div").classes("rp-sheet-body")

    def _guest_picker(self) -> None:
        names = {guest.address: _named(guest) for guest in self._guests}
        _picker(names, self._choose_guest, self._t("web-who-writes"), self._chosen["guest"])

    def _person_picker(self) -> None:
        names = {person.staff_id: _named(person) for person in self._people}
        _picker(names, self._choose_colleague, self._t("web-who-am-i"), self._chosen["person"])

    def _choose_guest(self, address: str) -> None:
        self._remember("guest", address)
        self._be_guest(address)

    async def _choose_colleague(self, staff_id: str) -> None:
        self._remember("person", staff_id)
        await self._be_colleague(staff_id)

    def _remember(self, who: str, choice: str) -> None:
        """Let the language switch carry along what was chosen by hand."""
        self._chosen[who] = choice
        self._switch.props(f'href="{_href(self._language, self._chosen)}"')

    def _be_guest(self, address: str) -> None:
        if address not in {guest.address for guest in self._guests}:
            return
        self._customer.clear()
        with self._customer:
            Chat(self._bot, address, self._language)

    async def begin(self) -> None:
        """Sit down as the colleague who was chosen, or the first one."""
        if self._people:
            await self._be_colleague(self._chosen["person"] or self._people[0].staff_id)

    async def _be_colleague(self, staff_id: str) -> None:
        if staff_id not in {person.staff_id for person in self._people}:
            return
        person = await self._bot.writer.do(lambda store: doors.seat(store, staff_id))
        self._team.clear()
        if person is not None:
            with self._team:
                Desk(self._bot, Seat(person), self._language, keep={"person": staff_id, "lang": self._language})

    # Time

    def _build_bar(self) -> None:
        with ui.element("header").classes("rp-bar"):
            ui.label("Rapport 常联").classes("rp-brand")
            ui.label(self._t("web-demo")).classes("rp-badge")
            self._clock = ui.label().classes("rp-clock")
            with ui.element("div").classes("rp-leaps") as self._leaps:
                for name in LEAPS:
                    self._leap_button(name)
            self._switch = language_switch(self._language, self._chosen)
        self._tick()
        ui.timer(1.0, self._tick)

    def _leap_button(self, name: str) -> None:
        async def leap() -> None:
            await self._leap(name)

        with ui.element("button").classes("rp-button").props('type="button"').on("click", leap):
            ui.label(self._t(f"web-leap-{name}"))

    async def _leap(self, name: str) -> None:
        """Move the clock, with the buttons resting meanwhile."""
        self._leaps.classes(add="busy")
        try:
            now = self._demo.now()
            await self._demo.move(LEAPS[name] or until_morning(now, self._zone))
        finally:
            self._leaps.classes(remove="busy")
            self._tick()

    @property
    def _zone(self) -> str:
        return str(self._bot.policies.current.company.zone.key)

    def _tick(self) -> None:
        local = self._demo.now().astimezone(ZoneInfo(self._zone))
        day = self._t("web-clock-day", weekday=self._t(f"weekday-{local.weekday()}"), day=f"{local:%Y-%m-%d}")
        self._clock.text = f"{day} {local:%H:%M}"


def until_morning(now: datetime, zone: str) -> timedelta:
    """Tell how long it is until the next 08:30 in a zone; at 08:30 sharp that is tomorrow's."""
    local = now.astimezone(ZoneInfo(zone))
    morning = datetime.combine(local.date(), MORNING, ZoneInfo(zone))
    if morning <= local:
        morning = datetime.combine(local.date() + timedelta(days=1), MORNING, ZoneInfo(zone))
    return morning.astimezone(UTC) - now.astimezone(UTC)


def language_switch(language: str, keep: Mapping[str, str] = MappingProxyType({})) -> ui.element:
    """Offer the other language; the choice is remembered by a cookie, and what to `keep` goes along."""
    switch = ui.element("a").classes("rp-link rp-language")
    with switch.props(f'href="{_href(language, keep)}" lang="{_other(language)}"'):
        ui.label("English" if _other(language) == "en" else "中文")
    return switch


def _other(language: str) -> str:
    return "en" if language != "en" else "zh-CN"


def _href(language: str, keep: Mapping[str, str]) -> str:
    kept = {name: value for name, value in keep.items() if value}
    return "?" + urlencode({"lang": _other(language), **kept})


def _known(choice: str | None, offered: Sequence[str]) -> str:
    """Give what an address names, if it was offered."""
    return choice if choice and choice in offered else ""


def _speaking(language: str, cast: Sequence[Player]) -> list[Player]:
    """Put those who speak a language first; among them and among the others the order stays."""
    return sorted(cast, key=lambda one: one.language != language)


def _picker(names: dict[str, str], choose: Callable[[str], Awaitable[None] | None], label: str, picked: str) -> None:
    """Make a plain select; a value that was not offered is ignored by whoever chooses."""

    async def chosen(event: object) -> None:
        value = getattr(event, "args", None)
        if isinstance(value, str):
            done = choose(value)
            if asyncio.iscoroutine(done):
                await done

    with ui.element("select").classes("rp-picker").props(f'aria-label="{label}"') as select:
        for value, name in names.items():
            with ui.element("option").props(f'value="{value}"{" selected" if value == picked else ""}'):
                ui.label(name)
    select.on("change", chosen, js_handler="(event) => emit(event.target.value)")


def _named(one: Guest | Colleague) -> str:
    return f"{one.name} · {one.about}" if one.about else one.name
