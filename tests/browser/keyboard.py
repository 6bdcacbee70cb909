"""Somebody without a mouse: goes from one thing to the next, sees where they are, types and presses."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page, expect

MOST: Final = 80
"""So many stops on the way to anything; who has to pass more of them gives up."""
SEEN: Final = """() => {
    const here = document.activeElement, frame = here.closest(".rp-type") || here, looks = getComputedStyle(frame);
    return here !== document.body && (looks.outlineStyle !== "none" || looks.boxShadow !== "none");
}"""


class Keyboard:
    """One person's hands on a page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def goes_to(self, thing: Locator, *, back: bool = False) -> None:
        """Press Tab until it has the focus, and see it there."""
        expect(thing).to_be_visible()
        for _ in range(MOST):
            if thing.evaluate("thing => thing === document.activeElement"):
                break
            self._page.keyboard.press("Shift+Tab" if back else "Tab")
        expect(thing).to_be_focused()
        assert self._page.evaluate(SEEN), "nobody sees where they are"

    def presses(self, thing: Locator, *, back: bool = False) -> None:
        self.goes_to(thing, back=back)
        self._page.keyboard.press("Enter")

    def types(self, words: str) -> None:
        """Type where the focus is, over what stands there."""
        self._page.keyboard.press("Control+A")
        self._page.keyboard.type(words)

    def skips_and_says(self, words: str) -> None:
        """Go past the lists to where one writes, and say something."""
        self.presses(self._page.locator(".rp-skip"), back=True)
        expect(self._page.locator(".rp-main textarea")).to_be_focused()
        self._page.keyboard.type(words)
        self._page.keyboard.press("Enter")

    def is_somewhere(self) -> None:
        """Nothing that was done took the focus away."""
        assert self._page.evaluate("document.activeElement !== document.body"), "the focus is lost"
