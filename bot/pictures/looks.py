"""The look of a picture: its own light sheet, so that it reads alike in a light and in a dark chat.

Text needs 4.5 to 1 against the sheet, bars and lines 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11); a test recounts that.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

FONT: Final = Path(__file__).parent / "fonts" / "NotoSansCJKsc-Regular-subset.otf"
SHEET: Final = "#ffffff"
FRAME: Final = "#9aa4ab"
"""Around the sheet, where a light chat would let it run out."""
INK: Final = "#1d2327"
SOFT: Final = "#4f5960"
GOOD: Final = "#2f5d50"
SHORT: Final = "#b4590a"
"""Below the target; the figure beside the bar says it too."""
LINE: Final = "#1f5fa8"
"""The target."""
TEXTS: Final = (INK, SOFT, LINE)
COLUMNS: Final = (GOOD, SHORT)
SHAPES: Final = (GOOD, SHORT, LINE)
WIDTH: Final = 680
"""Points across; phones show it in whole, and at twice the pixels it is sharp on all screens."""
SCALE: Final = 2
