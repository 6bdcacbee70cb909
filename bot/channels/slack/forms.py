"""Forms: questions as a Slack modal, and its answers as arguments, checked before the modal closes.

Limits: title and submit 24 characters, 3000 characters a line, 100 choices of 75 (150 of what each sends), 3000 of
private metadata.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from handlers.arguments import Unclear, build
from handlers.cards import Ask, Form
from handlers.routing import Routes
from prompts.phrases import Phrases, phrases

Block = dict[str, Any]
TITLE, LABEL, CHOICE, HINT, LINE, REMEMBERED = 24, 2000, 75, 150, 3000, 3000
MOST_CHOICES, SENT = 100, 150
ANSWER = "answer"
NAMED = "Rapport"


@dataclass(frozen=True)
class Filled:
    """A form as it came back: the command, what was fixed and answered, and where its answer goes."""

    command: str
    args: dict[str, str]
    asked: frozenset[str]
    place: str
    language: str
    """That in which it was asked, so that nobody has to be looked up before its errors are said."""
    at_home: bool = False
    """Whether it was asked for on a home tab, which is said anew then."""


def shell() -> Block:
    """Make what stands while a form is looked up; nothing is known of the person yet, so it has no words."""
    return notice("⏳")


def notice(*said: str) -> Block:
    """Make a modal that only says something."""
    blocks = [{"type": "section", "text": _text(part, LINE)} for part in said]
    return {"type": "modal", "callback_id": "notice", "title": _text(NAMED, TITLE), "blocks": blocks}


def modal(form: Form, t: Phrases, place: str, *, at_home: bool = False) -> Block | None:
    """Make the modal of a form; None if Slack could not hold it without losing something."""
    remembered = {"command": form.command, "fixed": form.fixed, "place": place, "language": t.language, "home": at_home}
    kept = json.dumps(remembered, ensure_ascii=False)
    if len(kept) > REMEMBERED or not all(_is_whole(ask) for ask in form.asks):
        return None
    return {
        "type": "modal",
        "callback_id": "form",
        "title": _text(form.title, TITLE),
        "submit": _text(form.submit, TITLE),
        "close": _text(t("slack-cancel"), TITLE),
        "private_metadata": kept,
        "blocks": [_input(ask, t) for ask in form.asks],
    }


def _is_whole(ask: Ask) -> bool:
    return len(ask.value) <= LINE and (ask.kind != "choice" or len(ask.choices) <= MOST_CHOICES)


def _input(ask: Ask, t: Phrases) -> Block:
    made: Block = {
        "type": "input",
        "block_id": ask.name,
        "optional": not ask.required,
        "label": _text(ask.label, LABEL),
        "element": _element(ask, t),
    }
    return made | {"hint": _text(ask.hint, LABEL)} if ask.hint else made


def _element(ask: Ask, t: Phrases) -> Block:
    named: Block = {"action_id": ANSWER}
    if _is_chosen(ask):
        return named | _choices(ask)
    if ask.kind == "flag":
        yes = {"text": _text(t("slack-yes"), CHOICE), "value": "true"}
        chosen = {"initial_options": [yes]} if ask.value.lower() == "true" else {}
        return named | {"type": "checkboxes", "options": [yes]} | chosen
    value = {"initial_value": ask.value} if ask.value else {}
    if ask.kind == "number":
        return named | {"type": "number_input", "is_decimal_allowed": False} | value
    return named | {"type": "plain_text_input", "multiline": ask.kind == "words", "max_length": LINE} | value


def _is_chosen(ask: Ask) -> bool:
    """Tell whether an answer is chosen; what is only suggested is typed where a select could not hold it all."""
    holds = len(ask.choices) <= MOST_CHOICES and all(len(choice.value) <= SENT for choice in ask.choices)
    return bool(ask.choices) and (ask.kind == "choice" or holds)


def _choices(ask: Ask) -> Block:
    options = [{"text": _text(choice.label, CHOICE), "value": choice.value} for choice in ask.choices]
    chosen = next((option for option in options if option["value"] == ask.value), None)
    return {"type": "static_select", "options": options} | ({"initial_option": chosen} if chosen else {})


def filled(view: Block) -> Filled:
    """Read a submitted modal."""
    kept = json.loads(view["private_metadata"])
    answers = {name: _value(answer[ANSWER]) for name, answer in view["state"]["values"].items()}
    args = {**kept["fixed"], **answers}
    return Filled(
        kept["command"], args, frozenset(answers), kept["place"], kept.get("language", "en"), kept.get("home", False)
    )


def _value(answer: Block) -> str:
    if "selected_options" in answer:
        return "true" if answer["selected_options"] else ""
    if "selected_option" in answer:
        return str((answer["selected_option"] or {}).get("value", ""))
    return str(answer.get("value") or "")


def problems(form: Filled, routes: Routes) -> dict[str, str]:
    """Say beside each question what is wrong with its answer; what was not asked is for the handler to say."""
    t = phrases(form.language)
    command = routes.commands.get(form.command)
    if command is None:
        return {}
    try:
        build(command.args, form.args)
    except Unclear as unclear:
        return {name: said for name, said in unclear.said(t).items() if name in form.asked}
    return {}


def _text(text: str, longest: int) -> Block:
    return {"type": "plain_text", "text": text if len(text) <= longest else text[: longest - 1] + "…", "emoji": False}
