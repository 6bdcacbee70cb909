"""A bot with small handlers behind its web, on a database of its own; asked in-process, without a port."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.channels.webchat.origins import Embedding
from bot.console import staff_sessions
from bot.console.staff_sessions import StaffSession
from bot.web import make_app
from storage.database import Database
from storage.inbox import inbox
from storage.posts import Post, posts
from storage.staff import Person
from tests.webchat import small

LINA = Person("lina", "李娜", "service", language="zh-CN", zone="Asia/Shanghai")


SHOP = "https://shop.example"
HERE = {"origin": "http://rapport", "sec-fetch-site": "same-origin"}
"""What a browser says when a button of our own page was pressed."""
SECRET = "a secret of the company's server, long enough"
EMBEDDING = Embedding(frozenset({SHOP}), SECRET)


def signed_in(staff_id: str) -> str:
    """Give the cookie of a colleague who has just come in."""
    return f"{staff_sessions.COOKIE}={StaffSession.begin(staff_id, datetime.now(UTC)).cookie()}"


class House:
    """The running bot and a browser without a screen."""

    def __init__(self, database: Database) -> None:
        self.runner = asyncio.Runner()
        self.bot = self.runner.run(self._open(database))
        self.app = make_app(self.bot, console=False, embedding=EMBEDDING)

    async def _open(self, database: Database) -> Bot:
        bot = Bot(database, [WebChat(database)])
        await bot.start()
        return bot

    def browser(self, language: str = "en", **headers: str) -> Browser:
        return Browser(self, {"accept-language": language} | headers)

    def close(self) -> None:
        self.runner.run(self.bot.stop())
        self.runner.close()

    def settle(self) -> None:
        self.runner.run(self.bot.pump.settled())

    def stored(self) -> tuple[int, int]:
        """Count what is in the inbox and in the chats."""
        with self.bot.database.reading() as connection:
            counts = [
                connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (inbox, posts)
            ]
        return counts[0], counts[1]

    def chat(self, address: str) -> list[Post]:
        return self.bot.read(lambda store: store.posts.of("web", address))


class Browser:
    """Somebody's browser: it keeps cookies."""

    def __init__(self, house: House, headers: dict[str, str]) -> None:
        self.house = house
        transport = httpx.ASGITransport(app=house.app)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://rapport", headers=headers)

    def post(self, path: str, body: Any = None, **how: Any) -> httpx.Response:
        how = how or {"json": {} if body is None else body}
        return self.house.runner.run(self._client.post(path, **how))

    def get(self, path: str, **how: Any) -> httpx.Response:
        return self.house.runner.run(self._client.get(path, **how))

    def ask(self, method: str, path: str, **how: Any) -> httpx.Response:
        return self.house.runner.run(self._client.request(method, path, **how))

    @property
    def cookies(self) -> httpx.Cookies:
        return self._client.cookies

    def comes_in(self) -> Browser:
        assert self.post("/webchat/session").status_code == 201
        return self

    def visits(self, **visit: str) -> Browser:
        """Open the chat on a page of the company's."""
        answer = self.post("/webchat/visit", visit)
        assert answer.status_code in (200, 201), answer.text
        self._client.headers["authorization"] = f"Bearer {answer.json()['token']}"
        return self

    @property
    def token(self) -> str:
        return self._client.headers["authorization"].partition(" ")[2]

    def says(self, text: str, id_: str = "one") -> httpx.Response:
        answer = self.post("/webchat/messages", {"id": id_, "text": text})
        self.house.settle()
        return answer


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    from tests.conftest import KEY

    monkeypatch.setattr("bot.app.ROUTERS", small.ROUTERS)
    shutil.copy(sqlite_template, tmp_path / "rapport.db")
    database = Database(f"sqlite:///{tmp_path / 'rapport.db'}", KEY)
    house = House(database)
    house.runner.run(house.bot.writer.do(lambda store: store.staff.add(LINA, {})))
    with capture_logs() as logs:
        yield house
        house.close()
    database.close()
    assert not [entry for entry in logs if entry["log_level"] in ("error", "critical")]
