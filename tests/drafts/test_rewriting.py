"""Rewriting: shorter, warmer, more formal, by a press or by words; a person's own words are never lost without a word."""

from __future__ import annotations

import pytest

from handlers.cards import Card
from handlers.draft_words import wish_of
from prompts.keeping import kept_percent
from tests.drafts.desk import Desk, buys
from tests.world import all_words


def labels(card: Card) -> list[str]:
    return [button.label for button in card.buttons]


def words(card: Card) -> str:
    assert card.quote is not None
    return card.quote.words


def test_a_press_makes_it_shorter_and_another_more_formal_on_the_same_card(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    long = words(desk.li.hears("Draft for Chen Wei"))
    desk.li.presses("Shorter")
    short = words(desk.li.hears("Draft for Chen Wei"))
    assert len(short) < len(long)
    assert short.startswith("Hello Chen Wei,")
    desk.li.presses("More formal")
    card = desk.li.hears("Draft for Chen Wei")
    assert words(card).startswith("Dear Chen Wei,")
    assert labels(card) == ["Send", "Edit", "Longer", "Warmer", "Drop"]
    assert desk.li.count("Draft for Chen Wei") == 1
    desk.li.presses("Longer")
    desk.li.presses("Warmer")
    assert words(desk.li.hears("Draft for Chen Wei")) == long
    assert (desk.draft.tone, desk.draft.length, desk.draft.original) == ("warm", "normal", long)


def test_a_typed_line_says_how_it_is_to_sound(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal shorter more formal")
    assert (desk.draft.purpose, desk.draft.tone, desk.draft.length) == ("renewal", "formal", "short")
    desk.li.types("/crm draft Acme plain")
    assert (desk.draft.purpose, desk.draft.tone, desk.draft.length) == ("follow_up", "plain", "normal")
    desk.li.types("/crm draft Acme renewal loudly")
    desk.li.hears("I don't know how to write “renewal loudly”")


def test_a_chinese_line_and_chinese_buttons(desk: Desk) -> None:
    li = desk.world.colleague("李娜", language="zh-CN")
    chen = desk.world.customer("华澜", contact="陈伟", owner=li, tier="growth", language="zh-CN")
    buys(desk.world, chen, "PO-7", "05-12 10:00")
    li.types("/crm draft 华澜 续约 简短 正式")
    card = li.hears("写给陈伟（华澜）的草稿：续约")
    assert words(card).startswith("尊敬的陈伟：您好！\n\n您从 ")
    assert labels(card) == ["发送", "修改", "详细些", "亲切些", "不发了"]
    li.presses("亲切些")
    assert words(li.hears("写给陈伟")).startswith("陈伟，您好！")


def test_edited_words_are_kept_where_no_model_could_reword_them(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    id_ = desk.draft.id
    desk.li.presses("Edit", words="Dear Chen, the quote comes Friday.")
    assert labels(desk.li.hears("Edited by hand")) == ["Send", "Edit", "Drop"]
    desk.li.runs("draft rewrite", draft=id_, length="short")
    desk.li.hears("These are your own words, and the template cannot give them another tone without losing them.")
    assert desk.draft.words == "Dear Chen, the quote comes Friday."


def test_what_is_sent_or_foreign_is_not_rewritten(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    sun = desk.world.colleague("Sun Bo")
    sun.runs("draft rewrite", draft=desk.draft.id, tone="formal")
    sun.hears("There is no such draft here.")
    desk.li.presses("Send")
    desk.li.runs("draft rewrite", draft=desk.draft.id, tone="formal")
    desk.li.hears("Li Na has already sent it")
    assert desk.draft.tone == "warm"


@pytest.mark.parametrize(
    ("line", "wish"),
    [
        ("", (None, None, None, "")),
        ("renewal", ("renewal", None, None, "")),
        ("renewal shorter warmer", ("renewal", "warm", "short", "")),
        ("shorter follow up", ("follow_up", None, "short", "")),
        ("formal wake up short", ("wake_up", "formal", "short", "")),
        ("more formal and brief", (None, "formal", "short", "")),
        ("warm formal", (None, "formal", None, "")),
        ("续约 简短 正式", ("renewal", "formal", "short", "")),
        ("维保 亲切", ("maintenance", "warm", None, "")),
        ("birthday song", (None, None, None, "birthday song")),
    ],
)
def test_a_line_is_read_in_both_languages(line: str, wish: tuple[str | None, ...]) -> None:
    read = wish_of(line)
    assert (read.purpose, read.tone, read.length, read.rest) == wish


@pytest.mark.parametrize(
    ("first", "sent", "percent"),
    [
        ("Hello Chen, all well?", "Hello Chen, all well?", 100),
        ("Hello Chen, all well?", "HELLO  chen all well", 100),
        ("one two three four", "one two four", 75),
        ("one two three four", "one two three four and many more words", 100),
        ("one two three four", "five", 0),
        ("one two three four", "four three two one", 25),
        ("您好一切顺利吗", "您好最近一切都顺利吗", 100),
        ("您好一切顺利", "您好", 33),
        ("订单 PO-7 到了", "订单 PO-8 到了", 83),
        ("🙂", "🙂", 100),
        ("🙂", "!", 0),
        ("", "anything", 0),
    ],
)
def test_how_much_was_kept(first: str, sent: str, percent: int) -> None:
    assert kept_percent(first, sent) == percent


def test_long_words_are_compared_in_no_time() -> None:
    assert kept_percent("好" * 20_000, "好" * 20_000 + "a") == 100
    assert kept_percent("a b " * 5_000, "b a " * 5_000) == 100


def test_sending_writes_down_how_much_of_the_offer_was_kept(desk: Desk) -> None:
    desk.li.types("/crm draft Acme renewal")
    offered = desk.draft.words
    desk.li.presses("Edit", words=offered.split("?")[0] + "?")
    desk.li.presses("Send")
    kept = desk.draft.kept_percent
    assert kept is not None
    assert 0 < kept < 100
    desk.li.presses("Undo")
    again = desk.draft
    assert again.kept_percent is None
    desk.li.presses("Edit", words=offered)
    desk.li.presses("Send")
    assert [draft.kept_percent for draft in desk.drafts()] == [100]
    assert "Edited" not in all_words(desk.li.hears("sent it; it leaves"))
