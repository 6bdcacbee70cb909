"""Attachments: the files that came with words, as events tell of them, entries keep them and people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.cards import Attachment
from prompts.phrases import Phrases
from storage.entries import Entry


def came_with(facts: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """Read the files of an event."""
    return tuple(Attachment.model_validate(file) for file in facts.get("files") or ())


def files_of(entry: Entry) -> tuple[Attachment, ...]:
    """Read the files of words that were kept."""
    return came_with({"files": entry.files})


def kept(files: Sequence[Attachment]) -> list[dict[str, Any]] | None:
    """Give the form in which files are kept with words."""
    return [file.model_dump(exclude_defaults=True) for file in files] or None


def named(t: Phrases, files: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """Say in the reader's language what a file without a name of its own is."""
    return tuple(
        file.model_copy(update={"label": t(f"file-{file.kind}")}) if file.label in ("", file.kind) else file
        for file in files
    )


def labels(t: Phrases, files: Sequence[Attachment]) -> str:
    """Say in one line what files there are."""
    return t("names-separator").strip("|").join(file.label for file in named(t, files))
