"""Control: operations reach the bot that holds the database through a socket in its data folder, or run by themselves."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from bot.clock import WallClock
from bot.config import Config
from bot.opening import open_database
from bot.operations import OPERATIONS, Hands, OperationRefused
from bot.policy_keeper import in_force
from scheduler.policy.document import Policy
from storage.database import AlreadyRunning
from storage.store import Store

if TYPE_CHECKING:
    from bot.app import Bot  # an operation is for any command, which need not load a whole bot

T = TypeVar("T")
log = structlog.get_logger()
LARGEST = 4 * 1024 * 1024


def socket_path(config: Config) -> Path:
    return config.data.absolute() / "rapport.sock"


async def serve(bot: Bot, path: Path) -> asyncio.Server:
    """Listen for operations; only the owner of the data folder may connect."""
    loop = asyncio.get_running_loop()

    def write(work: Callable[[Store], T]) -> T:
        return asyncio.run_coroutine_threadsafe(bot.writer.do(work), loop).result()

    def hands() -> Hands:
        return Hands(write, bot.read, bot.clock.now, lambda: bot.policies.current)

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = json.loads(await reader.readline())
            result = await asyncio.to_thread(perform_with, hands(), request["do"], request["args"])
            answer = json.dumps(result, ensure_ascii=False, default=str)
        except Exception as error:
            log.exception("operation failed")
            answer = json.dumps({"refused": "operator-failed", "values": {"error": type(error).__name__}})
        writer.write(answer.encode() + b"\n")
        await writer.drain()
        writer.close()

    await asyncio.to_thread(_clear, path)
    server = await asyncio.start_unix_server(serve_one, path, limit=LARGEST)
    await asyncio.to_thread(path.chmod, 0o600)
    return server


def _clear(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)


def perform_with(hands: Hands, name: str, args: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"result": OPERATIONS[name](hands, **args)}
    except OperationRefused as refusal:
        return {"refused": refusal.key, "values": refusal.values}


def perform(config: Config, name: str, /, **args: Any) -> Any:
    """Run an operation where the database is: in the running bot, or here if none runs.

    Raises:
        OperationRefused: it cannot be done, or the running bot could not do it and says in its log why.
        AlreadyRunning: a bot holds the database but does not answer.
    """
    result = _ask_running(socket_path(config), name, args) or _run_here(config, name, args)
    if "refused" in result:
        raise OperationRefused(result["refused"], **result["values"])
    return result["result"]


def _ask_running(path: Path, name: str, args: dict[str, Any]) -> dict[str, Any] | None:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
        except OSError:
            return None
        try:
            connection.sendall(json.dumps({"do": name, "args": args}).encode() + b"\n")
            with connection.makefile() as answer:
                line = answer.readline()
        except ConnectionError:
            line = ""
    if not line:
        raise OperationRefused("operator-no-answer")
    result: dict[str, Any] = json.loads(line)
    return result


def _run_here(config: Config, name: str, args: dict[str, Any]) -> dict[str, Any]:
    database = open_database(config.url, config.key)
    clock = WallClock()

    def write(work: Callable[[Store], T]) -> T:
        with database.writing() as connection:
            store = Store(connection)
            result = work(store)
            store.flush()
            return result

    def read(work: Callable[[Store], T]) -> T:
        with database.reading() as connection:
            return work(Store(connection))

    def policy() -> Policy:
        return read(lambda store: in_force(store, lambda: policy_text(config)))

    try:
        return perform_with(Hands(write, read, clock.now, policy), name, args)
    finally:
        database.close()


def policy_text(config: Config) -> str | None:
    return config.rapport_policy.read_text(encoding="utf-8") if config.rapport_policy else None


__all__ = ["AlreadyRunning", "perform", "serve", "socket_path"]
