"""Presence: the channels that run here; one is present if its tokens are."""

from __future__ import annotations

from bot.channels import model
from bot.channels.port import Channel
from bot.channels.webchat import WebChat
from bot.config import Config, said
from handlers.contents import ROUTERS
from handlers.routing import Routes
from storage.database import Database


def channels(config: Config, database: Database) -> list[Channel]:
    """Make every channel that the configuration has tokens for; a channel may read, never write, the database.

    The library of a channel that is not here is not loaded either.
    """
    return [WebChat(), *_slack(config, database), *_telegram(config), *model.from_settings(config)]


def _slack(config: Config, database: Database) -> list[Channel]:
    bot, app = said(config.slack_bot_token), said(config.slack_app_token)
    if not (bot and app):
        return []
    from bot.channels.slack.channel import SlackChannel, Tokens
    from bot.channels.slack.looking import Looking

    return [SlackChannel(Tokens(bot, app, config.slack_api_url), Routes(ROUTERS), Looking(database))]


def _telegram(config: Config) -> list[Channel]:
    token = said(config.telegram_bot_token)
    if not token:
        return []
    from bot.channels.telegram import TelegramChannel

    return [TelegramChannel(token, config.telegram_api_url)]
