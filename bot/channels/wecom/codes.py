"""Codes that are good once and for seconds: what is said by one leaves at once, past inbox and outbox, and never twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

from bot.channels.port import NotSent, TryLater, WontWork
from bot.channels.wecom.faults import Refused, Unheard


async def spent(asking: Awaitable[Any], patience: timedelta) -> str:
    """Use a code by asking once, and tell what became of it: said, refused (by which number), not said, unknown."""
    try:
        async with asyncio.timeout(patience.total_seconds()):
            await asking
    except Refused as refusal:
        return f"refused {refusal.errcode}"
    except (NotSent, TryLater, WontWork):
        return "not said"
    except (Unheard, TimeoutError):
        return "unknown"
    return "said"
