"""Forms open at once, before anything is read, and are filled by an update; whatever breaks, nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.channels.slack import asking
from bot.channels.slack.looking import Looking
from tests.emulators.slack import Sending
from tests.emulators.slack_rules import Piece, alive, texts
from tests.slack.office import SERVICE, Mate, Office, labels, words
from tests.slack.test_scenes import a_complaint
from tests.world import Colleague


@contextmanager
def slow_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Let every question to the database wait until it is told to answer."""
    gate, read = threading.Event(), Looking._read

    def slowly(look: Looking, question: Any) -> Any:
        gate.wait(60)
        return read(look, question)

    with monkeypatch.context() as patched:
        patched.setattr(Looking, "_read", slowly)
        yield gate.set
        gate.set()


def sent(office: Office, payload: Piece, kind: str = "interactive") -> Sending:
    """Send a payload without waiting for what follows its acknowledgement."""
    return office.run(office.slack.send(kind, payload))


def line(li: Mate, text: str, *, age: float = 0.0) -> Piece:
    trigger = li.office.slack.trigger(li.user, age)
    return {"command": "/crm", "text": text, "user_id": li.user, "channel_id": SERVICE, "trigger_id": trigger}


def test_a_shell_stands_and_is_acknowledged_while_the_database_is_still_asked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    li, chen, card = a_complaint(office)
    number = office.ticket.number
    with slow_database(monkeypatch) as answers:
        assert sent(office, li.press("Reply to customer", card)).acked
        assert words(li.view) == "⏳"
        assert sent(office, line(li, f"ticket note {number}"), "slash_commands").acked
        answers()
        office.settle()
    first, second = office.slack.views.values()
    assert [v["title"]["text"] for v in (first, second)] == ["Reply to customer", "Internal note"]
    li.submits(words="Ask the warehouse")
    assert "Ask the warehouse" in office.ask(lambda s: [e.words for e in s.entries.of_ticket(number)])
    chen.hears_nothing("warehouse")


def test_a_complete_line_opens_no_form(office: Office) -> None:
    li, _chen, _card = a_complaint(office)
    li.types(f"ticket take {office.ticket.number}")
    assert office.slack.made("views.open") == []
    assert office.ticket.owner_id == li.person.id


