"""Identities: two contacts are found to be one person and joined by a colleague's yes, or split again without loss."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from handlers.arguments import Args, Line, Whom
from handlers.cards import Button, Card, Row
from handlers.contact_finding import contact_called, contact_seen, two_called
from handlers.contact_rows import likeness, side_row
from handlers.context import Context, Refused, Surroundings
from handlers.followers import colleague_of
from handlers.questions import put, whom_to_ask
from handlers.routing import Router
from handlers.strangers import adopt, let_go
from prompts.phrases import Phrases
from storage.contacts import Contact
from storage.joins import Join
from storage.store import Store

router = Router("identities")
MOVED: Final = "moved"
"""Why words stay here: the chat in which they were to be said is somebody else's by now."""


class Pair(Args):
    contact: Line
    other: Whom


class Two(Args):
    contact: Line
    other: Line


class OneContact(Args):
    contact: Whom


class OneJoin(Args):
    join: Line


@router.command("contact join", Pair)
def ask(ctx: Context, args: Pair) -> None:
    """Show two contacts side by side, and ask whether they are one person."""
    one, other = two_called(ctx, args.contact, args.other)
    _check(one, other)
    ctx.reply(_question(ctx, ctx.t, ctx.zone, one, other))


def _question(ctx: Context, t: Phrases, zone: str, one: Contact, other: Contact, *signs: str) -> Card:
    both = {"contact": one.id, "other": other.id}
    alike = [*signs, *ctx.store.contacts.known_alike(one.id, other.id), *likeness(one, other)]
    return Card(
        title=t("contact-join-title"),
        text=t("contact-join-question"),
        rows=(side_row(ctx, t, zone, one), side_row(ctx, t, zone, other)),
        lines=tuple(t(f"contact-same-{sign}") for sign in alike or ("nothing",)),
        buttons=(
            Button(label=t("contact-join-yes"), command="contact join yes", args=both, style="primary"),
            Button(label=t("contact-join-no"), command="contact join no", args=both),
        ),
    )


def _check(one: Contact, other: Contact) -> None:
    """Refuse what can never be one person.

    Raises:
        Refused: they are one already, or people of two customers.
    """
    if one.id == other.id:
        raise Refused("contact-join-same", name=one.name or "?")
    if one.customer_id and other.customer_id and one.customer_id != other.customer_id:
        raise Refused("contact-join-customers")


@router.command("contact join yes", Two, hidden=True)
def join(ctx: Context, args: Two) -> None:
    """Make one person of two contacts: a stranger becomes who is known, of two known the later met the earlier."""
    one, other = contact_called(ctx, args.contact), contact_called(ctx, args.other)
    _check(one, other)
    side, into = sorted((one, other), key=lambda c: (c.customer_id is None, c.met_at, c.id), reverse=True)
    made = adopt(ctx, side, into, "person")
    back = Button(label=ctx.t("contact-split-deed"), command="contact split yes", args={"join": made.id})
    ctx.reply(Card(text=ctx.t("contact-joined", name=_name(ctx.t, into)), buttons=(back,)))


@router.command("contact join no", Two, hidden=True)
def keep_apart(ctx: Context, args: Two) -> None:
    """Write down that two contacts are two people, so that nobody is asked again."""
    one, other = contact_called(ctx, args.contact), contact_called(ctx, args.other)
    ctx.store.joins.keep_apart(one.id, other.id, ctx.me.id, ctx.now)
    ctx.store.audit.note(ctx.me.id, "said two people", one.id, ctx.now, one.customer_id)
    ctx.reply(ctx.t("contact-kept-apart", name=_name(ctx.t, one), other=_name(ctx.t, other)))


@router.command("contact split", OneContact)
def show_joins(ctx: Context, args: OneContact) -> None:
    """Show what was joined to a contact, each with a button that splits it off again."""
    contact = contact_called(ctx, args.contact)
    joins = ctx.store.joins.of(contact.id)
    if not joins:
        raise Refused("contact-split-none", name=_name(ctx.t, contact))
    title, text = ctx.t("contact-split-title", name=_name(ctx.t, contact)), ctx.t("contact-split-text")
    ctx.reply(Card(title=title, text=text, rows=tuple(_join_row(ctx, contact, join) for join in joins)))


