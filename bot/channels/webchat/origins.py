"""Origins: the sites on which the chat may be embedded, who visits from there, and what a browser may be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.requests import Request

from bot.channels.webchat import guests
from bot.config import BAD, ORIGIN, Config, HalfSet, said

WIDGET: Final = "widget"
"""The name of the embedded chat, where it is told what works."""
ORIGINS: Final = "RAPPORT_WIDGET_ORIGINS"
SECRET: Final = "RAPPORT_WIDGET_SECRET"  # noqa: S105 - the name of a setting
SHORTEST_SECRET: Final = 32
"""Characters; what HMAC-SHA256 asks of a key (RFC 7518, section 3.2)."""
OWN: Final = "own"
"""A page of our own, or a program that is no browser."""
_BEARER: Final = re.compile(r"Bearer ([A-Za-z0-9_.-]{1,600})", re.IGNORECASE)
LONGEST_IDENTITY: Final = 4096
LONGEST_NAME: Final = 200
"""Characters of an id, and of a name."""
SKEW: Final = timedelta(seconds=60)
"""The company's server and ours may differ by so much about the time."""


class Unproven(Exception):
    """A signed identity that does not hold: `why` is the phrase that says what is wrong with it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class SignedIn:
    """Who a visitor is, as the company's own server signed it."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class Embedding:
    """Where the chat may stand, and the secret by which the company's server says who visits."""

    origins: frozenset[str] = frozenset()
    secret: str = ""
    address: str = ""
    """Where visitors reach us, if that is set; else it is where they say they do."""

    @classmethod
    def of(cls, config: Config) -> Embedding:
        """Read where the chat may stand: origins apart by commas or spaces; `*` is none.

        Raises:
            HalfSet: one of them is no origin, or the secret is too short; then it may stand nowhere.
        """
        origins = [part.casefold().rstrip("/") for part in re.split(r"[,\s]+", config.widget_origins) if part]
        secret = said(config.widget_secret)
        wrong = [] if all(map(ORIGIN.fullmatch, origins)) else [ORIGINS]
        wrong += [SECRET] if 0 < len(secret) < SHORTEST_SECRET else []
        if wrong:
            raise HalfSet(WIDGET, *wrong, why=BAD)
        return cls(frozenset(origins), secret, config.address)

    def origin_of(self, request: Request) -> str | None:
        """Tell from where a page speaks to us: our own, an allowed one, or None for any other."""
        origin = request.headers.get("origin")
        if origin is None or host_of(origin) == request.headers.get("host", "").casefold():
            return OWN
        return origin if origin.casefold() in self.origins else None

    def signed_in(self, signed: str) -> SignedIn:
        """Read who a visitor is: a JWT with `id`, perhaps `name`, and `exp`, signed with HS256.

        Raises:
            Unproven: it is not signed with our secret, too old, without an end, or there is no secret.
        """
        if not self.secret:
            raise Unproven("widget-identity-off")
        import jwt  # loads all of X.509, for what few companies use

        try:
            found = jwt.decode(
                signed, self.secret, algorithms=["HS256"], leeway=SKEW, options={"require": ["exp", "id"]}
            )
        except jwt.ExpiredSignatureError:
            raise Unproven("widget-identity-old") from None
        except jwt.PyJWTError:
            raise Unproven("widget-identity-wrong") from None
        return _signed_in(found)


def _signed_in(found: Mapping[str, Any]) -> SignedIn:
    id_, name = found["id"], found.get("name") or ""
    if (
        not isinstance(id_, str)
        or not isinstance(name, str)
        or not 1 <= len(id_) <= LONGEST_NAME
        or len(name) > LONGEST_NAME
    ):
        raise Unproven("widget-identity-wrong")
    return SignedIn(id_, name)


def host_of(origin: str) -> str:
    """Give the host and port of an origin; empty for one that is none."""
    try:
        return urlsplit(origin).netloc.casefold()
    except ValueError:
        return ""


def visitor_of(request: Request, origin: str) -> guests.Session | None:
    """Tell which guest speaks: by the token of their page, made for this very origin; by a cookie on our own alone."""
    shown = request.headers.get("authorization")
    if shown is not None:
        token = _BEARER.fullmatch(shown)
        return guests.visitor_of(token[1], origin) if token else None
    return guests.guest_of(request.cookies) if origin == OWN else None


def allowing(origin: str) -> dict[str, str]:
    """Give the headers by which a browser lets a page of an allowed origin read our answer; no cookie is meant."""
    if origin == OWN:
        return {"vary": "Origin"}
    return {"vary": "Origin", "access-control-allow-origin": origin, "access-control-expose-headers": "retry-after"}


PREFLIGHT: Final = {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "authorization, content-type",
    "access-control-max-age": "600",
}
