"""Where a form asks for a colleague, the person chooses from those who can take it as it opens; names are typed as before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.columns import new_id
from storage.staff import Person
from tests.emulators.slack_rules import Piece
from tests.slack.office import Mate, Office, below, words
from tests.slack.test_scenes import a_complaint


def element(mate: Mate, name: str = "colleague") -> Piece:
    (asked,) = [block for block in mate.view["blocks"] if block["block_id"] == name]
    found: Piece = asked["element"]
    return found


def offered(mate: Mate) -> list[str]:
    return [option["text"]["text"] for option in element(mate)["options"]]


def joins(office: Office, name: str) -> None:
    office.change(lambda store: store.staff.add(Person(new_id(), name, "rep"), {}))


def leaves(office: Office, mate: Mate) -> None:
    office.change(lambda store: store.staff.change(mate.person.id, active=False))


def goes_away(office: Office, mate: Mate, deputy: Mate | None = None) -> None:
    back = office.now + timedelta(days=3)
    office.change(
        lambda store: store.staff.change(
            mate.person.id, away_until=back, deputy_id=deputy.person.id if deputy else None
        )
    )


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "en",
            ["Ádám Kiss", "bea Holm", "Li Na", "Zoe Park (back on 26 Nov, Li Na stands in)", "陈伟", "王强", "张敏"],
        ),
        (
            "zh-CN",
            ["陈伟", "王强", "张敏", "Ádám Kiss", "bea Holm", "Li Na", "Zoe Park（休假，11月26日回来，Li Na代班）"],
        ),
    ],
)
def test_a_ticket_is_handed_to_one_of_those_who_work_here(office: Office, language: str, names: list[str]) -> None:
    li, _chen, card = a_complaint(office)
    office.change(lambda store: store.staff.change(li.person.id, language=language))
    for n, name in enumerate(("张敏", "bea Holm", "王强", "Ádám Kiss", "陈伟")):
        office.mate(f"U0M{n}", name, "engineer" if n else "rep")
    zoe, gone = office.mate("U0ZOE", "Zoe Park"), office.mate("U0GONE", "Gone Girl")
    goes_away(office, zoe, li)
    leaves(office, gone)
    li.presses("Hand over", card)
    assert offered(li) == names
    assert li.submits(colleague="王强").answer == {}
    owner = office.ask(lambda store: store.staff.get(office.ticket.owner_id))
    assert owner is not None
    assert owner.name == "王强"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Sun Bo doesn't work here any more"), ("zh-CN", "Sun Bo已离职，请换一位同事")]
)
def test_who_left_while_the_form_stood_open_takes_nothing_and_is_offered_no_more(
    office: Office, language: str, said: str
) -> None:
    li, _chen, card = a_complaint(office)
    office.change(lambda store: store.staff.change(li.person.id, language=language))
    sun = office.mate("U0SUN", "Sun Bo")
    li.presses("Hand over", card)
    assert offered(li) == ["Li Na", "Sun Bo"]
    leaves(office, sun)
    assert li.submits(colleague="Sun Bo").answer == {}
    li.hears(said)
    assert office.ticket.owner_id is None
    office.slack.views.clear()
    li.presses("Hand over", card)
    assert offered(li) == ["Li Na"]


def test_what_was_typed_has_chosen_already_and_a_whole_line_asks_nothing(office: Office) -> None:
    li, _chen, _card = a_complaint(office)
    office.mate("U0SUN", "Sun Bo")
    li.types("hand over colleague:sun")
    assert element(li)["initial_option"]["value"] == "Sun Bo"
    li.submits(number=office.ticket.number)
    li.hears("is now with Sun Bo")
    office.slack.views.clear()
    li.types(f"hand over {office.ticket.number} li")
    assert office.slack.views == {}
    assert office.ticket.owner_id == li.person.id


def test_more_colleagues_than_a_select_holds_are_typed_by_name_as_before(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    for n in range(99):
        joins(office, f"Mate {n:02}")
    li.presses("Hand over", card)
    assert len(offered(li)) == 100
    office.slack.views.clear()
    joins(office, "Zoe Park")
    li.presses("Hand over", card)
    assert element(li)["type"] == "plain_text_input"
    li.submits(colleague="zoe")
    li.hears("is now with Zoe Park")


@pytest.mark.parametrize(("length", "kind"), [(76, "static_select"), (150, "static_select"), (151, "plain_text_input")])
def test_a_name_that_is_long_is_cut_for_the_eye_alone(office: Office, length: int, kind: str) -> None:
    li, _chen, card = a_complaint(office)
    name = "Z" * length
    office.mate("U0LONG", name)
    li.presses("Hand over", card)
    assert element(li)["type"] == kind
    li.submits(colleague=name)
    owner = office.ask(lambda store: store.staff.get(office.ticket.owner_id))
    assert owner is not None
    assert owner.name == name


def test_a_customer_goes_to_who_looks_after_customers(office: Office) -> None:
    wang = office.mate("U0WANG", "Wang Qiang", "manager")
    office.mate("U0ENG", "Eve Engineer", "engineer")
    office.mate("U0SUN", "Sun Bo", "rep")
    office.customer("Galaxy Ltd")
    wang.types("reassign colleague:sun")
    assert offered(wang) == ["Sun Bo", "Wang Qiang"]
    wang.submits(customer="Galaxy Ltd")
    wang.hears("Galaxy Ltd is now with Sun Bo")


def test_only_an_administrator_is_asked_for_whom_a_link_to_the_console_is(office: Office) -> None:
    li, shen = office.mate("U0LI", "Li Na", "rep"), office.mate("U0SHEN", "Shen Yue", "admin")
    for one in (li, shen):
        one.writes("commands")
        card = one.direct()[-1]
        while "/crm console" not in words(card).splitlines():
            office.pause(seconds=2)
            one.presses("Next page", card, talk=f"D{one.user}")
        office.pause(seconds=2)
        one.presses("Open", below("/crm console", card) | {"ts": card["ts"]}, talk=f"D{one.user}")
        office.pause(seconds=2)
    li.hears("signs you in", at=li.direct())
    assert [view["user"] for view in office.slack.views.values()] == [shen.user]
    assert offered(shen) == ["Li Na", "Shen Yue"]
    shen.submits(colleague="Li Na")
    office.pause(seconds=2)
    shen.hears("signs Li Na in", at=shen.direct())
    for one, shown in ((li, False), (shen, True)):
        one.writes("help")
        office.pause(seconds=2)
        assert ("/crm console [colleague:Colleague]" in words(one.direct()[-1])) is shown
