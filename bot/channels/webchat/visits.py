"""Visits: what a page with the chat hears: who it is, whether anybody is there, when an answer comes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, StringConstraints

from bot.channels.webchat.deeds import NAME, is_zone
from bot.channels.webchat.guests import Session
from bot.channels.webchat.origins import LONGEST_IDENTITY, SignedIn
from prompts.phrases import Phrases
from scheduler.policy.calendars import calendar_of
from scheduler.policy.document import Policy
from storage.inbox import Event
from storage.vault import vault

PROVEN: Final = "visitor proven"


class Visit(BaseModel):
    """A page opens the chat: with the token it kept, with who the company says its visitor is, with its clock's zone."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    token: Annotated[str, StringConstraints(max_length=600)] = ""
    identity: Annotated[str, StringConstraints(max_length=LONGEST_IDENTITY)] = ""
    zone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+/-]{0,60}$")] = ""


def opens_at(policy: Policy, now: datetime) -> datetime | None:
    """Tell when somebody works again; None while somebody does."""
    opens = calendar_of(policy).starts_counting(now)
    return opens if opens > now else None


def hours(policy: Policy, now: datetime, t: Phrases, zone: str) -> dict[str, Any]:
    """Tell a page honestly when an answer comes: `opens` is a moment, and `away` a sentence, while nobody works.

    The sentence is by the clock of the visitor's zone; a zone that is none is the company's.
    """
    opens = opens_at(policy, now)
    if opens is None:
        return {"opens": "", "away": ""}
    seen = zone if is_zone(zone) else policy.company.zone.key
    return {"opens": opens.isoformat(), "away": t("widget-away", when=t.moment(opens, seen, now))}


def proven_event(address: str, visitor: SignedIn, before: Session | None, language: str) -> Event:
    """Make the event that somebody is who the company's server signed; `before` is the session of their page until now.

    Only an unnamed guest's is theirs for sure: who was signed in on the same page before may be somebody else.
    """
    earlier = before.address if before and before.until is None and before.address != address else None
    mark = vault.blind(f"{address} {visitor.name} {earlier or ''}")[:16]
    return Event(
        channel=NAME,
        external_id=f"{vault.blind(address)[:16]}:proven:{mark}",
        kind=PROVEN,
        sender=address,
        address=address,
        body={"side": "customer", "id": visitor.id, "name": visitor.name, "before": earlier, "language": language},
        conversation=f"{NAME}:{address}",
    )
