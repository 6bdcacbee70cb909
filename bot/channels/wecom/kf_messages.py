"""What happened at a service desk (微信客服账号), as events: who wrote what, who took over, what did not arrive.

Sources: developer.work.weixin.qq.com/document/path/94670 (sync_msg: message types, origins, events).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.channels.clean import clean_text
from bot.channels.lateness import with_lateness
from bot.channels.sequence import sequence
from bot.channels.skew import Skew
from prompts.phrases import phrases
from storage.followings import CHANNEL as CONTACT
from storage.inbox import Event
from storage.vault import vault

NAME: Final = "wecom-kf"
LANGUAGE: Final = "zh-CN"
"""Names what is no text: that stands among what people write in this app."""
CUSTOMER, PLATFORM, SERVICER = 3, 4, 5
"""Who a message is from: `origin` of sync_msg. What we send ourselves is not in it."""
BUTTON: Final = re.compile(r"[0-9a-f]{16}")
CODE: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
LONGEST_ID: Final = 96
LONGEST_CODE: Final = 512
FILES: Final = {"image": "photo", "voice": "voice", "video": "video", "file": "document"}
ENDED: Final = 3
"""`change_type` of session_status_change: 1 taken from the queue, 2 passed on, 3 ended, 4 taken up again."""
WELCOMED: Final = "welcomed by us"
"""Where the fast lane leaves what became of a welcome, before the entering is stored."""

Said = Mapping[str, Any]
Humans = dict[str, str]
"""The sessions that a person has: the customer's mark, and the person's userid."""


def address_of(desk: str, customer: str) -> str:
    return f"{desk}:{customer}"


def mark_of(address: str) -> str:
    """Name a session without saying whose it is."""
    return vault.blind(f"{NAME}:{address}")


def handed_over(address: str, servicer: str, key: str, *, told: bool) -> Event:
    """Say that we gave a session to a colleague, as if WeCom had told it; `told` is whether the customer heard so."""
    body = {"side": "customer", "began": True, "servicer": servicer, "told": told}
    return Event(NAME, f"handed:{key}", "human session", address, address, body, f"{NAME}:{address}")


def given_back(address: str, key: str, *, told: bool) -> Event:
    """Say that we ended a colleague's session, of which WeCom tells nothing itself."""
    body = {"side": "customer", "began": False, "servicer": "", "told": told}
    return Event(NAME, f"back:{key}", "human session", address, address, body, f"{NAME}:{address}")


def events_of(said: Said, desk: str, humans: Humans, skew: Skew | None = None) -> Iterator[Event]:
    """Read one message of sync_msg; `humans` is what is known of sessions until then, and is kept up to date.

    `skew` tells what time WeCom has, by which words are late or not.
    """
    happened = said.get("event")
    about: Said = happened if said.get("msgtype") == "event" and isinstance(happened, dict) else said
    customer, id_ = about.get("external_userid") or said.get("external_userid"), said.get("msgid")
    if not (_is_id(customer) and _is_id(id_)):
        return
    one = _One(desk, str(customer), str(id_))
    if about is not said:
        yield from _happened(one, about, humans)
    elif said.get("origin") in (CUSTOMER, SERVICER):
        sent = said.get("send_time")
        known = sent if isinstance(sent, int) else None
        for event in _written(one, said, humans):
            body = event.body | {"sequence": sequence(known) if known else ""}
            yield with_lateness(replace(event, body=body), known, skew or Skew())


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable()


