"""Many at once: each at its contact's own moment, each with a way back, and none that may not go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.context import Context
from handlers.draft_making import Letter, make
from handlers.draft_sending import Approved, approve
from storage.drafts import Draft
from storage.inbox import Event
from storage.staff import Person
from storage.store import Store
from tests.drafts.desk import Desk
from tests.team import record, shanghai
from tests.world import Guest, World

FESTIVAL = {"occasion": "festival", "occasion_day": "2026-11-24", "occasion_name": "Harvest Day"}
MORNING = shanghai("11-24 09:00")


def context(world: World, store: Store, person: Person | None = None) -> Context:
    """The context of a due moment, in which nobody acts; or of a person who does."""
    event = Event("clock", "due", "due", body={}, id=7)
    return Context(store, world.now, event, world.bot.pump.dispatch.around, staff=person)


def greets(desk: Desk, guest: Guest, **more: Any) -> Any:
    """Make a greeting where no person acts."""

    def write(store: Store) -> Any:
        ctx = context(desk.world, store)
        contact = store.contacts.get(guest.contact_id)
        assert contact is not None
        letter = Letter("greeting", desk.li.person, **({"extra": FESTIVAL} | more))
        return make(ctx, record(store, guest), contact, letter)

    return desk.world.change(write)


def approves(desk: Desk, drafts: Sequence[Draft], at: Any = MORNING) -> Approved:
    return desk.world.change(lambda s: approve(context(desk.world, s, desk.li.person), drafts, at))


def guests(desk: Desk, count: int) -> list[Guest]:
    return [
        desk.world.customer(f"Firm {n}", contact=f"Ann {n}", owner=desk.li, zone="Asia/Shanghai") for n in range(count)
    ]


def test_a_draft_is_made_where_nobody_acts_and_stands_on_no_card(desk: Desk) -> None:
    made = greets(desk, desk.chen, tone="formal", length="short")
    assert made.words == ("Dear Chen Wei,\n\nPlease accept my best wishes to you and your family for Harvest Day.")
    assert (made.staff_id, made.tone, made.length, made.state) == (desk.li.person.id, "formal", "short", "open")
    desk.world.wait(minutes=1)
    desk.li.hears_nothing("Harvest Day")
    desk.li.types("/crm drafts")
    desk.li.presses("Show")
    desk.li.hears("Draft for Chen Wei (Acme Ltd): greeting", "• Occasion: Harvest Day, 24 Nov")


def test_why_there_is_no_draft_is_a_word(desk: Desk) -> None:
    desk.agree(given=False)
    assert greets(desk, desk.chen) == "opted-out"
    desk.agree(given=True)
    blank = desk.world.customer("Blank Ltd", owner=desk.li)
    desk.world.change(lambda s: s.customers.change(record(s, blank), since=None))
    assert greets(desk, blank, extra={}) == "no-facts"
    desk.world.change(lambda s: s.contacts.set_reachable("web", blank.address, reachable=False))
    assert greets(desk, blank) == "unreachable"


def test_an_anniversary_counts_its_years(desk: Desk) -> None:
    since = shanghai("11-24 10:00").replace(year=2021)
    desk.world.change(lambda s: s.customers.change(record(s, desk.chen), since=since))
    made = greets(desk, desk.chen, extra={"occasion": "anniversary", "occasion_day": "2026-11-24"})
    assert "24 Nov marks 5 years since you became our customer." in made.words


def test_many_leave_in_the_morning_each_at_home_and_each_can_be_taken_back(desk: Desk) -> None:
    everybody = guests(desk, 3)
    drafts = [greets(desk, guest) for guest in everybody]
    moments = {draft.id: MORNING + timedelta(minutes=20 * n) for n, draft in enumerate(drafts)}
    done = approves(desk, drafts, lambda draft: moments[draft.id])
    assert (len(done.sent), done.held) == (3, {})
    desk.world.wait(hours=1)
    assert all(guest.cards() == [] for guest in everybody)
    desk.li.runs("draft undo", draft=drafts[1].id)
    desk.world.until(MORNING + timedelta(minutes=1), step=timedelta(minutes=30))
    assert [guest.count("Harvest Day") for guest in everybody] == [1, 0, 0]
    desk.world.until(MORNING + timedelta(hours=1))
    assert [guest.count("Harvest Day") for guest in everybody] == [1, 0, 1]
    desk.li.hears_nothing("delivered")


def test_what_may_not_go_stays_and_says_why(desk: Desk) -> None:
    opted, capped, gone, sent, fine = guests(desk, 5)
    drafts = [greets(desk, guest) for guest in (opted, capped, gone, sent, fine)]
    world = desk.world
    world.change(lambda s: s.contacts.consent(opted.contact_id, "all", "words", world.now, given=False))
    other = replace(drafts[1], state="sent", decided_at=world.now, leaves_at=MORNING, staff_id=desk.li.person.id)
    desk.keep(*(replace(other, id=f"other{n}") for n in range(2)))
    world.change(lambda s: s.contacts.set_reachable("web", gone.address, reachable=False))
    world.change(lambda s: s.drafts.change(drafts[3], state="dropped"))
    done = approves(desk, drafts)
    assert [draft.id for draft in done.sent] == [drafts[4].id]
    assert done.held == {
        drafts[0].id: "opted-out",
        drafts[1].id: "cap",
        drafts[2].id: "unreachable",
        drafts[3].id: "dropped",
    }


def test_three_for_one_contact_in_one_press_are_two(desk: Desk) -> None:
    drafts = [greets(desk, desk.chen) for _ in range(3)]
    done = approves(desk, drafts)
    assert (len(done.sent), list(done.held.values())) == (2, ["cap"])


def test_nobody_is_woken_by_an_early_moment(desk: Desk) -> None:
    draft = greets(desk, desk.chen)
    done = approves(desk, [draft], shanghai("11-24 05:00"))
    assert done.sent[0].leaves_at == shanghai("11-24 08:00")


def test_a_reply_overtakes_a_greeting_that_waits(desk: Desk) -> None:
    approves(desk, [greets(desk, desk.chen)])
    desk.chen.writes("What does the big filter cost?")
    desk.li.hears("Your message to Chen Wei (Acme Ltd) didn't go out: they wrote first.")
    desk.world.until(MORNING + timedelta(minutes=30), step=timedelta(hours=1))
    desk.chen.hears_nothing("Harvest Day")


def test_a_greeting_does_not_leave_once_its_day_is_over(desk: Desk) -> None:
    on_time, late = (greets(desk, desk.chen, extra=FESTIVAL | {"occasion_name": name}) for name in ("One", "Two"))
    approves(desk, [on_time])
    desk.world.sleeps(seconds=(shanghai("11-24 20:00") - desk.world.now).total_seconds())
    assert desk.chen.count("for One") == 1
    approves(desk, [late])
    desk.world.sleeps(hours=14)
    desk.chen.hears_nothing("for Two")
    desk.li.hears("Your greeting to Chen Wei (Acme Ltd) didn't go out in time, and its day is over")
