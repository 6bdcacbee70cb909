"""Seats: where in Slack something is said, written as one address, and the ids by which Slack knows what stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass

NAME = "slack"
PATH = "/slack/events"
"""Where Slack finds us over HTTP: events, commands and interaction."""
_ADDRESS = re.compile(
    r"(?P<talk>[CGD][A-Z0-9]+)(:(?P<reader>[UW][A-Z0-9]+))?(:(?P<thread>\d+\.\d+))?|(?P<person>[UW][A-Z0-9]+)"
    r"|home:(?P<home>[UW][A-Z0-9]+)"
)


class NoSeat(ValueError):
    """The address is none of Slack's ids: a channel's name, for instance."""


@dataclass(frozen=True)
class Seat:
    """A channel; a person (their direct messages); a channel with the only person who sees it, in a thread; a home."""

    talk: str = ""
    person: str = ""
    thread: str = ""
    home: str = ""
    """Whose home tab it is."""

    @property
    def is_whisper(self) -> bool:
        return bool(self.talk and self.person)

    @property
    def address(self) -> str:
        return ":".join(part for part in (self.talk, self.person, self.thread) if part) or home_of(self.home)

    @classmethod
    def read(cls, address: str) -> Seat:
        """Read an address.

        Raises:
            NoSeat: it is not made of Slack's ids.
        """
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise NoSeat(address)
        return cls(
            found["talk"] or "", found["reader"] or found["person"] or "", found["thread"] or "", found["home"] or ""
        )


def answering(talk: str, person: str, thread: str = "") -> str:
    """Give the address at which only this person sees the answer to what they did in a conversation."""
    return person if talk.startswith("D") else Seat(talk, person, thread).address


def home_of(person: str) -> str:
    """Give the address of somebody's home tab."""
    return f"home:{person}"


def provider_id(talk: str, ts: str) -> str:
    return f"{talk}:{ts}"


def split_id(id_: str) -> tuple[str, str]:
    """Give the conversation and the time stamp by which Slack knows a message."""
    talk, _, ts = id_.partition(":")
    return talk, ts


def is_file(id_: str) -> bool:
    """Tell whether what stands under this id is a shared file, which can be neither edited nor found by a time stamp."""
    return split_id(id_)[1].startswith("F")
