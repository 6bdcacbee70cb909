"""A visitor takes words of their own back or says them anew: it stands so in their chat, and the team hears of it."""

from __future__ import annotations

import pytest

from bot.channels.webchat.deeds import Correction, Speaker, Withdrawal, Words, words_event
from bot.channels.webchat.guests import new_guest
from bot.channels.webchat.lines import corrected, line, withdrawn
from tests.company import SERVICE, Company
from tests.webchat.conftest import Browser, House
from tests.world import World, all_words

SECRET = "My card is 5500 and I want to complain, it arrived damaged!"


def _own(browser: Browser) -> list[dict[str, object]]:
    return [post for post in browser.get("/webchat/posts").json()["posts"] if post["mine"]]


def _does(browser: Browser, deed: str, **body: object) -> int:
    status = browser.post(f"/webchat/{deed}", {"id": "d1"} | body).status_code
    browser.house.settle()
    return status


def test_words_that_were_taken_back_stand_nowhere_in_the_chat(house: House) -> None:
    ada = house.browser().comes_in()
    ada.says(SECRET)
    (words,) = _own(ada)
    assert words["own"] is True
    assert _does(ada, "withdrawals", slot=words["slot"]) == 202
    (gone,) = _own(ada)
    assert "5500" not in str(gone)
    assert "took this message back" in str(gone["card"])
    assert gone["own"] is False
    assert _does(ada, "corrections", slot=words["slot"], text="again", id="d2") == 404


def test_words_that_were_said_anew_stand_in_their_place(house: House) -> None:
    ada = house.browser().comes_in()
    ada.says("Tommorow")
    (words,) = _own(ada)
    assert _does(ada, "corrections", slot=words["slot"], text="Tomorrow") == 202
    (anew,) = _own(ada)
    assert (anew["slot"], "Tomorrow" in str(anew["card"]), anew["edited"]) == (words["slot"], True, True)
    assert _does(ada, "corrections", slot=words["slot"], text="  ", id="d2") == 422


def test_an_old_change_that_a_page_tells_again_does_not_come_back(house: House) -> None:
    ada = house.browser().comes_in()
    ada.says("Tommorow")
    (words,) = _own(ada)
    for id_, text in (("d1", "Tomorrow"), ("d2", "On Friday"), ("d1", "Tomorrow")):
        assert _does(ada, "corrections", slot=words["slot"], text=text, id=id_) in (200, 202)
    assert "On Friday" in str(_own(ada))


@pytest.mark.parametrize("deed", ["withdrawals", "corrections"])
def test_nobody_changes_what_others_said(house: House, deed: str) -> None:
    ada, eve = house.browser().comes_in(), house.browser().comes_in()
    ada.says("Hello")
    more = {"text": "forged"} if deed == "corrections" else {}
    said, answered = ada.get("/webchat/posts").json()["posts"]
    assert _does(eve, deed, slot=said["slot"], **more) == 404
    assert _does(ada, deed, slot=answered["slot"], **more) == 404
    assert "Hello" in str(_own(ada))


def test_the_team_reads_what_the_words_say_now_and_then_no_more(world: World) -> None:
    company = Company.found(world)
    who = Speaker(new_guest(), "en")
    event = words_event(who, Words(id="w1", text=SECRET))
    there = line(event, world.now)
    world.hands_in(event)
    world.settle()
    company.li.hears("5500", place=SERVICE)
    for told, _ in (
        corrected(
            who, Correction(id="c1", slot=there.slot, text="It arrived damaged, I want to complain!"), there, world.now
        ),
        withdrawn(who, Withdrawal(id="t1", slot=there.slot), there, world.now),
    ):
        world.hands_in(told)
        world.settle()
        said = "\n".join(all_words(card) for card in company.li.cards(SERVICE))
        assert "5500" not in said
    assert "arrived damaged" not in said
    assert "aken back" in said
