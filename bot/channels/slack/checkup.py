"""The check-up of Slack: do both tokens hold, may we do all that we do, and can our cards stand where they should?"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.manifest import SCOPES, lacking
from bot.channels.slack.refusals import AUTH, BROKEN, SLOW, UNSURE, code_of
from bot.channels.slack.seats import NAME, PATH, NoSeat, Seat
from bot.config import said
from bot.findings import SKEW, Finding, Patient, bad, good, warn
from scheduler.policy.document import Policy

WHOLE_SECONDS: Final = 15.0
PATIENCE: Final = 5
"""Seconds for one question; all of them together may take no longer than the whole."""
SECRET: Final = re.compile("[0-9a-f]{32}")
"""How a signing secret has always looked."""
WRONG_KIND: Final = "not_allowed_token_type"
UNINVITED: Final = {"not_in_channel": "doctor-slack-place-uninvited", "channel_not_found": "doctor-slack-place-unknown"}


def slack_works(patient: Patient) -> Iterator[Finding]:
    """Ask Slack who we are, what we may do and what we can read; nothing is said there, and no token is shown."""
    config = patient.config
    bot, app, secret = map(said, (config.slack_bot_token, config.slack_app_token, config.slack_signing_secret))
    if not (bot or app or secret):
        yield good("doctor-channel-off", channel="Slack")
    elif not bot:
        yield bad("doctor-slack-half", missing="SLACK_BOT_TOKEN")
    elif not (app or secret):
        yield bad("doctor-slack-neither")
    elif not bot.startswith("xoxb-"):
        yield bad("doctor-slack-kind", token="SLACK_BOT_TOKEN")  # noqa: S106 - the name of a setting
    elif app and not app.startswith("xapp-"):
        yield bad("doctor-slack-kind", token="SLACK_APP_TOKEN")  # noqa: S106 - the name of a setting
    else:
        if not app:
            yield _door(secret)
        yield from asyncio.run(_asked(patient, bot, app))


def _door(secret: str) -> Finding:
    """Look at what checks Slack's requests; that they arrive only Slack itself can find out."""
    if not SECRET.fullmatch(secret):
        return warn("doctor-slack-secret")
    return good("doctor-slack-door", path=PATH)


async def _asked(patient: Patient, bot: str, app: str) -> list[Finding]:
    client = AsyncWebClient(token=bot, base_url=patient.config.slack_api_url, timeout=PATIENCE, retry_handlers=[])
    found: list[Finding] = []
    try:
        async with asyncio.timeout(WHOLE_SECONDS):
            async for finding in _looked(patient, client, app):
                found.append(finding)  # noqa: PERF401 - what was found before time runs out is kept
    except TimeoutError:
        found.append(bad("doctor-slack-away", why="TimeoutError"))
    except (ClientError, OSError) as error:
        found.append(bad("doctor-slack-away", why=type(error).__name__))
    return found


async def _looked(patient: Patient, client: AsyncWebClient, app: str) -> AsyncIterator[Finding]:
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        yield _refused(error, "SLACK_BOT_TOKEN")
        return
    if not answer.get("bot_id"):
        yield bad("doctor-slack-kind", token="SLACK_BOT_TOKEN")  # noqa: S106 - the name of a setting
        return
    yield good("doctor-slack", team=str(answer.get("team")), name=str(answer.get("user")))
    headers = {name.lower(): value for name, value in answer.headers.items()}
    for finding in (*_scopes(patient, headers), *_clock(headers)):
        yield finding
    if app:
        yield await _app_token(client, app)
    if patient.policy is not None:
        for address, names in places(patient.policy).items():
            yield await _place(client, address, ", ".join(names))


def _refused(error: SlackApiError, token: str) -> Finding:
    """Say what Slack's refusal of a token means."""
    code = code_of(error)
    if code in SLOW:
        return warn("doctor-slack-slow")
    if code == WRONG_KIND:
        return bad("doctor-slack-kind", token=token)
    if code == "missing_scope":
        return bad("doctor-slack-app-scope")
    if code in AUTH:
        return bad("doctor-slack-refused", token=token, why=code)
    return _away(error)


def _away(error: SlackApiError) -> Finding:
    code, status = code_of(error), error.response.status_code
    return bad("doctor-slack-away", why=code or (f"HTTP {status}" if status >= BROKEN else "?"))


def _scopes(patient: Patient, headers: Mapping[str, str]) -> Iterator[Finding]:
    """Compare what the workspace has granted with what the manifest asks for."""
    missing = lacking(headers)
    if not missing:
        yield good("doctor-slack-scopes", count=len(SCOPES))
        return
    t = patient.t
    named = [
        t("doctor-slack-scope", scope=scope, what=t(f"slack-scope-{scope.replace(':', '-')}")) for scope in missing
    ]
    yield bad("doctor-slack-scopes-missing", scopes="\n    ".join(named))


def _clock(headers: Mapping[str, str]) -> Iterator[Finding]:
    """Compare our clock with Slack's: its forms, retries and signatures live by it."""
    try:
        theirs = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return
    ahead = datetime.now(UTC) - theirs
    if abs(ahead) > SKEW:
        side = "yes" if ahead > timedelta() else "no"
        yield bad("doctor-slack-clock", minutes=max(1, round(abs(ahead) / timedelta(minutes=1))), ahead=side)


async def _app_token(client: AsyncWebClient, app: str) -> Finding:
    """Ask for a line as the running bot does; without using it no line is opened."""
    try:
        await client.apps_connections_open(app_token=app)
    except SlackApiError as error:
        return _refused(error, "SLACK_APP_TOKEN")
    return good("doctor-slack-line")


def places(policy: Policy) -> dict[str, list[str]]:
    """Give every address in Slack at which the policy lets something be said, with the names by which it does."""
    routes = policy.routes
    said_at = [(team.address, team.name) for team in routes.teams]
    said_at.append((routes.fallback, "fallback"))
    found: dict[str, list[str]] = defaultdict(list)
    for place, name in said_at:
        channel, _, address = place.partition(":")
        if channel == NAME:
            found[address].append(name)
    return found


async def _place(client: AsyncWebClient, address: str, names: str) -> Finding:
    """Make sure that what stands at an address can be read again: that is how nothing is said twice."""
    values: dict[str, Any] = {"place": address, "names": names}
    try:
        seat = Seat.read(address)
    except NoSeat:
        return bad("doctor-slack-place-name", **values)
    if not seat.talk:
        return good("doctor-slack-place-person", **values)
    try:
        await client.conversations_history(channel=seat.talk, limit=1)
    except SlackApiError as error:
        return _place_refused(error, values)
    return good("doctor-slack-place", **values)


def _place_refused(error: SlackApiError, values: dict[str, Any]) -> Finding:
    code = code_of(error)
    if code in SLOW:
        return warn("doctor-slack-slow")
    if code in UNSURE or not code:
        return _away(error)
    if code in UNINVITED:
        return bad(UNINVITED[code], **values)
    return bad("doctor-slack-place-refused", why=code, **values)
