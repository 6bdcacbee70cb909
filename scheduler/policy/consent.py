"""What stands in the way of a message that nobody asked for: an opt-out, a missing consent, a complaint, the cap."""

from typing import Literal

from scheduler.policy.document import Policy
from scheduler.policy.units import MessageKind

Obstacle = Literal["opted-out", "no-consent", "complaint-open", "cap"]


def obstacle(
    policy: Policy,
    kind: MessageKind,
    *,
    opted_out: bool,
    agreed: bool,
    complaint_open: bool,
    sent_lately: int,
) -> Obstacle | None:
    """Return why such a message must not go to a contact now, or None.

    `sent_lately` counts the proactive messages to the contact within the policy's `cap_within`. What the policy does
    not cap is service: an opt-out, an open complaint and the cap hold nothing of it back.
    """
    rule = policy.consent.rule(kind)
    if rule.capped and opted_out:
        return "opted-out"
    if rule.consent and not agreed:
        return "no-consent"
    if rule.capped and complaint_open:
        return "complaint-open"
    return "cap" if rule.capped and sent_lately >= policy.consent.cap else None
