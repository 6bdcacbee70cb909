"""Presence: the channels that run here; one is present if all it needs is set, and half of it starts nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import structlog

from bot.channels import model
from bot.channels.files import Files
from bot.channels.port import Channel
from bot.channels.skew import Skew
from bot.channels.webchat.channel import WebChat
from bot.channels.wecom import presence as wecom
from bot.config import BAD, NEITHER, Config, HalfSet, said
from handlers.contents import ROUTERS
from handlers.routing import Routes
from storage.database import Database

log = structlog.get_logger()


@dataclass(frozen=True)
class Ground:
    """What channels are made from; a channel may read, never write, the database."""

    config: Config
    database: Database
    files: Files
    clocks: defaultdict[str, Skew] = field(default_factory=lambda: defaultdict(Skew))
    """What is seen of each platform's clock; channels on one platform share it, so that it is told of once."""


@dataclass(frozen=True)
class Present:
    """The channels that run, and those that are set by half and stay down."""

    channels: tuple[Channel, ...]
    halves: tuple[HalfSet, ...] = ()


def present(config: Config, database: Database) -> Present:
    """Make every channel that the configuration has all settings for.

    The library of a channel that is not here is not loaded either.
    """
    ground = Ground(config, database, Files())
    channels: list[Channel] = [WebChat(database, ground.files)]
    halves = []
    for make in MAKERS:
        try:
            channels += make(ground)
        except HalfSet as half:
            log.error("channel not started", channel=half.channel, why=half.why, about=half.about)  # noqa: TRY400 - no fault of ours, so no trace
            halves.append(half)
    ground.files.held_by(channels)
    return Present(tuple(channels), tuple(halves))


HEARS_BY: Final = ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
"""By the first we call Slack, by the second it calls us."""


def _slack(ground: Ground) -> Iterator[Channel]:
    config = ground.config
    bot, app, secret = map(said, (config.slack_bot_token, config.slack_app_token, config.slack_signing_secret))
    if not (bot or app or secret):
        return
    if not (bot and (app or secret)):
        raise HalfSet("slack", "SLACK_BOT_TOKEN") if app or secret else HalfSet("slack", *HEARS_BY, why=NEITHER)
    from bot.channels.slack.channel import SlackChannel, Tokens
    from bot.channels.slack.looking import Looking

    tokens = Tokens(bot, app, config.slack_api_url, secret)
    yield SlackChannel(tokens, Routes(ROUTERS), Looking(ground.database), files=ground.files)


def _telegram(ground: Ground) -> Iterator[Channel]:
    config = ground.config
    token, secret = said(config.telegram_bot_token), said(config.telegram_webhook_secret)
    url = (config.telegram_webhook_url or "").strip()
    if not (token or url or secret):
        return
    wanted = {"TELEGRAM_BOT_TOKEN": token}
    if url or secret:
        wanted |= {"TELEGRAM_WEBHOOK_URL": url, "TELEGRAM_WEBHOOK_SECRET": secret}
    if missing := [name for name, value in wanted.items() if not value]:
        raise HalfSet("telegram", *missing)
    from bot.channels.telegram import TelegramChannel
    from bot.channels.telegram.webhook import SECRET, Address

    if secret and not SECRET.fullmatch(secret):
        raise HalfSet("telegram", "TELEGRAM_WEBHOOK_SECRET", why=BAD)
    hook = Address.of(url, secret) if url else None
    yield TelegramChannel(token, config.telegram_api_url, hook=hook, files=ground.files)


def _model(ground: Ground) -> Iterator[Channel]:
    yield from model.from_settings(ground.config)


MAKERS: Final[tuple[Callable[[Ground], Iterator[Channel]], ...]] = (
    _slack,
    _telegram,
    wecom.customers,
    wecom.app,
    wecom.robot,
    _model,
)
"""Every channel with settings of its own, in the order in which it is started."""
