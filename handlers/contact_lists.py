"""Lists of contacts: whom colleagues have in WeCom is read at the start, each day anew, and a report says what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from handlers.cards import Card, Field
from handlers.contact_errands import TAGS, ask, ask_for_tags, bring_up_to_date, can_ask, our_tags
from handlers.context import Context, Refused
from handlers.followers import COLLEAGUES, Seen, take
from handlers.routing import Router
from prompts.phrases import Phrases, phrases
from scheduler.rules.contacts import READING, SAID
from storage.columns import new_id
from storage.followings import CHANNEL
from storage.messages import Kind
from storage.staff import Person

router = Router("contact lists")
COUNTED: Final = ("added", "matched", "known", "waiting")
NAMED: Final = 8
LEFT_AT_ONCE: Final = 50


@dataclass(frozen=True)
class Reading:
    """How far the lists were read: `left` are colleagues yet to be read, `refused` those whose list is not given."""

    run: str
    at: str
    by: str = ""
    left: tuple[str, ...] = ()
    colleagues: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    why: str = ""
    """The error number by which WeCom refused the whole list."""
    over: bool = False

    def counting(self, what: str, by: int = 1) -> Reading:
        return replace(self, counts=self.counts | {what: self.counts.get(what, 0) + by})


@router.command("wecom contacts", who={"admin"})
def read_all(ctx: Context, _: object) -> None:
    """Read everybody's contacts in WeCom into ours; while that is under way, say how far it is."""
    if not can_ask(ctx):
        raise Refused("contacts-no-wecom")
    known = _reading(ctx)
    if known is not None and not known.over:
        ctx.reply(_report(ctx, ctx.t, known))
        return
    started = _begin(ctx, ctx.me.id)
    ctx.reply(ctx.t("contacts-reading", count=started.colleagues))


@router.on("contacts due")
def read_again(ctx: Context, _: object) -> None:
    """Read everything anew, as is done each day: what was missed meanwhile is put right."""
    if can_ask(ctx):
        _begin(ctx, "")


def _begin(ctx: Context, by: str) -> Reading:
    people = [person for person in ctx.store.staff.everyone() if person.active]
    userids = sorted(address for person in people if (address := ctx.store.staff.addresses(person.id).get(COLLEAGUES)))
    started = Reading(new_id(), ctx.now.isoformat(), by, tuple(userids), len(userids))
    _keep(ctx, started)
    ask_for_tags(ctx, key=f"contacts:{started.run}:tags")
    return started


@router.on("tags known")
def remember_tags(ctx: Context, facts: dict[str, Any]) -> None:
    """Remember our tags; a reading that waited for them begins."""
    ctx.store.settings.set(TAGS, {"ours": facts["ours"], "names": facts["names"]})
    reading = _reading(ctx)
    if reading is not None and str(facts["key"]) == f"contacts:{reading.run}:tags":
        _go_on(ctx, reading)


@router.on("contact tags changed")
def look_at_tags(ctx: Context, _: object) -> None:
    """Read the tags anew because somebody changed them in WeCom."""
    if ctx.store.settings.get(READING) and can_ask(ctx):
        ask_for_tags(ctx)


@router.on("contacts read")
def take_page(ctx: Context, facts: dict[str, Any]) -> None:
    """Take some contacts of a colleague's list; after the last of a page the next one is asked for."""
    reading = _reading(ctx)
    if reading is None or reading.run != facts["run"] or reading.over:
        return
    for one in facts["contacts"]:
        outcome, _, _ = take(ctx, Seen.of(one | {"userid": facts["userid"]}), reading.run)
        reading = reading.counting(outcome)
    if facts.get("refused"):
        reading = replace(reading, refused=(*reading.refused, str(facts["userid"])))
    if facts.get("next"):
        _ask_for_page(ctx, reading, str(facts["userid"]), str(facts["next"]))
    elif facts.get("last"):
        reading = _leave_unseen(ctx, reading, str(facts["userid"])) if not facts.get("refused") else reading
        reading = replace(reading, left=reading.left[1:])
        _go_on(ctx, reading)
        return
    _keep(ctx, reading)


def _leave_unseen(ctx: Context, reading: Reading, userid: str) -> Reading:
    gone = ctx.store.followings.leave_unseen(userid, reading.run, LEFT_AT_ONCE)
    for one in gone:
        if not ctx.store.followings.of(one.external):
            ctx.store.contacts.set_reachable(CHANNEL, one.external, reachable=False)
    return reading.counting("gone", len(gone)) if gone else reading


def _go_on(ctx: Context, reading: Reading) -> None:
    """Ask for the next colleague's list; after the last one the report is said."""
    if reading.left:
        _ask_for_page(ctx, reading, reading.left[0], "")
    else:
        reading = replace(reading, over=True)
        _say_report(ctx, reading)
    _keep(ctx, reading)


