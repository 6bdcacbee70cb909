"""A company's site whose chat is served from elsewhere, and what a visitor does there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Eyes, Server, free_port
from tests.browser.site import site


class Shop:
    """The company's site and the chat it embeds, each on a port of its own."""

    def __init__(self, chat: Server, address: str) -> None:
        self.chat, self.address = chat, address

    def page(self, **attributes: str) -> str:
        return f"{self.address}/?{urlencode(attributes)}"

    def opens(self, eyes: Eyes, *, page: str = "en", how: dict[str, object] | None = None, **attributes: str) -> Page:
        return eyes.opens(self.page(page=page, **attributes), speaks_with=self.chat.url, **(how or {}))  # type: ignore[arg-type]


@contextmanager
def opening(folder: Path, at: str = "") -> Iterator[Shop]:
    """Open a shop with a chat of its own, at a moment if one is given."""
    port = free_port()
    chat = Server(folder, demo=True, origin=f"http://127.0.0.1:{port}", at=at)
    with site(chat.url, port) as address:
        yield Shop(chat, address)
    chat.end()
    assert "rror" not in chat.log, chat.log[-3000:]


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog")


def opened(page: Page) -> Locator:
    page.locator(".bubble-button").click()
    expect(panel(page)).to_be_visible()
    return panel(page)


def says(chat: Locator, words: str) -> None:
    chat.locator("textarea").last.fill(words)
    chat.get_by_role("button", name="Send", exact=True).click()


def fresh(words: str) -> str:
    return f"{words} {uuid.uuid4().hex[:6]}"
