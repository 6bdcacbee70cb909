"""What a drawn picture looks like: readable on every ground, sharp, small, and never with a box for a character."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from matplotlib.ft2font import FT2Font
from PIL import Image

from bot.pictures import looks
from bot.pictures.drawing import NoGlyph, characters, png
from bot.pictures.easel import MOST_BYTES, Busy, Easel
from handlers.pictures import CadenceRow, Picture, cadence_picture
from prompts.phrases import LANGUAGES, phrases

HOUSE: Final = Path(__file__).parents[2]
CHAT_GROUNDS: Final = ("#ffffff", "#1a1d21", "#e6ebee", "#17212b", "#0e1621")
"""Slack's and Telegram's, light and dark."""


def cadence(language: str, count: int = 6, name: str = "欧阳珺祎 Zoë") -> Picture:
    rows = [CadenceRow(f"{name} {number}", number % 8, 7 if number != 2 else 0) for number in range(count)]
    return cadence_picture(phrases(language), rows, target=90)


@contextmanager
def sheet(picture: Picture) -> Iterator[Image.Image]:
    with Image.open(io.BytesIO(png(picture))) as image:
        yield image.convert("RGB")


def luminance(colour: str | tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[n : n + 2], 16) for n in (1, 3, 5)] if isinstance(colour, str) else colour
    red, green, blue = (c / 12.92 if (c := part / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str | tuple[int, int, int], other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colour", looks.TEXTS)
def test_every_text_stands_out_from_the_sheet(colour: str) -> None:
    assert contrast(colour, looks.SHEET) >= 4.5


@pytest.mark.parametrize("colour", looks.COLUMNS)
def test_a_figure_in_a_column_stands_out_from_it(colour: str) -> None:
    assert contrast(looks.SHEET, colour) >= 4.5


@pytest.mark.parametrize("colour", looks.SHAPES)
def test_every_bar_and_line_stands_out_from_the_sheet(colour: str) -> None:
    assert contrast(colour, looks.SHEET) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_opaque_so_that_no_chat_shines_through(language: str) -> None:
    with Image.open(io.BytesIO(png(cadence(language)))) as image:
        rgba = image.convert("RGBA")
    assert rgba.getchannel("A").getextrema() == (255, 255)
    colours = rgba.convert("RGB").getcolors(1 << 24) or []
    ground = max(colours)[1]
    assert ground == (255, 255, 255)
    darkest = min((colour for _, colour in colours), key=luminance)  # type: ignore[arg-type]
    assert contrast(darkest, looks.SHEET) >= 4.5  # type: ignore[arg-type]


@pytest.mark.parametrize("ground", CHAT_GROUNDS)
def test_where_a_chat_is_as_light_as_the_sheet_a_frame_holds_it(ground: str) -> None:
    assert max(contrast(looks.SHEET, ground), contrast(looks.FRAME, ground)) >= 1.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_has_twice_the_pixels_of_its_size_and_is_small(language: str) -> None:
    drawn = png(cadence(language))
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.size == (1360, 266 * 2)
    assert len(drawn) <= MOST_BYTES


def test_the_largest_team_still_makes_a_small_picture() -> None:
    assert len(png(cadence("zh-CN", 20, "欧阳司徒上官诸葛夏侯皇甫"))) <= MOST_BYTES


def test_a_bar_is_as_long_as_its_value_and_the_target_stands_at_its_own() -> None:
    t = phrases("en")
    picture = cadence_picture(t, [CadenceRow("A", 50, 100), CadenceRow("B", 100, 100)], target=75)
    with sheet(picture) as image:
        short, full = (_runs(image, looks.SHORT), _runs(image, looks.GOOD))
    assert abs(short * 2 - full) <= 4


def _runs(image: Image.Image, colour: str) -> int:
    """Count the pixels of a colour in the row of the picture that has most of them."""
    wanted = tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))
    width, height = image.size
    pixels = list(image.get_flattened_data())
    return max(pixels[row * width : (row + 1) * width].count(wanted) for row in range(height))


def test_a_character_without_a_shape_is_no_box_but_no_picture() -> None:
    with pytest.raises(NoGlyph, match=r"U\+1F642"):
        png(cadence("en", name="Li 🙂"))


COMMON_NAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "喆堃昇珺玥祎赟翀燊淼晟鑫垚焱犇骉旻昊昕暄煊琰璟瑄玮琦芃芮萱婧婷娅嫣睿懿翊翎 陳張黃趙吳劉鄭謝許葉蕭羅 "
    "Nguyễn Thị Hạnh Łukasz Żółć Çağlar Şahin Ødegård Þórður Straße Müller José Иванов Παπαδόπουλος"
)


def test_the_font_writes_our_own_words_and_the_names_of_customers_and_colleagues() -> None:
    texts = [file.read_text("utf-8") for file in sorted((HOUSE / "prompts" / "texts").glob("*/pictures.ftl"))]
    texts += [(HOUSE / "prompts" / "texts" / language / "console.ftl").read_text("utf-8") for language in LANGUAGES]
    texts += [file.read_text("utf-8") for file in sorted((HOUSE / "bot" / "demo").glob("*.yaml"))]
    known = characters()
    missing = {char for char in "".join((*texts, COMMON_NAMES)) if ord(char) not in known and char != "\n"}
    assert not missing


def test_the_font_writes_all_of_chinas_standard_characters_and_is_small() -> None:
    known = FT2Font(str(looks.FONT)).get_charmap()
    standard = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA)]
    assert all(ord(char) in known for char in standard)
    assert looks.FONT.stat().st_size < 3_000_000
    assert "SIL OPEN FONT LICENSE" in (looks.FONT.parent / "OFL.txt").read_text("utf-8")


def test_a_process_of_its_own_draws_the_same_picture_on_a_machine_without_fonts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # nor a program that would list them
    monkeypatch.setenv("RAPPORT_KEY", "secret")
    picture = cadence("zh-CN")
    easel = Easel(patience=60)
    drawn = asyncio.run(easel.draw(picture))
    assert drawn == png(picture)
    assert "RAPPORT_KEY" not in easel._surroundings()


def test_a_drawing_that_takes_too_long_is_ended_and_the_easel_is_free_again() -> None:
    async def hasty() -> None:
        easel = Easel(patience=0.01)
        assert await easel.draw(cadence("en")) is None
        easel._patience = 60
        assert await easel.draw(cadence("en")) is not None

    asyncio.run(hasty())


def test_a_picture_that_cannot_be_written_is_not_drawn() -> None:
    assert asyncio.run(Easel(patience=60).draw(cadence("en", name="Li 🙂"))) is None


def test_while_one_picture_is_drawn_others_come_again_later() -> None:
    async def together() -> None:
        easel = Easel(patience=60)
        first = asyncio.create_task(easel.draw(cadence("en")))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await easel.draw(cadence("en"))
        assert await first is not None

    asyncio.run(together())
