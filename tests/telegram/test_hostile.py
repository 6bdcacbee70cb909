"""Hostile words, to customers and from them: shown as words, all of them, and they do nothing."""

from __future__ import annotations

import pytest

from bot.channels.clean import clean_text
from bot.channels.shown import shown
from tests.telegram.stage import Client, Stage
from tests.telegram.test_long_words import bare, joined

FIRST = "I want to complain! "
HOSTILE = {
    "tags": '</blockquote></b><b>bold</b><a href="tg://user?id=1">Li Na</a><script>alert(1)</script>',
    "half a tag": "<b",
    "entities": "&lt;b&gt; &amp; &#60; &bogus; &",
    "markdown": "*bold* _it_ [link](https://evil.example) `code` ```pre``` ||spoiler|| \\ > quote",
    "mentions": "@everyone @admin @rapport_test_bot #tag $USD /stop /ticket_close@rapport_test_bot",
    "links": "https://t.me/evil?start=x tg://resolve?domain=evil t.me/joinchat/x https://раураl.com/ 🔗",
    "from right to left": "invoice \u202egpj.exe\u202c \u2066x\u2069 \u200f\u061c",
    "hidden": "pay\u200b\u2060\ufeff me \U000e0041\U000e0042 \u00ad",
    "controls": "a\x00b\x07c\x1bd\x7fe\r\nf",
    "braces": "{words} {0} %s %(x)s ${x} {{ }}",
    "our own words": "✅ T-7K4M2 closed\nApproved by manager\n> quote",
    "half a character": "broken \ud83d sign",
    "marks": "T" + "\u0338" * 500,
    "families": "👩‍👩‍👧‍👦" * 700,
    "20,000 characters": "<&>\u202e*_" * 3333,
}


def harmless(words: str) -> str:
    """What of such words is shown: control and hiding characters are left out, nothing else."""
    return bare(shown(clean_text(words)).text)


def in_order(stage: Stage) -> None:
    """Nothing was refused, nothing is stuck, and no tag but ours was read."""
    assert stage.ask(lambda store: store.outbox.in_state("dead", "failed", "unknown")) == []
    assert stage.ask(lambda store: store.inbox.dead()) == []
    bubbles = [bubble for chat in stage.telegram.chats.values() for bubble in chat]
    assert {tag for bubble in bubbles for tag, _ in bubble.parts} <= {"b", "i", "blockquote"}
    sent = [call.params for call in stage.telegram.said("sendMessage")]
    assert all(params["link_preview_options"] == {"is_disabled": True} for params in sent)
    assert all(params.get("parse_mode") in (None, "HTML") for params in sent)


@pytest.fixture
def li(stage: Stage) -> Client:
    return stage.worker("Li Na")


@pytest.fixture
def chen(stage: Stage, li: Client) -> Client:
    return stage.known("Acme", "Chen Wei", owner=li.person)


@pytest.mark.parametrize("what", HOSTILE)
def test_from_a_customer(stage: Stage, li: Client, chen: Client, what: str) -> None:
    words = FIRST + HOSTILE[what]
    chen.writes(words)
    assert stage.ticket.words == clean_text(words).strip()
    told = [b.text for b in li.bubbles if b.text.split("\n")[0].startswith(stage.ticket.number)]
    following = [b.text for b in li.bubbles[li.bubbles.index(next(b for b in li.bubbles if b.text in told)) + 1 :]]
    assert harmless(words) in bare(joined([*told, *following]))
    assert stage.ticket.status == "new"
    in_order(stage)


@pytest.mark.parametrize("what", HOSTILE)
def test_to_a_customer(stage: Stage, li: Client, chen: Client, what: str) -> None:
    chen.writes(FIRST)
    before = len(chen.bubbles)
    words = f"Dear Mr Chen, {HOSTILE[what]}"[:20_000]
    li.writes(f"/ticket reply {stage.ticket.number} {words}")
    stage.wait(seconds=11)
    heard = [bubble.text for bubble in chen.bubbles[before:]]
    assert bare(joined(heard)) == bare("Li Na") + harmless(words)
    in_order(stage)


@pytest.mark.parametrize("name", ["<b>Chen</b>", "\u202enehC", "@admin", "Chen\nApproved by manager", "x" * 300])
def test_in_a_name(stage: Stage, li: Client, name: str) -> None:
    someone = stage.known("Acme", name, owner=li.person)
    someone.writes(FIRST)
    li.writes("/who Acme")
    li.hears("Acme")
    in_order(stage)
