"""Presence: the channels that run here; one is present if its tokens are."""

from __future__ import annotations

from bot.channels import model
from bot.channels.port import Channel
from bot.channels.webchat import WebChat
from bot.config import Config
from handlers.contents import ROUTERS
from handlers.routing import Routes
from storage.database import Database


def channels(config: Config, database: Database) -> list[Channel]:
    """Make every channel that the configuration has tokens for; a channel may read, never write, the database."""
    present: list[Channel] = [WebChat()]
    present += _slack(config, database)
    if config.telegram_bot_token is not None:
        from bot.channels.telegram import TelegramChannel

        present.append(TelegramChannel(config.telegram_bot_token.get_secret_value(), config.telegram_api_url))
    present += model.from_settings(config)
    return present


def _slack(config: Config, database: Database) -> list[Channel]:
    from bot.channels.slack.channel import SlackChannel, Tokens
    from bot.channels.slack.looking import Looking

    bot, app = config.slack_bot_token, config.slack_app_token
    if not (bot and app and bot.get_secret_value() and app.get_secret_value()):
        return []
    tokens = Tokens(bot.get_secret_value(), app.get_secret_value(), config.slack_api_url)
    return [SlackChannel(tokens, Routes(ROUTERS), Looking(database))]
