"""Groups: linked by a colleague with a one-time code; in them we answer whoever speaks to us, and say nothing personal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from handlers.arguments import Args, Line, NoArgs, Whom
from handlers.cards import Button, Card, Field, Row
from handlers.context import Context, Place, Refused
from handlers.finding import customer_named
from handlers.routing import MANAGERS, Router
from prompts.phrases import phrases
from storage.columns import new_id
from storage.contacts import Contact
from storage.groups import CODE_LASTS, Group
from storage.messages import Kind
from storage.posts import Post
from storage.staff import Person

router = Router("groups")
SAID_AGAIN: Final = timedelta(days=7)
"""So long a group that is not linked, or a colleague in one, is not told the same again."""
PLACE: Final = "group place"
"""What a colleague types in a group to learn how the policy calls it."""
IN_GROUPS: Final = frozenset({"status", "human"})
"""Customers' commands that say nothing about one person."""
_COMMAND = re.compile(r"/(?P<name>[A-Za-z_]+)(?:\s+(?P<rest>.*))?", re.DOTALL)


class NamedCustomer(Args):
    customer: Whom


class Interest(Args):
    topic: Whom


class Which(Args):
    group: Line


@router.command("group link", NamedCustomer)
def offer(ctx: Context, args: NamedCustomer) -> None:
    """Make a one-time code by which a colleague links a group to a customer."""
    customer = customer_named(ctx, args.customer)
    code = ctx.store.groups.offer(customer.id, None, ctx.me.id, ctx.now)
    ctx.store.audit.note(ctx.me.id, "made a group's code", customer.id, ctx.now, customer.id)
    ctx.reply(_code_card(ctx, code, customer.name))


@router.command("group interest", Interest)
def offer_interest(ctx: Context, args: Interest) -> None:
    """Make a one-time code by which a colleague links a group of people who share an interest."""
    topic = args.topic[:100]
    code = ctx.store.groups.offer(None, topic, ctx.me.id, ctx.now)
    ctx.store.audit.note(ctx.me.id, "made a group's code", "interest", ctx.now)
    ctx.reply(_code_card(ctx, code, topic))


def _code_card(ctx: Context, code: str, name: str) -> Card:
    bot = ctx.store.settings.get("telegram name")
    text = ctx.t("group-code", name=name, days=CODE_LASTS.days, bot=f"@{bot}" if bot else "")
    return Card(text=text, fields=(Field(label=ctx.t("group-code-type"), value=f"/link {code}"),))


@router.command("group list")
def show_list(ctx: Context, _: object) -> None:
    """List the groups that are linked, as far as one may see them."""
    found = ctx.store.groups.listed(ctx.scope)
    if not found:
        ctx.reply(ctx.t("group-list-empty"))
        return
    ctx.reply(Card(title=ctx.t("group-list-title"), rows=tuple(_row(ctx, group) for group in found)))


def _row(ctx: Context, group: Group) -> Row:
    customer, contact = ctx.store.customers.get(group.customer_id), ctx.store.contacts.get(group.contact_id)
    by = ctx.store.staff.get(group.linked_by)
    day = ctx.t.day(group.linked_at or ctx.now, ctx.zone, ctx.now)
    about = {"title": (contact and contact.name) or "?", "by": by.name if by else "?", "day": day}
    text = ctx.t("group-row", name=customer.name if customer else group.topic or "?", **about)
    return Row(
        text=text, buttons=(Button(label=ctx.t("group-unlink"), command="group unlink", args={"group": group.id}),)
    )


@router.command("group unlink", Which, hidden=True)
def unlink(ctx: Context, args: Which) -> None:
    """End a group's link; nothing is heard or said there any more."""
    group = next((one for one in ctx.store.groups.listed(ctx.scope, 1000) if one.id == args.group), None)
    if group is None:
        raise Refused("group-not-found")
    _end(ctx, group)
    ctx.store.audit.note(ctx.me.id, "unlinked a group", group.id, ctx.now, group.customer_id)
    ctx.reply(ctx.t("group-unlinked", name=_name(ctx, group)))


