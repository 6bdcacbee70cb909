"""Drawing: a picture as PNG, by matplotlib; only the short process of `bot.pictures` imports this."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from PIL import Image

from bot.pictures.looks import FONT, FRAME, GOOD, INK, LINE, SCALE, SHEET, SHORT, SOFT, WIDTH
from handlers.pictures import Picture, Series, Target

POINT = 72
HEAD, FOOT, EDGE = 78, 18, 20
"""Points above the drawing (title, note), below it, and at its sides."""
BAR = 27
"""Points a bar takes with its gap."""
TITLE, TEXT, SMALL = 15, 11, 9.5
DASHES = (0, (4, 3))
OURS, EUROPE = "Rapport Noto Sans SC", "DejaVu Sans"
FAMILIES = [OURS, EUROPE]
EUROPEAN = (range(0x20, 0x530), range(0x1E00, 0x2000))
"""Latin, Greek and Cyrillic; scripts that run the other way or join their letters are left to the sentence."""
SHADES = 96
"""Colours of the drawing with the shades of its edges."""


fontManager.addfont(FONT)


class NoGlyph(Exception):
    """A character has no shape in the font: a box in its place would say nothing."""


def png(picture: Picture) -> bytes:
    """Draw a picture, at twice the pixels of its size.

    Raises:
        NoGlyph: something is written on it that the font does not have.
    """
    _check(picture.words)
    height = HEAD + FOOT + BAR * len(picture.categories) + 8
    figure = Figure(figsize=(WIDTH / POINT, height / POINT), dpi=POINT * SCALE, facecolor=SHEET)
    canvas = FigureCanvasAgg(figure)
    _head(figure, picture, height)
    _people(figure, picture, height)
    return _packed(figure, canvas.get_width_height())


def _packed(figure: Figure, size: tuple[int, int]) -> bytes:
    """Pack the few colours of a drawing, which makes it a third of the size."""
    raw, file = io.BytesIO(), io.BytesIO()
    figure.savefig(raw, format="rgba")
    sheet = Image.frombytes("RGBA", size, raw.getvalue()).convert("RGB")
    sheet.quantize(SHADES, dither=Image.Dither.NONE).save(file, "png", optimize=True)
    return file.getvalue()


def _check(words: str) -> None:
    """Find what no font of ours can write."""
    missing = {ord(char) for char in words if char != "\n"} - characters()
    if missing:
        raise NoGlyph(" ".join(f"U+{code:04X}" for code in sorted(missing)))


def characters() -> frozenset[int]:
    """Give what can be written: our own font's characters, and letters of Europe from the one that matplotlib brings."""
    others = FT2Font(findfont(EUROPE)).get_charmap()
    europe = {code for code in others if any(code in block for block in EUROPEAN)}
    return frozenset({*FT2Font(str(FONT)).get_charmap(), *europe})


def _font(size: float) -> FontProperties:
    return FontProperties(family=FAMILIES, size=size)


def _head(figure: Figure, picture: Picture, height: float) -> None:
    frame = Rectangle((0.5 / WIDTH, 0.5 / height), 1 - 1 / WIDTH, 1 - 1 / height, fill=False, edgecolor=FRAME)
    figure.add_artist(frame)
    left = EDGE / WIDTH
    figure.text(left, 1 - 20 / height, picture.title, color=INK, va="top", fontproperties=_font(TITLE))
    figure.text(left, 1 - 43 / height, picture.note, color=SOFT, va="top", fontproperties=_font(SMALL))


def _plot(figure: Figure, height: float, left: float, right: float, bottom: float) -> Axes:
    """Lay out the room for bars; what stands beside them is written in points."""
    box = (left / WIDTH, bottom / height, (WIDTH - left - right) / WIDTH, (height - HEAD - bottom) / height)
    plot = figure.add_axes(box)
    plot.set_facecolor(SHEET)
    plot.set_frame_on(False)
    plot.tick_params(length=0)
    return plot


def _wide(text: str) -> float:
    """Tell about how many points a text takes in the usual size; a Chinese sign is as wide as it is high."""
    return sum(TEXT if unicodedata.east_asian_width(char) in "WF" else TEXT * 0.56 for char in text)


def _people(figure: Figure, picture: Picture, height: float) -> None:
    """Draw a bar a person from top to bottom, each with its figure and how many cases it stands for."""
    shares, places = picture.series[0], range(len(picture.categories))
    beside = [f"{label}   {sample}" for label, sample in zip(shares.labels, _samples(picture), strict=True)]
    left = EDGE + 10 + max(map(_wide, picture.categories))
    plot = _plot(figure, height, left, EDGE + 8 + max(map(_wide, beside)), FOOT)
    plot.set_xlim(0, _top(picture))
    plot.set_ylim(len(picture.categories) - 0.5, -0.5)
    plot.barh(places, [value or 0 for value in shares.values], height=0.62, color=_colours(shares, picture.target))
    for place, (name, value, text) in enumerate(zip(picture.categories, shares.values, beside, strict=True)):
        _write(plot, name, (0, place), (-10, 0), INK, ha="right")
        _write(plot, text.rstrip(), (value or 0, place), (7, 0), SOFT if value is None else INK, ha="left")
    plot.set_xticks([])
    plot.set_yticks([])
    if picture.target:
        _upright(plot, picture.target)


def _upright(plot: Axes, target: Target) -> None:
    plot.axvline(target.value, color=LINE, linewidth=1.4, linestyle=DASHES, path_effects=[_seam(1.4)])
    _write(plot, target.name, (target.value, -0.5), (0, 7), LINE, ha="center", size=SMALL)


def _seam(width: float) -> withStroke:
    """Set a line or a word off from what is under it, by a seam of the sheet's colour."""
    return withStroke(linewidth=width + 2.5, foreground=SHEET)


def _write(
    plot: Axes,
    text: str,
    at: tuple[float, float],
    off: tuple[float, float],
    colour: str,
    *,
    ha: str,
    size: float = TEXT,
) -> None:
    """Write beside a place of the plot, so many points off."""
    how: dict[str, Any] = {"xytext": off, "textcoords": "offset points", "annotation_clip": False}
    how |= {"path_effects": [_seam(0)]}
    plot.annotate(text, at, color=colour, ha=ha, va="center", fontproperties=_font(size), **how)


def _samples(picture: Picture) -> tuple[str, ...]:
    return picture.samples or ("",) * len(picture.categories)


def _colours(series: Series, target: Target | None) -> list[str]:
    least = target.value if target else 0
    return [SHORT if value is not None and value < least else GOOD for value in series.values]


def _top(picture: Picture) -> float:
    """Say where the scale ends: at a hundred percent, or else at the greatest value that is shown."""
    known = [value for series in picture.series for value in series.values if value is not None]
    most = max([*known, picture.target.value if picture.target else 0, 1e-9])
    return max(100.0, most) if picture.unit == "percent" else most
