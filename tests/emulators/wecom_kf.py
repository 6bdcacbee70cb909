"""微信客服 on the loopback: desks, customers with WeChat, people who serve them; strict about windows, states and codes.

Documentation: developer.work.weixin.qq.com/document/path/94670 (sync_msg), 94677 (send_msg), 94669 (states), 95122
(send_msg_on_event). What is not stated there is marked as assumed.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.emulators.wecom import WeCom
from tests.emulators.wecom_crypt import Sealing
from tests.emulators.wecom_phones import Phones
from tests.emulators.wecom_rules import Refusal, Said

KF_SECRET = "emulated-kf-secret"
KF_TOKEN, KF_KEY = "EmulatedKfToken", "ZYXWVUTSRQPONMLKJIHGFEDCBA9876543210zyxwvut"
DESK, DESK_NAME = "wkEmulatedDesk00001", "星河科技客服"
CODE_SECONDS = 20
TOKEN_SECONDS = 600
WITHOUT_TOKEN = 30
"""Pulls a minute without a bell's token; documented is only that there is a strict limit, the number is assumed."""
MSGID = re.compile(r"[0-9a-zA-Z_-]{1,32}")
NEXT = {0: {1, 2, 3}, 1: {2, 3}, 2: {3}, 3: {3, 4}, 4: set()}
"""Documented: from which state of a session to which."""


@dataclass
class Shown:
    """One message as the customer sees it."""

    id: str
    kind: str
    text: str
    items: dict[str, str] = field(default_factory=dict)
    """What can be tapped: words, and the id that a tap brings."""
    media: bytes = b""


@dataclass
class Session:
    state: int = 0
    servicer: str = ""
    left: int = 0
    until: datetime | None = None
    last_entered: datetime | None = None
    passed_on: bool = False
    """It went to the queue or a person before; WeCom gives a code for saying so only then."""
    shown: list[Shown] = field(default_factory=list)


