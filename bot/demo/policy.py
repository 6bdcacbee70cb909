"""The sample company's policy: the one every company starts from, with its own name and its second office."""

from __future__ import annotations

from typing import Final

from bot.demo.material import cast
from scheduler.policy.document import default_text

GERMANY: Final = """
  germany:
    zone: Europe/Berlin
    country: DE
    subdivision: BE
    week: {mon-fri: ["09:00-12:30", "13:30-18:00"]}
"""


def company_policy() -> str:
    """Write the policy as the company would: a text that `rapport policy check` takes."""
    text = _with(default_text(), "  name: 示例公司 Example Ltd", f"  name: {cast().company.name}")
    text = _with(text, "other_zones: [] ", "other_zones: [Europe/Berlin] ")
    return _with(text, "\ncalendars:\n", f"\ncalendars:{GERMANY}")


def _with(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"the policy has no single “{old.strip()}”")
    return text.replace(old, new)
