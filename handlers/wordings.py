"""Wordings: what words say now and what they said before, in whatever order a platform brings them and their corrections.

The newest wording stands, by the platform's own count where it has one; every other is kept with it. What was taken back
stays so, also where the words themselves come after that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from handlers.context import Context
from storage.entries import TAKEN_BACK, Entry
from storage.identities import identity_of

VERSIONS: Final = 20
"""So many earlier versions are kept, the very first among them."""
Version = dict[str, Any]


def came_after_its_correction(ctx: Context, message: str | None, words: str) -> bool:
    """Tell whether a later wording of the same message came first, and keep this one as what it said before."""
    known = ctx.store.entries.by_message(message) if message else None
    if known is None:
        return False
    if known.state != TAKEN_BACK and known.words != words:
        first = {"words": words, "until": ctx.now.isoformat()}
        ctx.store.entries.change(known.key, corrections=_trimmed([first, *(known.corrections or [])]))
    return True


def is_outdated(ctx: Context, entry: Entry) -> bool:
    """Tell whether a correction is older than the one by which words say what they say now."""
    revision = revision_of(ctx)
    return bool(revision and entry.revision and revision < entry.revision)


def revision_of(ctx: Context) -> str | None:
    """Tell where a correction stands among its message's, if its platform says so."""
    return ctx.event.body.get("revision") or None


def keep_version(ctx: Context, entry: Entry, words: str) -> Entry:
    """Let words say something else; what they said before is kept with them."""
    before = {"words": entry.words, "until": ctx.now.isoformat(), "revision": entry.revision}
    now: dict[str, Any] = {"words": words, "corrections": _among(entry, before), "revision": revision_of(ctx)}
    ctx.store.entries.change(entry.key, **now)
    return replace(entry, **now)


def keep_older(ctx: Context, entry: Entry, words: str) -> None:
    """Keep a wording that came after the one that replaced it."""
    older = {"words": words, "until": ctx.now.isoformat(), "revision": revision_of(ctx)}
    ctx.store.entries.change(entry.key, corrections=_among(entry, older))


def confirm(ctx: Context, entry: Entry) -> None:
    """Know of words that a later correction says the same."""
    if revision := revision_of(ctx):
        ctx.store.entries.change(entry.key, revision=revision)


def forget(ctx: Context, entry: Entry) -> None:
    """Keep of words only that they were there."""
    gone = [{"until": ctx.now.isoformat()}]
    ctx.store.entries.change(entry.key, words="", files=None, corrections=gone, state=TAKEN_BACK)


def forget_ahead(ctx: Context, message: str) -> None:
    """Know of a message that was taken back before it came, so that nobody reads it when it does."""
    event = ctx.event
    gone = Entry(
        key=f"gone:{event.channel}:{event.external_id}",
        flow="internal" if ctx.staff else "in",
        author=ctx.staff.id if ctx.staff else identity_of(event.channel, event.sender),
        channel=event.channel,
        words="",
        at=ctx.now,
        state=TAKEN_BACK,
        message=message,
    )
    ctx.store.entries.add(gone)


def _among(entry: Entry, version: Version) -> list[Version]:
    """Put a version among the others in the order in which they were written; where nothing tells, it is the last."""
    versions = [*(entry.corrections or []), version]
    return _trimmed(sorted(versions, key=lambda one: one.get("revision") or ""))


def _trimmed(versions: list[Version]) -> list[Version]:
    return versions if len(versions) <= VERSIONS else [versions[0], *versions[1 - VERSIONS :]]
