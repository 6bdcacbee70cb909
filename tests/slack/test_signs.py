"""Edits, deletions and reactions: a colleague's are heard once, everybody else's mean nothing; ours show how things stand."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.cards import Card
from storage.inbox import Event
from storage.messages import Kind, Message
from tests.emulators.slack_rules import Piece
from tests.emulators.slack_web import BOT_ID, BOT_USER, TEAM
from tests.slack.office import SERVICE, Mate, Office
from tests.world import Colleague

NEWS = ("words changed", "words taken back", "reaction")


@pytest.fixture(autouse=True)
def heard(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """Collect what the channel tells of, in place of whoever answers it."""
    found: list[Event] = []
    for kind in NEWS:
        monkeypatch.setitem(office.bot.routes.answers, kind, lambda ctx, _: found.append(ctx.event))
    return found


def changed(mate: Mate, said: Piece, now: str, **more: Any) -> Piece:
    message = {**said, "text": now, "edited": {"user": mate.user, "ts": "2.0"}, **more}
    return {
        "type": "message", "subtype": "message_changed", "hidden": True, "channel": said["channel"],
        "channel_type": "channel", "ts": mate.office.slack.next_ts(), "message": message, "previous_message": said,
    }  # fmt: skip


def deleted(mate: Mate, said: Piece) -> Piece:
    return {
        "type": "message", "subtype": "message_deleted", "hidden": True, "channel": said["channel"],
        "ts": mate.office.slack.next_ts(), "deleted_ts": said["ts"], "previous_message": said,
    }  # fmt: skip


def reacted(user: str, card: Piece, sign: str, kind: str = "reaction_added", **more: Any) -> Piece:
    item = {"type": "message", "channel": SERVICE, "ts": card["ts"]}
    return {"type": kind, "user": user, "reaction": sign, "item": item, "item_user": BOT_USER, **more}


def a_card(office: Office) -> Piece:
    say(office, "card", Card(title="T-1"))
    return office.cards[0]


def say(office: Office, key: str, card: Card) -> None:
    message = Message(key=key, channel="slack", address=SERVICE, card=card.kept(), kind=Kind.CARD, slot="ticket:T-1")
    office.change(lambda store: store.outbox.say(message, office.now))
    office.settle()


def test_a_changed_and_a_deleted_note_are_told_once_with_the_message_they_are_about(
    office: Office, heard: list[Event]
) -> None:
    li, card = office.mate("U0LI", "Li Na"), a_card(office)
    said = li.reply(card, "on Monday")
    for _ in range(2):
        office.happens(changed(li, said, "on <https://a.example|Tuesday> &amp; later"), id_="Ev1")
        office.happens(deleted(li, said), id_="Ev2")
    edit, removal = heard
    assert (edit.kind, edit.body["text"]) == ("words changed", "on Tuesday (https://a.example) & later")
    assert removal.kind == "words taken back"
    for event in heard:
        assert (event.body["message"], event.body["place"]) == (f"{SERVICE}:{said['ts']}", SERVICE)
        assert (event.body["thread"], event.sender) == ("ticket:T-1", "U0LI")
    direct = {"type": "message", "user": li.user, "text": "hepl", "channel": "DU0LI", "ts": "7.1"}
    office.happens(changed(li, direct, "help"))
    assert (heard[-1].body["place"], heard[-1].body["message"]) == ("U0LI", "DU0LI:7.1")


def test_what_is_no_colleagues_edit_means_nothing(office: Office, heard: list[Event]) -> None:
    li, card = office.mate("U0LI", "Li Na"), a_card(office)
    guest = office.mate("U0GUEST", "Guest", known=False)
    said = li.reply(card, "on Monday")
    for event in (
        changed(li, said, "on Monday", attachments=[{"title": "a preview"}]),
        changed(li, {**said, "user": BOT_USER, "bot_id": BOT_ID}, "ours"),
        changed(li, {**said, "subtype": "bot_message"}, "a bot's"),
        changed(li, {**said, "ts": "1.5", "thread_ts": None}, "in the open"),
        changed(li, {**said, "thread_ts": "1.5"}, "under something else"),
        changed(guest, guest.reply(card, "me too"), "me neither"),
        changed(li, {**said, "user_team": "T0OTHER"}, "another company's Li"),
        deleted(guest, guest.reply(card, "me too")),
        deleted(li, {**said, "user": BOT_USER, "bot_id": BOT_ID}),
        deleted(li, {**said, "subtype": "channel_join"}),
    ):
        assert office.happens(event).attempts == 1
    assert heard == []


@pytest.mark.parametrize(
    ("sign", "meant"),
    [
        ("ticket", "ticket"), ("admission_tickets", "ticket"), ("eyes", "mine"), ("white_check_mark", "done"),
        ("heavy_check_mark", "done"), ("rotating_light", "urgent"), ("eyes::skin-tone-3", "mine"), ("tada", None),
    ],
)  # fmt: skip
def test_a_colleagues_sign_on_a_card_is_told_with_what_it_means(
    office: Office, heard: list[Event], sign: str, meant: str | None
) -> None:
    li, card = office.mate("U0LI", "Li Na"), a_card(office)
    office.happens(reacted(li.user, card, sign), id_="Ev1")
    office.happens(reacted(li.user, card, sign), id_="Ev1")
    office.happens(reacted(li.user, card, sign, "reaction_removed"))
    told = [(event.body["reaction"], event.body["added"], event.body["message"]) for event in heard]
    where = f"{SERVICE}:{card['ts']}"
    assert told == ([(meant, True, where), (meant, False, where)] if meant else [])


def test_signs_of_guests_bots_and_other_companies_and_on_other_peoples_messages_mean_nothing(
    office: Office, heard: list[Event]
) -> None:
    li, card = office.mate("U0LI", "Li Na"), a_card(office)
    office.mate("U0GUEST", "Guest", known=False)
    file = {"type": "file", "file": "F1"}
    for event in (
        reacted("U0GUEST", card, "eyes"),
        reacted(BOT_USER, card, "eyes"),
        reacted(li.user, card, "eyes", user_team="T0OTHER"),
        reacted(li.user, {"ts": "1.5"}, "eyes"),
        {**reacted(li.user, card, "eyes"), "item": file},
    ):
        assert office.happens(event).attempts == 1
    assert heard == []


def marks(card: Piece) -> set[str]:
    return {sign for sign, people in card.get("reactions", {}).items() if people}


def test_a_card_shows_how_its_ticket_stands_and_follows_it(office: Office) -> None:
    say(office, "k1", Card(title="T-1", marks=("ticket", "urgent")))
    (card,) = office.cards
    assert marks(card) == {"ticket", "rotating_light"}
    card["reactions"]["eyes"] = ["U0LI"]
    say(office, "k2", Card(title="T-1", marks=("ticket", "mine")))
    assert marks(card) == {"ticket", "eyes"}
    office.restart()
    say(office, "k3", Card(title="T-1", marks=("done",)))
    assert marks(card) == {"white_check_mark", "eyes"}, "a person's own sign stays"
    assert card["reactions"]["eyes"] == ["U0LI"]
    say(office, "k4", Card(title="T-1"))
    assert marks(card) == {"eyes"}


@pytest.mark.parametrize("later", [(), ("done",), ("ticket", "urgent")])
def test_after_a_restart_the_marks_of_before_are_known_and_no_history_is_read(
    office: Office, later: tuple[Any, ...]
) -> None:
    say(office, "k1", Card(title="T-1", marks=("ticket", "mine")))
    (card,) = office.cards
    card["reactions"]["rotating_light"] = ["U0LI"]
    office.restart()
    say(office, "k2", Card(title="T-1", marks=later))
    ours = {sign for sign, people in card["reactions"].items() if BOT_USER in people}
    meant = {"done": "white_check_mark", "ticket": "ticket", "urgent": "rotating_light"}
    assert ours == {meant[mark] for mark in later}
    assert "U0LI" in card["reactions"]["rotating_light"]
    assert all(len(people) == len(set(people)) for people in card["reactions"].values())
    read = {"conversations.history", "conversations.replies", "reactions.get"}
    assert not [call for call in office.slack.calls if call.method in read]


@pytest.mark.parametrize("fault", ["missing_scope", "500", "reset", "token_revoked", "message_not_found"])
def test_a_mark_that_fails_never_fails_the_card(office: Office, fault: str) -> None:
    office.slack.faults.append(("reactions.add", fault))
    say(office, "k1", Card(title="T-1", marks=("ticket",)))
    (card,) = office.cards
    found = office.ask(lambda store: store.outbox.get("k1"))
    assert found is not None
    assert found.state == "sent"
    say(office, "k2", Card(title="T-1", marks=("ticket", "mine")))
    assert marks(card) == {"ticket", "eyes"}, "the next state sets all of them"


@pytest.mark.parametrize("fault", ["500", "reset"])
def test_signs_of_a_card_that_bears_none_any_more_are_taken_off_though_that_failed_at_first(
    office: Office, fault: str
) -> None:
    say(office, "k1", Card(title="T-1", marks=("ticket", "mine")))
    (card,) = office.cards
    office.slack.faults.append(("reactions.remove", fault))
    say(office, "k2", Card(title="T-1"))
    assert marks(card) == {"ticket", "eyes"}
    office.pause(seconds=61)
    assert marks(card) == set()


@pytest.mark.parametrize(("then", "stand"), [((), set()), (("done",), {"white_check_mark"})])
def test_signs_follow_a_card_whose_process_ended_before_they_did(
    office: Office, then: tuple[Any, ...], stand: set[str]
) -> None:
    say(office, "k1", Card(title="T-1", marks=("ticket", "mine")))
    (card,) = office.cards
    office.slack.retry_after = 3600
    office.slack.faults += [("reactions.remove", "429"), ("reactions.add", "429")]
    changed = Message("k2", "slack", SERVICE, Card(title="T-1", marks=then).kept(), Kind.CARD, "ticket:T-1")
    office.change(lambda store: store.outbox.say(changed, office.now))
    office.run(office.bot.pump.settled())
    assert marks(card) == {"ticket", "eyes"}
    office.restart()
    office.slack.faults.clear()
    office.pause(seconds=61)
    assert marks(card) == stand


def test_what_was_marked_at_once_is_not_marked_again(office: Office) -> None:
    say(office, "k1", Card(title="T-1", marks=("ticket", "mine")))
    say(office, "k2", Card(title="T-1"))
    calls = [call.method for call in office.slack.calls if call.method.startswith("reactions.")]
    assert calls == ["reactions.add"] * 2 + ["reactions.remove"] * 2
    office.pause(hours=1)
    assert marks(office.cards[0]) == set()
    waiting = office.ask(lambda store: store.outbox.in_state("pending"))
    assert waiting == []


def test_slow_down_is_obeyed_by_marks_and_holds_nothing_else_up(office: Office) -> None:
    office.slack.faults.append(("reactions.add", "429"))
    say(office, "k1", Card(title="T-1", marks=("ticket",)))
    assert marks(office.cards[0]) == {"ticket"}


def shortcut(mate: Mate, id_: str, *, kind: str = "message_action", **more: Any) -> Piece:
    payload = {
        "type": kind, "callback_id": id_, "team": {"id": TEAM}, "user": {"id": mate.user, "team_id": TEAM},
        "trigger_id": mate.office.slack.trigger(mate.user), **more,
    }  # fmt: skip
    on = {
        "channel": {"id": SERVICE},
        "message": {"type": "message", "user": "U0X", "ts": "5.1", "text": "It leaks &amp; smells"},
    }
    return payload | (on if kind == "message_action" else {}) | more


def test_a_ticket_is_opened_from_a_message_with_its_words_filled_in(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    office.customer("Galaxy Ltd", contact="Chen Wei", owner=Colleague(office, "", li.person))
    office.sends("interactive", shortcut(li, "ticket_from_message"))
    words = next(block for block in li.view["blocks"] if block["block_id"] == "words")
    assert words["element"]["initial_value"] == "It leaks & smells"
    assert li.submits(customer="Galaxy Ltd", type="fault").answer == {}
    assert office.ticket.words == "It leaks & smells"
    office.sends("interactive", shortcut(li, "feedback_from_message"))
    assert li.view["title"]["text"]
    li.submits(customer="Galaxy Ltd", kind="complaint")
    (kept,) = office.ask(
        lambda s: s.feedback.listed(s.staff.scope(li.person), since=office.now.replace(year=2000), limit=9)
    )
    assert kept.words == "It leaks & smells"


def test_a_message_is_kept_as_the_note_of_a_contact(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    office.customer("Galaxy Ltd", contact="Chen Wei", owner=Colleague(office, "", li.person))
    office.sends("interactive", shortcut(li, "contact_from_message"))
    words = next(block for block in li.view["blocks"] if block["block_id"] == "words")
    assert words["element"]["initial_value"] == "It leaks & smells"
    assert li.submits(customer="Galaxy Ltd").answer == {}
    li.hears("Galaxy Ltd")


def test_every_command_is_a_shortcut_and_a_press_away(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    office.sends("interactive", shortcut(li, "all_commands", kind="shortcut"))
    li.hears("things you can do", at=li.direct())


def test_a_shortcut_in_a_tickets_thread_knows_its_customer_for_whoever_may_see_them(office: Office) -> None:
    li, bob = office.mate("U0LI", "Li Na", "rep"), office.mate("U0BOB", "Bob", "rep")
    chen = office.customer("Galaxy Ltd", contact="Chen Wei", owner=Colleague(office, "", li.person))
    chen.writes("My order arrived damaged, I want to complain!")
    (card,) = office.cards
    chen.writes("The box is wet, too")
    below = {"message": {"type": "message", "user": "U0X", "text": "wet", "ts": "9.9", "thread_ts": card["ts"]}}

    def filled_in(mate: Mate, on: dict[str, Any]) -> str:
        office.sends("interactive", shortcut(mate, "feedback_from_message", **on))
        asked = next(block for block in mate.view["blocks"] if block["block_id"] == "customer")
        return str(asked["element"].get("initial_value", ""))

    assert filled_in(li, below) == "Galaxy Ltd"
    assert filled_in(li, {"message": {"type": "message", "user": "U0X", "text": "", "ts": card["ts"]}}) == "Galaxy Ltd"
    assert filled_in(bob, below) == "", "whose customer it is not hears no name"
    assert filled_in(li, {}) == ""


def test_my_day_is_a_shortcut_of_the_whole_app(office: Office) -> None:
    li = office.mate("U0LI", "Li Na")
    office.sends("interactive", shortcut(li, "my_day", kind="shortcut"))
    li.hears("Nothing is waiting for you", at=li.direct())
    office.sends("interactive", shortcut(li, "new_ticket", kind="shortcut"))
    assert li.view["submit"]
    assert office.sends("interactive", shortcut(li, "somebody_elses", kind="shortcut")).acked


def test_a_shortcut_whose_form_does_not_open_is_answered_by_a_card(office: Office) -> None:
    li = office.mate("U0LI", "Li Na")
    office.slack.faults.append(("views.open", "expired_trigger_id"))
    office.sends("interactive", shortcut(li, "ticket_from_message"))
    li.hears("“Customer” is missing")


@pytest.mark.parametrize("known_home", [True, False])
def test_guests_have_no_role_by_shortcut_command_press_or_form(office: Office, *, known_home: bool) -> None:
    """Somebody of another company may have any id; neither that nor being a guest of ours gives them a role."""
    channel: Any = office.bot.channels["slack"]
    if not known_home:
        channel._home = ""
    li = office.mate("U0LI", "Li Na")
    office.customer("Galaxy Ltd", contact="Chen Wei").writes("My order arrived damaged, I want to complain!")
    (card,) = office.cards
    theirs: Piece = {"user": {"id": "U0LI", "team_id": "T0OTHER"}}
    office.sends("interactive", shortcut(li, "ticket_from_message", **theirs))
    assert all(block["type"] != "input" for block in li.view["blocks"])
    office.sends("interactive", li.press("Take it", card, **theirs))
    if known_home:
        office.sends("interactive", li.press("Take it", card, **theirs, team={"id": "T0OTHER"}))
        line = {
            "command": "/crm",
            "text": f"ticket take {office.ticket.number}",
            "user_id": "U0LI",
            "team_id": "T0OTHER",
        }
        trigger = office.slack.trigger("U0LI")
        office.sends("slash_commands", {**line, "channel_id": SERVICE, "trigger_id": trigger})
    assert office.ticket.owner_id is None
    li.hears("I don't know you yet")
    guest = office.mate("U0GUEST", "Guest", known=False)
    office.sends("interactive", shortcut(guest, "my_day", kind="shortcut"))
    guest.hears("I don't know you yet", at=guest.direct())
