"""WeCom on the loopback: its API for one self-built app, its callbacks, the phones of its members; it remembers all.

Strict where the documentation is: what it would cut off or drop in silence is cut off and dropped here too, and a test
sees it. `add_routes` lets other parts of WeCom (customer service) be served beside it.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import secrets
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

from aiohttp import web

from tests.emulators.wecom_crypt import CORP, Sealing
from tests.emulators.wecom_phones import AGENT, Bubble, Phones
from tests.emulators.wecom_rules import Refusal, Said, check_card, check_message, shown
from tests.emulators.wecom_shelf import ROBOT_KEY, Shelf
from tests.emulators.wecom_wire import Fault, answer, answers, fails_before

__all__ = ["AGENT", "CORP", "ROBOT_KEY", "SECRET", "Bubble", "Fault", "Refusal", "Said", "WeCom"]

SECRET = "emulated-app-secret"
PER_MINUTE = 30
"""Documented: more to one member within a minute is dropped, and the answer says ok."""
Answer = Callable[[Said, dict[str, str]], Awaitable[Said] | Said]


@dataclass(frozen=True)
class Call:
    path: str
    body: Said
    fault: Fault


class WeCom(Phones, Shelf):
    """One company, one app, and its members."""

    def __init__(self) -> None:
        self.fault: Callable[[str, Said], Fault] = lambda _path, _body: "ok"
        self.secrets = {SECRET: "app"}
        self.members: dict[str, str] = {}
        self.departments: dict[str, set[str]] = {}
        self.chats: dict[str, list[Bubble]] = {}
        self.calls: list[Call] = []
        self.hidden: set[str] = set()
        """Members who may not see the app: left out, and named in an answer that says ok (documented)."""
        self.untrusted = False
        """Our address is not on the app's list of trusted ones."""
        self.revoked_for_ever = False
        self.secrets_hold = True
        """False: somebody made new ones in the admin console."""
        self.forbidden = ""
        """What begins so the app may not call."""
        self.dropped = 0
        self.door = ""
        """The address at which the bot hears callbacks."""
        self.sealing = Sealing()
        self.media: dict[str, tuple[str, str, bytes]] = {}
        self.skew = 0.0
        """Seconds by which the bot's clock is wrong, seen from here."""
        self.callbacks = 0
        self.url = ""
        self.counts: Counter[str] = Counter()
        self._tokens: dict[str, tuple[str, float]] = {}
        self._codes: dict[str, tuple[str, float]] = {}
        self._tasks: dict[str, list[Bubble]] = {}
        self._duplicates: dict[str, tuple[float, Said]] = {}
        self._lately: dict[str, deque[float]] = {}
        self._ids = itertools.count(1)
        self._routes: dict[str, Answer] = {}
        self._runner: web.AppRunner | None = None
        self.add_routes(
            {
                "message/send": self._send,
                "message/update_template_card": self._update,
                "message/recall": self._recall,
                "user/get": self._user,
                "agent/get": self._agent,
            }
        )

    def add_routes(self, routes: dict[str, Answer]) -> None:
        """Serve more of the API: each path under /cgi-bin/ is answered by (body, query) -> answer, or a Refusal."""
        self._routes |= routes

    async def start(self) -> None:
        app = web.Application(client_max_size=30 * 1024 * 1024)
        app.on_response_prepare.append(self._say_the_time)
        app.router.add_get("/cgi-bin/gettoken", self._gettoken)
        app.router.add_post("/cgi-bin/media/upload", self._upload)
        app.router.add_get("/cgi-bin/media/get", self._download)
        app.router.add_post("/cgi-bin/webhook/send", self._webhook)
        app.router.add_route("*", "/cgi-bin/{path:.+}", self._serve)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _say_the_time(self, _request: web.Request, answer: web.StreamResponse) -> None:
        answer.headers["Date"] = formatdate(time.time() + self.skew, usegmt=True)

    async def stop(self) -> None:
        if self._session:
            await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    # tokens

    async def _gettoken(self, request: web.Request) -> web.StreamResponse:
        corp, secret = request.query.get("corpid", ""), request.query.get("corpsecret", "")
        self.counts["gettoken"] += 1
        fault = self.fault("gettoken", {})
        broken = fails_before(request, fault)
        if broken is not None:
            return broken
        if self.untrusted:
            return answer({"errcode": 60020, "errmsg": "not allow to access from your ip"})  # documented number
        if corp != CORP:
            return answer({"errcode": 40013, "errmsg": "invalid corpid"})
        if secret not in self.secrets or not self.secrets_hold:
            return answer({"errcode": 40001, "errmsg": "invalid credential"})
        token = f"token-{secrets.token_hex(16)}"
        self._tokens[token] = (self.secrets[secret], time.monotonic() + 7200)
        return await answers(request, {"access_token": token, "expires_in": 7200}, fault)

    def revoke(self) -> None:
        """Take every token back early, as WeCom may (documented)."""
        self._tokens.clear()

    def _check_token(self, query: Any) -> None:
        if "access_token" not in query:
            raise Refusal(41001, "access_token missing")
        known = self._tokens.get(query["access_token"])
        if known is None or self.revoked_for_ever:
            raise Refusal(40014, "invalid access_token")
        if known[1] < time.monotonic():
            raise Refusal(42001, "access_token expired")

    # questions

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        self.counts[path] += 1
        try:
            body = self._read(await request.read())
            fault = self.fault(path, body)
            self.calls.append(Call(path, body, fault))
            broken = fails_before(request, fault)
            if broken is not None:
                return broken
            self._check_token(request.query)
            made = self._route(path)(body, dict(request.query))
            result = await made if isinstance(made, Awaitable) else made
            return await answers(request, result, fault)
        except Refusal as refusal:
            return answer(refusal.body)

    def _route(self, path: str) -> Answer:
        if self.forbidden and path.startswith(self.forbidden):
            raise Refusal(48002, "api forbidden")  # documented number
        if path not in self._routes:
            raise Refusal(40066, "invalid url")
        return self._routes[path]

    def _read(self, raw: bytes) -> Said:
        """Read a body; escapes instead of the characters themselves are refused (documented number, assumed reason)."""
        if not raw:
            return {}
        try:
            text = raw.decode()
            body = json.loads(text)
        except ValueError:
            raise Refusal(47001, "data format error") from None
        if "\\u" in text.replace("\\\\", ""):
            raise Refusal(40033, "invalid request character, can not contain \\uxxxx")
        return body if isinstance(body, dict) else {}

    def _agent(self, _body: Said, query: dict[str, str]) -> Said:
        if query.get("agentid") != AGENT:
            raise Refusal(301002, "not allow operate another agent with this accesstoken")
        return {"agentid": int(AGENT), "name": "Rapport", "close": 0}

    def _user(self, _body: Said, query: dict[str, str]) -> Said:
        user = query.get("userid", "")
        if user not in self.members:
            raise Refusal(60111, "userid not found")
        return {"userid": user, "name": self.members[user]}

    # messages

    def _send(self, body: Said, _query: dict[str, str]) -> Said:
        self._check_agent(body)
        again = self._said_before(body)
        if again is not None:
            return again
        check_message(body)
        to, missing = self._receivers(body)
        if not to and not set(missing) & self.hidden:
            raise Refusal(81013, "user & party & tag all invalid")  # documented
        id_ = f"msg-{next(self._ids)}-{secrets.token_hex(8)}"
        result: Said = {"msgid": id_, "invaliduser": "|".join(missing), "invalidparty": "", "invalidtag": ""}
        bubble = self._bubble(id_, body)
        for place in to:
            if self._is_heard(place):
                self.chats.setdefault(place, []).append(bubble)
        if bubble.task:
            result["response_code"] = self._code(bubble.task)
        self._duplicates[_mark(body)] = (time.monotonic(), result)
        return result

    def _check_agent(self, body: Said) -> None:
        if str(body.get("agentid")) != AGENT:
            raise Refusal(40056, "invalid agentid")
        if not isinstance(body.get("agentid"), int):
            raise Refusal(40058, "agentid is a number")

    def _said_before(self, body: Said) -> Said | None:
        """Find the first of two same requests.

        Documented: with enable_duplicate_check the second is not delivered within its interval, at most four hours.
        Assumed: the answer is the first one's, without a code for the card.
        """
        interval = body.get("duplicate_check_interval", 1800)
        if not 0 < interval <= 14400:
            raise Refusal(40058, "duplicate_check_interval")
        known = self._duplicates.get(_mark(body))
        if not body.get("enable_duplicate_check") or known is None or time.monotonic() - known[0] > interval:
            return None
        return {name: value for name, value in known[1].items() if name != "response_code"}

    def _receivers(self, body: Said) -> tuple[list[str], list[str]]:
        users = [user for user in str(body.get("touser", "")).split("|") if user]
        parties = [party for party in str(body.get("toparty", "")).split("|") if party]
        tags = [tag for tag in str(body.get("totag", "")).split("|") if tag]
        missing = [user for user in users if user not in self.members or user in self.hidden]
        known = [user for user in users if user not in missing]
        known += [f"party:{party}" for party in parties if f"party:{party}" in self.departments]
        known += [f"tag:{tag}" for tag in tags if f"tag:{tag}" in self.departments]
        return known, missing

    def _bubble(self, id_: str, body: Said) -> Bubble:
        kind = body["msgtype"]
        part = body[kind]
        if kind != "template_card":
            if kind in ("image", "file", "voice", "video"):
                if part.get("media_id") not in self.media:
                    raise Refusal(40007, "invalid media_id")  # documented
                _, name, content = self.media[part["media_id"]]
                return Bubble(id_, kind, "", media=content, name=name)
            return Bubble(id_, kind, part["content"])
        task = part["task_id"]
        if task in self._tasks:
            raise Refusal(40058, "task_id exists")  # documented rule, assumed number
        bubble = Bubble(id_, kind, shown(part), task, list(part["button_list"]))
        self._tasks[task] = [bubble]
        return bubble

    def _is_heard(self, place: str) -> bool:
        """Documented: beyond 30 a minute to one member a message is dropped, and nobody says so."""
        now, lately = time.monotonic(), self._lately.setdefault(place, deque())
        while lately and now - lately[0] > 60:
            lately.popleft()
        lately.append(now)
        self.dropped += len(lately) > PER_MINUTE
        return len(lately) <= PER_MINUTE

    def _code(self, task: str) -> str:
        """Documented: each code is good for one update, 72 hours."""
        code = secrets.token_hex(16)
        self._codes[code] = (task, time.monotonic() + 72 * 3600)
        return code

    def _update(self, body: Said, _query: dict[str, str]) -> Said:
        self._check_agent(body)
        task, until = self._codes.pop(str(body.get("response_code")), ("", 0.0))
        if not task or until < time.monotonic():
            raise Refusal(41039, "invalid response_code")  # the number is assumed
        if not (body.get("atall") or body.get("userids") or body.get("partyids") or body.get("tagids")):
            raise Refusal(40058, "nobody to update")
        for bubble in self._tasks[task]:
            if "button" in body:
                bubble.buttons, bubble.text = [], f"{bubble.text}\n{body['button']['replace_name']}"
            else:
                card = body["template_card"]
                check_card(card, new=False)
                bubble.text = shown(card)
                bubble.buttons = [] if card.get("replace_text") else list(card["button_list"])
            bubble.edits += 1
        return {"invaliduser": []}

    def _recall(self, body: Said, _query: dict[str, str]) -> Said:
        """Documented (path/94867): what an app sent may be taken back for 24 hours."""
        for bubbles in self.chats.values():
            for bubble in bubbles:
                if bubble.id == body.get("msgid"):
                    bubble.recalled = True
        return {}


def _mark(body: Said) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
