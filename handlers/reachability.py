"""Reachability: customers who close a chat to us or open it again, and groups, in which we do not speak."""

from __future__ import annotations

from handlers.cards import Card
from handlers.context import Context
from handlers.routing import Router
from prompts.phrases import phrases
from storage.messages import Kind

router = Router("reachability")


@router.on("chat closed")
def lose(ctx: Context, _: object) -> None:
    """Write down that a customer blocked us, and tell whose customer it is: what waits for them will not arrive."""
    ctx.store.contacts.set_reachable(ctx.event.channel, ctx.event.sender, reachable=False)
    _tell_owner(ctx, "contact-blocked", Kind.ESCALATION)


@router.on("chat opened")
def find_again(ctx: Context, _: object) -> None:
    """Write down that a customer can be reached again."""
    ctx.store.contacts.set_reachable(ctx.event.channel, ctx.event.sender, reachable=True)
    _tell_owner(ctx, "contact-unblocked", Kind.REMINDER)


@router.on("group spoken in")
def refuse_group(ctx: Context, _: object) -> None:
    """Say once that we only talk in private: in a group nobody can be sure who reads along."""
    ctx.reply(ctx.t("telegram-group-refused"))


def _tell_owner(ctx: Context, key: str, kind: Kind) -> None:
    customer = ctx.store.customers.get(ctx.contact.customer_id) if ctx.contact else None
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    if ctx.contact is None or customer is None or owner is None:
        return
    t = phrases(owner.language)
    names = {"name": ctx.contact.name or t("contact-unknown"), "customer": customer.name}
    ctx.tell(owner, Card(text=t(key, **names, channel=t(f"channel-{ctx.event.channel}")), tone="warn"), kind)
