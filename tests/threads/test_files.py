"""What customers send arrives in the ticket's thread, with their name, their channel, and the files themselves."""

from __future__ import annotations

from tests.company import DAMAGED, SERVICE, Company
from tests.threads.scene import INVOICE, PHOTO, entries, in_thread, says
from tests.world import all_words


def test_files_of_the_first_words_stand_on_the_ticket_card(company: Company) -> None:
    says(company.chen, DAMAGED, files=[PHOTO, INVOICE])
    card = company.li.hears(company.number, place=SERVICE)
    assert [file.label for file in card.files] == ["Photo", "invoice.pdf"]
    company.li.presses("Take it", place=SERVICE)
    assert len(company.li.hears("taken", place=SERVICE).files) == 2


def test_later_words_and_files_stand_in_the_thread_with_name_and_channel(company: Company) -> None:
    company.chen.writes(DAMAGED)
    says(company.chen, "Here is the bill", files=[INVOICE])
    (card,) = in_thread(company)
    assert card.quote is not None
    assert (card.quote.who, card.quote.words) == ("Chen Wei · web chat", "Here is the bill")
    assert [file.ref for file in card.files] == ["upload-2"]


def test_a_file_without_a_word_opens_a_ticket_and_joins_one(company: Company) -> None:
    says(company.chen, "", files=[PHOTO])
    assert company.world.ticket.words == "Photo"
    says(company.chen, "", files=[PHOTO, INVOICE])
    (card,) = in_thread(company)
    assert "Chen Wei · web chat sent 2 files." in all_words(card)
    assert len(card.files) == 2


def test_a_reply_takes_its_files_to_the_customer(company: Company) -> None:
    company.chen.writes(DAMAGED)
    says(company.li, f"/crm ticket reply {company.number} Here is your label", files=[INVOICE])
    company.li.hears("Here is your label", "invoice.pdf", place=SERVICE, thread=company.thread)
    company.world.wait(seconds=11)
    assert [file.ref for file in company.chen.hears("Here is your label").files] == ["upload-2"]
    assert [entry.files for entry in entries(company) if entry.flow == "out"] == [[INVOICE]]


def test_files_in_an_internal_thread_stay_among_us(company: Company) -> None:
    company.chen.writes(DAMAGED)
    says(company.li, "look at this", files=[INVOICE], place=SERVICE, thread=company.thread)
    company.world.wait(minutes=1)
    assert [entry.files for entry in entries(company) if entry.flow == "internal"] == [[INVOICE]]
    company.chen.hears_nothing("look at this")
    company.chen.hears_nothing("invoice.pdf")
    assert all(not card.files for card in company.chen.cards())


def test_a_file_needs_no_words_to_be_a_reply(company: Company) -> None:
    company.chen.writes(DAMAGED)
    says(company.li, f"回复 {company.number}", files=[INVOICE])
    company.world.wait(seconds=11)
    assert [file.ref for file in company.chen.cards()[-1].files] == ["upload-2"]
    company.li.hears("📎 invoice.pdf", "✓ Delivered", place=SERVICE, thread=company.thread)
    says(company.li, f"/crm ticket reply {company.number}")
    company.li.hears("is missing", "/crm ticket reply")


def test_a_file_alone_goes_out_from_a_thread_that_replies_and_from_no_other(company: Company) -> None:
    company.chen.writes(DAMAGED)
    here = {"place": SERVICE, "thread": company.thread}
    says(company.li, "", files=[PHOTO], **here)
    company.li.runs("ticket mode", number=company.number, mode="reply")
    says(company.li, "", files=[INVOICE], **here)
    company.world.wait(seconds=11)
    sent = [file.ref for card in company.chen.cards() for file in card.files]
    assert sent == ["upload-2"]


def test_what_was_done_takes_its_files_along(company: Company) -> None:
    company.chen.writes(DAMAGED)
    says(company.li, f"/crm ticket resolve {company.number} Here is the proof", files=[INVOICE])
    company.world.wait(seconds=11)
    assert [file.ref for file in company.chen.hears("Here is the proof").files] == ["upload-2"]


def test_a_file_without_a_ticket_is_asked_about_and_goes_nowhere_before(company: Company) -> None:
    says(company.li, "", files=[INVOICE])
    company.li.hears("You have none open")
    company.chen.writes(DAMAGED)
    says(company.li, "", files=[INVOICE])
    company.li.hears("📎 invoice.pdf: which ticket is this for?", company.number, "Chen Wei")
    company.world.wait(seconds=11)
    assert all(not card.files for card in company.chen.cards())
    post, button = company.li._find("Send to customer", company.li.address, None)
    company.sun.presses_old(post, button)
    company.world.wait(seconds=11)
    assert all(not card.files for card in company.chen.cards())
    company.li.presses_old(post, button)
    company.li.presses_old(post, button)
    company.world.wait(seconds=11)
    assert [file.ref for card in company.chen.cards() for file in card.files] == ["upload-2"]
    company.li.hears("goes to the customer of", company.number)


def test_a_file_without_a_ticket_may_stay_among_us(company: Company) -> None:
    company.chen.writes(DAMAGED)
    says(company.li, "", files=[INVOICE])
    company.li.presses("Internal note")
    company.world.wait(seconds=11)
    assert all(not card.files for card in company.chen.cards())
    company.li.hears("Li Na added a file, for us only", place=SERVICE, thread=company.thread)
    assert [entry.files for entry in entries(company) if entry.flow == "internal"] == [[INVOICE]]
