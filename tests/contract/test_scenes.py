"""The same scenes in every channel: a complaint from words to rating, a draft, a digest, and a reminder's rungs."""

from __future__ import annotations

import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from storage.columns import new_id
from storage.orders import Order
from tests.contract.scene import Guest, Hand, Scene
from tests.house.cast import Lines
from tests.team import shanghai

HALF_A_DAY = timedelta(hours=12)
RENDERINGS = Path(__file__).parent / "renderings"


def test_a_complaint_goes_from_words_to_a_rating(scene: Scene, lines: Lines, li: Hand, chen: Guest) -> None:
    t = scene.t
    chen.seat.writes(lines.complaint)
    number = scene.ticket.number
    chen.seat.hears(number, lines.rep)
    card = li.seat.hears(number, lines.complaint)
    assert lines.customer in card.words
    li.seat.presses(t("button-take"))
    assert scene.ticket.status == "taken", "\n---\n".join(map(str, li.seat.reads()))
    chen.seat.hears(lines.rep, number)
    li.seat.writes(f"ticket reply {number} {lines.reply}")
    assert chen.seat.count(lines.reply) == 0, "it left before anybody could think again"
    scene.pause(seconds=11)
    chen.seat.hears(lines.rep, lines.reply)
    li.seat.hears(lines.reply, t("reply-delivered"))
    li.seat.writes(f"ticket resolve {number} {lines.solution}")
    chen.seat.hears(number, lines.solution)
    chen.seat.presses(t("customer-rate", score=5))
    assert (scene.ticket.status, scene.ticket.rating) == ("closed", 5)
    if scene.team.has_room:
        li.seat.hears(number, t("ticket-stars", score=5))
    assert chen.seat.count(number, t("customer-status-closed")) == 0
    scene.pause(seconds=31)  # then a topic is called as its ticket stands in the end
    reads_as_kept(scene, "complaint", customer=told(chen), owner=told(li))


def test_a_draft_goes_from_request_to_delivery(scene: Scene, lines: Lines, li: Hand, chen: Guest) -> None:
    chen.seat.writes("/status")  # where only answers are taken, the customer has to have written
    order = Order(new_id(), chen.customer.id, "PO-118", shanghai("05-12 10:00"), Decimal(1200), "CNY", 1)
    scene.change(lambda store: store.orders.put([order]))
    li.seat.writes(f"draft {lines.company} {lines.purpose}")
    li.seat.hears("PO-118", lines.customer)
    asked = told(li)
    li.seat.presses(scene.t("draft-button-send"))
    assert chen.seat.count("PO-118") == 0
    pressed = told(li, asked)
    scene.pause(seconds=11)
    chen.seat.hears(lines.rep, "PO-118")
    assert chen.seat.count("PO-118") == 1
    reads_as_kept(scene, "draft", asked_for=asked, let_go=pressed, there=told(li, pressed), customer=told(chen))


def test_a_digest_names_what_a_manager_has_to_decide(scene: Scene, lines: Lines, wang: Hand, chen: Guest) -> None:
    chen.seat.writes(lines.complaint)
    scene.wait(hours=2, step=timedelta(minutes=30))
    wang.seat.writes("digest")
    wang.seat.hears(scene.ticket.number, lines.company, lines.rep)
    reads_as_kept(scene, "digest", manager=told(wang))


def test_a_reminders_rungs_call_the_owner_and_then_the_manager(
    scene: Scene, lines: Lines, wang: Hand, li: Hand, chen: Guest
) -> None:
    scene.last_contact(chen, shanghai("11-13 15:00"))
    scene.until(shanghai("11-25 08:30"), step=HALF_A_DAY)
    li.seat.hears(lines.company, scene.t("touch-due-today"))
    due = told(li)
    scene.until(shanghai("12-02 08:30"), step=HALF_A_DAY)
    wang.seat.hears(lines.company, lines.rep)
    over = told(li, due)
    li.seat.writes(f"log {lines.company} {lines.logged}")
    known = scene.ask(lambda store: store.customers.get(chen.customer.id))
    assert known is not None
    assert known.touch_due_at is not None
    assert known.touch_due_at > scene.now
    assert chen.seat.count(lines.company) == 0, "a customer hears nothing of our reminders"
    reads_as_kept(scene, "rungs", due=due, overdue=over, logged=told(li, f"{due}\n{over}"), manager=told(wang))


def told(who: Hand | Guest, before: str = "") -> str:
    """Write down what stands before somebody now; of what stood there before, only what has changed."""
    name = who.person.name if isinstance(who, Hand) else who.contact.name
    shown = [str(one).strip() for one in who.seat.reads()]
    return f"===== {name}\n" + "\n-----\n".join(one for one in shown if f"\n{one}\n" not in f"{before}\n")


def reads_as_kept(scene: Scene, part: str, **moments: str) -> None:
    """Compare what people read with the rendering that a person has read and found good; `UPDATE=1` keeps it anew."""
    text = "\n\n".join(f"##### {moment.replace('_', ' ')}\n{read}" for moment, read in moments.items()) + "\n"
    file = RENDERINGS / part / f"{scene.name}.txt"
    if os.environ.get("UPDATE"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
