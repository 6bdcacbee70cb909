"""The terminal: how a command of `rapport` reaches the bot, and how its answer is shown to whoever typed it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from prompts.phrases import Phrases

T = TypeVar("T")


AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON array.")]


def perform(operation: str, /, **args: Any) -> Any:
    """Run an operation where the database is."""
    from bot import control

    return guarded(lambda: control.perform(settings(), operation, **args))


def guarded(work: Callable[[], T]) -> T:
    """Run a command; what an operator can mend is said in their language."""
    from bot.explained import explained

    try:
        return work()
    except Exception as error:
        said = explained(error, spoken())
        if said is None:
            raise
        stop(said)


def settings() -> Any:
    from bot.config import read_config

    return read_config()


def spoken() -> Phrases:
    """Give the phrases of the language that this terminal is set to."""
    from prompts.phrases import phrases

    wish = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return phrases("zh-CN" if wish.startswith("zh") else "en")


def stop(words: str) -> NoReturn:
    """Say why nothing more can be done, and end."""
    print(words, file=sys.stderr)
    raise typer.Exit(1)


def show(rows: list[dict[str, Any]], columns: tuple[str, ...], *, as_json: bool) -> None:
    """Print records as a table, or whole as JSON."""
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, box=None)
    for row in rows:
        table.add_row(*("" if row[name] is None else str(row[name]).replace("[", r"\[")[:80] for name in columns))
    Console().print(table)
