"""A sentence that is read alone, when first said, says what it says among all the others."""

from __future__ import annotations

from functools import cache

import pytest
from fluent.runtime import FluentBundle, FluentResource

from prompts.phrases import LANGUAGES
from prompts.sentences import FILES, Sentences, written


@cache
def whole(language: str) -> FluentBundle:
    """All files, read by the library from their first line to their last."""
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted((FILES / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_read_alone_says_what_it_says_among_all(language: str) -> None:
    texts = written(language)
    assert texts.keys() == whole(language)._messages.keys()
    alone = Sentences(language, texts)
    for name, text in texts.items():
        asked = Sentences(language, texts) if "{ letter-" in text or "{ policy-" in text else alone
        found, among_all = asked.get(name), whole(language).get_message(name)
        assert found is not None
        assert (found.value is None, found.attributes.keys()) == (among_all.value is None, among_all.attributes.keys())
        patterns = [(found.value, among_all.value)] if found.value is not None and among_all.value is not None else []
        patterns += [(found.attributes[key], among_all.attributes[key]) for key in found.attributes]
        for one, other in patterns:
            said, missing = asked.say(one, {})
            wanted, lacking = whole(language).format_pattern(other, {})
            assert (said, str(missing)) == (str(wanted), str(lacking)), name


def test_sentences_that_name_each_other_are_told_apart_from_a_loop() -> None:
    loop = Sentences("en", {"a": "a = one { b }\n", "b": "b = two { a }\n"})
    found = loop.get("a")
    assert found is not None
    assert found.value is not None
    said, wrong = loop.say(found.value, {})
    assert wrong, said


def test_what_no_language_says_is_not_there() -> None:
    assert Sentences("en", written("en")).get("no-such-phrase-anywhere") is None
