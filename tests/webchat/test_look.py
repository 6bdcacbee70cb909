"""The look of the pages: every colour of a word stands out from what it stands on, in both themes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

import bot.console

STYLES = (Path(str(bot.console.__file__)).parent / "static" / "console.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,8});", palette))
    for palette in re.findall(r":root \{(.*?)\n\s*\}", STYLES, re.DOTALL)
)
WORDS = ("ink", "soft", "faint", "accent", "good", "warn", "alarm", "target")
GROUNDS = ("sheet", "ground", "aside")


def rgb(colour: str) -> tuple[int, ...]:
    bare = colour.lstrip("#")
    whole = "".join(digit * 2 for digit in bare) if len(bare) == 3 else bare
    return tuple(int(whole[n : n + 2], 16) for n in (0, 2, 4))


def luminance(colour: Sequence[int]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [c / 12.92 if (c := part / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("word", WORDS)
def test_words_stand_out_from_every_ground(palette: dict[str, str], word: str) -> None:
    for ground in GROUNDS:
        assert contrast(rgb(palette[word]), rgb(palette[ground])) >= 4.5, ground


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_and_lines_stand_out_and_buttons_are_read(palette: dict[str, str]) -> None:
    for shape in ("accent", "short", "target", "week"):
        assert contrast(rgb(palette[shape]), rgb(palette["sheet"])) >= 3, shape
    for ground in ("accent", "accent-strong"):
        assert contrast(rgb(palette["on-accent"]), rgb(palette[ground])) >= 4.5, ground


SAME_IN_BOTH = {"#000", "#0001", "#0002", "#0003", "#fff"}
"""Shadows and masks, and the paper of a code that phones read, which has to be white."""


def test_both_themes_name_the_same_colours_and_no_other_colour_is_used() -> None:
    assert LIGHT.keys() == DARK.keys()
    rest = STYLES.split("html, body {", 1)[1]
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rest)) <= SAME_IN_BOTH
