"""Presence: the channels that run here; one is present if its tokens are."""

from __future__ import annotations

from bot.channels import model
from bot.channels import model
from bot.channels.port import Channel
from bot.channels.webchat import WebChat
from bot.config import Config
from storage.database import Database


def channels(config: Config, database: Database) -> list[Channel]:
    """Make every channel that the configuration has tokens for; a channel may read, never write, the database."""
    present: list[Channel] = [WebChat()]
    if config.telegram_bot_token is not None:
        from bot.channels.telegram import TelegramChannel

        present.append(TelegramChannel(config.telegram_bot_token.get_secret_value(), config.telegram_api_url))
    present += model.from_settings(config)
    present += model.from_settings(config)
    return present
