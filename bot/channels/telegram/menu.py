"""The menu: what is found under the slash, for everybody in the language of their app, for one chat as it is on record."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import Bot, BotCommand, BotCommandScopeChat

from bot.channels.cutting import cut
from handlers.cards import Choice
from handlers.contents import ROUTERS
from handlers.menus import HIDDEN
from handlers.routing import Routes
from prompts.phrases import LANGUAGES, phrases

LONGEST = 256
MOST = 100
"""Characters of what a command does, and commands of a menu; Bot API, BotCommand and setMyCommands."""
CODES = {"zh-CN": "zh"}


def commands(language: str) -> list[BotCommand]:
    t = phrases(language)
    allowed = [command for command in Routes(ROUTERS).allowed("customer") if command.name not in HIDDEN]
    return _listed((command.name, t(command.key)) for command in allowed)


def _listed(offered: Iterable[tuple[str, str]]) -> list[BotCommand]:
    found = [BotCommand(name.replace(" ", "_").replace("-", "_"), cut(does, LONGEST)) for name, does in offered]
    return found[:MOST]


async def publish(bot: Bot) -> None:
    """Set the menu for every language; whoever's language has none finds the English one."""
    for language in LANGUAGES:
        code = None if language == "en" else CODES.get(language, language)
        await bot.set_my_commands(commands(language), language_code=code)


async def set_for(bot: Bot, chat: str, menu: Iterable[Choice]) -> None:
    """Set the menu of one chat: it goes before the one for everybody, whatever language the app has; none takes it away."""
    offered, here = _listed((choice.value, choice.label) for choice in menu), BotCommandScopeChat(chat)
    if offered:
        await bot.set_my_commands(offered, scope=here)
    else:
        await bot.delete_my_commands(scope=here)
