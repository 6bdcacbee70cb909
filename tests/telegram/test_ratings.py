"""A rating is one press; a word about it may follow, and opens nothing new."""

from __future__ import annotations

import pytest

from tests.telegram.stage import Client, Stage


def solved(stage: Stage, language: str) -> tuple[Client, str]:
    li = stage.worker("李娜", language=language)
    chen = stage.known("星河科技", "陈伟", owner=li.person, language=language)
    chen.writes("送货又晚了三天，我要投诉！" if language == "zh-CN" else "I want to complain, it arrived damaged!")
    number = stage.ticket.number
    li.presses("我来处理" if language == "zh-CN" else "Take it")
    li.writes(f"/ticket resolve {number} ok")
    return chen, number


def words_of(stage: Stage, number: str) -> list[str]:
    return stage.ask(lambda store: [entry.words for entry in store.entries.of_ticket(number)])


@pytest.mark.parametrize(
    ("language", "score", "comment"),
    [
        ("zh-CN", "5 分", "师傅很专业，态度也好"),
        ("zh-CN", "1 分", "太慢了，等了三天才来，我要投诉"),
        ("en", "4", "Quick work, and the engineer was kind."),
        ("en", "1", "This was terrible service, I complain about your engineer!"),
    ],
)
def test_a_word_after_the_rating_belongs_to_it(stage: Stage, language: str, score: str, comment: str) -> None:
    chen, number = solved(stage, language)
    stage.wait(minutes=11)
    chen.presses(score)
    before = len(chen.bubbles)
    chen.writes(comment)
    assert len(stage.tickets()) == 1
    assert words_of(stage, number)[-1] == comment
    assert [bubble.text for bubble in chen.bubbles[before:]] == [
        f"谢谢，已记在您对 {number} 的评价里。"
        if language == "zh-CN"
        else f"Thank you, I've added that to your rating of {number}."
    ]


@pytest.mark.parametrize(
    ("score", "minutes", "words"),
    [
        ("5 分", 1, "另外水泵又坏了，请派人来修"),
        ("5 分", 1, "不过我要投诉你们的司机，态度太差"),
        ("1 分", 11, "我要投诉，又送晚了"),
    ],
)
def test_a_new_wish_is_no_comment(stage: Stage, score: str, minutes: int, words: str) -> None:
    chen, number = solved(stage, "zh-CN")
    chen.presses(score)
    stage.wait(minutes=minutes)
    chen.writes(words)
    assert {ticket.number for ticket in stage.tickets()} > {number}


def test_without_a_word_the_rating_stands(stage: Stage) -> None:
    chen, _ = solved(stage, "en")
    chen.presses("3")
    assert (stage.ticket.rating, stage.ticket.status) == (3, "closed")
    chen.hears("3 out of 5")
