"""Finding a draft that somebody may decide about: it is about a customer whom they may see, and still open."""

from __future__ import annotations

from handlers.context import Context, Refused
from storage.drafts import Draft


def visible_draft(ctx: Context, id_: str) -> Draft:
    """Find a draft for a customer whom the person who acts may see: owner, group, or their manager.

    Raises:
        Refused: there is none, or it is about somebody else's customer; the words are the same.
    """
    found = ctx.store.drafts.get(id_)
    if found is None or ctx.store.customers.seen_by(ctx.scope, found.customer_id) is None:
        raise Refused("draft-not-found")
    return found


def open_draft(ctx: Context, id_: str) -> Draft:
    """Find a draft that waits for a decision.

    Raises:
        Refused: as `visible_draft`; or it is decided or too old, and the words say by whom and when.
    """
    found = visible_draft(ctx, id_)
    if found.state != "open":
        raise decided(ctx, found)
    if found.expires_at <= ctx.now:
        raise Refused("draft-decided-expired")
    return found


def decided(ctx: Context, found: Draft) -> Refused:
    """Say who decided about a draft, and when."""
    by = ctx.store.staff.get(found.decided_by)
    when = ctx.t.moment(found.decided_at or found.expires_at, ctx.zone, ctx.now)
    return Refused(f"draft-decided-{found.state}", who=by.name if by else "", when=when)
