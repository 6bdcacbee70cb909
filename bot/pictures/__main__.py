"""Draw one picture: its data as JSON comes in, the PNG goes out; for `bot.pictures.easel` alone."""

from __future__ import annotations

import sys

from bot.pictures.drawing import NoGlyph, png
from handlers.pictures import Picture

NO_GLYPH = 3
"""The process ends with this where the font lacks a character."""

if __name__ == "__main__":
    try:
        drawn = png(Picture.model_validate_json(sys.stdin.buffer.read()))
    except NoGlyph as missing:
        sys.stderr.write(str(missing))
        sys.exit(NO_GLYPH)
    sys.stdout.buffer.write(drawn)
