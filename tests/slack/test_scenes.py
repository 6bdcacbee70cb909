"""Scenes in Slack over real sockets: what colleagues type, press and fill in, and what the customer hears."""

from __future__ import annotations

from storage.entries import Entry
from tests.emulators.slack_rules import Piece, alive, refusal
from tests.slack.office import SERVICE, Mate, Office, labels, words
from tests.world import Colleague, Guest

COMPLAINT = "My order arrived damaged, I want to complain!"


def a_complaint(office: Office, said: str = COMPLAINT) -> tuple[Mate, Guest, Piece]:
    """Let Chen Wei complain and Li Na see the card."""
    li = office.mate("U0LI", "Li Na")
    chen = office.customer("Galaxy Ltd", contact="Chen Wei")
    chen.writes(said)
    (card,) = office.cards
    return li, chen, card


def internal(office: Office) -> list[Entry]:
    number = office.ticket.number
    return [entry for entry in office.ask(lambda s: s.entries.of_ticket(number)) if entry.flow == "internal"]


def test_a_complaint_is_taken_answered_and_rated_in_slack(office: Office) -> None:
    li, chen, card = a_complaint(office)
    assert "Galaxy Ltd" in words(card)
    assert COMPLAINT in words(card)

    li.presses("Take it", card)
    assert "Li Na" in words(card)

    li.presses("Reply to customer", card)
    assert li.submits(words="A new one leaves today.").answer == {}
    (sent,) = office.thread(card)
    chen.hears_nothing("A new one leaves today.")
    office.pause(seconds=11)
    chen.hears("A new one leaves today.")
    assert "✓ Delivered" in words(sent)

    li.presses("Solved", card)
    li.submits()
    chen.presses("5")
    assert "5" in words(card)
    assert "✅" in words(card)
    assert len(office.cards) == 1


def test_a_reply_is_taken_back_under_the_card(office: Office) -> None:
    li, chen, card = a_complaint(office)
    li.presses("Reply to customer", card)
    li.submits(words="Sorry, wrong customer")
    (sent,) = office.thread(card)
    li.presses("Undo", sent)
    office.pause(seconds=11)
    chen.hears_nothing("Sorry, wrong customer")