def _is_code(value: object) -> bool:
    """Tell whether this can be a code of WeCom's: what cannot even be said again must not keep a page from being stored."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_CODE and value.isascii()


class _One:
    """Something that concerns one customer at one desk.

    Assumed: every desk of a company, and 客户联系, name the same person in WeChat by the same `external_userid`, if the
    same app asks. An answer of the platform's that is repeated at chinasem.cn/article/692238 says so for the apps that
    a company built itself; the platform's own page was not read. So it is a sign for a colleague and joins nobody.
    """

    def __init__(self, desk: str, customer: str, id_: str) -> None:
        self.address = address_of(desk, customer)
        self.mark = mark_of(self.address)
        self.id = id_
        self._desk, self._customer = desk, customer

    def event(self, kind: str, body: dict[str, Any], suffix: str = "") -> Event:
        conversation = f"{NAME}:{self.address}"
        about = {"side": "customer", "also": [CONTACT, self._customer], **body}
        return Event(NAME, f"{self._desk}:{self.id}{suffix}", kind, self.address, self.address, about, conversation)


def _written(one: _One, said: Said, humans: Humans) -> Iterator[Event]:
    """Hear words; those of a session that a person has are only listened to."""
    kind = str(said.get("msgtype"))
    words, files = words_of(said, kind), _files(said, kind)
    facts = {"text": words, "unread": bool(files), "message": one.id, "files": files}
    if said.get("origin") == SERVICER:
        servicer = str(said.get("servicer_userid") or humans.get(one.mark) or "")
        yield one.event("words overheard", facts | {"servicer": servicer})
    elif one.mark in humans:
        yield one.event("words overheard", facts)
    elif not (words or files):
        yield one.event("unknown kind", {"what": clean_text(kind)[:40], "message": one.id})
    elif (button := _dict(said.get("text")).get("menu_id")) and BUTTON.fullmatch(str(button)):
        yield one.event("press", {"place": one.address, "message": "", "button": str(button)})
    else:
        yield one.event("words", facts)


def words_of(said: Said, kind: str) -> str:
    """Say in words what a message holds; empty for a kind that has none."""
    part, t = _dict(said.get(kind)), phrases(LANGUAGE)
    if kind == "text":
        return clean_text(str(part.get("content") or ""))
    shown = {
        "location": ("name", "address", "latitude", "longitude"),
        "link": ("title", "desc", "url"),
        "business_card": ("userid",),
        "miniprogram": ("title",),
        "channels": ("nickname", "title"),
        "channels_shop_product": ("title", "shop_nickname"),
        "channels_shop_order": ("order_id", "product_titles"),
    }.get(kind)
    if shown is None:
        return ""
    words = " ".join(str(part[name]) for name in shown if part.get(name))
    return clean_text(t("kf-card", kind=kind.replace("_", "-"), words=words))


def _files(said: Said, kind: str) -> list[dict[str, Any]]:
    media = _dict(said.get(kind)).get("media_id")
    if kind not in FILES or not (isinstance(media, str) and media):
        return []
    return [{"kind": FILES[kind], "origin": NAME, "ref": media, "label": FILES[kind]}]


def _happened(one: _One, about: Said, humans: Humans) -> Iterator[Event]:
    kind = about.get("event_type")
    if kind == "enter_session":
        yield from _entered(one, about)
    elif kind == "msg_send_fail":
        facts = {"message": str(about.get("fail_msgid") or ""), "why": str(about.get("fail_type") or "")}
        yield one.event("message failed", facts)
    elif kind == "session_status_change":
        yield from _session(one, about, humans)
    elif kind == "user_recall_msg":
        yield one.event("words taken back", {"message": str(about.get("recall_msgid") or "")})
    elif kind == "reject_customer_msg_switch_change":
        refuses = about.get("reject_switch") == 1
        yield one.event("chat closed" if refuses else "chat opened", {})


def _entered(one: _One, about: Said) -> Iterator[Event]:
    """Notice who opened the chat; a link with a code of ours proves who they are, as if they had typed it."""
    yield one.event(
        "chat entered", {"scene": clean_text(str(about.get("scene") or ""))[:40], **_dict(about.get(WELCOMED))}
    )
    code = about.get("scene_param")
    if isinstance(code, str) and CODE.fullmatch(code):
        yield one.event("words", {"text": f"/start {code}", "message": one.id}, ":code")


def _session(one: _One, about: Said, humans: Humans) -> Iterator[Event]:
    """Keep who has a session: while a person has it, the bot neither speaks nor acts on what it hears."""
    before = humans.get(one.mark, "")
    if about.get("change_type") == ENDED:
        servicer = str(about.get("old_servicer_userid") or before)
        humans.pop(one.mark, None)
    else:
        servicer = humans[one.mark] = str(about.get("new_servicer_userid") or "")
    yield one.event("human session", {"began": about.get("change_type") != ENDED, "servicer": servicer})


def _dict(value: object) -> Said:
    return value if isinstance(value, dict) else {}


def fresh_entries(said: Iterable[Said]) -> list[dict[str, Any]]:
    """Find who just opened the chat and may be welcomed: these messages of sync_msg bring a code."""
    found = []
    for message in said:
        about = message.get("event") if message.get("msgtype") == "event" else None
        if (
            isinstance(about, dict)
            and about.get("event_type") == "enter_session"
            and _is_code(about.get("welcome_code"))
        ):
            found.append(about)
    return found
