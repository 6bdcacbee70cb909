"""Watching: pages that wait for news of their chat, answered when something changed, by whichever replica wrote it."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.app import Bot
from bot.channels.webchat.asking import Busy, Wrong, ask
from bot.channels.webchat.deeds import NAME

PAUSE: Final = 0.4
"""Seconds between two looks at the chats that anybody waits for."""
SHARE: Final = 4
"""After a look that took long the next one comes after so many times as long: pages never take the database over."""
LONGEST: Final = 25.0
"""Seconds that a page may wait; proxies cut what is silent for longer, commonly after 30 or 60."""
PER_GUEST: Final = 6
"""Waiting pages of one guest: windows of one person; browsers open six connections to a host themselves."""
AT_MOST: Final = 4000
"""Waiting pages of this process."""
_DIGITS: Final = re.compile(r"[0-9]{1,3}")


@dataclass(eq=False)
class _Waiting:
    """One page that waits: for a version of its chat other than the one it knows."""

    address: str
    known: str
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Watch:
    """Looks at all chats that pages wait for, one after the other in one go, as long as anybody waits."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._waiting: set[_Waiting] = set()
        self._guests: Counter[str] = Counter()
        self._looking: asyncio.Task[None] | None = None
        self._closed = False

    def has_room(self, address: str) -> bool:
        """Tell whether one more page of this guest may wait."""
        return self._guests[address] < PER_GUEST and len(self._waiting) < AT_MOST

    def close(self) -> None:
        """Let everybody who waits go: the server is about to stop."""
        self._closed = True
        for page in self._waiting:
            page.news.set()

    async def change(self, address: str, known: str, seconds: float) -> None:
        """Wait until a chat is no longer at the version that is known, but no longer than so many seconds."""
        if self._closed:
            return
        page = _Waiting(address, known)
        self._waiting.add(page)
        self._guests[address] += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            await asyncio.wait_for(page.news.wait(), min(max(seconds, 0), LONGEST))
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(page)
            self._guests -= Counter({address: 1})

    async def _look(self) -> None:
        while self._waiting:
            began = time.monotonic()
            try:
                versions = await self._versions({page.address for page in self._waiting})
            except Busy:
                versions = {}
            for page in self._waiting:
                if versions.get(page.address, page.known) != page.known:
                    page.news.set()
            await asyncio.sleep(max(PAUSE, SHARE * (time.monotonic() - began)))

    async def _versions(self, addresses: Iterable[str]) -> dict[str, str]:
        return await ask(
            self._bot,
            lambda bot: bot.read(lambda store: {one: store.posts.version(NAME, [one]) for one in addresses}),
        )


def cursor(after: str) -> datetime | None:
    """Read up to which moment a page knows its chat; None if it knows nothing of it yet.

    Raises:
        Wrong: it is none of the versions that we give.
    """
    if not after or after.startswith("None/"):
        return None
    try:
        moment = datetime.fromisoformat(after[:64].partition("/")[0])
    except ValueError:
        raise Wrong(400, "web-wrong", field="after") from None
    if moment.tzinfo is None:
        raise Wrong(400, "web-wrong", field="after")
    return moment


def seconds_of(wait: str) -> float:
    """Read how long a page would wait; anything but a few digits is not at all."""
    return float(wait) if _DIGITS.fullmatch(wait) else 0.0
