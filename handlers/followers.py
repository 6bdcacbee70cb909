"""Followers: colleagues who have a customer among their contacts in WeCom, as WeCom says and as we write it down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from handlers.cards import Button, Card
from handlers.contact_errands import ask, bring_up_to_date, our_tags
from handlers.context import Context
from handlers.questions import put, whom_to_ask
from prompts.phrases import Phrases, phrases
from scheduler.cadence import Diary, plan
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer, fold
from storage.followings import CHANNEL, FOLLOWS, LEFT, Following
from storage.messages import Kind
from storage.staff import Person

COLLEAGUES: Final = "wecom"
_BETWEEN: Final = re.compile(r"[\s·・\-—_/|,，()（）【】]+")


@dataclass(frozen=True)
class Seen:
    """What WeCom says of one contact of one colleague; `tags` are names that people gave, `marked` a tag of ours."""

    external: str
    userid: str
    name: str = ""
    company: str = ""
    remark: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    marked: str = ""

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Seen:
        kept = {name: facts[name] for name in cls.__dataclass_fields__ if facts.get(name)}
        return cls(**kept | {"tags": tuple(facts.get("tags") or ())})


def look_at(ctx: Context, external: str) -> None:
    errand = {"deed": "get", "external": external, "ours": our_tags(ctx)}
    ask(ctx, f"look:{external}", errand, slot=f"look:{external}")


def take(ctx: Context, seen: Seen, run: str | None = None) -> tuple[str, Contact, Customer | None]:
    """Write down one contact of one colleague; tell whether they were added, matched with somebody, known, or wait.

    Somebody new becomes a customer of that colleague. If they claim a company that is on record, a person is asked.
    """
    ctx.store.contacts.one_at_a_time()
    before = ctx.store.followings.get(seen.external, seen.userid)
    known = before or Following(seen.external, seen.userid)
    contact, outcome = ctx.store.contacts.at(CHANNEL, seen.external), "known" if before else "matched"
    given = {name: getattr(seen, name) for name in ("remark", "description", "tags", "marked")}
    one = replace(known, **given, name=seen.name or known.name, state=FOLLOWS, seen=run or known.seen)
    if contact is None:
        contact, one, outcome = _meet(ctx, seen, one)
    elif one.is_named_by_hand and one.remark != (before.remark if before else ""):
        ctx.store.contacts.change(contact.id, name=one.remark)
        contact = replace(contact, name=one.remark)
        ctx.store.contacts.add_marks(contact)
    elif before is None:
        one = replace(one, claimed=_claim_of_others(ctx, seen))
    ctx.store.contacts.set_reachable(CHANNEL, seen.external, reachable=True)
    ctx.store.followings.put(one)
    customer = ctx.store.customers.get(contact.customer_id)
    if run is not None or outcome == "added":
        bring_up_to_date(ctx, one, contact, customer)
    return ("waiting" if one.claimed else outcome), contact, customer


def _claim_of_others(ctx: Context, seen: Seen) -> str | None:
    return next((one.claimed for one in ctx.store.followings.of(seen.external) if one.claimed), None)


def _meet(ctx: Context, seen: Seen, one: Following) -> tuple[Contact, Following, str]:
    colleague = ctx.store.staff.at(COLLEAGUES, seen.userid)
    t = phrases(colleague.language if colleague else ctx.policy.company.language)
    name = (one.remark if one.is_named_by_hand else seen.name) or t("contact-unknown")
    alike = _claimed(ctx, seen)
    customer = None if alike else new_customer(ctx, seen.company or name, colleague)
    language = customer.language if customer else ctx.policy.company.language
    contact = Contact(
        id=new_id(), customer_id=customer.id if customer else None, name=name, language=language, met_at=ctx.now
    )
    ctx.store.contacts.add(contact, ctx.now)
    ctx.store.contacts.bind(contact.id, CHANNEL, seen.external)
    if customer is not None:
        ctx.store.audit.note(
            colleague.id if colleague else "wecom", "added customer", customer.id, ctx.now, customer.id
        )
        ctx.note("known elsewhere", contact=contact, also=(CHANNEL, seen.external))
        return contact, one, "added"
    assert alike is not None  # noqa: S101 - else there would be a customer
    _propose(ctx, contact, alike, colleague)
    return contact, replace(one, claimed=alike.id), "waiting"


def _claimed(ctx: Context, seen: Seen) -> Customer | None:
    """Find the customer whom somebody with the same id is of, or whose name they bear.

    That is their company's, or what a colleague's remark begins or ends with.
    """
    for known in ctx.store.contacts.known_as((CHANNEL, seen.external)):
        if customer := ctx.store.customers.get(known.customer_id):
            return customer
    names = [seen.company, seen.remark, *_BETWEEN.split(seen.remark), seen.name]
    found = ctx.store.customers.by_names([name for name in names if name.strip()])
    return next((found[fold(name)][0] for name in names if fold(name) in found), None)


def _propose(ctx: Context, contact: Contact, customer: Customer, colleague: Person | None) -> None:
    """Ask whether somebody is of a customer on record: who added them if that is theirs to see, else its owner."""
    asked = whom_to_ask(ctx, customer, [colleague])
    mine = "yes" if asked and colleague and asked.id == colleague.id else "no"

    def make(t: Phrases, _zone: str) -> Card:
        added_by = colleague.name if colleague else t("kf-somebody")
        text = t("contacts-claim", name=contact.name, customer=customer.name, who=added_by, mine=mine)
        return Card(title=t("contacts-claim-title"), text=text, buttons=_answers(t, contact, customer))

    put(ctx, asked, make, f"claim:{contact.id}")


def _answers(t: Phrases, contact: Contact, customer: Customer) -> tuple[Button, ...]:
    both = {"contact": contact.id, "customer": customer.id}
    return (
        Button(label=t("contacts-claim-yes"), command="contact of", args=both, style="primary"),
        Button(label=t("contacts-claim-no"), command="contact not of", args=both),
    )


def colleague_of(ctx: Context, one: Following) -> Person | None:
    return ctx.store.staff.at(COLLEAGUES, one.userid)


def leave(ctx: Context, one: Following, by: str = "customer") -> None:
    """Take a colleague from a customer's contacts; by whom, they are told if it was not themselves."""
    if one.state == LEFT:
        return
    ctx.store.followings.put(replace(one, state=LEFT))
    contact = ctx.store.contacts.at(CHANNEL, one.external)
    customer = ctx.store.customers.get(contact.customer_id) if contact else None
    if not ctx.store.followings.of(one.external):
        ctx.store.contacts.set_reachable(CHANNEL, one.external, reachable=False)
    colleague = colleague_of(ctx, one)
    if contact is None or customer is None or colleague is None:
        return
    if by == "customer":
        name = contact.name or phrases(colleague.language)("contact-unknown")
        tell(ctx, colleague, "kf-contact-left", name, customer)
    elif customer.owner_id not in (None, colleague.id):
        owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now)
        tell(ctx, owner, "contacts-removed", contact.name or "?", customer, who=colleague.name)


def new_customer(ctx: Context, name: str, owner: Person | None) -> Customer:
    owner_id, language = owner.id if owner else None, ctx.policy.company.language
    customer = Customer(id=new_id(), name=name, language=language, owner_id=owner_id, since=ctx.now)
    if owner is not None:
        customer = replace(customer, **plan(Diary.of(ctx.policy, owner), customer, None, ctx.now))
    ctx.store.customers.add(customer)
    return customer


def tell(ctx: Context, colleague: Person | None, key: str, name: str, customer: Customer, **more: str) -> None:
    """Tell whose customer it is; where nobody of ours is known by that name, whoever reads the fallback."""
    t = phrases(colleague.language) if colleague else ctx.team_phrases(None)
    show = Button(label=t("row-show"), command="who", args={"customer": customer.id})
    card = Card(text=t(key, name=name, customer=customer.name, **more), buttons=(show,))
    if colleague is None or not ctx.tell(colleague, card, Kind.REMINDER):
        ctx.say(ctx.team_place(None), card, Kind.REMINDER)
