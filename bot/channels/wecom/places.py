"""Places: whom a message is for: one member, a department (`party:3`) or a tag (`tag:4`); never everybody."""

from __future__ import annotations

import re
from typing import Final

from bot.channels.port import WontWork

MEMBER: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.@\-]{0,63}")
"""What a userid may be; no `|`, which would name several, and no `@all`."""
GROUP: Final = re.compile(r"(party|tag):([0-9]{1,18})")


def receiver(address: str) -> dict[str, str]:
    """Give the part of a message that says whom it is for.

    Raises:
        WontWork: no such address can be at WeCom.
    """
    group = GROUP.fullmatch(address)
    if group:
        return {f"to{group[1]}": group[2]}
    if not MEMBER.fullmatch(address):
        raise WontWork("not an address of WeCom's", "gone")
    return {"touser": address}
