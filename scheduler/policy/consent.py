"""What stands in the way of a message that nobody asked for, and when it may leave: one answer for every moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from scheduler.policy.document import Policy
from scheduler.policy.hours import may_disturb
from scheduler.policy.sections import Consent
from scheduler.policy.units import MessageKind

Obstacle = Literal["opted-out", "no-consent", "complaint", "cap"]
OBSTACLES: Final[tuple[Obstacle, ...]] = ("opted-out", "no-consent", "complaint", "cap")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known about a contact who is to be written to unasked.

    `others` are the moments at which other proactive messages to them left or are to leave.
    """

    opted_out: bool = False
    agreed: bool = False
    complaint_open: bool = False
    others: tuple[datetime, ...] = ()
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Permission:
    """The first moment, in UTC, at which such a message may leave, and what forbids it even then."""

    at: datetime
    obstacle: Obstacle | None = None


def permission(policy: Policy, kind: MessageKind, standing: Standing, earliest: datetime) -> Permission:
    """Tell whether such a message may go to a contact, and when from `earliest` on.

    What the policy does not cap is service: an opt-out, an open complaint and the cap hold nothing of it back. Their
    night is theirs whatever it is.
    """
    rule = policy.consent.rule(kind)
    at = may_disturb(policy, standing.zone, earliest, marketing=rule.marketing)
    if rule.capped and standing.opted_out:
        return Permission(at, "opted-out")
    if rule.consent and not standing.agreed:
        return Permission(at, "no-consent")
    if rule.capped and standing.complaint_open:
        return Permission(at, "complaint")
    return Permission(at, "cap" if rule.capped and is_crowded(policy.consent, standing.others, at) else None)


def is_crowded(consent: Consent, others: Iterable[datetime], at: datetime) -> bool:
    """Tell whether one more message at that moment would make more than the cap within some span of `cap_within`.

    A message exactly `cap_within` after another lies outside its span.
    """
    near = sorted([at, *(other for other in others if abs(other - at) < consent.cap_within)])
    spans = zip(near, near[consent.cap :], strict=False)
    return any(first <= at <= last and last - first < consent.cap_within for first, last in spans)
