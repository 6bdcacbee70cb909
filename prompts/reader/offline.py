"""The reader that needs no key, no network and no model: cues kept as data, weighed in the open.

It would rather be unsure than wrong: a message without a clear cue stays below ACT.
"""

from collections.abc import Iterable
from typing import Final

from prompts.reader.courtesy import mostly_courtesies, only_courtesies
from prompts.reader.cues import CueGroup, book
from prompts.reader.hearing import Heard, Hint, hear
from prompts.reader.mood import sentiment_of, urgency_of
from prompts.reader.reading import ACT, Intent, Reading, Sense
from prompts.reader.wording import english, has_chinese, has_english, is_foreign, language_of, plain

SUREST: Final = 0.98
SURE_ENOUGH: Final = 0.85
UNSURE: Final = 0.5
MOST_EVIDENCE: Final = 5
SHORT_ANSWER: Final = 60
"""Characters of a message that may be nothing but the answer to what was asked."""
_WANTS = frozenset(
    {"question", "sarcasm", "threat", "complains", "still_broken"}
)  # signals of one who wants more than to nod
_AGREEING = 0.03  # what each further cue of the same intent adds
_DOUBTFUL = 0.75  # what is left of a confidence when irony or an unread script may turn the meaning


class OfflineReader:
    """Reads messages by cues kept as data."""

    def read(self, text: str, *, open_ticket: bool = False, asked: str | None = None) -> Reading:
        """Say what one message means; see `Reader.read`."""
        return read(text, open_ticket=open_ticket, asked=asked)


def read(text: str, *, open_ticket: bool = False, asked: str | None = None) -> Reading:
    """Say what one message means; deterministic, never raises; see `Reader.read`."""
    words = plain(text, book("zh-CN").variants)
    if only_courtesies(words):
        return _acknowledgement(words, SUREST)
    heard = _hear(words)
    hints = [*heard.hints, *_between_the_lines(heard, open_ticket=open_ticket)]
    senses = _weigh(hints)
    if _asks_for_nothing(words, senses, heard, asked=asked):
        return _acknowledgement(words, SURE_ENOUGH)
    return _reading(words, senses or _unclear(heard), hints, heard)


def _hear(words: str) -> Heard:
    """Both languages where both occur."""
    heard = [hear(words, book("zh-CN"))] if has_chinese(words) else []
    if has_english(words) or not heard:
        heard.append(hear(english(words), book("en")))
    signals = {name: said for part in heard for name, said in part.signals.items()}
    return Heard(tuple(hint for part in heard for hint in part.hints), signals)


def _between_the_lines(heard: Heard, *, open_ticket: bool) -> Iterable[Hint]:
    """What signals mean where no cue says more: threats complain, a halt is a fault, "好了吗" asks about an open ticket."""
    about_ticket = SURE_ENOUGH if open_ticket else UNSURE
    if "threat" in heard.signals:
        yield _signalled(heard, "threat", Intent.COMPLAINT, SURE_ENOUGH)
    elif not any(hint.weight >= ACT for hint in heard.hints):
        if "halted" in heard.signals and heard.signals.keys().isdisjoint({"question", "hypothetical"}):
            yield _signalled(heard, "halted", Intent.FAULT, SURE_ENOUGH)
        elif "still_broken" in heard.signals:
            yield _signalled(heard, "still_broken", Intent.FAULT, about_ticket)
        elif "progress" in heard.signals:
            yield _signalled(heard, "progress", Intent.ORDER_STATUS, about_ticket)


def _signalled(heard: Heard, signal: str, intent: Intent, weight: float) -> Hint:
    group = CueGroup(intent, weight, topic="service")
    return Hint(intent, weight, group, heard.signals[signal], start=0, end=0, clause=0)


def _weigh(hints: Iterable[Hint]) -> tuple[Sense, ...]:
    """One sense an intent, the surest first."""
    by_intent: dict[Intent, list[Hint]] = {}
    for hint in hints:
        by_intent.setdefault(hint.intent, []).append(hint)
    senses = [_sense(intent, agreeing) for intent, agreeing in by_intent.items()]
    return tuple(sorted(senses, key=lambda sense: (-sense.confidence, sense.intent)))


def _sense(intent: Intent, hints: list[Hint]) -> Sense:
    """As sure as its best cue, a little surer for each that agrees; weak cues stay weak, however many."""
    best = max(hint.weight for hint in hints)
    evidence = tuple(dict.fromkeys(hint.words for hint in sorted(hints, key=lambda hint: -hint.weight)))
    sure = min(SUREST if best >= ACT else ACT - 0.01, best + _AGREEING * (len(evidence) - 1))
    return Sense(intent, round(sure, 2), evidence[:MOST_EVIDENCE])


def _asks_for_nothing(words: str, senses: tuple[Sense, ...], heard: Heard, *, asked: str | None) -> bool:
    if (senses and senses[0].confidence >= ACT) or not heard.signals.keys().isdisjoint(_WANTS):
        return False
    brief = len(words) <= SHORT_ANSWER
    at_rest = brief and "at_rest" in heard.signals and "but" not in heard.signals
    return (asked is not None and brief) or at_rest or "solved" in heard.signals or mostly_courtesies(words)


def _unclear(heard: Heard) -> tuple[Sense, ...]:
    asked = heard.signals.get("question")
    return (Sense(Intent.INQUIRY, UNSURE, (asked,)),) if asked else (Sense(Intent.NONE, UNSURE),)


def _acknowledgement(words: str, confidence: float) -> Reading:
    none = (Sense(Intent.NONE, confidence),)
    return Reading(language_of(words), none, "low", "neutral", "other", confidence, is_acknowledgement=True)


def _reading(words: str, senses: tuple[Sense, ...], hints: list[Hint], heard: Heard) -> Reading:
    return Reading(
        language=language_of(words),
        intents=senses,
        urgency=urgency_of(senses, heard.signals),
        sentiment=sentiment_of(senses, heard.signals),
        topic=_topic(senses[0].intent, hints),
        confidence=round(senses[0].confidence * (_DOUBTFUL if _may_be_turned(words, senses, heard) else 1), 2),
        is_acknowledgement=False,
    )


def _may_be_turned(words: str, senses: tuple[Sense, ...], heard: Heard) -> bool:
    """Irony turns praise and complaint around; a script that no cue reads may hold anything."""
    felt = {Intent.PRAISE, Intent.COMPLAINT, Intent.NONE}
    ironic = "sarcasm" in heard.signals and any(sense.intent in felt for sense in senses)
    return ironic or is_foreign(words)


def _topic(intent: Intent, hints: list[Hint]) -> str:
    """The topic of the strongest cue of the leading intent, or else of any."""
    told = [hint for hint in hints if hint.group.topic != "other"]
    leading = [hint for hint in told if hint.intent is intent]
    return max(leading or told, key=lambda hint: hint.weight).group.topic if told else "other"
