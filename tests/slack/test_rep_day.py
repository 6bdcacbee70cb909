"""A rep's day in Slack, in both languages: the morning's message, a logged contact, a draft that reaches its reader."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from prompts.phrases import Phrases, phrases
from tests.emulators.slack_rules import Piece, alive, refusal
from tests.slack.office import Mate, Office, below, labels, words
from tests.world import Colleague, Guest


@dataclass(frozen=True)
class Tale:
    """What happens in one language."""

    language: str
    company: str
    contact: str
    called: str
    edited: str


TALES = (
    Tale("en", "Galaxy Ltd", "Chen Wei", "called, wants a quote for filters", "Your quote comes tomorrow."),
    Tale("zh-CN", "星河科技", "陈伟", "通了电话，要滤芯报价", "报价明天发给您。"),
)
BOTH = pytest.mark.parametrize("tale", TALES, ids=lambda tale: tale.language)


def rep(office: Office, tale: Tale) -> tuple[Mate, Guest, Phrases]:
    """Put a rep with one strategic customer on record, who is due today."""
    li = office.mate("U0LI", "李娜" if tale.language == "zh-CN" else "Li Na", "rep", language=tale.language)
    chen = office.customer(
        tale.company,
        contact=tale.contact,
        owner=Colleague(office, "", li.person),
        language=tale.language,
        tier="strategic",
        touch_due_at=office.now,
        touch_next_at=office.now,
    )
    return li, chen, phrases(tale.language)


def press(li: Mate, label: str, card: Piece) -> None:
    """Press a button on a card in the rep's direct messages."""
    li.presses(label, card, talk=f"D{li.user}")


@BOTH
def test_a_morning_is_logged_with_its_outcome_and_the_date_moves_on_the_same_card(office: Office, tale: Tale) -> None:
    li, _chen, t = rep(office, tale)
    office.beat()
    (card,) = li.direct()
    assert tale.company in words(card)
    assert t("touch-due-today") in words(card)

    press(li, t("touch-button-log-short"), card)
    assert li.view["title"]["text"] == t("command-log.title")
    assert li.submits(words=tale.called, how="call").answer == {}
    (settled, answer) = li.direct()
    assert settled["ts"] == card["ts"], "the morning's message itself is edited"
    customer = office.ask(lambda s: s.customers.find(s.staff.scope(li.person), tale.company)[0])
    assert customer.touch_due_at is not None
    assert customer.touch_due_at > office.now
    day = t.day(customer.touch_due_at, "Asia/Shanghai", office.now)
    assert words(settled).count("✓") == 1
    for said in (settled, answer):
        assert day in words(said)
        assert t("how-call") in words(said)
    assert t("touch-button-log-short") not in labels(settled)
    (touch,) = office.ask(lambda s: s.touches.of(customer.id))
    assert (touch.words, touch.kind, touch.staff_id) == (tale.called, "call", li.person.id)


@BOTH
def test_a_draft_is_shown_edited_sent_and_heard(office: Office, tale: Tale) -> None:
    li, chen, t = rep(office, tale)
    li.writes(f"log {tale.company} {tale.called}" if tale.language == "en" else f"跟进 {tale.company} {tale.called}")
    li.writes(f"draft {tale.company}" if tale.language == "en" else f"拟稿 {tale.company}")
    card = li.direct()[-1]
    assert t("draft-why") in words(card)
    assert tale.called in words(card), "the facts that it was made from are shown"

    press(li, t("draft-button-edit"), card)
    assert li.view["blocks"][0]["element"]["initial_value"] in words(card)
    assert li.submits(words=tale.edited).answer == {}
    assert tale.edited in words(card)
    press(li, t("draft-button-send"), card)
    assert labels(card) == [t("button-undo")]
    chen.hears_nothing(tale.edited)
    office.pause(seconds=11)
    chen.hears(tale.edited, li.person.name)
    assert labels(card) == []
    assert len([m for m in li.direct() if tale.edited in words(m)]) == 1, "one card a draft"
    for message in li.direct():
        assert alive(message) == []
        assert refusal(message["blocks"]) is None


@BOTH
def test_the_home_leads_to_the_draft_and_forgets_it_once_it_is_sent(office: Office, tale: Tale) -> None:
    li, chen, t = rep(office, tale)
    li.writes(f"log {tale.company} {tale.called}")
    li.writes(f"draft {tale.company}")
    old = li.direct()[-1]
    li.writes("help")
    li.opens_home()
    assert tale.company in words(below(t("day-drafts", count=1), li.home))
    li.presses_at_home(t("row-show"), row=t("day-drafts", count=1))
    shown = li.direct()[-1]
    assert shown["ts"] != old["ts"], "the card came down to where its maker looks"
    press(li, t("draft-button-edit"), old)
    li.submits(words=tale.edited)
    assert tale.edited in words(shown), "an older copy's button changes the card that is seen"
    press(li, t("draft-button-send"), shown)
    office.pause(seconds=11)
    chen.hears(tale.edited)
    li.opens_home()
    assert t("day-quiet") in words(li.home)
