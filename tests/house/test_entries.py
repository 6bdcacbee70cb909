"""Whatever comes in by Slack or Telegram: no error escapes, nothing that is not understood changes anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.inbox import inbox
from storage.store import Store
from tests.emulators.slack_home import opened
from tests.emulators.slack_rules import Piece, alive, refusal
from tests.emulators.slack_web import APP, TEAM
from tests.emulators.telegram_rules import moment
from tests.house.cast import Company, gather
from tests.house.digest import digest
from tests.house.house import SERVICE, House, labels, words
from tests.house.spoiling import spoiled

FUZZ = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
KEPT_FOR_PEOPLE = "unreadable update"


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    house = House(database)
    house.slack.retries = ()
    yield house
    house.end()


@pytest.fixture
def company(house: House) -> Company:
    company = gather(house)
    company.chen.writes(company.lines.complaint)
    return company


def stored(store: Store) -> dict[str, tuple[str, str]]:
    return {row.external_id: (row.kind, row.state) for row in store.connection.execute(inbox.select())}


def slack_payloads(company: Company) -> dict[str, tuple[str, Piece]]:
    """Give a good payload of every kind that Slack sends."""
    house, li, card = company.house, company.li, company.house.cards[0]
    line = {"command": "/crm", "text": "due", "user_id": li.user, "channel_id": SERVICE, "team_id": TEAM}
    line |= {"trigger_id": house.slack.trigger(li.user)}
    values = {"number": {"answer": {"type": "plain_text_input", "value": house.ticket.number}}}
    values |= {"words": {"answer": {"type": "plain_text_input", "value": "hello"}}}
    kept = json.dumps({"command": "ticket note", "fixed": {}, "place": "U0LI", "language": "en", "home": False})
    view = {"id": f"V{house.slack.next_ts()}", "hash": "h", "private_metadata": kept, "state": {"values": values}}
    user = {"id": li.user, "team_id": TEAM}
    form = {"type": "view_submission", "team": {"id": TEAM}, "user": user, "trigger_id": "t", "view": view}
    return {
        "line": ("slash_commands", line),
        "press": ("interactive", li.press(labels(card)[0], card)),
        "form": ("interactive", form),
        "thread words": ("events_api", told(house, li.reply(card, "a note"))),
        "direct words": (
            "events_api",
            told(house, {"type": "message", "user": li.user, "text": "due", "channel": "D1"}),
        ),
        "home": ("events_api", told(house, opened(li.user))),
    }


def told(house: House, event: Piece) -> Piece:
    about = {"type": "event_callback", "team_id": TEAM, "api_app_id": APP, "event_id": f"Ev{house.slack.next_ts()}"}
    return about | {"event": event}


KINDS = ("line", "press", "form", "thread words", "direct words", "home")


@FUZZ
@given(data=st.data())
def test_any_payload_of_slack_is_acknowledged_and_only_understood_ones_count(
    company: Company, caplog: pytest.LogCaptureFixture, data: Any
) -> None:
    house = company.house
    caplog.clear()
    kind = data.draw(st.sampled_from(KINDS), label="kind")
    channel, good = slack_payloads(company)[kind]
    bad = spoiled(data, good)
    before, known = house.ask(digest), house.ask(stored)
    sending = house.sends(channel, bad)
    fresh = {id_: what for id_, what in house.ask(stored).items() if id_ not in known}
    assert sending.acked or not fresh, "only what Bolt cannot open may stay unacknowledged"
    assert "bot/channels" not in caplog.text, bad
    assert all(state == "done" for _, state in fresh.values()), (fresh, bad)
    assert fresh or house.ask(digest) == before, bad


@pytest.mark.parametrize("what", ["\x00", "U0LI\x00", "\ud83d", "C0\\\\u0000"])
def test_what_no_database_takes_is_taken_out_of_slacks_payloads(
    company: Company, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    house = company.house
    for kind in KINDS:
        channel, good = slack_payloads(company)[kind]
        bad = {key: what if isinstance(value, str) and key.endswith("_id") else value for key, value in good.items()}
        assert house.sends(channel, bad).acked, kind
        if "event" in good:
            inside = {
                key: what if isinstance(value, str) and key != "type" else value for key, value in good["event"].items()
            }
            assert house.sends(channel, {**good, "event": inside}).acked, kind
    assert "bot/channels" not in caplog.text
    states = {state for _, state in house.ask(stored).values()}
    assert states == {"done"}


def test_slack_goes_on_after_payloads_that_nobody_sends(company: Company) -> None:
    house, li = company.house, company.li
    for kind in ("message_action", "shortcut", "block_suggestion", "view_closed", "workflow_step_edit", "new_in_2031"):
        assert house.sends("interactive", {"type": kind, "user": {"id": li.user}, "team": {"id": TEAM}}).acked
    assert house.sends("events_api", told(house, {"type": "team_join"})).acked
    replayed = told(house, li.reply(house.card, "said once"))
    for _ in range(3):
        assert house.sends("events_api", replayed).acked
    number = house.ticket.number
    assert [e.words for e in house.ask(lambda s: s.entries.of_ticket(number)) if e.flow == "internal"] == ["said once"]
    li.types("help")
    li.hears("What you can do here")


def updates(company: Company) -> dict[str, Piece]:
    """Give a good update of every kind that Telegram sends."""
    chen = company.chen
    query = {"id": "q1", "from": chen.user, "chat_instance": "1", "data": "0123456789abcdef"}
    about = {"message_id": 1, "date": moment(), "chat": chen.chat, "text": "…"}
    return {
        "message": chen._message(text="/status"),
        "edited_message": chen._message(text="/status", edit_date=moment()),
        "callback_query": query | {"message": about},
        "my_chat_member": chen._member("kicked", "member"),
    }


@FUZZ
@given(data=st.data())
def test_any_update_of_telegram_is_confirmed_and_kept_or_left(company: Company, data: Any) -> None:
    house = company.house
    kind = data.draw(st.sampled_from(("message", "edited_message", "callback_query", "my_chat_member")), label="kind")
    bad = spoiled(data, {kind: updates(company)[kind]}, kept=(kind,))[kind]
    before, known = house.ask(digest), house.ask(stored)
    house.telegram.tell(kind, bad)
    house.settle()
    fresh = {id_: what for id_, what in house.ask(stored).items() if id_ not in known}
    assert all(what[0] == KEPT_FOR_PEOPLE or what[1] == "done" for what in fresh.values()), (fresh, bad)
    understood = [kind for kind, _ in fresh.values() if kind != KEPT_FOR_PEOPLE]
    assert understood or house.ask(digest) == before, bad


def test_telegram_goes_on_after_updates_that_nobody_sends(company: Company) -> None:
    chen, house = company.chen, company.house
    for what in ({}, {"message_id": "x"}, chen._message(), chen._message(text=None), chen._message(text="x" * 50_000)):
        house.telegram.tell("message", what)
    house.settle()
    before = chen.count(house.ticket.number)
    chen.writes("/status")
    assert chen.count(house.ticket.number) > before


HOSTILE = (
    "<!channel> <!here> <@U0LI> <#C0SERVICE> <https://evil.example|invoice> <b>bold</b> <script>alert(1)</script> "
    "</blockquote> &lt;!channel&gt; *bold* `x` \u202egnp.exe {$name} %s"
)


def test_a_customers_words_stand_in_slack_harmless_and_complete(company: Company) -> None:
    house, chen = company.house, company.chen
    chen.writes(f"And one thing more: {HOSTILE}\x00")
    (said,) = house.thread(house.card)
    told_apart = HOSTILE.replace("\u202e", "")
    assert told_apart in words(said).replace("\u202e", "").replace("\u2068", "").replace("\u2069", "")
    chen.writes(HOSTILE + "长" * 20_000)
    number = house.ticket.number
    kept = [e.words for e in house.ask(lambda s: s.entries.of_ticket(number)) if e.flow == "in"]
    assert kept[-1].count("长") == 20_000
    company.li.types("ticket list")
    company.li.types(f"ticket show {number}")
    heard = [*house.slack.talks[SERVICE].messages, *company.li.whispers(), *company.li.direct()]
    assert len(heard) >= 4
    for message in heard:
        assert alive(message) == [], words(message)
        assert refusal(message.get("blocks") or []) is None


def test_a_colleagues_words_reach_telegram_harmless(company: Company) -> None:
    house, li, chen = company.house, company.li, company.chen
    li.does("button-reply", house.card)
    li.submits(words=f"Dear Chen {HOSTILE}")
    house.pause(seconds=11)
    heard = chen.hears("Dear Chen")
    assert "<script>alert(1)</script>" in heard.text
    assert "</blockquote>" in heard.text
    assert not [part for part in heard.parts if part[0] in ("a", "script")]
    assert ("b", "bold") not in heard.parts
