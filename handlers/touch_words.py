"""The arguments of the commands about contacts, and what a line of words says about how people talked."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Final, Literal

from pydantic import Field

from handlers.arguments import Args, Line, Whom, Words
from handlers.cards import Colleagues
from prompts.phrases import LANGUAGES, phrases

How = Literal["call", "visit", "meeting", "message", "other"]
HOWS: Final[tuple[How, ...]] = ("other", "call", "visit", "meeting", "message")
"""“Other” comes first: a call that nobody answered was none."""
Outcome = Literal["well", "follow_up", "nobody"]
LOOK_AFTER_CUSTOMERS: Final = ("rep", "service", "manager", "admin")
TakesCustomers = Annotated[Line, Colleagues(roles=LOOK_AFTER_CUSTOMERS)]
MOST_DAYS: Final = 60
_CLAUSE = re.compile(r"[,，.。;；!！?？\n]")
_DAYS = re.compile(r"(\d{1,4})\s*(?:days?\b|d\b|天|日)?\s*[,，:：]?\s*(.*)", re.IGNORECASE | re.DOTALL)


class Due(Args):
    customer: Whom = ""


class Log(Args):
    """Typed, everything stands in the first argument: the customer's name, then the words."""

    customer: Whom
    words: Words = ""
    how: How | None = None
    outcome: Outcome | None = None
    on: Line = ""


class TouchWas(Args):
    touch: Line
    how: How


class Snooze(Args):
    customer: Whom
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 1
    reason: Line = ""


class NotNow(Args):
    customer: Whom


class Reassign(Args):
    customer: Whom
    colleague: TakesCustomers = ""


def how_of(words: str) -> How:
    """Read from a line how people talked: by the first cue of either language; “other” if there is none."""
    folded = words.casefold()
    if any(_at(cue, folded) >= 0 for cue in _cues("other")):
        return "other"
    found = [(at, how) for how in HOWS for cue in _cues(how) if (at := _at(cue, folded)) >= 0]
    return min(found)[1] if found else "other"


def is_attempt(words: str) -> bool:
    """Tell whether the words say that nobody was reached."""
    return any(_at(cue, words.casefold()) >= 0 for cue in _cues("other"))


def follow_up_in(words: str) -> str:
    """Give the words around a promise to come back, where a day may stand; nothing if nothing was promised.

    English names the day behind it (`follow up on Friday`), Chinese before it as well (`周五再跟进`).
    """
    folded = words.casefold()
    spoken = (cue for language in LANGUAGES for cue in phrases(language)("outcome-follow-up.cues").split("|"))
    found = [(at, cue) for cue in spoken if (at := _at(cue.casefold(), folded)) >= 0]
    if not found:
        return ""
    at, cue = min(found)
    clause = "" if cue.isascii() else _CLAUSE.split(words[:at])[-1]
    return f"{words[at + len(cue) :]} {clause}"


@cache
def _cues(how: How) -> tuple[str, ...]:
    spoken = (phrases(language)(f"how-{how}.cues") for language in LANGUAGES)
    return tuple(cue.casefold() for cues in spoken for cue in cues.split("|"))


def _at(cue: str, words: str) -> int:
    """Find a cue: a whole word where words have spaces, anywhere where they have none; -1 if it is not there."""
    if not cue.isascii():
        return words.find(cue)
    match = re.search(rf"(?<![a-z]){re.escape(cue)}(?![a-z])", words)
    return match.start() if match else -1


def days_ahead(rest: str) -> tuple[int, str] | None:
    """Read `3 on holiday` or `3天 客户休假`: days and reason; None if the words start with no number."""
    match = _DAYS.fullmatch(rest.strip())
    return (int(match[1]), match[2].strip()) if match else None


def is_team(words: str) -> bool:
    """Tell whether somebody asked for the whole team's list."""
    spoken = {word for language in LANGUAGES for word in phrases(language)("due-team-words").split("|")}
    return words.strip().casefold() in spoken


def after_between(words: str) -> str:
    """Drop the word between a customer and a colleague: `to Li Na`, `交给李娜`."""
    betweens = {word for language in LANGUAGES for word in phrases(language)("reassign-between").split("|")}
    for between in sorted(betweens, key=len, reverse=True):
        if words.casefold().startswith(between + " ") or (words.startswith(between) and not between.isascii()):
            return words[len(between) :].strip()
    return words
