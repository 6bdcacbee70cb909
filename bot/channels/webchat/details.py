"""Details: how a visitor whom nobody knows says they are called and reached, asked while nobody is at work."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from bot.app import Bot
from bot.channels.clean import clean_text
from bot.channels.webchat.deeds import NAME, Deed, Speaker, event_of
from storage.inbox import Event
from storage.store import Store

LEFT: Final = "details left"
LONGEST_REACH: Final = 254
"""Characters: as long as an e-mail address can be (RFC 5321 as corrected by erratum 1690)."""
FEWEST_DIGITS, MOST_DIGITS = 5, 15
"""ITU-T E.164 ends at 15 digits; short local numbers begin about here."""
_PHONE: Final = re.compile(
    r"(?:tel|phone|电话|手机)?[:：]?[0-9+()\-./ –—]+(?:(?:ext|x|转|#)\.? ?[0-9]{1,6})?", re.IGNORECASE
)
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


def _one_line(value: object) -> object:
    """Give typed words on one line, with the digits and signs of wide characters as plain ones."""
    return " ".join(unicodedata.normalize("NFKC", clean_text(value)).split()) if isinstance(value, str) else value


def _reachable(reach: str) -> str:
    """Let pass what can be a phone number or an e-mail address; whether it is one shows when somebody tries."""
    digits = sum(sign.isdigit() for sign in reach)
    if _MAIL.fullmatch(reach) or (_PHONE.fullmatch(reach) and FEWEST_DIGITS <= digits <= MOST_DIGITS):
        return reach
    raise PydanticCustomError("unreachable", "neither a phone number nor an e-mail address")


class Details(Deed):
    """Somebody says how they are called and reached, and that they may be answered there."""

    name: Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=100)] = ""
    reach: Annotated[
        str,
        BeforeValidator(_one_line),
        StringConstraints(min_length=1, max_length=LONGEST_REACH),
        AfterValidator(_reachable),
    ]
    agreed: Literal[True]


def details_event(who: Speaker, left: Details) -> Event:
    """Make the event that somebody left details."""
    body = {"side": who.side, "language": who.language, "name": left.name, "reach": left.reach}
    return event_of(who, left.id, LEFT, body, f"{NAME}:{who.address}")


def wanted_from(address: str) -> Callable[[Bot], bool]:
    """Make the question whether whoever sits at an address may be asked: nobody knows them, and they left nothing yet."""

    def wanted(store: Store) -> bool:
        contact = store.contacts.at(NAME, address)
        return contact is None or store.claims.are_wanted(contact)

    return lambda bot: bot.read(wanted)