def test_a_trigger_that_is_too_old_leads_to_a_card_with_the_same_form(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    press = li.press("Reply to customer", card)
    press["trigger_id"] = office.slack.trigger(li.user, age=4)
    office.sends("interactive", press)
    assert labels(li.hears("“Words” is missing")) == ["Reply to customer"]
    office.sends("slash_commands", line(li, "snooze", age=4))
    li.hears("“Customer” is missing")


def test_a_shell_that_slack_does_not_open_in_time_leads_to_a_card(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "OPENING", 0.2)
    li, _chen, card = a_complaint(office)
    office.slack.faults.append(("views.open", "stall"))
    assert li.presses("Reply to customer", card).acked
    li.hears("“Words” is missing")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_card_that_moved_on_says_so_in_the_form_in_the_persons_language(office: Office, language: str) -> None:
    _li, _chen, card = a_complaint(office)
    mo = office.mate("U0MO", "Mo", language=language)
    old = {**card, "blocks": list(card["blocks"])}
    mo.types(f"ticket resolve {office.ticket.number}")
    mo.presses("Reply to customer", old)
    assert {"en": "This card has moved on", "zh-CN": "卡片"}[language] in words(mo.view)
    assert "submit" not in mo.view


def test_whose_role_may_not_do_it_hears_so_in_the_form(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    li.types("reassign")
    assert "not open to your role" in words(li.view)


def test_words_too_long_for_a_form_are_left_whole_and_answered_by_a_card(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    office.customer("Galaxy Ltd", owner=Colleague(office, "", li.person))
    li.types("log Galaxy Ltd called about the pump")
    li.types("draft Galaxy Ltd follow-up")
    (draft,) = office.ask(lambda s: s.drafts.listed({li.person.id}))
    long = "long words " * 400
    office.change(lambda s: s.drafts.change(draft, words=long))
    li.writes(f"draft show {draft.id}")
    li.presses("Edit", li.direct()[-1], talk="DU0LI")
    assert "longer than a form" in words(li.view)
    li.hears("“Words” is missing", at=li.direct())
    (kept,) = office.ask(lambda s: s.drafts.listed({li.person.id}))
    assert kept.words == long


@pytest.mark.parametrize("fault", ["lost", "reset", "500", "internal_error"])
def test_an_update_that_breaks_is_made_again(office: Office, fault: str) -> None:
    li, chen, card = a_complaint(office)
    office.slack.faults.append(("views.update", fault))
    li.presses("Reply to customer", card)
    li.submits(words="We are on it")
    office.pause(seconds=11)
    chen.hears("We are on it")
    assert li.whispers() == []


def test_an_update_that_never_arrives_is_answered_by_a_card(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    office.slack.faults += [("views.update", "500")] * asking.TRIES
    li.presses("Reply to customer", card)
    assert words(li.view) == "⏳"
    li.hears("“Words” is missing")


def test_a_shell_that_its_reader_closed_is_left_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    li, _chen, card = a_complaint(office)
    with slow_database(monkeypatch) as answers:
        sent(office, li.press("Reply to customer", card))
        office.slack.views.clear()
        answers()
        office.settle()
    assert [call.answer["error"] for call in office.slack.made("views.update")] == ["not_found"]
    assert li.whispers() == []


def test_a_view_that_somebody_changed_meanwhile_is_not_overwritten(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    li, _chen, card = a_complaint(office)
    with slow_database(monkeypatch) as answers:
        sent(office, li.press("Reply to customer", card))
        li.view["hash"] = "another"
        answers()
        office.settle()
    assert [call.answer["error"] for call in office.slack.made("views.update")] == ["hash_conflict"]
    assert words(li.view) == "⏳"


def test_a_database_that_breaks_is_admitted_in_every_language_and_the_press_is_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    li, _chen, card = a_complaint(office)

    def broken(_look: Looking, _question: Any) -> Any:
        raise OSError("disk")

    with monkeypatch.context() as patched:
        patched.setattr(Looking, "_read", broken)
        li.presses("Reply to customer", card)
    assert "press or type it once more" in words(li.view)
    assert "再点一次" in words(li.view)
    li.hears("“Words” is missing")


def test_a_database_that_says_nothing_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LOOKING", 0.2)
    li, _chen, card = a_complaint(office)
    with slow_database(monkeypatch):
        li.presses("Reply to customer", card)
        assert "press or type it once more" in words(li.view)
        li.hears("“Words” is missing")


def test_a_process_that_ends_leaves_no_work_behind(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    li, _chen, card = a_complaint(office)
    with slow_database(monkeypatch) as answers:
        sent(office, li.press("Reply to customer", card))
        channel: Any = office.bot.channels["slack"]
        assert len(channel.filling) == 1
        threading.Timer(0.1, answers).start()
        office.restart()
        assert channel.filling == set()


def test_a_customers_words_stand_in_a_form_as_they_wrote_them_and_come_back_unchanged(office: Office) -> None:
    hostile = "<@U0LI> <!channel> *bold* <https://evil.example|x> &lt;!here&gt; &amp;"
    li = office.mate("U0LI", "Li Na", "rep")
    chen = office.customer("Galaxy Ltd", owner=Colleague(office, "", li.person))
    li.types("log Galaxy Ltd called about the pump")
    li.types("draft Galaxy Ltd follow-up")
    li.presses("Edit", li.direct()[-1], talk="DU0LI")
    li.submits(words=hostile)
    li.presses("Edit", li.direct()[-1], talk="DU0LI")
    assert li.view["blocks"][0]["element"]["initial_value"] == hostile
    assert alive(li.view) == []
    assert all(piece["type"] == "plain_text" for piece in texts([li.view["blocks"], li.view["title"]]))
    li.submits()
    assert alive(li.direct()[-1]) == []
    assert hostile in words(li.direct()[-1])
    li.presses("Send", li.direct()[-1], talk="DU0LI")
    office.pause(seconds=11)
    chen.hears(hostile)
