"""What the contract asks of a channel: people who sit there, write, press and read, and a platform that becomes quiet."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from bot.app import Bot
from bot.channels.port import Channel
from storage.contacts import Contact
from storage.database import Database
from storage.staff import Person

if TYPE_CHECKING:
    from tests.contract.scene import Scene


Fault = Literal["reset", "slow-down", "error", "lost-answer", "refused", "away", "busy"]
"""Broken off before anything was done; asked for patience; an error; done, and never said so; a token that no longer holds;
nothing but errors, or nothing but asking for patience, for whatever is said or changed."""
LASTING: Final = frozenset({"refused", "away", "busy"})


@dataclass(frozen=True)
class Deed:
    """What somebody does in their chat: says words, or says anew what they said as their deed number `of`.

    Without words they take that back; `press` is a button of the newest card that has it, `number` the ticket in whose
    thread a colleague does it.
    """

    words: str = ""
    of: int | None = None
    press: str = ""
    number: str = ""


@dataclass(frozen=True)
class Deafness:
    """A way in which the bot hears nothing here any more, and what it then says of the channel."""

    name: str
    state: str
    shows: Literal["at once", "at a start"] = "at a start"
    """When the platform lets us know."""


@dataclass(frozen=True)
class Shown:
    """One message as it stands before somebody now: its words, and what can be pressed."""

    words: str
    buttons: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write it down as it is read: a button of a row stands in its words, the others below."""
        below = [f"[{label}]" for label in self.buttons if f"[{label}]" not in self.words]
        return "\n".join([self.words, *([" ".join(below)] if below else [])])


class Seat(ABC):
    """Somebody on a platform."""

    tells_order = False
    """Whether the platform says in which order words were written."""
    can_correct = False
    """Whether it tells of words that somebody says anew, other than by our own pages, which know what stands there."""
    can_take_back = False
    """Whether it tells, in the same sense, of words that somebody took back."""
    has_threads = False
    """Whether a colleague's plain words under a ticket are told of."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @abstractmethod
    async def says(self, words: str) -> None:
        """Write to the bot, and wait for no answer; a colleague's words are a command."""

    async def told_again(self) -> None:
        """Let the platform bring what was written last once more, as it does where it heard no answer.

        Raises:
            NotImplementedError: it never does.
        """
        raise NotImplementedError

    async def out_of_turn(self, deeds: Sequence[Deed], brought: Sequence[int]) -> None:
        """Do all this, and let the platform bring it in another order, by its number; what comes twice is the same.

        Raises:
            NotImplementedError: nothing that is done here can come in another order.
        """
        raise NotImplementedError

    def writes(self, words: str) -> None:
        """Write to the bot, and let everything follow."""
        self.scene.run(self.says(words))
        self.scene.settle()

    @abstractmethod
    def presses(self, label: str) -> None:
        """Press the newest button of this label that is in sight."""

    @abstractmethod
    def own(self) -> Sequence[Shown]:
        """Give what stands before nobody but this person, oldest first."""

    def reads(self) -> Sequence[Shown]:
        """Give all that stands before this person, oldest first."""
        return self.own()

    def hears(self, *words: str) -> Shown:
        """Find the newest message with all these words."""
        for shown in reversed(self.reads()):
            if all(word in shown.words for word in words):
                return shown
        raise AssertionError(f"{words} was not said; said was:\n" + "\n---\n".join(map(str, self.reads())))

    def count(self, *words: str) -> int:
        return sum(all(word in shown.words for word in words) for shown in self.reads())


class Venue:
    """A platform on the loopback, with the bot's channel to it."""

    channel: str
    """The name of the channel for the people who sit here."""
    deafnesses: Sequence[Deafness] = ()
    has_room = True
    """Whether the team's cards stand here too."""
    comes_in_order = False
    """Whether we fetch what happens here, and always in the order in which it happened."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def policy(self, text: str) -> str:
        """Let the team's cards stand here."""
        return text

    async def start(self) -> None:
        """Let the platform begin."""

    def channels(self, database: Database) -> list[Channel]:
        """Make what the bot needs to be here."""
        return []

    async def listen(self, bot: Bot, url: str) -> None:
        """Let the bot hear; `url` is where its doors are."""

    async def calm(self) -> None:
        """Wait until all that the platform has told is stored."""

    def breaks(self, fault: Fault) -> None:
        """Let the next message to somebody here fail in this way; what lasts fails until it is mended."""

    def mends(self) -> None:
        """Let everything work again."""

    async def deafens(self, how: Deafness) -> None:
        """Let the bot hear nothing here any more, until it is mended."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Let the platform end."""

    def address(self, name: str) -> str:
        """Give somebody a seat; tell by which address the channel knows them."""
        raise NotImplementedError

    def desk(self, person: Person) -> str:
        """Give a colleague a seat; tell by which address the channel knows them."""
        return self.address(person.name)

    def sit(self, address: str, person: Person | None, contact: Contact | None) -> Seat:
        """Show a colleague, or a customer, to their seat."""
        raise NotImplementedError
