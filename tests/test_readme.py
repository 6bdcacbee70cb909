"""The README's table of commands follows from their declarations: `UPDATE=1 pytest tests/test_readme.py` writes it."""

from __future__ import annotations

import os
from pathlib import Path

from handlers.arguments import usage
from handlers.contents import ROUTERS
from handlers.routing import STAFF, Routes
from prompts.phrases import phrases

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- commands -->\n", "<!-- end of commands -->"


def table() -> str:
    en, zh = phrases("en"), phrases("zh-CN")
    rows = ["| you type | also | what it does | who |", "|---|---|---|---|"]
    for command in sorted(Routes(ROUTERS).commands.values(), key=lambda c: c.name):
        if command.hidden:
            continue
        who = (
            "everyone" if command.who > STAFF else ", ".join(en(f"role-{role}") for role in sorted(command.who & STAFF))
        )
        who = "colleagues" if command.who == STAFF else who or "customers"
        typed = usage(command.args, command.name, en) if command.who & STAFF else f"/{command.name}"
        alias = (zh.maybe(f"{command.key}.alias") or "").replace("|", "、")
        rows.append(f"| `{typed.replace('|', ' / ')}` | {alias} | {en(command.key)} | {who} |")
    return "\n".join(rows) + "\n"


def test_the_readme_lists_every_command_as_it_is_declared() -> None:
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    expected = before + START + table() + END + after
    if os.environ.get("UPDATE"):
        README.write_text(expected, encoding="utf-8")
    assert text == expected or os.environ.get("UPDATE")
