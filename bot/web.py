"""The web: one app that carries the customers' chat, the console, and the questions of whoever watches the process."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import structlog
import uvicorn
from fastapi import FastAPI
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from bot.app import Bot
from bot.channels.port import Doorkeeper
from bot.channels.webchat.http import WebChatHttp
from bot.channels.webchat.origins import Embedding
from bot.channels.webchat.rations import Rations
from bot.channels.webchat.widget import Widget
from bot.console.demo import Demo
from bot.console.entrance import Entrance
from bot.console.file_door import FileDoor
from bot.console.gate import Gate
from bot.metrics import door
from storage import schema

log = structlog.get_logger()
STATIC: Final = Path(__file__).parent / "console" / "static"
GRACE: Final = 2
"""Seconds that open pages get when the server stops."""


def make_app(
    bot: Bot,
    *,
    demo: Demo | None = None,
    console: bool = True,
    metrics_token: str | None = None,
    embedding: Embedding | None = None,
) -> FastAPI:
    """Put the web together; without `console` only the customers' chat over HTTP and the health questions.

    `embedding` says on which other sites the chat may stand.
    """
    app = FastAPI(title="Rapport", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.bot = bot
    rations = Rations()
    _open_chat(app, bot, embedding, rations)
    _open_to_platforms(app, bot)
    _answer_watchers(app, bot, metrics_token)
    app.mount("/assets", StaticFiles(directory=STATIC), name="assets")
    app.add_middleware(Gate, greets={"/chat", "/"} if demo else {"/chat"}, rations=rations)
    if console:
        _open_console(app, bot, demo)
    return app


def _open_chat(app: FastAPI, bot: Bot, embedding: Embedding | None, rations: Rations) -> None:
    chat = WebChatHttp(bot, embedding, rations)
    app.state.before_end = chat.watch.close
    app.include_router(Widget(bot).router())
    app.include_router(chat.router())


def _open_to_platforms(app: FastAPI, bot: Bot) -> None:
    """Let those in who bring us what happened on their platform."""
    for channel in bot.channels.values():
        if isinstance(channel, Doorkeeper):
            app.include_router(channel.doors(bot.pump.accept))


def _answer_watchers(app: FastAPI, bot: Bot, metrics_token: str | None) -> None:
    app.add_api_route("/healthz", _alive, methods=["GET"], include_in_schema=False)
    app.add_api_route("/readyz", _ready(bot), methods=["GET"], include_in_schema=False)
    app.add_api_route("/metrics", door(bot, metrics_token), methods=["GET"], include_in_schema=False)


def _open_console(app: FastAPI, bot: Bot, demo: Demo | None) -> None:
    from bot.console.pages import install

    app.include_router(FileDoor(bot, demo).router())
    app.include_router(Entrance(bot, greets_visitors=demo is None).router())
    install(app, bot, demo)


async def _alive() -> Response:
    return JSONResponse({"alive": True})


def _ready(bot: Bot) -> Callable[[], Awaitable[Response]]:
    async def ready() -> Response:
        """Tell whether the database answers and its schema is ours, which channels are up, and how the clock stands.

        A channel that is down is down alone, and a clock that is wrong stops nothing but what platforms refuse for it.
        """
        known = {"channels": bot.health.channels, "clock": bot.health.clock}
        try:
            await asyncio.to_thread(schema.check, bot.database)
        except Exception as error:  # noqa: BLE001 - whatever it is, we are not ready
            log.warning("not ready", error=type(error).__name__)
            return JSONResponse({"ready": False, **known}, 503)
        return JSONResponse({"ready": True, **known})

    return ready


class _Server(uvicorn.Server):
    """A server in a loop that is ours: signals stay with whoever runs the loop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """Take a port; port 0 takes a free one.

    Raises:
        OSError: somebody else has it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError:
        taken.close()
        raise
    return taken


async def serve(app: FastAPI, host: str, port: int, *, at: socket.socket | None = None) -> None:
    """Serve until cancelled, or until SIGINT or SIGTERM; then open pages get two seconds to end.

    Raises:
        OSError: the port is taken.
    """
    taken = at or listen(host, port)
    server = _Server(
        uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE)
    )
    serving = asyncio.create_task(server.serve(sockets=[taken]))
    try:
        with _stopped_by_signals(server, app.state.before_end):
            await asyncio.shield(serving)
    except asyncio.CancelledError:
        app.state.before_end()
        server.should_exit = True
        await asyncio.wait({serving}, timeout=GRACE + 2)
        raise
    finally:
        taken.close()


@contextmanager
def _stopped_by_signals(server: uvicorn.Server, before_end: Callable[[], None]) -> Iterator[None]:
    """Let signals end the serving; elsewhere than in the main thread there are none to hear.

    Pages that wait for news are answered first, so that the server need not cut them off.
    """

    def stop() -> None:
        before_end()
        server.force_exit = server.should_exit
        server.should_exit = True

    loop = asyncio.get_running_loop()
    heard = []
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        with suppress(ValueError, RuntimeError, NotImplementedError):
            loop.add_signal_handler(signal_, stop)
            heard.append(signal_)
    try:
        yield
    finally:
        for signal_ in heard:
            loop.remove_signal_handler(signal_)
