"""The check-up of WeCom: is the token given, is it our app, may we ask from here, and is our clock near enough to hear?"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.wecom.callbacks import WINDOW
from bot.channels.wecom.crypto import AES_KEY
from bot.channels.wecom.faults import OK, SLOW, UNTRUSTED_IP
from bot.channels.wecom.presence import AGENT, app_lacks, app_settings, is_number
from bot.config import said
from bot.findings import Finding, Patient, bad, good, warn

PATIENCE: Final = timedelta(seconds=8)
SKEW: Final = WINDOW / 5
"""Seconds; the callbacks' window is five minutes, and clocks drift on."""
_IP: Final = re.compile(r"from ip: ?([0-9a-fA-F.:]{3,45})")


@dataclass(frozen=True)
class Sight:
    """What WeCom answers: to who we are, to which app, and what time it has."""

    token: dict[str, Any]
    agent: dict[str, Any]
    skew: float | None


def wecom_works(patient: Patient) -> Iterator[Finding]:
    """Ask WeCom for a token and for our app; no message leaves, and neither secret nor token is said."""
    lacks = app_lacks(patient.config)
    if lacks is None:
        yield good("doctor-channel-off", channel="WeCom")
    elif lacks:
        yield bad("doctor-wecom-half", missing=", ".join(lacks))
    elif not is_number(app_settings(patient.config)[AGENT]):
        yield bad("doctor-wecom-agent-id")
    elif not AES_KEY.fullmatch(said(patient.config.wecom_aes_key)):
        yield bad("doctor-wecom-aes-key")
    else:
        yield from _asked(patient)
    yield from _robot(patient)


def _asked(patient: Patient) -> Iterator[Finding]:
    given = app_settings(patient.config)
    host = urlsplit(patient.config.wecom_api_url).hostname or ""
    try:
        sight = asyncio.run(_look(patient.config.wecom_api_url, given))
    except (ClientError, TimeoutError, OSError, ValueError) as error:
        yield bad("doctor-wecom-away", host=host, why=type(error).__name__)
        return
    yield _verdict(sight)
    if sight.skew is not None and abs(sight.skew) > SKEW:
        level = bad if abs(sight.skew) > WINDOW else warn
        yield level("doctor-wecom-clock", seconds=int(abs(sight.skew)))
    if sight.agent.get("errcode") == OK:
        yield good("doctor-wecom-hears")


def _verdict(sight: Sight) -> Finding:
    for answer, key in ((sight.token, "doctor-wecom-refused"), (sight.agent, "doctor-wecom-agent")):
        code = answer.get("errcode", OK)
        if code == UNTRUSTED_IP:
            found = _IP.search(str(answer.get("errmsg", "")))
            return bad("doctor-wecom-ip", ip=found[1] if found else "?")
        if code in SLOW:
            return warn("doctor-wecom-slow")
        if code != OK:
            return bad(key, code=code, what="WECOM_CORP_ID / WECOM_SECRET")
    if sight.agent.get("close"):
        return bad("doctor-wecom-closed")
    return good("doctor-wecom", name=str(sight.agent.get("name", "?"))[:80])


async def _look(url: str, given: dict[str, str]) -> Sight:
    """Ask on a token of our own: what the bot shares stays as it is."""
    base = f"{url.rstrip('/')}/cgi-bin"
    async with ClientSession(timeout=ClientTimeout(total=PATIENCE.total_seconds()), trust_env=True) as session:
        query = {"corpid": given["WECOM_CORP_ID"], "corpsecret": given["WECOM_SECRET"]}
        async with session.get(f"{base}/gettoken", params=query) as answer:
            skew = _skew(answer.headers.get("Date"))
            token = dict(await answer.json(content_type=None))
        if token.get("errcode", OK) != OK:
            return Sight(token, {}, skew)
        query = {"access_token": str(token.get("access_token")), "agentid": given["WECOM_AGENT_ID"]}
        async with session.get(f"{base}/agent/get", params=query) as answer:
            return Sight(token, dict(await answer.json(content_type=None)), skew)


def _skew(date: str | None) -> float | None:
    try:
        return time.time() - parsedate_to_datetime(date).timestamp() if date else None
    except (TypeError, ValueError):
        return None


def _robot(patient: Patient) -> Iterator[Finding]:
    """Look at the robot's address alone: asking it would say something to the group."""
    from bot.channels.wecom.robot import is_robot_url

    url = said(patient.config.wecom_robot_url)
    if url:
        yield good("doctor-wecom-robot") if is_robot_url(url) else bad("doctor-wecom-robot-url")