def _ask_for_page(ctx: Context, reading: Reading, userid: str, cursor: str) -> None:
    errand = {"deed": "list", "run": reading.run, "userid": userid, "cursor": cursor, "ours": our_tags(ctx)}
    ask(ctx, "list", errand, key=f"contacts:{ctx.event.id}:{reading.run}:{len(ctx.said)}")


@router.on("news of contacts")
def give_up(ctx: Context, facts: dict[str, Any]) -> None:
    """End a reading that did not get through, and say why."""
    reading = _reading(ctx)
    if reading is not None and not reading.over and facts["state"] != "sent" and reading.run in str(facts["key"]):
        _end(ctx, reading, str(facts["error"] or "?"))


@router.on("contacts not allowed")
def be_refused(ctx: Context, facts: dict[str, Any]) -> None:
    """End a reading because WeCom does not let this app see contacts; that is said once."""
    reading, code = _reading(ctx), str(facts["code"])
    if reading is not None and reading.why != code:
        _end(ctx, reading, code)


def _end(ctx: Context, reading: Reading, why: str) -> None:
    reading = replace(reading, over=True, why=why)
    _keep(ctx, reading)
    _say_report(ctx, reading)


@router.on("remark written")
def remember_remark(ctx: Context, facts: dict[str, Any]) -> None:
    """Remember what we wrote, so that what a colleague types over it is known as theirs."""
    one = ctx.store.followings.get(str(facts["external"]), str(facts["userid"]))
    if one is None:
        return
    if "remark" in facts:
        one = replace(one, remark=facts["remark"], wrote=facts["remark"])
    if "description" in facts:
        one = replace(one, description=facts["description"], described=facts["description"])
    ctx.store.followings.put(one)


@router.on("tags marked")
def remember_mark(ctx: Context, facts: dict[str, Any]) -> None:
    """Remember which tag of ours stands on a contact."""
    one = ctx.store.followings.get(str(facts["external"]), str(facts["userid"]))
    if one is not None:
        ctx.store.followings.put(replace(one, marked=next(iter(facts["add"]), "")))


@router.on("labels due")
def relabel_moved(ctx: Context, facts: dict[str, Any]) -> None:
    """Let WeCom say anew what tier a customer is in."""
    ctx.store.settings.set(SAID, {"at": facts["at"]})
    relabel(ctx, facts)


@router.on("customer changed")
def relabel(ctx: Context, facts: dict[str, Any]) -> None:
    """Let WeCom say anew what changed of a customer: tier, owner, or who is whom there."""
    customer = ctx.store.customers.get(str(facts["customer"]))
    if customer is None or not ctx.store.settings.get(READING):
        return
    contacts = {contact.id: contact for contact in ctx.store.contacts.of(customer.id)}
    for one in ctx.store.followings.of_contacts(list(contacts)):
        contact = ctx.store.contacts.at(CHANNEL, one.external)
        if contact is not None:
            bring_up_to_date(ctx, one, contact, customer)


def _reading(ctx: Context) -> Reading | None:
    known: Mapping[str, Any] | None = ctx.store.settings.get(READING)
    if not known:
        return None
    return Reading(**{**known, "left": tuple(known["left"]), "refused": tuple(known["refused"])})


def _keep(ctx: Context, reading: Reading) -> None:
    ctx.store.settings.set(READING, asdict(reading))


def _say_report(ctx: Context, reading: Reading) -> None:
    """Report to whoever wanted the reading; of the daily one to the admins, and only what needs somebody."""
    is_news = reading.why or any(reading.counts.get(what) for what in ("added", "waiting"))
    asked = ctx.store.staff.get(reading.by)
    people = [asked] if asked else [one for one in ctx.store.staff.everyone("admin") if one.active and is_news]
    for person in people:
        card = _report(ctx, phrases(person.language), reading)
        ctx.tell(person, card, Kind.CARD, slot="wecom contacts")


def _report(ctx: Context, t: Phrases, reading: Reading) -> Card:
    counts = {what: reading.counts.get(what, 0) for what in (*COUNTED, "gone")}
    found = sum(counts[what] for what in COUNTED)
    fields = [Field(label=t("contacts-found"), value=str(found))]
    fields += [Field(label=t(f"contacts-{what}"), value=str(counts[what])) for what in counts]
    lines = []
    if reading.refused:
        names = t("names-separator").strip("|").join(_name(ctx, one) for one in reading.refused[:NAMED])
        lines.append(t("contacts-refused", count=len(reading.refused), names=names))
    if counts["waiting"]:
        lines.append(t("contacts-waiting-how"))
    if reading.why:
        lines.append(t("contacts-gave-up", why=reading.why))
    title = "contacts-title" if reading.over else "contacts-title-reading"
    done = reading.colleagues - len(reading.left)
    text = t("contacts-of", done=done, count=reading.colleagues)
    tone: Any = "warn" if reading.why or reading.refused else "plain"
    return Card(title=t(title), text=text, fields=tuple(fields), lines=tuple(lines), tone=tone)


def _name(ctx: Context, userid: str) -> str:
    person: Person | None = ctx.store.staff.at(COLLEAGUES, userid)
    return person.name if person else userid
