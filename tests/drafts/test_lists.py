"""Lists of drafts: what waits for whose yes, what nobody sent in time, what became of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage.drafts import Draft
from storage.staff import Scope
from tests.drafts.desk import Desk, buys
from tests.team import last_contact, shanghai
from tests.world import Colleague, World, all_words


def add_customer(world: World, name: str, owner: Colleague) -> None:
    guest = world.customer(name, contact="Bo Lin", owner=owner, tier="growth", zone="Asia/Shanghai")
    last_contact(world, guest, shanghai("11-13 15:00"))
    buys(world, guest, f"PO-{name}", "05-12 10:00")


def test_a_rep_sees_what_waits_the_oldest_first_and_a_manager_the_teams(desk: Desk) -> None:
    add_customer(desk.world, "Beta", desk.li)
    sun = desk.world.colleague("Sun Bo")
    add_customer(desk.world, "Gamma", sun)
    desk.li.types("/crm draft Acme renewal")
    desk.world.wait(minutes=1)
    desk.li.types("/crm draft Beta follow-up")
    sun.types("/crm draft Gamma follow-up")
    desk.li.types("/crm drafts")
    rows = desk.li.hears("2 drafts wait for a yes").rows
    assert [row.text for row in rows] == [
        "Chen Wei (Acme Ltd) · renewal\nkept until 30 Nov",
        "Bo Lin (Beta) · follow-up\nkept until 30 Nov",
    ]
    desk.wang.types("/crm drafts")
    assert "Li Na's draft" in desk.wang.hears("2 drafts wait for a yes").rows[0].text
    desk.wang.hears_nothing("Gamma")
    desk.li.presses("Drop", row="Beta")
    desk.li.types("/crm 草稿箱")
    desk.li.hears("One draft waits for a yes")


def test_who_is_away_or_left_leaves_their_drafts_to_who_stands_in(desk: Desk) -> None:
    sun = desk.world.colleague("Sun Bo")
    desk.li.types("/crm draft Acme renewal")
    until = desk.world.now + timedelta(days=3)
    desk.world.change(lambda s: s.staff.change(desk.li.person.id, deputy_id=sun.person.id, away_until=until))
    sun.types("/crm drafts")
    sun.hears("One draft waits", "Chen Wei (Acme Ltd) · renewal", "Li Na's draft")
    desk.world.change(lambda s: s.staff.change(desk.li.person.id, away_until=None, active=False))
    sun.types("/crm drafts")
    sun.hears("No draft waits")
    desk.wang.types("/crm day")
    desk.wang.hears("Chen Wei (Acme Ltd) · renewal")
    desk.wang.types("/crm drafts")
    desk.wang.presses("Show")
    desk.wang.presses("Send")
    desk.world.wait(seconds=11)
    assert desk.chen.hears("PO-118").from_person == "Wang Qiang"
    desk.wang.hears("Sent by Wang Qiang, delivered")


def test_a_stand_ins_copy_moves_on_with_the_draft(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    desk.wang.types("/crm drafts")
    desk.wang.presses("Show")
    desk.wang.presses("Drop")
    assert desk.wang.hears("Dropped by Wang Qiang").buttons == ()
    assert desk.li.hears("Dropped by Wang Qiang").buttons == ()


def test_expiry_is_told_once_a_morning_and_never_as_a_message_each(desk: Desk) -> None:
    for purpose in ("renewal", "follow-up", "value"):
        desk.li.types(f"/crm draft Acme {purpose}")
    desk.keep(replace(desk.draft, id="on no card"))
    desk.world.wait(days=6, hours=23, step=timedelta(hours=1))
    before = len(desk.li.cards())
    desk.world.wait(hours=2, step=timedelta(minutes=30))  # past their end at ten, after the morning
    assert desk.li.count("Too old: nobody sent it") == 3, "the standing cards say so"
    assert len(desk.li.cards()) == before
    assert {draft.state for draft in desk.drafts()} == {"expired"}
    desk.world.wait(hours=72, step=timedelta(minutes=30))
    told = [card for card in desk.li.cards() if "Drafts that nobody sent in time" in all_words(card)]
    assert len(told) == 1, "one of three mornings"
    assert "Drafts that nobody sent in time (4)" in all_words(told[0])


def decided(draft: Draft, state: str, purpose: str, *, writer: str = "template", kept: int | None = None) -> Draft:
    return replace(draft, id=f"{state}{purpose}{writer}{kept}", state=state, purpose=purpose, writer=writer,
                   kept_percent=kept)  # fmt: skip


def test_what_became_of_drafts_is_counted_by_purpose_and_period(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    base, now = desk.draft, desk.world.now
    ends = [
        decided(base, "sent", "renewal", kept=100),
        decided(base, "sent", "renewal", writer="model", kept=100),
        decided(base, "sent", "renewal", writer="edited", kept=40),
        decided(base, "sent", "value", writer="model-edited", kept=70),
        decided(base, "dropped", "renewal"),
        decided(base, "expired", "value"),
        decided(base, "overtaken", "value"),
    ]
    outside = [
        replace(ends[0], id="early", decided_at=now - timedelta(days=31)),
        replace(
            ends[0], id="foreign", decided_at=now - timedelta(days=1), staff_id=desk.world.colleague("X").person.id
        ),
    ]
    inside = [replace(draft, decided_at=now - timedelta(days=1)) for draft in ends]
    desk.keep(*inside, *outside)
    scope = Scope(desk.li.person, frozenset({desk.li.person.id}), frozenset())
    tally = desk.world.ask(lambda s: s.drafts.tally(scope, now - timedelta(days=30), now))
    renewal, value = tally["renewal"], tally["value"]
    assert (renewal.unchanged, renewal.edited, renewal.dropped, renewal.sent) == (2, 1, 1, 3)
    assert renewal.median_kept == 100
    assert (value.unchanged, value.edited, value.expired, value.overtaken, value.median_kept) == (0, 1, 1, 1, 70)
    desk.li.types("/crm drafts learned")
    card = desk.li.hears("What became of the drafts of the last 30 days", "renewal\n2 sent as they were")
    assert "half of the sent ones (4) kept 70 % of the first words or more" in card.rows[0].text


def test_without_decided_drafts_there_is_nothing_to_learn(desk: Desk) -> None:
    desk.li.types("/crm drafts learned")
    desk.li.hears("No draft was decided in the last 30 days.")