def _end(ctx: Context, group: Group) -> None:
    ctx.store.groups.end(group.id, ctx.now)
    if group.channel and group.address:
        ctx.store.contacts.set_reachable(group.channel, group.address, reachable=False)


def _name(ctx: Context, group: Group) -> str:
    customer = ctx.store.customers.get(group.customer_id)
    return customer.name if customer else group.topic or "?"


@router.on("group spoken in")
def refuse_group(ctx: Context, _: object) -> None:
    """Say once that we talk in private, unless the group is linked or ours: what is not said to us is not ours."""
    here = (ctx.event.channel, ctx.event.address)
    if ctx.store.groups.at(*here) is None and not ctx.policy.routes.is_place(":".join(here)):
        _say_once(ctx, "telegram-group-refused")


@router.on("stranger at work")
def ignore_stranger(ctx: Context, _: object) -> None:
    """Say once where a team works that somebody there is not known to us; nothing that they do means anything."""
    ctx.event = replace(ctx.event, body={"language": ctx.policy.company.language})
    _say_once(ctx, "group-stranger-at-work")


@router.command(PLACE, who=MANAGERS)
def name_place(ctx: Context, _: object) -> None:
    """Say how the policy calls the group in which this is typed, so that a team can work there."""
    if "title" not in ctx.event.body:
        raise Refused("group-place-where")
    address = str(ctx.event.body.get("place") or ctx.event.address)
    if ctx.store.groups.at(ctx.event.channel, address) is not None:
        raise Refused("group-linked-already")
    place = f"{ctx.event.channel}:{address}"
    known = "yes" if ctx.policy.routes.is_place(place) else "no"
    line = Field(label=ctx.t("group-place-line"), value=f'address: "{place}"')
    ctx.reply(Card(text=ctx.t("group-place", known=known), fields=(line,)))


def _say_once(ctx: Context, key: str) -> None:
    """Say something in a group that has not been said there lately."""
    said = ctx.store.posts.get(ctx.event.channel, ctx.event.address, key)
    if said is None or ctx.now - said.changed > SAID_AGAIN:
        ctx.store.posts.lift(ctx.event.channel, ctx.event.address, key)
        ctx.say(Place(ctx.event.channel, ctx.event.address), Card(text=ctx.t(key)), slot=key)


@router.on("group asked")
def hear(ctx: Context, facts: dict[str, Any]) -> None:
    """Hear what is said to us in a group: a code links it; else it is the words of the customer whose group it is."""
    ctx.contact = None  # whoever speaks here speaks for the group: their own chat with us is their own
    colleague = ctx.store.staff.at(ctx.event.channel, ctx.event.sender)
    group = ctx.store.groups.at(ctx.event.channel, ctx.event.address)
    typed = _COMMAND.fullmatch(str(facts["text"]).strip())
    command = typed["name"].lower() if typed else ""
    if group is not None:
        _answer_under(ctx, facts)
    if colleague is not None and str(facts["text"]).strip() == f"/{PLACE}":
        _name_place_here(ctx, colleague)
    elif command == "link":
        _link(ctx, colleague, group, (typed and typed["rest"]) or "", str(facts.get("title") or ""))
    elif group is None:
        refuse_group(ctx, facts)
    elif colleague is not None:
        _say_once(ctx, "group-colleague")
    else:
        _hear_customer(ctx, group, command, facts)


def _name_place_here(ctx: Context, colleague: Person) -> None:
    """Answer a colleague who asks in a group where no team works yet."""
    ctx.staff, command = colleague, ctx.around.routes.commands[PLACE]
    if colleague.role not in command.who:
        raise Refused("command-not-for-role", command=PLACE)
    command.answer(ctx, NoArgs())


