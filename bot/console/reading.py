"""Reading posts for a page: who said it and when, in the reader's zone and language, days apart, answers counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.channels.shown import shown
from bot.channels.webchat.showing import showable
from prompts.phrases import Phrases, zone_named
from storage.posts import Post

TOGETHER = timedelta(minutes=5)
"""Posts of one person so close to each other share one heading."""


@dataclass(frozen=True)
class Reader:
    """Somebody who looks at a chat."""

    t: Phrases
    zone: str
    now: datetime
    me: str
    """The address whose own lines stand on the right."""
    house: str
    """Who speaks where no person does."""
    names: Mapping[str, str]
    """Colleagues' names by their address."""

    def read(
        self, posts: Sequence[Post], sizes: Mapping[str, int] | None = None, *, threads: bool = False
    ) -> list[dict[str, Any]]:
        """Make what the feed shows; with `threads` each card offers its thread."""
        read: list[dict[str, Any]] = []
        before: Post | None = None
        for post in posts:
            read.append(showable(post) | self._heading(post, before) | self._thread(post, sizes or {}, threads=threads))
            before = post
        return read

    def _heading(self, post: Post, before: Post | None) -> dict[str, Any]:
        who = self._who(post)
        local = post.at.astimezone(zone_named(self.zone))
        new_day = before is None or before.at.astimezone(zone_named(self.zone)).date() != local.date()
        same = not new_day and before is not None and self._continues(post, before)
        return {
            "who": who,
            "initial": _initial(who),
            "kind": "house" if post.flow == "out" and not post.card.get("from_person") else "person",
            "mine": post.flow == "in" and post.author == self.me,
            "clock": f"{local:%H:%M}",
            "full": self.t.moment(post.at, self.zone, self.now),
            "changed": self.t.moment(post.changed, self.zone, self.now),
            "day": self._day(post.at) if new_day else "",
            "again": same,
            "left_out": self._left_out(post),
        }

    def _continues(self, post: Post, before: Post) -> bool:
        """Tell whether a line belongs under the heading of the one before it; a card has its own."""
        lines = post.card.keys() | before.card.keys() <= {"text", "from_person"}
        near = post.at - before.at < TOGETHER
        return lines and near and post.flow == before.flow and self._who(post) == self._who(before)

    def _who(self, post: Post) -> str:
        if post.flow == "in":
            return shown(self.names.get(post.author, self.t("web-you"))).text
        return shown(str(post.card.get("from_person") or self.house)).text

    def _day(self, at: datetime) -> str:
        days = (self.now.astimezone(zone_named(self.zone)).date() - at.astimezone(zone_named(self.zone)).date()).days
        return self.t("web-today") if days == 0 else self.t.day(at, self.zone, self.now)

    def _left_out(self, post: Post) -> str:
        count = int(showable(post)["left_out"])
        return self.t("web-left-out", count=count) if count else ""

    def _thread(self, post: Post, sizes: Mapping[str, int], *, threads: bool) -> dict[str, Any]:
        count = sizes.get(post.slot, 0)
        replies = self.t("web-replies", count=count) if count else ""
        return {"threaded": threads and (post.flow == "out" or bool(count)), "replies": replies}


def _initial(name: str) -> str:
    """Give what stands in a person's circle: the last character of a Chinese name, the first letter of others."""
    bare = name.strip()
    if not bare:
        return "·"
    return bare[-1] if "一" <= bare[0] <= "鿿" else bare[0].upper()
