"""The check-up of Telegram: is the token good, do its news reach us and nobody else, and what does it hear in groups?"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from telegram import Bot, User, WebhookInfo
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram import place_checkup, seat, wire
from bot.channels.telegram.updates import WANTED
from bot.channels.telegram.webhook import SECRET, Address
from bot.config import said
from bot.findings import Finding, Patient, bad, good, warn

WHOLE_SECONDS: Final = 15
PATIENCE: Final = timedelta(seconds=5)
LISTENED: Final = timedelta(seconds=4)
"""Another reader whose poll ours cut off asks again within seconds, and cuts off ours: that is how it shows."""
REMEMBERED: Final = timedelta(days=1)


@dataclass(frozen=True)
class Sight:
    """What Telegram says about the account, and whether somebody else took the poll away from us."""

    me: User
    hook: WebhookInfo
    contested: bool
    places: tuple[place_checkup.Place, ...] = ()


def telegram_works(patient: Patient) -> Iterator[Finding]:
    """Ask Telegram who we are and who else reads; nothing that waits there is confirmed, and the token is never said."""
    config = patient.config
    token, secret = said(config.telegram_bot_token), said(config.telegram_webhook_secret)
    url = (config.telegram_webhook_url or "").strip()
    given = {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_WEBHOOK_URL": url, "TELEGRAM_WEBHOOK_SECRET": secret}
    missing = [name for name, value in given.items() if not value]
    if not any(given.values()):
        yield good("doctor-channel-off", channel="Telegram")
    elif (url or secret or not token) and missing:
        yield bad("doctor-telegram-half", missing=", ".join(missing))
    elif secret and not SECRET.fullmatch(secret):
        yield bad("doctor-telegram-secret")
    elif url and not url.startswith("https://"):
        yield bad("doctor-telegram-https")
    elif not re.fullmatch(r"\d+:[\w-]{20,}", token, re.ASCII):
        yield bad("doctor-telegram-token")
    else:
        yield from _asked(patient, token, Address.of(url, secret) if url else None)


def _asked(patient: Patient, token: str, at: Address | None) -> Iterator[Finding]:
    account, host = token.partition(":")[0], urlsplit(patient.config.telegram_api_url).hostname or ""
    reads = patient.database is not None and patient.ask(lambda store: seat.is_taken(store, account))
    try:
        places = place_checkup.addresses(patient)
        sight = asyncio.run(_look(token, patient.config.telegram_api_url, places, poll=not (reads or at)))
    except InvalidToken:
        yield bad("doctor-telegram-refused")
    except RetryAfter:
        yield warn("doctor-telegram-slow")
    except (TelegramError, TimeoutError) as error:
        yield bad("doctor-telegram-away", host=host, why=_why(error))
    else:
        yield good("doctor-telegram", name=sight.me.username or "?")
        yield from _ours(sight.hook, at) if at else _readers(patient, sight, account, reads=reads)
        yield from _webhook(sight.hook, at)
        yield from _groups(sight.me)
        yield from place_checkup.told(patient, sight.places)


def _why(error: Exception) -> str:
    """Name what went wrong below the library; its own words may hold the address, and with it the token."""
    return type(error.__cause__ or error).__name__


async def _look(token: str, api_url: str, places: Sequence[str], *, poll: bool) -> Sight:
    bot = wire.connect(token, api_url, wire.Polling(PATIENCE), slots=1, patience=PATIENCE)
    try:
        async with asyncio.timeout(WHOLE_SECONDS):
            me, hook = await bot.get_me(), await bot.get_webhook_info()
            contested = poll and not hook.url and await _is_contested(bot)
            return Sight(me, hook, contested, await place_checkup.look(bot, me.id, places))
    finally:
        for request in bot._request:  # noqa: SLF001 - shutdown leaves them open if nobody asked who we are
            await request.shutdown()


async def _is_contested(bot: Bot) -> bool:
    """Listen for a moment, without an offset, so that nothing counts as read."""
    try:
        await bot.get_updates(limit=1, timeout=LISTENED)
    except Conflict:
        return True
    except TelegramError:
        return False
    return False


def _readers(patient: Patient, sight: Sight, account: str, *, reads: bool) -> Iterator[Finding]:
    at = patient.ask(lambda store: seat.contested_at(store, account)) if patient.database else None
    if sight.contested:
        yield bad("doctor-telegram-contested")
    elif at is not None and datetime.now(UTC) - at < REMEMBERED:
        yield bad("doctor-telegram-was-contested", at=f"{at:%Y-%m-%d %H:%M} UTC")
    elif reads:
        yield good("doctor-telegram-reads")
    else:
        yield good("doctor-telegram-alone")


def _ours(hook: WebhookInfo, at: Address) -> Iterator[Finding]:
    """Tell whether Telegram brings its news to the address that is set, and all of them."""
    if not hook.url:
        yield warn("doctor-telegram-hook-none")
    elif hook.url != at.url:
        yield bad("doctor-telegram-hook-elsewhere", host=urlsplit(hook.url).hostname or "?")
    elif hook.allowed_updates and not set(WANTED) <= set(hook.allowed_updates):
        yield warn("doctor-telegram-hook-old")
    else:
        yield good("doctor-telegram-hook", host=urlsplit(at.url).hostname or "?")


def _webhook(hook: WebhookInfo, at: Address | None) -> Iterator[Finding]:
    """Say who else gets the news, by host alone: the rest of such an address is often a secret."""
    if hook.url and at is None:
        yield warn("doctor-telegram-webhook", host=urlsplit(hook.url).hostname or "?")
    if hook.last_error_message and hook.last_error_date:
        when, why = f"{hook.last_error_date:%Y-%m-%d %H:%M} UTC", hook.last_error_message[:200]
        yield warn("doctor-telegram-last-error", at=when, why=why)
    level = warn if hook.pending_update_count else good
    yield level("doctor-telegram-pending", count=hook.pending_update_count)


def _groups(me: User) -> Iterator[Finding]:
    if me.can_join_groups:
        yield good("doctor-telegram-groups")
    if me.can_read_all_group_messages:
        yield warn("doctor-telegram-privacy")
    if not me.can_join_groups and not me.can_read_all_group_messages:
        yield good("doctor-telegram-private")