def _answer_under(ctx: Context, facts: dict[str, Any]) -> None:
    """Let what is answered hang under what was asked; a group goes on talking meanwhile."""
    channel, address, message = ctx.event.channel, ctx.event.address, str(facts["message"])
    slot = f"asked:{message}"
    line = Post(channel, address, slot, {}, ctx.now, ctx.now, provider_id=message, flow="in")
    ctx.store.posts.add_lines([line])
    ctx.event = replace(ctx.event, body=ctx.event.body | {"under": slot})


def _hear_customer(ctx: Context, group: Group, command: str, facts: dict[str, Any]) -> None:
    """Take words as the group's own, with the name of whoever said them."""
    ctx.contact = ctx.store.contacts.get(group.contact_id)
    ctx.event = replace(ctx.event, sender=ctx.event.address)
    if command in IN_GROUPS:
        ctx.around.routes.commands[command].answer(ctx, NoArgs())
    elif command:
        ctx.reply(ctx.t("group-private"))
    else:
        words = ctx.t("group-said", who=str(facts.get("who") or "?"), words=str(facts["text"]))
        ctx.note("customer words", **(facts | {"text": words.strip()}))


def _link(ctx: Context, colleague: Person | None, group: Group | None, code: str, title: str) -> None:
    """Link this group with a code; only a colleague can, whoever else got hold of it."""
    if colleague is None:
        _say_once(ctx, "group-link-colleagues")
        return
    if group is not None:
        raise Refused("group-linked-already")
    offered = ctx.store.groups.offered(code, ctx.now)
    if offered is None:
        raise Refused("group-code-unknown")
    contact = _speaker(ctx, offered, title)
    channel, address = ctx.event.channel, ctx.event.address
    if not ctx.store.groups.link(offered.id, channel, address, contact.id, colleague.id, ctx.now):
        raise Refused("group-code-unknown")
    ctx.store.contacts.bind(contact.id, channel, address, ctx.now)
    ctx.store.audit.note(colleague.id, "linked a group", offered.id, ctx.now, offered.customer_id)
    ctx.reply(phrases(contact.language)("group-linked", company=ctx.policy.company.name))
    _tell(ctx, colleague, "group-linked-you", offered, title)


def _speaker(ctx: Context, offered: Group, title: str) -> Contact:
    """Write down who speaks for all in a group: nothing is ever said to them unasked."""
    customer = ctx.store.customers.get(offered.customer_id)
    language = customer.language if customer else ctx.policy.company.language
    contact = Contact(
        id=new_id(), customer_id=offered.customer_id, name=title or offered.topic, language=language, met_at=ctx.now
    )
    ctx.store.contacts.add(contact, ctx.now)
    ctx.store.contacts.consent(contact.id, "proactive", "group", ctx.now, given=False)
    return contact


def _tell(ctx: Context, person: Person | None, key: str, group: Group, title: str) -> None:
    """Tell a colleague of a group in private, never in it."""
    if person is not None:
        t = phrases(person.language)
        ctx.tell(person, Card(text=t(key, title=title or "?", name=_name(ctx, group))), Kind.REMINDER)


@router.on("group left")
def lose(ctx: Context, _: object) -> None:
    """End a link because we were taken out of the group; whose it was hears so."""
    group = ctx.store.groups.at(ctx.event.channel, ctx.event.address)
    if group is None:
        return
    contact = ctx.store.contacts.get(group.contact_id)
    _end(ctx, group)
    linker = ctx.store.staff.stand_in(ctx.store.staff.get(group.linked_by), ctx.now)
    _tell(ctx, linker, "group-lost", group, (contact and contact.name) or "")


@router.on("group moved")
def follow(ctx: Context, facts: dict[str, Any]) -> None:
    """Follow a group that got another address, as Telegram's do when they grow."""
    channel, to = ctx.event.channel, str(facts["to"])
    group = ctx.store.groups.at(channel, ctx.event.address)
    if group is None or group.contact_id is None or ctx.store.groups.at(channel, to) is not None:
        return
    ctx.store.groups.move(group.id, channel, to)
    ctx.store.contacts.bind(group.contact_id, channel, to, ctx.now)
    ctx.store.contacts.leave_others(group.contact_id, channel, to)
