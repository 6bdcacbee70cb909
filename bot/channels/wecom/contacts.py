"""The channel to WeCom's contacts (客户联系): nobody is spoken to; lists are read, remarks written, tags set, as errands.

Each errand is one message: it is done in order, at a pace, by one process, tried again while WeCom is away, and its
answer comes as an event in the commit that ends it. Doing one twice changes nothing.

Sources: developer.work.weixin.qq.com/document/path/92994 (a colleague's contacts, 100 a page), 92114 (one contact), 92115
(remark), 92118 (tags set on a contact), 92117 (the company's tags), 96315 (how often).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Any, Final

from bot.channels.fitting import EVERYTHING
from bot.channels.port import ACCOUNT, Accept, Deaf, Outgoing, Pace, Receipt, Signs
from bot.channels.wecom.client import Client, Refused
from bot.channels.wecom.contact_pages import followers, listed, tags_on
from bot.channels.wecom.paces import CONTACTS
from storage.followings import CHANNEL
from storage.inbox import Event

PAGE: Final = 100
CHUNK: Final = 20
"""Contacts that are taken in one transaction, which shall not last longer than some 50 ms."""
NOBODY: Final = frozenset({84061, 40096})
"""There is nobody, or they do not have each other any more."""
NOT_THEIRS: Final = frozenset({40003, 41054, 60111, 84062, 84074, 84084})
"""This colleague's list is not given: no such member, without 客户联系, or outside of what the app may see."""
NOT_ALLOWED: Final = frozenset({48001, 48002, 50001, 60011, 301002})
"""The app may not ask for contacts at all: it is not among those of 客户联系's “可调用接口的应用”, or lacks a right."""
NAME_TAKEN: Final = 40071
Errand = dict[str, Any]