def test_a_typed_command_is_answered_where_only_its_sender_sees_it(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    office.mate("U0MO", "Mo")
    office.customer("Galaxy Ltd", owner=Colleague(office, "", li.person))
    li.types("log Galaxy Ltd called, wants a quote for filters")
    assert "Galaxy Ltd" in words(li.hears("Galaxy Ltd"))
    assert [m["to"] for m in office.slack.talks[SERVICE].whispers] == ["U0LI"]
    assert office.cards == []


def test_a_link_to_the_console_that_is_asked_for_in_a_channel_stands_before_its_asker_alone(office: Office) -> None:
    li, shen = office.mate("U0LI", "Li Na", "rep"), office.mate("U0SHEN", "Shen Yue", "admin")
    li.types("console")
    shen.types("console Li Na")
    for one, theirs in ((li, "signs you in"), (shen, "signs Li Na in")):
        assert "https://crm.example/console/enter?code=" in words(one.hears(theirs, at=one.whispers()))
    assert [m["to"] for m in office.slack.talks[SERVICE].whispers] == ["U0LI", "U0SHEN"]
    assert office.cards == []


def test_a_command_without_its_arguments_opens_a_form_that_checks_its_answers(office: Office) -> None:
    li, chen, _card = a_complaint(office)
    number = office.ticket.number
    li.types(f"ticket reply {number}")
    assert li.view["blocks"][0]["element"]["initial_value"] == number
    assert li.submits(words=" ").answer["errors"].keys() == {"words"}
    chen.hears_nothing("On its way")
    assert li.submits(words="On its way").answer == {}
    office.pause(seconds=11)
    chen.hears("On its way")


def test_words_in_direct_messages_are_a_typed_command(office: Office) -> None:
    li = office.mate("U0LI", "Li Na")
    li.writes("help")
    assert "/crm" in words(li.hears("What you can do here", at=li.direct()))


def test_a_reps_own_news_comes_by_direct_message_and_can_be_acted_on_there(office: Office) -> None:
    li = office.mate("U0LI", "Li Na", "rep")
    office.customer("Galaxy Ltd", owner=Colleague(office, "", li.person)).writes(COMPLAINT)
    assert office.ticket.number in words(li.hears("Galaxy Ltd", at=li.direct()))
    office.customer(
        "Nebula Ltd",
        owner=Colleague(office, "", li.person),
        tier="gold",
        touch_due_at=office.now,
        touch_next_at=office.now,
    )
    office.wait(days=1)
    card = li.hears("Nebula Ltd", at=li.direct())
    label = next(label for label in labels(card) if "Log" in label)
    li.presses(label, card, talk="DU0LI")
    li.submits(words="called, all is well")
    li.hears("Nebula Ltd", "noted", at=li.direct())
    assert len(office.slack.made("conversations.open")) == 1


def test_words_under_a_card_stay_internal_and_are_kept_once(office: Office) -> None:
    li, chen, card = a_complaint(office)
    event = li.reply(card, "They always write on Mondays &amp; <https://example.com|here>")
    for _ in range(3):
        assert office.happens(event, id_="Ev77").acked
    (entry,) = internal(office)
    assert entry.words == "They always write on Mondays & here (https://example.com)"
    office.pause(seconds=11)
    chen.hears_nothing("Mondays")


def test_talk_that_is_none_of_ours_is_acknowledged_and_left_alone(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    said = len(office.slack.talks[SERVICE].messages)
    for event in (
        {**li.reply(card, "top level"), "thread_ts": None},
        li.reply({"ts": "1.000001"}, "under something else"),
        li.reply(card, "an edit", subtype="message_changed"),
        li.reply(card, "an echo", bot_id="B0BOT"),
        li.reply(card, "another bot", bot_id="B0OTHER", subtype="bot_message"),
        {"type": "reaction_added", "user": "U0LI", "reaction": "eyes"},
        {"type": "message", "channel": SERVICE},
    ):
        assert office.happens(event).attempts == 1
    assert internal(office) == []
    assert len(office.slack.talks[SERVICE].messages) == said
    assert li.whispers() == []


def test_unknown_people_and_other_companies_are_greeted_and_may_do_nothing(office: Office) -> None:
    _li, _chen, card = a_complaint(office)
    guest = office.mate("U0GUEST", "Guest", known=False)
    guest.presses("Take it", card)
    guest.types(f"ticket reply {office.ticket.number}")
    guest.hears("I don't know you yet")
    assert "I don't know you yet" in words(guest.view)
    assert "不认识" in words(guest.view) or "管理员" in words(guest.view)
    foreign = office.mate("U0LI", "Another Li", known=False)
    press = foreign.press("Take it", card, user={"id": "U0LI", "team_id": "T0OTHER"})
    office.sends("interactive", press)
    for name in ("user_team", "source_team"):
        office.happens(foreign.reply(card, "let me in", **{name: "T0OTHER"}))
    assert office.ticket.owner_id is None
    assert internal(office) == []
    assert all(block["type"] != "input" for view in office.slack.views.values() for block in view["blocks"])


def test_a_press_on_a_card_that_moved_on_says_so_and_changes_nothing(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    old = {**card, "blocks": list(card["blocks"])}
    li.presses("Take it", card)
    mo = office.mate("U0MO", "Mo")
    mo.presses("Take it", old)
    mo.hears("This card has moved on")
    assert "Li Na" in words(card)


def test_a_form_that_cannot_be_opened_in_time_is_offered_again_as_a_card(office: Office) -> None:
    li, chen, card = a_complaint(office)
    office.slack.faults.append(("views.open", "expired_trigger_id"))
    li.presses("Reply to customer", card)
    offered = li.hears("“Words” is missing")
    li.presses(labels(offered)[0], offered)
    li.submits(words="We are on it")
    office.pause(seconds=11)
    chen.hears("We are on it")


HOSTILE = "<!channel> <!here> <@U0LI> <#C0SERVICE> <https://evil.example|invoice> *bold* `x`\n> quote & ✅ Approved"


def test_nothing_that_a_customer_wrote_comes_to_life(office: Office) -> None:
    li = office.mate("U0LI", "Li Na")
    chen = office.customer("<!channel> *Evil* <https://evil.example|Ltd>", contact="<@U0LI>")
    chen.writes(f"I want to complain! {HOSTILE}")
    chen.writes(f"And one thing more: {HOSTILE}")
    (card,) = office.cards
    assert HOSTILE in words(card)
    assert "*Evil*" in words(card)
    li.types("ticket list")
    heard = [*office.slack.talks[SERVICE].messages, *li.whispers(), *li.direct()]
    assert len(heard) >= 3
    for message in heard:
        assert alive(message) == []
        assert refusal(message["blocks"]) is None
    for call in office.slack.made("chat.postMessage"):
        assert (call.args["link_names"], call.args["unfurl_links"], call.args["parse"]) == (False, False, "none")
