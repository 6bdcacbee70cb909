"""The running process: the bot, its web server and its control socket, until a signal says stop."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any, Final

import structlog

from bot import control, logs
from bot.app import Bot
from bot.channels.present import present
from bot.channels.webchat.origins import WIDGET, Embedding
from bot.config import Config, HalfSet, read_config
from bot.opening import open_database

if TYPE_CHECKING:
    from bot.console.demo import Demo

log = structlog.get_logger()

SHORT_PAUSES: Final = 5_000
"""So many new objects are looked through at a time once we run, in two to four milliseconds on a slow core: loading takes
more at a time, but then nobody waits."""


def run() -> None:
    """Run the bot with what the environment says."""
    logs.configure()
    config = read_config()
    database = open_database(config.url, config.key)

    here = present(config, database)

    async def work() -> None:
        bot = Bot(database, here.channels, control.policy_text(config), halves=here.halves, address=config.address)
        await stay(bot, config)

    asyncio.run(work())
    database.close()


async def stay(bot: Bot, config: Config, demo: Demo | None = None, greeting: str = "") -> None:
    """Keep a bot and its web server up until they are told to stop."""
    from bot.web import listen, make_app, serve

    seat = listen(config.host, config.port)  # a taken port is found before anything starts
    embedding = _embedding(bot, config)
    await bot.start()
    door = await control.serve(bot, control.socket_path(config))
    token = config.metrics_token.get_secret_value() if config.metrics_token else None
    app: Any = make_app(bot, demo=demo, metrics_token=token, embedding=embedding)
    gc.freeze()  # what was loaded stays to the end: nobody waits while it is looked through again and again
    gc.set_threshold(SHORT_PAUSES)
    try:
        if greeting:
            print(greeting, flush=True)  # noqa: T201 - the one line a person waits for
        await serve(app, config.host, config.port, at=seat)
    finally:
        door.close()
        control.socket_path(config).unlink(missing_ok=True)
        await bot.stop()


def _embedding(bot: Bot, config: Config) -> Embedding:
    """Give where the chat may be embedded: nowhere if that is set wrongly, which stops nothing else."""
    try:
        found = Embedding.of(config)
    except HalfSet as half:
        log.error("chat not embedded", why=half.why, about=half.about)  # noqa: TRY400 - no fault of ours, so no trace
        bot.health.add(half.channel, half)
        return Embedding(address=config.address)
    if found.origins:
        bot.health.add(WIDGET)
    return found
