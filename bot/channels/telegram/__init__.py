"""Telegram: private chats with one bot account, read by long polling."""

from bot.channels.telegram.channel import TelegramChannel

__all__ = ["TelegramChannel"]
