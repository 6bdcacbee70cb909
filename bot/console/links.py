"""Links between the console and the sheets, for whoever works there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlencode

from nicegui import ui

from bot.console.sheets import sheets_of
from handlers.parts import Sheet
from prompts.phrases import phrases
from storage.staff import Person


def sheet_links(
    person: Person,
    language: str,
    keep: Mapping[str, str] = MappingProxyType({}),
    *,
    here: Sheet | None = None,
    home: bool = False,
) -> None:
    """Offer somebody's sheets; `here` is the one that is open, `keep` goes along, `home` offers the way back."""
    t = phrases(language)
    with ui.element("nav" if home else "div").classes("rp-sheets").props(f'aria-label="{t("web-sheets")}"'):
        if home:
            _link(t("web-sheet-console"), _address("/" if keep else "/console", keep))
        for sheet in sheets_of(person):
            _link(t(f"web-sheet-{sheet}"), _address(f"/{sheet}", keep), here=sheet == here)


def _address(path: str, keep: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(keep)}" if keep else path


def _link(text: str, address: str, *, here: bool = False) -> None:
    current = ' aria-current="page"' if here else ""
    with ui.element("a").classes("rp-link rp-sheet-link").props(f'href="{address}"{current}'):
        ui.label(text)
