"""The account of what was taken back: silent when the promise held, and loud when any part of it did not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from sqlalchemy import update

from storage.database import Database
from storage.drafts import drafts
from storage.entries import entries
from storage.store import Store
from tests.emulators.telegram import Call
from tests.house import ledger
from tests.house.cast import Company, gather
from tests.house.house import House
from tests.house.ledger import Books, Verdict
from tests.house.test_story import complains, draft

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def company(database: Database) -> Iterator[Company]:
    house = House(database)
    yield gather(house)
    house.end()


def account(company: Company, database: Database) -> Verdict:
    found = Verdict()
    with database.reading() as connection:
        ledger.withdrawn(found, Books.read(database), cast("Any", company.house), Store(connection))
    return found


def send(company: Company) -> None:
    """Let Li Na send the draft that lies before her."""
    company.li.does("draft-button-send", company.li.direct()[0], company.li.talk)


def overtaken(company: Company) -> None:
    draft(company)
    send(company)
    company.chen.writes(company.lines.question)


def undone(company: Company) -> None:
    draft(company)
    send(company)
    company.li.does("button-undo", company.li.direct()[0], company.li.talk)


def sent_after_all(company: Company) -> None:
    undone(company)
    send(company)
    company.house.pause(seconds=11)
    assert company.chen.count("PO-118") == 1


def reply_undone(company: Company) -> None:
    complains(company)
    company.li.does("button-reply", company.house.card)
    company.li.submits(words=company.lines.reply)
    company.li.does("button-undo", company.house.thread(company.house.card)[-1])


@pytest.mark.parametrize("scene", [overtaken, undone, sent_after_all, reply_undone])
def test_what_was_rightly_taken_back_is_nobodys_fault(
    company: Company, database: Database, scene: Callable[[Company], None]
) -> None:
    scene(company)
    found = account(company, database)
    assert (found.taken_back, found.not_taken_back) == (1, [])


def forgets_the_timeline(company: Company) -> None:
    company.house.change(lambda store: store.connection.execute(update(entries).values(state=None)))


def calls_it_sent(company: Company) -> None:
    """Make it the very version that was sent."""
    values = {"state": "sent", "version": drafts.c.version - 1}
    company.house.change(lambda store: store.connection.execute(update(drafts).values(values)))


def says_it_all_the_same(company: Company) -> None:
    (text,) = company.house.ask(lambda store: [row.words for row in store.connection.execute(drafts.select())])
    company.house.telegram.calls.append(Call("sendMessage", {"chat_id": company.chen.id, "text": text}, "ok", 0.0))


def tells_nobody(company: Company) -> None:
    for call in company.house.slack.calls:
        call.answer["ok"] = False


SPOILED: list[tuple[Callable[[Company], None], str]] = [
    (forgets_the_timeline, "the timeline does not say that it was taken back"),
    (calls_it_sent, "its draft still counts as sent"),
    (says_it_all_the_same, "its words were taken all the same"),
    (tells_nobody, "whoever sent it was not told"),
]


@pytest.mark.parametrize(("spoil", "said"), SPOILED)
@pytest.mark.parametrize("scene", [overtaken, undone])
def test_each_part_of_the_promise_is_missed_if_it_is_broken(
    company: Company, database: Database, scene: Callable[[Company], None], spoil: Callable[[Company], None], said: str
) -> None:
    scene(company)
    spoil(company)
    assert [why.rpartition(": ")[2] for why in account(company, database).not_taken_back] == [said]


def test_one_telling_does_not_stand_for_two_messages(company: Company, database: Database) -> None:
    draft(company)
    company.li.types(f"draft {company.lines.company} {company.lines.purpose}")
    for card in company.li.direct():
        company.li.does("draft-button-send", card, company.li.talk)
    company.chen.writes(company.lines.question)
    assert (found := account(company, database)).not_taken_back == [], found
    told = [call for call in company.house.slack.calls if "didn't go out" in str(call.args)]
    told[-1].answer["ok"] = False
    assert len(account(company, database).not_taken_back) == 1
    assert (len(told), found.taken_back) == (2, 2)
