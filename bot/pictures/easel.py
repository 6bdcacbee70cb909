"""The easel: has a picture drawn by a short process, so that drawing takes neither the loop's time nor our memory."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import weakref
from pathlib import Path
from typing import Final

import structlog

from handlers.pictures import Picture

log = structlog.get_logger()
PATIENCE: Final = 7.0
"""Seconds for one drawing, which takes about one; then its sentence is said instead."""
MOST_BYTES: Final = 200_000
HOUSE: Final = Path(__file__).parents[2]
LET_THROUGH: Final = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMPDIR")
"""Of our surroundings the process gets these: it needs no key and no token."""


class Busy(Exception):
    """Another picture is being drawn: come again in a moment."""


class Easel:
    """Draws one picture at a time."""

    def __init__(self, patience: float | None = None) -> None:
        self._patience = PATIENCE if patience is None else patience
        self._taken = False
        self._known = ""

    async def draw(self, picture: Picture) -> bytes | None:
        """Give the PNG; None if it cannot be drawn, or not in time.

        Raises:
            Busy: another one is being drawn; waiting here would take the place of messages that could leave.
        """
        if self._taken:
            raise Busy
        self._taken = True
        try:
            async with asyncio.timeout(self._patience):
                return await self._drawn(picture)
        except (OSError, TimeoutError) as trouble:
            log.warning("picture not drawn", why=type(trouble).__name__)
            return None
        finally:
            self._taken = False

    async def _drawn(self, picture: Picture) -> bytes | None:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.pictures",
            cwd=HOUSE,
            env=self._surroundings(),
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
        )
        try:
            drawn, said = await process.communicate(picture.model_dump_json().encode())
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode or not drawn or len(drawn) > MOST_BYTES:
            log.warning("picture not drawn", code=process.returncode, bytes=len(drawn), why=_last_line(said))
            return None
        return drawn

    def _surroundings(self) -> dict[str, str]:
        """Name what the process needs to know; which fonts there are it looks up once and writes down for the next."""
        if not self._known:
            self._known = tempfile.mkdtemp(prefix="rapport-pictures-")
            weakref.finalize(self, shutil.rmtree, self._known, ignore_errors=True)
        known = {name: os.environ[name] for name in LET_THROUGH if name in os.environ}
        return known | {"MPLCONFIGDIR": self._known, "MPLBACKEND": "agg"}


def _last_line(said: bytes) -> str:
    """Give what the process complained of; where it stumbled over data, that is not repeated."""
    line = (said.decode(errors="replace").strip().splitlines() or [""])[-1]
    return line if line.startswith("U+") else line.partition(":")[0][:80]
