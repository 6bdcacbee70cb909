"""The welcome: whoever opens the chat is greeted at once, past inbox and outbox: its code is good for twenty seconds.

What it says is known by heart, and what becomes of it is written into the event of the entering, in the same commit
as how far the desk was read. A code is good once: a bot that dies in between and reads the entering again is refused.

Source: developer.work.weixin.qq.com/document/path/95122 (send_msg_on_event; text and msgmenu alone).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from bot.channels.wecom.codes import spent
from bot.channels.wecom.kf_messages import NAME, WELCOMED, Said, address_of, fresh_entries
from bot.channels.wecom.kf_pull import Ask
from bot.channels.wecom.kf_rendering import render
from bot.channels.wecom.tongues import Tongues
from handlers.acquaintances import welcome_card

PATIENCE: Final = timedelta(seconds=4)
AT_ONCE: Final = 16


class Welcome:
    """Greets those who open the chat."""

    def __init__(self, ask: Ask, tongues: Tongues) -> None:
        self._ask, self._tongues = ask, tongues
        self._places = asyncio.Semaphore(AT_ONCE)

    async def greet(self, desk: str, name: str, messages: Sequence[Said]) -> None:
        """Use every code of a page, and note at each entering what became of it; never raises."""
        await asyncio.gather(*(self._greet_one(desk, name, about) for about in fresh_entries(messages)))

    async def _greet_one(self, desk: str, name: str, about: dict[str, Any]) -> None:
        code = str(about["welcome_code"])
        id_ = hashlib.sha256(f"{desk}:{code}".encode()).hexdigest()[:32]
        async with self._places:
            language = await self._tongues.of(NAME, address_of(desk, str(about.get("external_userid"))))
            said = {"code": code, "msgid": id_, **render(welcome_card(name, language))[0]}
            outcome = await spent(self._ask("kf/send_msg_on_event", said), PATIENCE)
        about[WELCOMED] = {"welcomed": outcome, "as": id_, "desk": name, "language": language}
