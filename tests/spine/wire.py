"""Just enough HTTP for the tests' own ends of a wire: one request a connection, JSON in, JSON out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

Answer = Callable[[dict[str, Any], asyncio.StreamWriter], Awaitable[None]]


async def read_request(reader: asyncio.StreamReader) -> dict[str, Any]:
    """Read a request's JSON body.

    Raises:
        asyncio.IncompleteReadError: the other end went away.
    """
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.startswith("content-length:")), 0)
    body: dict[str, Any] = json.loads(await reader.readexactly(length) or b"{}")
    return body


async def reply(writer: asyncio.StreamWriter, status: int, body: dict[str, Any], headers: str = "") -> None:
    """Write an answer and close."""
    words = json.dumps(body).encode()
    head = f"HTTP/1.1 {status} X\r\ncontent-length: {len(words)}\r\nconnection: close\r\n{headers}\r\n"
    writer.write(head.encode() + words)
    await writer.drain()
    writer.close()
    await writer.wait_closed()
