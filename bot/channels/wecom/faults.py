"""What WeCom's error numbers mean for a message; never judged by their words, which change and may hold an address.

Source: developer.work.weixin.qq.com/document/path/90313 (全局错误码) and 90455 (token and retries).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Literal

from bot.channels.port import Deaf, Lasting, NotSent, TryLater, WontWork

Kind = Literal["gone", "content", "auth", "other"]
OK: Final = 0
BUSY: Final = -1
STALE_TOKEN: Final = frozenset({40001, 40014, 41001, 42001})
"""The token is refused: a new one is asked for, once."""
UNTRUSTED_IP: Final = 60020
A_MINUTE: Final = timedelta(seconds=60)
"""Frequency counted by the minute opens again after one."""
DOWN: Final = timedelta(seconds=20)
"""Pause of the whole account while WeCom's servers answer with an error of their own."""
SLOW: Final = {45009: A_MINUTE, 45033: timedelta(seconds=5), 45011: A_MINUTE}
"""Too often by the minute; too many at once; too often an hour."""
FORBIDDEN: Final = frozenset({48001, 48002, 50001, 60011, 301002})
"""The app may not ask this at all."""
AUTH: Final = FORBIDDEN | {40013, 40056, 40082, 40091, UNTRUSTED_IP}
"""Company, app, its rights or our address are refused: no message will leave before somebody mends that."""
GONE: Final = frozenset({40003, 40031, 46004, 60111, 60121, 81013, 82001, 82003})
"""Nobody of those it was for is there, or may see the app."""
CONTENT: Final = frozenset(
    {40004, 40005, 40006, 40007, 40008, 40009, 40033, 40039, 40058, 40063, 40066, 41016, 41017, 43012}
    | {44001, 44002, 44003, 44004, 45001, 45002, 45003, 45004, 45008, 47001, 47003, 94000, 94001, 94003}
)


class Refused(WontWork):
    """WeCom answered with an error: `errcode` is its number."""

    def __init__(self, errcode: int, kind: Kind = "other") -> None:
        super().__init__(f"errcode {errcode}", kind)
        self.errcode = errcode


def deaf(refusal: Refused) -> Deaf:
    """Say what a refusal of kind auth lets us hear: nothing, before somebody mends it."""
    errcode = refusal.errcode
    why: Lasting = "ip" if errcode == UNTRUSTED_IP else "forbidden" if errcode in FORBIDDEN else "auth"
    return Deaf(why, str(errcode))


class Unheard(Exception):
    """Nobody knows whether it was done: the answer never came, or was none. Names the kind of failure, no address."""


def judged(errcode: int) -> TryLater | NotSent | Refused:
    """Say what an error number means."""
    if errcode in SLOW:
        return TryLater(SLOW[errcode], "account")
    if errcode == BUSY:
        return NotSent("busy")
    if errcode in STALE_TOKEN or errcode in AUTH:
        return Refused(errcode, "auth")
    if errcode in GONE:
        return Refused(errcode, "gone")
    return Refused(errcode, "content" if errcode in CONTENT else "other")
