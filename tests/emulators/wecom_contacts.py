"""客户联系 on the loopback: people outside whom colleagues add in WeChat.

Documentation: developer.work.weixin.qq.com/document/path/92114 (details), 92130 (events), 92137 (send_welcome_msg).
"""

from __future__ import annotations

import secrets
import time

from tests.emulators.wecom import WeCom
from tests.emulators.wecom_rules import Refusal, Said

CODE_SECONDS = 20


class External:
    """The external contacts of one company."""

    def __init__(self, wecom: WeCom) -> None:
        self.people: dict[str, Said] = {}
        self.codes: dict[str, tuple[str, float]] = {}
        self.welcomed: list[str] = []
        self.said: dict[str, str] = {}
        """What each was greeted with."""
        wecom.add_routes({"externalcontact/get": self._get, "externalcontact/send_welcome_msg": self._welcome})

    def adds(self, user: str, external: str, name: str, company: str = "") -> dict[str, str]:
        """Give what the callback says when somebody is added."""
        self.people[external] = {"external_userid": external, "name": name, "type": 1, "corp_name": company}
        code = f"welcome-{secrets.token_hex(6)}"
        self.codes[code] = (external, time.monotonic() + CODE_SECONDS)
        return {**self._about(user, external, "add_external_contact"), "WelcomeCode": code}

    def leaves(self, user: str, external: str) -> dict[str, str]:
        return self._about(user, external, "del_follow_user")

    def _about(self, user: str, external: str, change: str) -> dict[str, str]:
        about = {"ToUserName": "corp", "FromUserName": "sys", "CreateTime": str(time.time_ns()), "MsgType": "event"}
        return {
            **about,
            "Event": "change_external_contact",
            "ChangeType": change,
            "UserID": user,
            "ExternalUserID": external,
        }

    def _get(self, _body: Said, query: dict[str, str]) -> Said:
        if query.get("external_userid") not in self.people:
            raise Refusal(84061, "not external contact")  # documented number
        return {"external_contact": self.people[query["external_userid"]], "follow_user": []}

    def _welcome(self, body: Said, _query: dict[str, str]) -> Said:
        """Documented: 20 seconds and once; 41051, somebody was greeted already."""
        external, until = self.codes.pop(str(body.get("welcome_code")), ("", 0.0))
        if not external:
            raise Refusal(41051, "customer have be sended welcome")
        if until < time.monotonic():
            raise Refusal(41050, "invalid welcome code")
        if not body.get("text", {}).get("content"):
            raise Refusal(44004, "empty content")
        self.welcomed.append(external)
        self.said[external] = body["text"]["content"]
        return {}
