"""Moved chats: what stood in one chat, and what is yet to be said there, goes on in another of the same person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select, update

from storage.identities import identity_of
from storage.outbox_rows import is_pending, outbox
from storage.paces import chat_scope
from storage.posts import Posts, posts
from storage.rows import Rows


class MovedChats(Rows):
    """Chats that go on under another address."""

    def move(self, channel: str, before: str, address: str) -> None:
        """Let a chat go on elsewhere, so that what is changed or taken back there later is found where it stands."""
        here = chat_scope(channel, before)
        said = outbox.c.key.in_(select(posts.c.slot).where(posts.c.chat == here))
        for which in (is_pending, outbox.c.state.in_(("sent", "superseded")) & said):
            self._readdress(channel, before, address, which)
        Posts(self._buffer).move(channel, before, address)

    def _readdress(self, channel: str, before: str, address: str, which: ColumnElement[bool]) -> None:
        """Address messages anew; what was for one person in their chat is for them in the other."""
        here, there = chat_scope(channel, before), chat_scope(channel, address)
        marks = identity_of(channel, before), identity_of(channel, address)
        found = select(outbox.c.id, outbox.c.lane, outbox.c.guards).where(outbox.c.chat == here, which)
        for id_, lane, guards in self._select(found, outbox, posts):
            place: dict[str, Any] = {"chat": there, "address": address, "lane": there + lane.removeprefix(here)}
            values = place | {"guards": [guard.replace(*marks) for guard in guards]}
            self._execute(update(outbox).where(outbox.c.id == id_).values(values), outbox)