class ContactsChannel:
    """The contacts of one company's colleagues."""

    name = CHANNEL
    slots = 2
    patience = timedelta(seconds=25)
    abilities = EVERYTHING
    repeatable = True

    def __init__(self, client: Client, *, pace: Pace | None = None) -> None:
        self.pace = pace or CONTACTS
        self._client = client
        self._names: dict[str, str] = {}
        self._deeds: dict[str, Callable[[Errand, str], Awaitable[Iterable[Event]]]] = {
            "list": self._list,
            "get": self._get,
            "remark": self._remark,
            "mark": self._mark,
            "tags": self._tags,
        }

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Ask once whether we may; what happens to contacts comes by the doors of the app and of customer service.

        Raises:
            Deaf: this app may not ask for contacts, or may ask nothing.
        """
        self._client.tokens.kept_by(accept)
        try:
            await self._client.ask_first("externalcontact/get_follow_user_list")
        except Deaf as deaf:
            raise deaf if deaf.why == "forbidden" else Deaf(ACCOUNT, deaf.about) from None
        signs.well()
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Do one errand; its answer is stored with the receipt, in the same transaction."""
        errand, key = outgoing.card.errand, outgoing.message.key
        try:
            events = await self._deeds[str(errand["deed"])](errand, key)
        except Refused as refusal:
            if refusal.errcode not in NOT_ALLOWED:
                raise
            events = [_event("contacts not allowed", key, "list", {"code": refusal.errcode})]
        return Receipt(answers=tuple(events))

    async def _list(self, errand: Errand, key: str) -> list[Event]:
        """Read a page of a colleague's contacts."""
        body = {"userid_list": [errand["userid"]], "cursor": errand["cursor"], "limit": PAGE}
        refused = False
        try:
            page = await self._client.ask("externalcontact/batch/get_by_user", body)
        except Refused as refusal:
            if refusal.errcode not in NOBODY | NOT_THEIRS:
                raise
            page, refused = {}, refusal.errcode in NOT_THEIRS
        await self._know_tags(tags_on(page))
        found, following = listed(page, self._names, set(errand["ours"])), str(page.get("next_cursor") or "")
        chunks = [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)] or [[]]
        about = {"run": errand["run"], "userid": errand["userid"], "refused": refused}
        ends: list[dict[str, Any]] = [{} for _ in chunks[1:]] + [{"next": following} if following else {"last": True}]
        return [
            _event("contacts read", f"{key}:{n}", "list", {**about, "contacts": chunk, **end})
            for n, (chunk, end) in enumerate(zip(chunks, ends, strict=True))
        ]

    async def _get(self, errand: Errand, key: str) -> list[Event]:
        """Read one contact, and what every colleague wrote who has them."""
        external = str(errand["external"])
        try:
            answer = await self._client.ask("externalcontact/get", external_userid=external)
        except Refused as refusal:
            if refusal.errcode not in NOBODY:
                raise
            answer = {}
        facts = {"external": external, "followers": list(followers(answer, set(errand["ours"])))}
        return [_event("contact read", key, external, facts)]

    async def _remark(self, errand: Errand, key: str) -> list[Event]:
        who = {"userid": errand["userid"], "external_userid": errand["external"]}
        said = {name: errand[name] for name in ("remark", "description") if name in errand}
        return await self._written("externalcontact/remark", who | said, "remark written", errand, key)

    async def _mark(self, errand: Errand, key: str) -> list[Event]:
        body = {"userid": errand["userid"], "external_userid": errand["external"]}
        body |= {"add_tag": errand["add"], "remove_tag": errand["remove"]}
        return await self._written("externalcontact/mark_tag", body, "tags marked", errand, key)

    async def _written(self, path: str, body: dict[str, Any], done: str, errand: Errand, key: str) -> list[Event]:
        """Write something on a contact; where the two do not have each other any more, the contact is looked at anew."""
        external = str(errand["external"])
        try:
            await self._client.ask(path, body)
        except Refused as refusal:
            if refusal.errcode not in NOBODY:
                raise
            return [_event("contact edited", key, external, {})]
        return [_event(done, key, external, {name: value for name, value in errand.items() if name != "deed"})]

    async def _tags(self, errand: Errand, key: str) -> list[Event]:
        """Read the company's tags, and make those of our group that are missing."""
        groups = await self._read_tags()
        wanted, name = dict(errand["wanted"]), str(errand["group"])
        group = next((one for one in groups if one.get("group_name") == name), {})
        missing = [label for label in wanted.values() if label not in _labels(group)]
        if missing:
            await self._make_tags(group, name, missing)
            groups = await self._read_tags()
            group = next((one for one in groups if one.get("group_name") == name), {})
        labels = _labels(group)
        ours = {tier: labels[label] for tier, label in wanted.items() if label in labels}
        return [_event("tags known", key, "tags", {"key": key, "ours": ours, "names": self._names})]

    async def _make_tags(self, group: dict[str, Any], name: str, missing: list[str]) -> None:
        """Make tags; whoever made one of the same name in the same moment made it for us too."""
        where = {"group_id": group["group_id"]} if group.get("group_id") else {"group_name": name}
        try:
            body = {**where, "tag": [{"name": label} for label in missing]}
            await self._client.ask("externalcontact/add_corp_tag", body, repeatable=False)
        except Refused as refusal:
            if refusal.errcode != NAME_TAKEN:
                raise

    async def _read_tags(self) -> list[dict[str, Any]]:
        answer = await self._client.ask("externalcontact/get_corp_tag_list", {})
        groups = [group for group in answer.get("tag_group") or [] if isinstance(group, dict)]
        self._names = {id_: label for group in groups for label, id_ in _labels(group).items()}
        return groups

    async def _know_tags(self, ids: set[str]) -> None:
        """Know the names of tags of which a page says no more than the id; asked for if one is new to us."""
        if ids - self._names.keys():
            await self._read_tags()


def _labels(group: dict[str, Any]) -> dict[str, str]:
    """Give the ids of a group's tags by their names."""
    return {str(tag["name"]): str(tag["id"]) for tag in group.get("tag") or [] if tag.get("id") and tag.get("name")}


def _event(kind: str, key: str, about: str, facts: dict[str, Any]) -> Event:
    """Make the answer of an errand, in order with others about the same contact, or of the same list."""
    sender = about if about not in ("list", "tags") else ""
    return Event(CHANNEL, f"{kind}:{key}", kind, sender, sender, facts, f"{CHANNEL}:{about}")
