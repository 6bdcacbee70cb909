"""Paces: how much WeCom takes from an app, a desk, the contacts' interface and a robot, with its sources."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.channels.port import Limit, Pace, ReplyWindow

_PAGES: Final = "developer.work.weixin.qq.com/document/path"
_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
_A_MINUTE: Final = Limit(8_000, _MINUTE, "account", f"{_PAGES}/90454: 10,000 calls of one interface a minute")
_AN_HOUR: Final = Limit(120_000, _HOUR, "account", f"{_PAGES}/90454: 150,000 calls of one interface an hour")

APP: Final = Pace(
    (
        Limit(25, _MINUTE, "chat", f"{_PAGES}/90236: above 30 a minute to a member are dropped in silence"),
        Limit(900, _HOUR, "chat", f"{_PAGES}/90236: above 1,000 an hour to a member are dropped in silence"),
        _A_MINUTE,
        _AN_HOUR,
    )
)
"""Below what WeCom drops without a word, as its minutes do not begin with ours. What else it counts, 200 messages a day
for each member that the company may have, it answers with 45009, and is believed."""
WINDOW: Final = ReplyWindow(timedelta(hours=48), 5, f"{_PAGES}/94677")
DESK: Final = Pace(
    (Limit(40, _SECOND, "account", f"{_PAGES}/90454 allows four times as much", at_once=10), _AN_HOUR), WINDOW
)
CONTACTS: Final = Pace((Limit(10, _SECOND, "account", f"our own, far below {_PAGES}/90454", at_once=5),))
ROBOT: Final = Pace((Limit(20, _MINUTE, "account", f"{_PAGES}/99110: 20 a minute"),))
