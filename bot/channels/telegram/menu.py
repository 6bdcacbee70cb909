"""The menu: what a customer finds under the slash, in the language of their app."""

from __future__ import annotations

from telegram import Bot, BotCommand

from handlers.contents import ROUTERS
from handlers.routing import Routes
from prompts.phrases import LANGUAGES, phrases

HIDDEN = ("start",)
"""The app offers it by itself, as a button."""
LONGEST = 256
CODES = {"zh-CN": "zh"}


def commands(language: str) -> list[BotCommand]:
    t = phrases(language)
    allowed = [command for command in Routes(ROUTERS).allowed("customer") if command.name not in HIDDEN]
    return [BotCommand(command.name.replace(" ", "_"), t(command.key)[:LONGEST]) for command in allowed]


async def publish(bot: Bot) -> None:
    """Set the menu for every language; whoever's language has none finds the English one."""
    for language in LANGUAGES:
        code = None if language == "en" else CODES.get(language, language)
        await bot.set_my_commands(commands(language), language_code=code)
