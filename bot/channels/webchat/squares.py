"""Squares: a link as a QR code, by which it opens on a device with a camera."""

from __future__ import annotations

from functools import lru_cache

import segno


@lru_cache(maxsize=64)
def squares(link: str) -> tuple[str, ...]:
    """Draw a link as a QR code: rows of 0 and 1, which a page paints by itself."""
    return tuple("".join(str(int(bool(dark))) for dark in row) for row in segno.make_qr(link, error="m").matrix)