def _join_row(ctx: Context, contact: Contact, join: Join) -> Row:
    side = ctx.store.contacts.as_known(join.from_id)
    parts = {join.from_id, *ctx.store.joins.parts(join.from_id)}
    known = ctx.store.contacts.identities(contact.id)
    channels = dict.fromkeys(ctx.t(f"channel-{one.channel}") for one in known if one.came_as in parts)
    by = ctx.store.staff.get(join.by)
    text = ctx.t(
        "contact-split-row",
        name=_name(ctx.t, side),
        channels=" · ".join(channels) or ctx.t("who-no-channel"),
        day=ctx.t.day(join.at, ctx.zone, ctx.now),
        how=join.how,
        by=by.name if by else "",
    )
    deed = Button(label=ctx.t("contact-split-deed"), command="contact split yes", args={"join": join.id})
    return Row(text=text, buttons=(deed,))


@router.command("contact split yes", OneJoin, hidden=True)
def split(ctx: Context, args: OneJoin) -> None:
    """Undo a join: each has again what came with it, and what was said since from its own chats."""
    found = ctx.store.joins.get(args.join)
    whole = contact_seen(ctx, found.into_id) if found else None
    if found is None or whole is None:
        raise Refused("contact-not-found", words="")
    if found.state != "joined":
        raise Refused("contact-split-already", name=_name(ctx.t, whole))
    side = let_go(ctx, found)
    ctx.reply(ctx.t("contact-split-done", name=_name(ctx.t, whole), other=_name(ctx.t, side)))


@router.guard("theirs")
def is_another_persons(store: Store, about: str, _around: Surroundings, _now: datetime) -> str | None:
    """Ask whether a chat is still that of whom words are for: it may have been split off, or proven to be another's."""
    contact_id, _, mark = about.partition(":")
    contact = store.contacts.get(contact_id)
    return None if contact and store.contacts.has_address(contact.id, mark) else MOVED


@router.on("phone shared")
def match_phone(ctx: Context, facts: dict[str, Any]) -> None:
    """Propose that a stranger is a contact on record: the app's own contact card has their number."""
    stranger: Contact = facts["contact"]
    for known in ctx.store.contacts.with_phone(str(facts["phone"])) if stranger.customer_id is None else ():
        _propose(ctx, stranger, known, "card")


@router.on("known elsewhere")
def match_id(ctx: Context, facts: dict[str, Any]) -> None:
    """Propose that a contact is whoever else a platform knows by the same id (`also`: channel and id).

    Of two whom nobody knows both have to be in a chat with us: else it is asked first whose customer the other is.
    """
    ctx.store.contacts.one_at_a_time()
    contacts, also = ctx.store.contacts, (str(facts["also"][0]), str(facts["also"][1]))
    one: Contact = facts["contact"]
    for other in contacts.known_as(also):
        is_known = one.customer_id is not None or other.customer_id is not None
        if is_known or (contacts.channels(one.id) and contacts.channels(other.id)):
            _propose(ctx, one, other)


def _propose(ctx: Context, one: Contact, other: Contact, *signs: str) -> None:
    """Ask whether two are one person: who has them in WeCom if they are theirs to see, else the owner, else the team.

    Nobody is asked of two customers' people, nor after somebody said that they are two.
    """
    customers = {contact.customer_id for contact in (one, other) if contact.customer_id}
    if one.id == other.id or len(customers) > 1 or ctx.store.joins.are_apart(one.id, other.id):
        return
    customer = ctx.store.customers.get(next(iter(customers), None))
    followers = ctx.store.followings.of_contacts([one.id, other.id])
    asked = whom_to_ask(ctx, customer, [colleague_of(ctx, one) for one in followers])
    put(ctx, asked, lambda t, zone: _question(ctx, t, zone, one, other, *signs), f"same:{one.id}:{other.id}")


def _name(t: Phrases, contact: Contact | None) -> str:
    return (contact and contact.name) or t("contact-unknown")
