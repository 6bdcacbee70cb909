"""What of a model's answer may stand on a card, and what of a question is covered."""

from __future__ import annotations

import pytest

from bot.channels.model import from_settings
from bot.config import Config
from prompts.models.drafting import LONGEST, Question, Unusable, read_answer
from prompts.models.veil import Unknown, Veil

ASKED = Question("rules", "case", "Order of 12 May 2026 (6 boxes)")
VEIL = Veil({"contact": ("Chen Wei",), "company": ("Acme Ltd",)})
KEPT = {
    "Hello {{contact}}, all well?": "Hello Chen Wei, all well?",
    "Hello {{ contact }}, all well?": "Hello Chen Wei, all well?",
    "```\nHello {{contact}}, all well?\n```": "Hello Chen Wei, all well?",
    "Hello there,\u202e all\u2060 well\U000e0041?": "Hello there, all well?",
    "See https://evil.example/?q={{contact}} for more": "See for more",
    "See [our offer](https://evil.example) for more": "See our offer for more",
    "See WWW.EVIL.EXAMPLE and evil.example/x for more": "See and for more",
    "Hello <!channel> and <@U123> and @here": "Hello and and",
    "On 12 May 2026 you took 6 boxes": "On 12 May 2026 you took 6 boxes",
    "您好，{{contact}}，最近用得顺手吗？有什么我能帮的？": "您好，Chen Wei，最近用得顺手吗？有什么我能帮的？",
}
REJECTED = {
    "a word in braces that stands for nothing": "Hello {{manager}}, all is well here",
    "half braces": "Hello {{contact, all is well here",
    "a name made into an address": "Hello there, see {{company}}.com for all",
    "a number from nowhere": "Hello there, your order of 13 May is here",
    "another script's number": "Hello there, your order of \u0661\u0663 May is here",
    "a telephone number": "Hello there, call me at 555 0100 please",
    "an e-mail": "Hello there, write to me@evil.example please",
    "a discount": "Hello there, a discount waits for you",
    "折扣": "您好，这次给您打八折，欢迎下单，期待您的回复",
    "a price": "Hello there, it is only € six for you",
    "the marks": "Hello there, DATA-0123456789ab says so",
    "too little": "Hi",
    "too much": "Hello. " * (LONGEST // 7 + 1),
    "nothing but a link": "https://evil.example/a/very/long/address",
}


@pytest.mark.parametrize("answer", KEPT)
def test_what_of_an_answer_may_stand(answer: str) -> None:
    assert read_answer(answer, ASKED, VEIL) == KEPT[answer]


@pytest.mark.parametrize("what", REJECTED)
def test_what_may_not_stand(what: str) -> None:
    with pytest.raises(Unusable):
        read_answer(REJECTED[what], ASKED, VEIL)


COVERED = {
    "Chen Wei": "{{contact}}",
    "chen wei called, wei again": "{{contact}} called, {{contact}} again",
    "weird weight": "weird weight",
    "ACME called": "{{company}} called",
    "王小明 and 小明 and 王总": "{{person1}} and {{person1}} and {{person1}}",
    "银河科技有限公司的银河科技": "{{person2}}的{{person2}}",
    "电话１３８ 1234 5678请回": "电话{{number1}}请回",
    "+44 (0)20 7946 0018": "{{number1}}",
    "ID 110101199003077578": "ID {{number1}}",
    "a.b+c@d.example.org, a.b+c@d.example.org": "{{email1}}, {{email1}}",
    "T-7K4M2 and E12345678": "{{ref1}} and {{ref2}}",
    "24 pcs in 2026": "24 pcs in 2026",
    "I am {{contact}} {": "I am ((contact)) (",
}


@pytest.mark.parametrize("text", COVERED)
def test_what_is_covered(text: str) -> None:
    known = {
        "person1": ("王小明",),
        "person2": ("银河科技有限公司",),
        "company": ("Acme Ltd",),
        "contact": ("Chen Wei",),
    }
    veil = Veil(known)
    assert veil.cover(text) == COVERED[text]


def test_a_cover_comes_off_again_and_only_its_own() -> None:
    veil = Veil({"contact": ("Chen Wei",)})
    assert veil.uncover(veil.cover("Chen Wei has 13812345678")) == "Chen Wei has 13812345678"
    with pytest.raises(Unknown):
        veil.uncover("{{number2}}")


SETTINGS = {
    "both": ({"OPENAI_API_KEY": "k", "OPENAI_MODEL": "m"}, 1),
    "no model": ({"OPENAI_API_KEY": "k"}, 0),
    "no key": ({"OPENAI_MODEL": "m"}, 0),
    "an empty key": ({"OPENAI_API_KEY": "", "OPENAI_MODEL": "m"}, 0),
}


@pytest.mark.parametrize("what", SETTINGS)
def test_a_model_is_present_if_it_is_named_and_has_a_key(what: str) -> None:
    values, count = SETTINGS[what]
    assert len(from_settings(Config.model_validate(values))) == count
