"""Words that were edited or taken back: both versions are kept, the card is edited, and only a new wish is answered."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.sequence import sequence
from bot.dispatch import Dispatch
from storage.contacts import Contact
from storage.vault import vault
from tests.company import DAMAGED, SERVICE, Company
from tests.threads.scene import PHOTO, edits, entries, in_thread, says, takes_back
from tests.world import all_words


def contact(company: Company) -> Contact:
    found = company.world.ask(lambda store: store.contacts.get(company.chen.contact_id))
    assert found is not None
    return found


def test_an_edit_changes_the_card_in_the_thread_and_is_not_answered(company: Company) -> None:
    company.chen.writes(DAMAGED)
    says(company.chen, "It is the bleu one", message="2")
    heard = len(company.chen.cards())
    edits(company.chen, "2", "It is the blue one")
    (card,) = in_thread(company)
    assert "Chen Wei · web chat: It is the blue one" in all_words(card)
    assert "✎ edited" in all_words(card)
    assert len(company.chen.cards()) == heard
    kept = entries(company)[-1]
    assert (kept.words, [version["words"] for version in kept.corrections or []]) == (
        "It is the blue one",
        ["It is the bleu one"],
    )


def test_an_edit_of_the_first_words_changes_the_ticket_and_its_owners_card(company: Company) -> None:
    says(company.chen, DAMAGED, message="1")
    edits(company.chen, "1", f"{DAMAGED} It was number 4711.")
    assert company.world.ticket.words.endswith("number 4711.")
    company.li.hears(company.number, "number 4711", "✎ edited", place=SERVICE)
    company.li.hears("A customer of yours", "number 4711")
    assert company.li.count("A customer of yours") == 1


def test_an_edit_that_opts_out_counts(company: Company) -> None:
    says(company.chen, "Hello there", message="1")
    edits(company.chen, "1", "Please stop messaging me")
    assert contact(company).opted_out_at is not None
    edits(company.chen, "1", "Please stop messaging me!")
    assert company.chen.count("unsubscribed") <= 1


def test_an_edit_that_asks_for_something_new_is_worked_on(company: Company) -> None:
    says(company.chen, "thanks!", message="1")
    assert company.world.tickets() == []
    edits(company.chen, "1", DAMAGED)
    company.chen.hears(company.number, "get back to you")
    assert [entry.words for entry in entries(company)] == [DAMAGED]


def test_an_edit_of_what_was_a_solved_ticket_opens_it_again_if_it_asks_for_more(company: Company) -> None:
    company.chen.writes("Where is my order 4711?")
    says(company.chen, "thank you", message="2")
    company.li.runs("ticket resolve", number=company.number)
    edits(company.chen, "2", "thank you, but I want to complain, it arrived damaged")
    assert company.world.ticket.status != "resolved"


def test_an_edit_that_overtakes_its_message_is_heard_and_the_first_version_kept(company: Company) -> None:
    edits(company.chen, "1", DAMAGED)
    says(company.chen, "I want to complane", message="1")
    (entry,) = entries(company)
    assert (entry.words, [version["words"] for version in entry.corrections or []]) == (DAMAGED, ["I want to complane"])


def test_words_that_were_changed_and_changed_back_stay_so_whatever_comes_late(company: Company) -> None:
    marks = [sequence(1_800_000_000, n) for n in range(3)]
    says(company.chen, DAMAGED, message="1")
    edits(company.chen, "1", DAMAGED, revision=marks[2])
    edits(company.chen, "1", f"{DAMAGED} Never mind.", revision=marks[1])
    assert company.world.ticket.words == DAMAGED
    edits(company.chen, "1", "By the way, forget it", revision=marks[0])
    (entry,) = entries(company)
    assert [version["words"] for version in entry.corrections or []] == [
        "By the way, forget it",
        f"{DAMAGED} Never mind.",
    ]


def test_an_edited_command_is_not_run_again(company: Company) -> None:
    before = len(company.chen.cards())
    edits(company.chen, "9", "/human")
    assert len(company.chen.cards()) == before


def test_what_was_taken_back_is_nowhere_any_more(company: Company) -> None:
    says(company.chen, f"{DAMAGED} My password is 4711", message="1")
    says(company.chen, "my card is 5500", message="2", files=[PHOTO])
    edits(company.chen, "2", "my card is 5501")
    for message in ("1", "2", "2"):
        takes_back(company.chen, message)
    said = "\n".join(all_words(card) for place in (SERVICE, company.li.address) for card in company.li.cards(place))
    said += "\n".join(all_words(card) for card in in_thread(company))
    assert "4711" not in said
    assert "550" not in said
    assert said.count("aken back, ") == 2
    assert company.world.ticket.words == ""
    assert [(entry.words, entry.files, entry.state) for entry in entries(company)] == [("", None, "taken back")] * 2
    feedback = company.world.ask(
        lambda s: s.feedback.listed(
            s.staff.scope(company.wang.person), since=contact(company).met_at or company.world.now, limit=9
        )
    )
    assert all(piece.words == "" for piece in feedback)


def test_a_line_that_a_colleague_deletes_in_their_own_chat_with_the_bot_leaves_nothing_behind(company: Company) -> None:
    says(company.li, "help", message="d1")
    takes_back(company.li, "d1")
    mark = vault.blind(f"web:{company.li.address}:d1")
    assert company.world.ask(lambda store: store.entries.by_message(mark)) is None


def test_nobody_changes_or_takes_back_somebody_elses_words(company: Company) -> None:
    says(company.chen, DAMAGED, message="1")
    other = company.world.customer("Comet Ltd")
    body = {"message": "1", "text": "forged", "place": company.chen.address}
    other._hand_in("words changed", body)
    other._hand_in("words taken back", body)
    assert company.world.ask(lambda s: s.tickets.open_of(company.chen.contact_id))[0].words == DAMAGED


def reply_mode(company: Company) -> dict[str, str]:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket mode", number=company.number, mode="reply")
    return {"place": SERVICE, "thread": company.thread}


def test_a_reply_that_is_edited_before_it_leaves_leaves_with_its_new_words(company: Company) -> None:
    here = reply_mode(company)
    says(company.li, "Tommorow", message="r1", **here)
    edits(company.li, "r1", "Tomorrow", **here)
    company.li.hears("Li Na: Tomorrow", "Leaves in a few seconds", "[Undo]", place=SERVICE, thread=company.thread)
    company.world.wait(seconds=11)
    company.chen.hears("Tomorrow")
    company.chen.hears_nothing("Tommorow")


def test_an_edit_of_a_delivered_reply_follows_into_the_customers_chat(company: Company) -> None:
    here = reply_mode(company)
    says(company.li, "Tommorow", message="r1", **here)
    company.world.wait(seconds=11)
    edits(company.li, "r1", "Tomorrow", **here)
    company.chen.hears("Tomorrow", "Li Na")
    company.chen.hears_nothing("Tommorow")
    company.li.hears("Li Na: Tomorrow", "✓ Delivered · ✎ edited", place=SERVICE, thread=company.thread)


def test_a_deleted_reply_never_leaves_and_one_that_left_vanishes(company: Company) -> None:
    here = reply_mode(company)
    says(company.li, "oops", message="r1", **here)
    takes_back(company.li, "r1", **here)
    says(company.li, "A new one is on its way", message="r2", **here)
    company.world.wait(seconds=11)
    company.chen.hears("A new one is on its way")
    takes_back(company.li, "r2", **here)
    company.chen.hears_nothing("oops")
    company.chen.hears_nothing("A new one is on its way")
    company.chen.hears("This message was taken back")


def test_a_deleted_reply_stands_where_nothing_can_be_taken_back_and_its_author_is_told(company: Company) -> None:
    pump = company.world.bot.pump
    pump.dispatch = Dispatch(replace(pump.dispatch.around, recalls={}))
    here = reply_mode(company)
    says(company.li, "A new one is on its way", message="r2", **here)
    company.world.wait(seconds=11)
    takes_back(company.li, "r2", **here)
    company.chen.hears("A new one is on its way")
    company.li.hears("The customer has that message already")


def test_notes_are_corrected_and_forgotten_among_us(company: Company) -> None:
    company.chen.writes(DAMAGED)
    here = {"place": SERVICE, "thread": company.thread}
    says(company.li, "ask the warehose", message="n1", **here)
    edits(company.li, "n1", "ask the warehouse", **here)
    assert entries(company)[-1].words == "ask the warehouse"
    takes_back(company.li, "n1", **here)
    assert (entries(company)[-1].words, entries(company)[-1].state) == ("", "taken back")
    company.world.wait(minutes=1)
    company.chen.hears_nothing("warehouse")


def test_praise_that_was_taken_back_is_nowhere_either(company: Company) -> None:
    says(company.chen, "Your engineer was great, very professional and friendly!", message="1")
    company.li.hears("very professional")
    takes_back(company.chen, "1")
    company.li.hears_nothing("very professional")