class Kf(Phones):
    """The desks of one company, mounted on its WeCom."""

    def __init__(self, wecom: WeCom, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.wecom, self.now = wecom, now
        self.door, self.sealing, self.skew, self.callbacks = "", Sealing(KF_TOKEN, KF_KEY), 0.0, 0
        self.desks = {DESK: DESK_NAME}
        self.servicers = {"wangfang"}
        self.log: dict[str, list[Said]] = {DESK: []}
        self.sessions: dict[tuple[str, str], Session] = {}
        self.lost_bells = False
        self.hollow = False
        """Give an empty page that says there is more before every page (documented: has_more alone decides)."""
        self.bells: list[int] = []
        self.code_seconds = float(CODE_SECONDS)
        self.used: list[str] = []
        """Codes that were used in time."""
        self.on_code: Callable[[], None] = lambda: None
        self._codes: dict[str, tuple[str, str, float]] = {}
        self._bell_tokens: dict[str, float] = {}
        self._message_ids: set[str] = set()
        self._tokenless: deque[float] = deque()
        self._hollows: set[str] = set()
        self._ids = itertools.count(1)
        wecom.secrets[KF_SECRET] = "kf"
        wecom.add_routes(
            {
                "kf/account/list": self._list,
                "kf/sync_msg": self._sync,
                "kf/send_msg": self._send,
                "kf/send_msg_on_event": self._on_event,
                "kf/service_state/get": self._state,
                "kf/service_state/trans": self._trans,
            }
        )

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            await asyncio.sleep(0)  # its lines end in the loop's next round (docs.aiohttp.org, graceful shutdown)

    # what people do

    async def writes(self, customer: str, text: str = "", *, desk: str = DESK, ring: bool = True, **more: Any) -> str:
        """Let a customer write; it opens the window for five answers and 48 hours."""
        content = {"msgtype": "text", "text": {"content": text}} if text else more
        session = self.session(customer, desk)
        session.state = 0 if session.state == 4 else session.state
        session.left, session.until = 5, self.now() + timedelta(hours=48)
        id_ = self._note(desk, {"origin": 3, "external_userid": customer, **content})
        if ring:
            await self.rings(desk)
        return id_

    async def taps(self, customer: str, label: str, *, desk: str = DESK) -> str:
        """Tap an item of the newest menu that has it: it is a text that bears the item's id."""
        shown = next(s for s in reversed(self.session(customer, desk).shown) if label in s.items)
        content = {"content": label, "menu_id": shown.items[label]}
        return await self.writes(customer, desk=desk, msgtype="text", text_=content)

    async def hands_in(self, customer: str, kind: str, name: str, content: bytes, *, desk: str = DESK) -> str:
        media = f"kf-media-{next(self._ids)}"
        self.wecom.media[media] = (kind, name, content)
        more: dict[str, Any] = {"msgtype": kind, kind: {"media_id": media}}
        return await self.writes(customer, desk=desk, **more)

    async def enters(self, customer: str, *, desk: str = DESK, param: str = "", ring: bool = True) -> str:
        """Open the chat; documented: a code only if nothing was said to them for 48 hours."""
        session = self.session(customer, desk)
        event: Said = {
            "event_type": "enter_session",
            "scene": "site",
            "scene_param": param,
            "external_userid": customer,
        }
        event["open_kfid"] = desk
        code = ""
        if session.last_entered is None or self.now() - session.last_entered > timedelta(hours=48):
            code = event["welcome_code"] = f"code-{secrets.token_hex(8)}"
            self._codes[code] = (desk, customer, time.monotonic() + self.code_seconds)
        session.last_entered = self.now()
        self._note(desk, {"origin": 4, "msgtype": "event", "event": event})
        if ring:
            await self.rings(desk)
        return code

    async def serves(self, customer: str, servicer: str, *, desk: str = DESK) -> None:
        """Let a person take the session from the queue."""
        session = self.session(customer, desk)
        session.state, session.servicer = 3, servicer
        await self._session_event(customer, desk, {"change_type": 1, "new_servicer_userid": servicer})

    async def says_as_servicer(self, customer: str, text: str, *, desk: str = DESK) -> None:
        servicer = self.session(customer, desk).servicer
        said = {"origin": 5, "external_userid": customer, "servicer_userid": servicer}
        self._note(desk, {**said, "msgtype": "text", "text": {"content": text}})
        await self.rings(desk)

    async def ends(self, customer: str, *, desk: str = DESK) -> None:
        session = self.session(customer, desk)
        session.state, before = 4, session.servicer
        await self._session_event(customer, desk, {"change_type": 3, "old_servicer_userid": before})

    async def recalls(self, customer: str, message: str, *, desk: str = DESK, ring: bool = True) -> None:
        about = {"event_type": "user_recall_msg", "external_userid": customer, "recall_msgid": message}
        await self._event(desk, about, ring=ring)

    async def bounces(self, customer: str, message: str, why: int, *, desk: str = DESK) -> None:
        """Fail to deliver what was taken."""
        about = {"event_type": "msg_send_fail", "external_userid": customer, "fail_msgid": message, "fail_type": why}
        await self._event(desk, about)

    async def _session_event(self, customer: str, desk: str, about: Said) -> None:
        await self._event(desk, {"event_type": "session_status_change", "external_userid": customer, **about})

    async def _event(self, desk: str, about: Said, *, ring: bool = True) -> None:
        # documented: of events the ids stand inside `event`, not beside it
        self._note(desk, {"origin": 4, "msgtype": "event", "event": {"open_kfid": desk, **about}})
        if ring:
            await self.rings(desk)

    def _note(self, desk: str, said: Said) -> str:
        id_ = f"kfmsg{next(self._ids):06d}{secrets.token_hex(6)}"
        if "text_" in said:
            said["text"] = said.pop("text_")
        said = {"msgid": id_, "send_time": int(time.time()), **said}
        if said["msgtype"] != "event":
            said["open_kfid"] = desk
        self.log.setdefault(desk, []).append(said)
        return id_

    async def rings(self, desk: str = DESK, *, token: str = "", **how: Any) -> None:
        """Ring the bell, three times more if it is not heard (documented)."""
        if self.lost_bells or not self.door:
            return
        token = token or f"bell-{secrets.token_hex(8)}"
        self._bell_tokens[token] = time.monotonic() + TOKEN_SECONDS
        about: Said = {"CreateTime": int(time.time()), "MsgType": "event", "Event": "kf_msg_or_event"}
        for _ in range(4):
            self.bells.append(await self.tell(**about, Token=token, OpenKfId=desk, **how))
            if self.bells[-1] == 200:
                return

    def session(self, customer: str, desk: str = DESK) -> Session:
        return self.sessions.setdefault((desk, customer), Session())

    def cursor(self, desk: str = DESK) -> str:
        """Give the cursor of whoever has read all."""
        return f"cur{len(self.log[desk]):06d}"

    # what the bot asks

    def _list(self, body: Said, _query: Said) -> Said:
        start = int(body.get("offset", 0))
        found = list(self.desks.items())[start : start + int(body.get("limit", 100))]
        return {"account_list": [{"open_kfid": id_, "name": name} for id_, name in found]}

    def _sync(self, body: Said, _query: Said) -> Said:
        self._check_bell(body)
        desk, limit = str(body.get("open_kfid")), int(body.get("limit", 1000))
        if desk not in self.log:
            raise Refusal(95004, "open_kfid not exist")
        if not 0 < limit <= 1000:
            raise Refusal(40058, "limit")
        cursor = str(body.get("cursor") or "cur000000")
        if not re.fullmatch(r"cur\d{6}b?", cursor):
            raise Refusal(40058, "invalid cursor")  # assumed number
        start = int(cursor[3:9])
        if self.hollow and start < len(self.log[desk]) and not cursor.endswith("b"):
            return {"next_cursor": f"{cursor}b", "has_more": 1, "msg_list": []}
        page = self.log[desk][start : start + limit]
        end = start + len(page)
        more = int(end < len(self.log[desk]))
        return {"next_cursor": f"cur{end:06d}", "has_more": more, "msg_list": json.loads(json.dumps(page))}

    def _check_bell(self, body: Said) -> None:
        if not body.get("token"):
            now = time.monotonic()
            while self._tokenless and now - self._tokenless[0] > 60:
                self._tokenless.popleft()
            self._tokenless.append(now)
            if len(self._tokenless) > WITHOUT_TOKEN:
                raise Refusal(45009, "api freq out of limit")
        elif self._bell_tokens.get(str(body["token"]), 0) < time.monotonic():
            raise Refusal(95007, "invalid msg token")  # documented number

    def _send(self, body: Said, _query: Said) -> Said:
        desk, customer = str(body.get("open_kfid")), str(body.get("touser"))
        if desk not in self.desks:
            raise Refusal(95004, "open_kfid not exist")
        if (desk, customer) not in self.sessions:
            raise Refusal(40096, "invalid external userid")  # documented number
        session = self.sessions[desk, customer]
        id_ = self._new_id(body)
        if session.state not in (0, 1):
            raise Refusal(95018, "send msg session status invalid")
        if session.until is None or self.now() > session.until:
            raise Refusal(95002, "send msg time limit")
        if session.left == 0:
            raise Refusal(95001, "send msg count limit")
        shown = self._shown(id_, body)
        session.left -= 1
        session.state = 1
        session.shown.append(shown)
        self._message_ids.add(id_)
        return {"msgid": id_}

    def _new_id(self, body: Said) -> str:
        """Documented: an id of one's own has to be unique in the account, else it is refused; the number is assumed."""
        id_ = body.get("msgid") or f"made{next(self._ids)}"
        if not MSGID.fullmatch(id_):
            raise Refusal(40058, "invalid msgid")
        if id_ in self._message_ids:
            raise Refusal(40035, "msgid exists")
        return str(id_)

    def _shown(self, id_: str, body: Said) -> Shown:
        kind = str(body.get("msgtype"))
        part = body.get(kind)
        if not isinstance(part, dict):
            raise Refusal(40008, "invalid message type")
        if kind == "text":
            return Shown(id_, kind, _words(part.get("content"), 2048))
        if kind == "msgmenu":
            return self._menu(id_, part)
        if kind in ("image", "voice", "video", "file"):
            if part.get("media_id") not in self.wecom.media:
                raise Refusal(40007, "invalid media_id")
            held, name, content = self.wecom.media[part["media_id"]]
            if held != kind:
                raise Refusal(40004, "invalid media type")
            return Shown(id_, kind, name, media=content)
        raise Refusal(40008, "invalid message type")

    def _menu(self, id_: str, part: Said) -> Shown:
        """Documented: head and tail 1024 bytes, an item's id and words 128; assumed: ten items."""
        head, items = _words(part.get("head_content"), 1024), {}
        for item in part.get("list", []):
            click = item["click"]
            if not 1 <= len(click["id"].encode()) <= 128:
                raise Refusal(40058, "menu id")
            items[_words(click["content"], 128)] = click["id"]
        if not 1 <= len(part.get("list", [])) <= 10:
            raise Refusal(95008, "menu item count")
        return Shown(id_, "msgmenu", head, items)

    def _on_event(self, body: Said, _query: Said) -> Said:
        """Documented: each code once, within 20 seconds, text and menus alone; the number is assumed."""
        if body.get("msgtype") not in ("text", "msgmenu"):
            raise Refusal(40008, "invalid message type")
        shown = self._shown(self._new_id(body), body)
        code = str(body.get("code"))
        desk, customer, until = self._codes.pop(code, ("", "", 0.0))
        if until < time.monotonic():
            raise Refusal(40029, "invalid code")
        self.used.append(code)
        self.on_code()
        self.session(customer, desk).shown.append(shown)
        self._message_ids.add(shown.id)
        return {"msgid": shown.id}

    def _state(self, body: Said, _query: Said) -> Said:
        session = self.session(str(body.get("external_userid")), str(body.get("open_kfid")))
        return {"service_state": session.state, "servicer_userid": session.servicer}

    def _trans(self, body: Said, _query: Said) -> Said:
        session = self.session(str(body.get("external_userid")), str(body.get("open_kfid")))
        wanted = int(body.get("service_state", -1))
        if wanted not in NEXT[session.state]:
            raise Refusal(95016, "service state trans not allowed")
        if wanted == 3 and body.get("servicer_userid") not in self.servicers:
            raise Refusal(95014, "not a servicer")
        session.state, session.servicer = wanted, str(body.get("servicer_userid") or "")
        return self._step_code(session, str(body.get("open_kfid")), str(body.get("external_userid")))

    def _step_code(self, session: Session, desk: str, customer: str) -> Said:
        """Documented: a code with the first change of a session to the queue or a person, and with its end; 20 seconds.

        Documented too: a change by the interface rings no session_status_change.
        """
        if session.passed_on and session.state in (2, 3):
            return {}
        session.passed_on = session.state in (2, 3)
        code = f"msgcode-{secrets.token_hex(8)}"
        self._codes[code] = (desk, customer, time.monotonic() + self.code_seconds)
        return {"msg_code": code}


def _words(words: Any, most: int) -> str:
    if not isinstance(words, str) or not words.strip():
        raise Refusal(44004, "empty content")
    if len(words.encode()) > most:
        raise Refusal(45002, "content size out of limit")  # documented limit; assumed: refused, not cut off
    return words
