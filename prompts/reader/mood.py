"""How urgent a message is and how its writer feels: service talk is neutral unless the words say otherwise."""

from collections.abc import Container

from prompts.reader.reading import ACT, Intent, Sense, Sentiment, Urgency

_TROUBLE = frozenset({Intent.COMPLAINT, Intent.FAULT, Intent.ORDER_STATUS})
_CALM = frozenset({Intent.NONE, Intent.PRAISE, Intent.SUGGESTION, Intent.OPT_OUT})


def urgency_of(senses: tuple[Sense, ...], signals: Container[str]) -> Urgency:
    """Urgent: threats, danger, work standing still, a fault that cannot wait; high: anger, haste, a complaint to come."""
    if "threat" in signals or "halted" in signals or ("danger" in signals and _any(senses, _TROUBLE)):
        return "urgent"
    if "pressing" in signals and Intent.FAULT in _sure(senses):
        return "urgent"
    if "hurry" in signals or is_angry(senses, signals) or "complains" in signals:
        return "high"
    return (
        "low"
        if all(sense.intent in _CALM for sense in senses if sense.confidence >= ACT) and senses[0].confidence >= ACT
        else "normal"
    )


def sentiment_of(senses: tuple[Sense, ...], signals: Container[str]) -> Sentiment:
    """Negative needs anger, a threat or a sure complaint; praise beside a complaint is neutral."""
    sure = _sure(senses)
    if is_angry(senses, signals) or "threat" in signals:
        return "negative"
    if Intent.COMPLAINT in sure:
        return "neutral" if Intent.PRAISE in sure else "negative"
    return "positive" if Intent.PRAISE in sure and "sarcasm" not in signals else "neutral"


def is_angry(senses: tuple[Sense, ...], signals: Container[str]) -> bool:
    """Anger is in explicit words; shouting alone is anger only about trouble."""
    return "anger" in signals or ("shouting" in signals and _any(senses, _TROUBLE))


def _sure(senses: tuple[Sense, ...]) -> set[Intent]:
    return {sense.intent for sense in senses if sense.confidence >= ACT}


def _any(senses: tuple[Sense, ...], intents: Container[Intent]) -> bool:
    return any(sense.intent in intents for sense in senses)
