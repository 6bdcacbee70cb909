"""Errands to WeCom's contacts: what is read there, and what we write of a customer on their colleague's contact."""

from __future__ import annotations

from typing import Any, Final

from handlers.cards import Card
from handlers.context import Context, Place
from handlers.tier_words import tier_label
from prompts.phrases import phrases
from scheduler.policy.document import Policy
from storage.contacts import Contact
from storage.customers import Customer
from storage.followings import CHANNEL, Following
from storage.messages import Kind

TAGS: Final = "wecom tags"
"""The setting that keeps our group of tags: its id, and the id of each tier's tag."""
LONGEST_REMARK, LONGEST_DESCRIPTION = 20, 150
"""Characters (developer.work.weixin.qq.com/document/path/92115)."""
BETWEEN: Final = "·"


def ask(ctx: Context, address: str, errand: dict[str, Any], *, slot: str = "", key: str | None = None) -> None:
    """Leave an errand; a later one of the same slot takes the place of one that has not left."""
    ctx.say(Place(CHANNEL, address), Card(errand=errand), Kind.BULK, slot=slot, key=key)


def our_tags(ctx: Context) -> list[str]:
    """Give the ids of the tags that are ours."""
    return sorted((ctx.store.settings.get(TAGS) or {}).get("ours", {}).values())


def can_ask(ctx: Context) -> bool:
    """Tell whether WeCom's contacts are there to be asked."""
    return CHANNEL in ctx.around.channels


def wanted_tags(policy: Policy) -> dict[str, str]:
    """Give the name of each tier in use, as a tag in the company's language."""
    language = policy.company.language
    return {entry.id: (tier_label(policy, entry.id, language) or entry.id) for entry in policy.tiers.in_use()}


def ask_for_tags(ctx: Context, key: str | None = None) -> None:
    """Let WeCom's tags be read, and those of our group made that are missing."""
    group = phrases(ctx.policy.company.language)("contacts-tag-group")
    ask(ctx, "tags", {"deed": "tags", "group": group, "wanted": wanted_tags(ctx.policy)}, slot="tags", key=key)


def remark_of(customer: Customer, contact: Contact) -> str:
    """Name a contact behind their company, in the room that a remark has: a long company gives way."""
    if not contact.name or contact.name == customer.name:
        return customer.name[:LONGEST_REMARK]
    person = contact.name[: LONGEST_REMARK // 2]
    company = customer.name[: LONGEST_REMARK - len(person) - len(BETWEEN)]
    return f"{company}{BETWEEN}{person}"


def description_of(ctx: Context, customer: Customer) -> str:
    """Say tier and owner, in the company's language."""
    t = phrases(ctx.policy.company.language)
    owner = ctx.store.staff.get(customer.owner_id)
    tier = tier_label(ctx.policy, customer.tier, t.language) or t("policy-tier", tier="none")
    said = t("contacts-description", tier=tier, owner=owner.name if owner else t("ticket-nobody"))
    return said[:LONGEST_DESCRIPTION]


def bring_up_to_date(ctx: Context, one: Following, contact: Contact, customer: Customer | None) -> None:
    """Let WeCom say of a contact what we know: name, tier and owner, the tier's tag; never over what somebody typed."""
    if customer is None or not can_ask(ctx):
        return
    said: dict[str, str] = {}
    remark, description = remark_of(customer, contact), description_of(ctx, customer)
    if not one.is_named_by_hand and remark != one.remark:
        said["remark"] = remark
    if one.description in ("", one.described) and description != one.description:
        said["description"] = description
    who = {"external": one.external, "userid": one.userid}
    address = f"{one.userid}:{one.external}"
    if said:
        ask(ctx, address, {"deed": "remark", **who, **said}, slot=f"remark:{address}")
    _bring_tag_up_to_date(ctx, one, customer, address, who)


def _bring_tag_up_to_date(ctx: Context, one: Following, customer: Customer, address: str, who: dict[str, str]) -> None:
    known = ctx.store.settings.get(TAGS) or {}
    tag = known.get("ours", {}).get(customer.tier or "", "")
    if tag == one.marked:
        return
    errand = {"deed": "mark", **who, "add": [tag] if tag else [], "remove": [one.marked] if one.marked else []}
    ask(ctx, address, errand, slot=f"tag:{address}")
