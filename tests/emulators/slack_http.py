"""Slack's requests over HTTP: signed as the platform signs, events as JSON, commands and interaction as forms.

Documented: docs.slack.dev, “Verifying requests from Slack”; “Slash commands”; “Handling user interaction”; “Events API”
(answers other than 200 and none within three seconds are sent again, with X-Slack-Retry-Num and -Reason, unless the
answer says X-Slack-No-Retry). Assumed: each time a request is signed anew, with the time of that moment.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.emulators.slack_rules import Piece

if TYPE_CHECKING:
    from tests.emulators.slack import Sending, SlackEmulator

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def written(kind: str, payload: Piece) -> tuple[bytes, str]:
    """Give the body of a request, and what kind it is."""
    if kind == "events_api":
        return json.dumps(payload).encode(), JSON
    if kind == "slash_commands":
        return urlencode(payload).encode(), FORM
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM


def signed(secret: str, body: bytes, at: float | None = None) -> dict[str, str]:
    """Give the headers by which the platform proves that a request is its own."""
    moment = str(int(time.time() if at is None else at))
    made = hmac.new(secret.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={made}"}


async def called(slack: SlackEmulator, sending: Sending, wait: float) -> bool:
    """Call the app once; tell whether it answered with 200 in time."""
    envelope = sending.envelope
    body, kind = written(envelope["type"], envelope["payload"])
    headers = {"Content-Type": kind, **signed(slack.secret, body, time.time() + slack.clock_ahead)}
    if envelope["retry_attempt"]:
        headers |= {"X-Slack-Retry-Num": str(envelope["retry_attempt"]), "X-Slack-Retry-Reason": "http_error"}
    slack.line = slack.line or ClientSession()
    start = time.perf_counter()
    try:
        limit = ClientTimeout(total=wait)
        async with slack.line.post(slack.door, data=body, headers=headers, timeout=limit) as answer:
            said, status = await answer.read(), answer.status
            sending.given_up = "X-Slack-No-Retry" in answer.headers
    except (ClientError, TimeoutError, OSError):
        return False
    sending.status = status
    sending.seconds, sending.acked = time.perf_counter() - start, status == 200
    sending.answer = json.loads(said) if said else {}
    if not sending.acked:
        async with slack.refused:
            slack.refused.notify_all()
    return sending.acked
