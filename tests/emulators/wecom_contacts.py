"""客户联系 on the loopback: people outside whom colleagues add in WeChat, their remarks and tags; strict about what is said.

Documentation: developer.work.weixin.qq.com/document/path/92114 (get), 92994 (batch/get_by_user), 92115 (remark), 92117
(tags), 92118 (mark_tag), 92130 (events), 92137 (send_welcome_msg). What is not stated there is marked as assumed.
"""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.emulators.wecom import WeCom
from tests.emulators.wecom_rules import Refusal, Said

CODE_SECONDS = 20
PAGE = 100
"""Documented: contacts a page at most; so many colleagues a question too."""


@dataclass
class Follow:
    """One colleague and one person outside who have each other."""

    remark: str = ""
    description: str = ""
    tags: set[str] = field(default_factory=set)


class External:
    """The external contacts of one company."""

    def __init__(self, wecom: WeCom) -> None:
        self.people: dict[str, Said] = {}
        self.follows: dict[tuple[str, str], Follow] = {}
        self.without: set[str] = set()
        """Colleagues who may not use 客户联系."""
        self.not_callable = False
        """The app is not among those that may call this interface."""
        self.page = PAGE
        self.groups: dict[str, dict[str, str]] = {}
        """Tags of the company: by group, the id of each by its name."""
        self.codes: dict[str, tuple[str, float]] = {}
        self.welcomed: list[str] = []
        self.said: dict[str, str] = {}
        """What each was greeted with."""
        self.news: list[dict[str, str]] = []
        """Callbacks that WeCom has yet to make."""
        self._ids = itertools.count(1)
        answers = {
            "batch/get_by_user": self._by_user,
            "get": self._get,
            "remark": self._remark,
            "mark_tag": self._mark,
            "get_corp_tag_list": self._tags,
            "add_corp_tag": self._add_tags,
            "get_follow_user_list": self._followers,
            "send_welcome_msg": self._welcome,
        }
        wecom.add_routes({f"externalcontact/{name}": self._allowed(answer) for name, answer in answers.items()})

    def _allowed(self, answer: Callable[[Said, dict[str, str]], Said]) -> Callable[[Said, dict[str, str]], Said]:
        def answered(body: Said, query: dict[str, str]) -> Said:
            if self.not_callable:
                raise Refusal(48002, "api forbidden")  # documented number
            return answer(body, query)

        return answered

    # what people do

    def has(self, user: str, external: str, name: str, company: str = "", remark: str = "") -> Follow:
        """Let them have each other since long ago."""
        self.people[external] = {"external_userid": external, "name": name, "type": 1, "corp_name": company}
        return self.follows.setdefault((user, external), Follow(remark))

    def adds(self, user: str, external: str, name: str, company: str = "") -> dict[str, str]:
        """Give what the callback says when somebody is added."""
        self.has(user, external, name, company)
        code = f"welcome-{secrets.token_hex(6)}"
        self.codes[code] = (external, time.monotonic() + CODE_SECONDS)
        return {**self._about(user, external, "add_external_contact"), "WelcomeCode": code}

    def edits(self, user: str, external: str, *, remark: str = "", tag: str = "") -> dict[str, str]:
        """Let a colleague type a remark, or set one of the company's tags."""
        follow = self.follows[user, external]
        follow.remark = remark or follow.remark
        follow.tags |= {self.tag(tag)} if tag else set()
        return self._about(user, external, "edit_external_contact")

    def leaves(self, user: str, external: str) -> dict[str, str]:
        """Let the customer take the colleague off their contacts."""
        del self.follows[user, external]
        return self._about(user, external, "del_follow_user")

    def removes(self, user: str, external: str) -> dict[str, str]:
        """Let the colleague take the customer off theirs."""
        del self.follows[user, external]
        return self._about(user, external, "del_external_contact")

    def stays(self, user: str, external: str, why: str) -> dict[str, str]:
        return self._about(user, external, "transfer_fail") | {"FailReason": why}

    def tag(self, name: str, group: str = "关系") -> str:
        """Give the id of a tag, made by hand if there is none."""
        for tags in self.groups.values():
            if name in tags:
                return tags[name]
        return self.groups.setdefault(group, {}).setdefault(name, f"et{next(self._ids):06d}")

    def tags_of(self, user: str, external: str) -> set[str]:
        """Give the names of the tags that stand on a contact."""
        names = {id_: name for tags in self.groups.values() for name, id_ in tags.items()}
        return {names[tag] for tag in self.follows[user, external].tags}

    def _about(self, user: str, external: str, change: str) -> dict[str, str]:
        about = {"ToUserName": "corp", "FromUserName": "sys", "CreateTime": str(time.time_ns()), "MsgType": "event"}
        return {
            **about,
            "Event": "change_external_contact",
            "ChangeType": change,
            "UserID": user,
            "ExternalUserID": external,
        }

    # what the bot asks

    def _by_user(self, body: Said, _query: dict[str, str]) -> Said:
        users, limit, cursor = body.get("userid_list"), int(body.get("limit", 50)), str(body.get("cursor") or "0")
        if not isinstance(users, list) or not 1 <= len(users) <= PAGE or not 1 <= limit <= PAGE or not cursor.isdigit():
            raise Refusal(40058, "invalid parameter")
        if set(users) & self.without:
            raise Refusal(84074, "no customer contact permission")  # documented number
        theirs = [(pair, follow) for pair, follow in self.follows.items() if pair[0] in users]
        if not theirs:
            raise Refusal(84061, "not external contact")  # documented: a member without any
        start, end = int(cursor), int(cursor) + min(limit, self.page)
        found = [
            {
                "external_contact": self.people[external],
                "follow_info": {
                    "userid": user,
                    "remark": follow.remark,
                    "description": follow.description,
                    "tag_id": sorted(follow.tags),  # documented: ids alone, unlike in `get`
                },
            }
            for (user, external), follow in theirs[start:end]
        ]
        return {"external_contact_list": found, "next_cursor": str(end) if end < len(theirs) else ""}

    def _get(self, _body: Said, query: dict[str, str]) -> Said:
        external = query.get("external_userid", "")
        pairs = [(user, follow) for (user, one), follow in self.follows.items() if one == external]
        if not pairs:
            raise Refusal(84061, "not external contact")  # documented number
        names = {id_: (group, name) for group, tags in self.groups.items() for name, id_ in tags.items()}
        followers = [
            {
                "userid": user,
                "remark": follow.remark,
                "description": follow.description,
                "tags": [
                    {"group_name": names[tag][0], "tag_name": names[tag][1], "tag_id": tag, "type": 1}
                    for tag in sorted(follow.tags)
                ]
                + [{"group_name": "", "tag_name": "我的标签", "type": 2}],  # documented: one's own tag has no id
            }
            for user, follow in pairs
        ]
        return {"external_contact": self.people[external], "follow_user": followers}

    def _pair(self, body: Said) -> Follow:
        pair = (str(body.get("userid")), str(body.get("external_userid")))
        if pair not in self.follows:
            raise Refusal(84061, "not external contact")
        # assumed: a change by the interface is told like one by hand, which is the harder case
        self.news.append(self._about(*pair, "edit_external_contact"))
        return self.follows[pair]

    def _remark(self, body: Said, _query: dict[str, str]) -> Said:
        """Documented: remark 20 characters, description 150 at most, one of the fields at least; the number is assumed."""
        remark, description = body.get("remark"), body.get("description")
        if remark is None and description is None:
            raise Refusal(40058, "nothing to write")
        if len(remark or "") > 20 or len(description or "") > 150:
            raise Refusal(40058, "too long")
        follow = self._pair(body)
        follow.remark = follow.remark if remark is None else remark
        follow.description = follow.description if description is None else description
        return {}

    def _mark(self, body: Said, _query: dict[str, str]) -> Said:
        """Documented: tags of the company alone, add or remove at least one."""
        add, remove = set(body.get("add_tag") or []), set(body.get("remove_tag") or [])
        known = {id_ for tags in self.groups.values() for id_ in tags.values()}
        if not add | remove:
            raise Refusal(40058, "no tag")
        if not add | remove <= known:
            raise Refusal(40068, "invalid tagid")  # documented number
        follow = self._pair(body)
        follow.tags = (follow.tags | add) - remove
        return {}

    def _tags(self, _body: Said, _query: dict[str, str]) -> Said:
        groups = [
            {"group_id": f"group-{name}", "group_name": name, "tag": [{"id": i, "name": n} for n, i in tags.items()]}
            for name, tags in self.groups.items()
        ]
        return {"tag_group": groups}

    def _add_tags(self, body: Said, _query: dict[str, str]) -> Said:
        name = str(body.get("group_name") or str(body.get("group_id") or "").removeprefix("group-"))
        wanted = [str(tag["name"]) for tag in body.get("tag", [])]
        if not name or not wanted or any(not 0 < len(tag) <= 30 for tag in wanted):
            raise Refusal(40058, "invalid tag")  # documented: 30 characters
        group = self.groups.setdefault(name, {})
        if set(wanted) & group.keys():
            raise Refusal(40071, "tag name exists")  # documented number
        group |= {tag: f"et{next(self._ids):06d}" for tag in wanted}
        return {"tag_group": {"group_id": f"group-{name}", "group_name": name}}

    def _followers(self, _body: Said, _query: dict[str, str]) -> Said:
        return {"follow_user": sorted({user for user, _ in self.follows} - self.without)}

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
