"""Ways around what stops a message: none leads anywhere."""

from __future__ import annotations

from storage.columns import new_id
from storage.feedback import Feedback
from tests.drafts.desk import Desk


def complains(desk: Desk) -> None:
    piece = Feedback(
        new_id(),
        "complaint",
        "quality",
        "negative",
        "normal",
        "x",
        "x",
        desk.world.now,
        desk.chen.customer.id if desk.chen.customer else None,
        desk.chen.contact_id,
    )
    desk.world.change(lambda s: s.feedback.add(piece))


def test_one_grievance_is_no_ticket_for_any_number_of_messages(desk: Desk) -> None:
    complains(desk)
    for n in range(4):
        desk.li.types("/crm draft Acme apology")
        waiting = desk.draft.id
        desk.li.runs("draft edit", draft=waiting, words=f"Buy number {n}")
        desk.li.runs("draft send", draft=waiting)
        desk.world.wait(minutes=1)
    assert len(desk.chen.cards()) == 2
    desk.li.hears("Chen Wei has had 2 messages within 7 days")


def test_drafts_of_apologies_that_wait_together_do_not_leave_together(desk: Desk) -> None:
    complains(desk)
    for _ in range(4):
        desk.li.types("/crm draft Acme apology")
    for waiting in desk.drafts():
        desk.li.runs("draft send", draft=waiting.id)
    desk.world.wait(minutes=1)
    assert len(desk.chen.cards()) == 2


def test_an_edit_of_nothing_is_no_edit(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.li.runs("draft edit", draft=desk.draft.id, words=desk.draft.words)
    assert desk.draft.writer == "template"
