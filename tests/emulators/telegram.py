"""The Telegram Bot API on the loopback: strict about what it takes, able to fail on purpose, and it remembers all.

An update is confirmed only by a poll with a greater offset; a second poller takes the first one's connection away.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.emulators.telegram_files import Drawer, Held
from tests.emulators.telegram_forum import Forums, Group
from tests.emulators.telegram_postman import Postman
from tests.emulators.telegram_rules import (
    Refusal,
    bad,
    check_commands,
    check_dates,
    moment,
    read_caption,
    read_keyboard,
    read_photo,
    read_text,
)
from tests.emulators.telegram_wire import Fault, Params, answers, fails_before, first_of, read, refused

__all__ = ["TOKEN", "Bubble", "Call", "Fault", "Params", "Telegram"]

TOKEN = "4711:AAE-emulated_secret_token_of_a_bot"


@dataclass
class Bubble:
    """One message of the bot in a chat, as it stands now."""

    id: int
    text: str
    parts: list[tuple[str, str]] = field(default_factory=list)
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)
    raw: str = ""
    reply_to: int | None = None
    edits: int = 0
    photo: bytes = b""
    """The picture whose caption the text is."""
    file: Held | None = None
    topic: int | None = None
    """The topic of a group in which it stands; none for what is said in the open."""

    @property
    def buttons(self) -> list[str]:
        return [button["text"] for row in self.keyboard for button in row]

    def data(self, label: str) -> str:
        return next(b["callback_data"] for row in self.keyboard for b in row if b["text"] == label)


@dataclass(frozen=True)
class Call:
    method: str
    params: Params
    fault: Fault
    at: float


class Telegram(Forums):
    """One bot account and the people who write to it."""

    def __init__(self, fault: Callable[[str, Params], Fault] = lambda _method, _params: "ok") -> None:
        self.fault = fault
        self.calls: list[Call] = []
        self.chats: dict[int, list[Bubble]] = {}
        self.groups: dict[int, Group] = {}
        self.blocked: set[int] = set()
        self.too_old: set[int] = set()
        """Messages that can be deleted no more."""
        self.refusals: dict[int, tuple[int, str, dict[str, Any]]] = {}
        """Chats with which something else is wrong: code, description, parameters."""
        self.menus: dict[str, list[dict[str, str]]] = {}
        self.chat_menus: dict[int, list[dict[str, str]]] = {}
        self.answered: list[str] = []
        self.webhook = ""
        self.postman = Postman(self)
        self.drawer = Drawer()
        self.doing: list[tuple[int, str]] = []
        """Chats and what was shown there as being done."""
        self.webhook_error: dict[str, Any] = {}
        self.flags = {"can_join_groups": False, "can_read_all_group_messages": False}
        self.url = ""
        self.updates: list[dict[str, Any]] = []
        self._confirmed: list[dict[str, Any]] = []
        self._ids = itertools.count(1)
        self._update_ids = itertools.count(880_001)
        self._changed = asyncio.Event()
        self._poller: asyncio.Event | None = None
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._serve)
        app.router.add_get(f"/file/bot{TOKEN}/{{path:.+}}", self.drawer.serve)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"

    async def stop(self) -> None:
        await self.postman.stop()
        if self._runner:
            await self._runner.cleanup()

    def report(self, kind: str, what: dict[str, Any]) -> int:
        """Let something happen now, or lately; whoever polls hears of it."""
        check_dates(what)
        return self.tell(kind, self.rooted(what))

    def tell(self, kind: str, what: Any) -> int:
        """Tell of something that may not be as Telegram would tell it."""
        update_id = next(self._update_ids)
        self.updates.append({"update_id": update_id, kind: what})
        self._change()
        return update_id

    def happened(self, kind: str, what: dict[str, Any]) -> dict[str, Any]:
        """Let something happen now of which nobody hears yet."""
        check_dates(what)
        what = self.rooted(what)
        return {"update_id": next(self._update_ids), kind: what}

    async def brings(self, updates: list[dict[str, Any]]) -> None:
        """Let updates be heard of: one after the other over a webhook, whichever came first; in order by a poll."""
        if not self.webhook:
            self.updates += sorted({update["update_id"]: update for update in updates}.values(), key=_number)
            self._change()
            return await self.confirmed()
        for update in updates:
            self.updates.append(update)
            self._change()
            await self.confirmed()
        return None

    def repeat(self, update_id: int) -> None:
        """Report an update once more, although it was confirmed."""
        again = next(update for update in self._confirmed if update["update_id"] == update_id)
        self.updates.insert(0, again)
        self._change()

    def shuffle(self, luck: random.Random) -> None:
        """Report what waits in another order."""
        luck.shuffle(self.updates)

    def next_id(self) -> int:
        return next(self._ids)

    async def confirmed(self) -> None:
        """Wait until every update was confirmed by a poll with a greater offset."""
        while self.updates:
            await self._changed.wait()

    def said(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def _change(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method, params = request.match_info["method"], read(await request.post())
        fault = self.fault(method, params)
        self.calls.append(Call(method, params, fault, time.monotonic()))
        if request.match_info["token"] != TOKEN or fault == "unauthorized":
            return refused(Refusal(401, "Unauthorized"))
        try:
            return await self._obey(request, method, params, fault)
        except Refusal as refusal:
            return refused(refusal)

    async def _obey(self, request: web.Request, method: str, params: Params, fault: Fault) -> web.StreamResponse:
        broken = fails_before(request, fault)
        if broken is not None:
            return broken
        deed = getattr(self, f"_{method}", None)
        if deed is None:
            raise Refusal(404, "Not Found")
        return await answers(request, await deed(params), fault)

    async def _getMe(self, _: Params) -> dict[str, Any]:  # noqa: N802 - the method's name on the wire
        return {"id": 4711, "is_bot": True, "first_name": "Rapport", "username": "rapport_test_bot"} | self.flags

    async def _getWebhookInfo(self, _: Params) -> dict[str, Any]:  # noqa: N802
        about = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.updates)}
        return about | self.webhook_error

    async def _deleteWebhook(self, params: Params) -> bool:  # noqa: N802
        if params.get("drop_pending_updates") is True:
            self.updates.clear()
        self.webhook = ""
        await self.postman.stop()
        return True

    async def _setWebhook(self, params: Params) -> bool:  # noqa: N802
        self.postman.take(params)
        if params.get("drop_pending_updates") is True:
            self.updates.clear()
        if self._poller is not None:  # assumed: a poll that waits ends as if another had begun
            self._poller.set()
        self.webhook = params["url"]
        self.postman.start()
        return True

    async def _getUpdates(self, params: Params) -> list[dict[str, Any]]:  # noqa: N802
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poller is not None:
            self._poller.set()
        self._poller = gone = asyncio.Event()
        self._confirm(int(params.get("offset") or 0))
        until = time.monotonic() + float(params.get("timeout") or 0)
        while not (found := self._wanted(params)) and time.monotonic() < until and not gone.is_set():
            await first_of(self._changed, gone, until - time.monotonic())
        if gone.is_set():
            raise Refusal(409, "Conflict: terminated by other getUpdates request")
        self._poller = None
        return found

    async def rival(self) -> None:
        """Let another program poll once: it takes away the poll that waits, as soon as one does."""
        while self._poller is None:  # noqa: ASYNC110 - polls come and go
            await asyncio.sleep(0.01)
        await self._getUpdates({"timeout": 0})

    def taken(self, update: dict[str, Any]) -> None:
        """Count an update as confirmed, once."""
        if update in self.updates:
            self.updates.remove(update)
            self._confirmed.append(update)
            self._change()

    def changed(self) -> Coroutine[Any, Any, bool]:
        """Wait until something is reported or confirmed, from this call on, whenever the waiting itself begins."""
        return self._changed.wait()

    def _confirm(self, offset: int) -> None:
        self._confirmed += [update for update in self.updates if update["update_id"] < offset]
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        self._change()

    def _wanted(self, params: Params) -> list[dict[str, Any]]:
        kinds = set(params.get("allowed_updates") or [])
        wanted = [update for update in self.updates if not kinds or kinds & update.keys()]
        return wanted[: int(params.get("limit") or 100)]

    async def _sendMessage(self, params: Params) -> dict[str, Any]:  # noqa: N802
        chat = self._chat(params)
        shown = read_text(params["text"], params.get("parse_mode"))
        keyboard = read_keyboard(params.get("reply_markup"))
        under = (params.get("reply_parameters") or {}).get("message_id")
        topic = self.topic_of(chat, params)
        bubble = Bubble(self.next_id(), shown.text, shown.parts, keyboard, params["text"], under, topic=topic)
        self.chats[chat].append(bubble)
        return _message(chat, bubble)

    async def _editMessageText(self, params: Params) -> dict[str, Any]:  # noqa: N802
        chat = self._chat(params)
        bubble = self._bubble(chat, params)
        if bubble.photo:
            raise bad("there is no text in the message to edit")
        shown = read_text(params["text"], params.get("parse_mode"))
        keyboard = read_keyboard(params.get("reply_markup"))
        if (shown.text, shown.parts, keyboard) == (bubble.text, bubble.parts, bubble.keyboard):
            raise bad("message is not modified: specified new message content and reply markup are exactly the same")
        bubble.text, bubble.parts, bubble.keyboard, bubble.raw = shown.text, shown.parts, keyboard, params["text"]
        bubble.edits += 1
        return _message(chat, bubble)

    async def _deleteMessages(self, params: Params) -> bool:  # noqa: N802
        """From the documentation: 1 to 100 ids, those that are not found are skipped; a day or two later none goes.

        Assumed: that one that is too old is refused as deleteMessage refuses it, and then none is deleted.
        """
        chat, ids = self._chat(params), {int(id_) for id_ in params["message_ids"]}
        if not 1 <= len(ids) <= 100:
            raise bad("wrong number of message identifiers")
        if ids & self.too_old:
            raise bad("message can't be deleted")
        self.chats[chat] = [bubble for bubble in self.chats[chat] if bubble.id not in ids]
        return True

    async def _sendPhoto(self, params: Params) -> dict[str, Any]:  # noqa: N802
        return self._show_file("photo", params)

    async def _sendVideo(self, params: Params) -> dict[str, Any]:  # noqa: N802
        return self._show_file("video", params)

    async def _sendVoice(self, params: Params) -> dict[str, Any]:  # noqa: N802
        return self._show_file("voice", params)

    async def _sendAudio(self, params: Params) -> dict[str, Any]:  # noqa: N802
        return self._show_file("audio", params)

    async def _sendDocument(self, params: Params) -> dict[str, Any]:  # noqa: N802
        return self._show_file("document", params)

    def _show_file(self, kind: str, params: Params) -> dict[str, Any]:
        chat = self._chat(params)
        held, caption = self.drawer.taken(kind, params.get(kind)), read_caption(params.get("caption") or "")
        under = (params.get("reply_parameters") or {}).get("message_id")
        photo = held.content if kind == "photo" else b""
        topic = self.topic_of(chat, params)
        bubble = Bubble(self.next_id(), caption, raw=caption, reply_to=under, photo=photo, file=held, topic=topic)
        self.chats[chat].append(bubble)
        return _message(chat, bubble)

    async def _getFile(self, params: Params) -> dict[str, Any]:  # noqa: N802
        return self.drawer.get(params)

    async def _sendChatAction(self, params: Params) -> bool:  # noqa: N802
        self.doing.append((self._chat(params), params["action"]))
        return True

    async def _editMessageMedia(self, params: Params) -> dict[str, Any]:  # noqa: N802
        chat = self._chat(params)
        bubble = self._bubble(chat, params)
        if not bubble.photo:
            raise bad("there is no media in the message to edit")
        media = params["media"]
        photo = read_photo(params.get(str(media["media"]).removeprefix("attach://")))
        caption = read_caption(media.get("caption") or "")
        if (photo, caption) == (bubble.photo, bubble.text):
            raise bad("message is not modified: specified new message content and reply markup are exactly the same")
        bubble.photo, bubble.text, bubble.edits = photo, caption, bubble.edits + 1
        return _message(chat, bubble)

    async def _editMessageReplyMarkup(self, params: Params) -> dict[str, Any]:  # noqa: N802
        chat = self._chat(params)
        bubble = self._bubble(chat, params)
        keyboard = read_keyboard(params.get("reply_markup"))
        if keyboard == bubble.keyboard:
            raise bad("message is not modified: specified new message content and reply markup are exactly the same")
        bubble.keyboard = keyboard
        return _message(chat, bubble)

    async def _answerCallbackQuery(self, params: Params) -> bool:  # noqa: N802
        if params["callback_query_id"] in self.answered:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self.answered.append(params["callback_query_id"])
        return True

    async def _setMyCommands(self, params: Params) -> bool:  # noqa: N802
        check_commands(params["commands"])
        scope = params.get("scope") or {"type": "default"}
        if scope["type"] == "chat":
            self._chat(scope)
            self.chat_menus[int(scope["chat_id"])] = params["commands"]
        else:
            self.menus[params.get("language_code") or ""] = params["commands"]
        return True

    async def _deleteMyCommands(self, params: Params) -> bool:  # noqa: N802
        scope = params.get("scope") or {"type": "default"}
        assert scope["type"] == "chat", "nothing of ours takes everybody's menu away"
        self.chat_menus.pop(self._chat(scope), None)
        return True

    def menu(self, chat: int, language: str) -> list[dict[str, str]]:
        """Give what the app shows: the chat's own menu, else that of the app's language, else everybody's."""
        return self.chat_menus.get(chat) or self.menus.get(language) or self.menus.get("") or []

    def _chat(self, params: Params) -> int:
        chat = int(params["chat_id"])
        if chat in self.refusals:
            code, description, more = self.refusals[chat]
            raise Refusal(code, description, **more)
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat not in self.chats:
            raise bad("chat not found")
        return chat

    def _bubble(self, chat: int, params: Params) -> Bubble:
        for bubble in self.chats[chat]:
            if bubble.id == int(params["message_id"]):
                return bubble
        raise bad("message to edit not found")


def _message(chat: int, bubble: Bubble) -> dict[str, Any]:
    who = {"id": chat, "type": "private", "first_name": "x"}
    about = {"message_id": bubble.id, "date": moment(), "chat": who}
    if not bubble.photo:
        return about | {"text": bubble.text or "…"}
    sizes = [{"file_id": "f", "file_unique_id": "u", "width": 1280, "height": 500, "file_size": len(bubble.photo)}]
    return about | {"caption": bubble.text, "photo": sizes}


def _number(update: dict[str, Any]) -> int:
    return int(update["update_id"])
