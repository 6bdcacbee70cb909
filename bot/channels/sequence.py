"""Sequence: where something stands among what was written in its chat, by its platform's own times and counts.

Platforms bring some things after what was written later. Those that say when each was written are heard in that order:

| platform             | says                                   | documented                    | assumed                       |
|----------------------|----------------------------------------|-------------------------------|-------------------------------|
| Telegram             | `date`, `edit_date` in seconds, ids    | `update_id` rises (getting    | `message_id` rises in a chat  |
|                      |                                        | updates); polls bring them so |                               |
| Slack                | `ts`, `edited.ts` in microseconds      | a `ts` is one message's in    | a later one is greater        |
|                      |                                        | its channel; no order of      |                               |
|                      |                                        | events                        |                               |
| 微信客服             | `send_time` in seconds                 | pages follow the cursor       | within a second they come in  |
|                      |                                        |                               | the order in which they were  |
|                      |                                        |                               | written                       |
| WeCom's app          | nothing of use: colleagues type only commands there, each a matter of its own                          |
| our own pages        | nothing: a page sends the next only once the last was taken, and visitors' clocks are not believed     |
"""

from __future__ import annotations

from typing import Final

LATEST: Final = 10.0**12
"""Seconds; a time beyond is none."""
HIGHEST: Final = 10**19


def sequence(seconds: float, count: int = 0) -> str:
    """Give what sorts as text as it was written; nothing for what can be no time of a message."""
    if not (0 <= seconds < LATEST and 0 <= count < HIGHEST):
        return ""
    return f"{seconds:019.6f}:{count:019d}"
