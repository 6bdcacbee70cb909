"""客户联系: a customer and a colleague add each other in WeChat; the customer becomes known to us, and that at once.

What WeCom tells comes in by the app's door. The welcome code of somebody who was added is good for twenty seconds and
once, so it is used before anything is stored; if the company has a welcome of its own there is no code.

Source: developer.work.weixin.qq.com/document/path/92130 (events), 92114 (details), 92137 (send_welcome_msg).
"""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from typing import Any, Final

from bot.channels.clean import clean_text
from bot.channels.port import Accept, NotSent, TryLater, WontWork
from bot.channels.wecom.callbacks import Heard
from bot.channels.wecom.client import Client, Unheard
from bot.channels.wecom.codes import spent
from bot.channels.wecom.contact_pages import about
from bot.channels.wecom.tongues import Tongues
from prompts.phrases import phrases
from storage.followings import CHANNEL
from storage.inbox import Event

CHANGE: Final = "change_external_contact"
ADDED: Final = frozenset({"add_external_contact", "add_half_external_contact"})
LEFT: Final = {"del_follow_user": "customer", "del_external_contact": "colleague"}
"""Who of the two took the other off their contacts."""
EDITED: Final = "edit_external_contact"
STAYED: Final = "transfer_fail"
TAGS: Final = "change_external_tag"
QUICKLY: Final = timedelta(seconds=1.5)
"""Of the five seconds in which WeCom wants its answer, for each of the two questions beside the storing."""
LONGEST_ID: Final = 96


class Contacts:
    """Hears of external contacts."""

    def __init__(self, client: Client, tongues: Tongues) -> None:
        self._client, self._tongues = client, tongues

    async def hear(self, heard: Heard, accept: Accept) -> bool:
        """Store what is told of an external contact; false if it is about something else.

        Raises:
            Exception: it is not stored.
        """
        if heard.get("Event") == TAGS:
            await accept([_tags_changed(heard)])
            return True
        if heard.get("Event") != CHANGE:
            return False
        customer, colleague = heard.get("ExternalUserID", ""), heard.get("UserID", "")
        if not (0 < len(customer) <= LONGEST_ID and 0 < len(colleague) <= LONGEST_ID):
            return True
        what = heard.get("ChangeType", "")
        if what in ADDED:
            welcomed, known = await asyncio.gather(self._welcome(heard), self._about(customer))
            await accept([_event(heard, "contact added", known | {"welcomed": welcomed})])
        elif what in LEFT:
            await accept([_event(heard, "contact left", {"by": LEFT[what]})])
        elif what == EDITED:
            await accept([_event(heard, "contact edited", {})])
        elif what == STAYED:
            why = clean_text(heard.get("FailReason", ""))[:40].replace("_", "-")
            await accept([_event(heard, "contact not transferred", {"why": why})])
        return True

    async def _welcome(self, heard: Heard) -> str:
        """Greet in the colleague's name, if nobody else does; tell what became of it."""
        code = heard.get("WelcomeCode")
        if not code:
            return ""
        language = await self._tongues.of(CHANNEL, heard["ExternalUserID"])
        body = {"welcome_code": code, "text": {"content": phrases(language)("kf-contact-welcome")}}
        return await spent(self._client.ask("externalcontact/send_welcome_msg", body, repeatable=False), QUICKLY)

    async def _about(self, customer: str) -> dict[str, Any]:
        """Ask what they are called and where they work; who is added is written down without it, too."""
        try:
            async with asyncio.timeout(QUICKLY.total_seconds()):
                found = await self._client.ask("externalcontact/get", external_userid=customer)
        except (NotSent, TryLater, WontWork, Unheard, TimeoutError):
            return {}
        return about(found)


def _event(heard: Heard, kind: str, facts: dict[str, Any]) -> Event:
    """Name it by all that tells it from others: WeCom gives events no id."""
    parts = ("Event", "ChangeType", "CreateTime", "UserID", "ExternalUserID")
    id_ = hashlib.sha256("|".join(heard.get(part, "") for part in parts).encode()).hexdigest()[:32]
    customer = heard["ExternalUserID"]
    body = {"side": "customer", "colleague": heard["UserID"], **facts}
    return Event(CHANNEL, id_, kind, customer, customer, body, f"{CHANNEL}:{customer}")


def _tags_changed(heard: Heard) -> Event:
    parts = ("Event", "ChangeType", "CreateTime", "Id", "TagType")
    id_ = hashlib.sha256("|".join(heard.get(part, "") for part in parts).encode()).hexdigest()[:32]
    return Event(CHANNEL, id_, "contact tags changed", conversation=f"{CHANNEL}:tags")
