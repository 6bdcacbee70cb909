"""The web chat's check-up: where it may stand, whether its script is served there, and who its visitors may be."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from bot.channels.webchat.origins import ORIGINS, SECRET, Embedding
from bot.config import HalfSet
from bot.findings import Finding, Patient, bad, good, warn

SECONDS: Final = 5
WRONG: Final = {ORIGINS: "doctor-web-origins-wrong", SECRET: "doctor-web-secret-short"}
HERE: Final = frozenset({"localhost", "127.0.0.1"})
"""Browsers trust these without a certificate."""


def web_chat_works(patient: Patient) -> Iterator[Finding]:
    """Look at what a page on the company's site needs of us."""
    address = patient.config.address
    if address:
        yield from _address_is_safe(address)
    try:
        embedding = Embedding.of(patient.config)
    except HalfSet as half:
        yield from (bad(WRONG[name]) for name in half.names)
        return
    if not embedding.origins:
        yield good("doctor-web-own")
        return
    yield from _stands(sorted(embedding.origins), address, signed=bool(embedding.secret))


def _stands(origins: list[str], address: str, *, signed: bool) -> Iterator[Finding]:
    yield good("doctor-web-origins", origins=", ".join(origins))
    yield good("doctor-web-signed" if signed else "doctor-web-unsigned")
    if not address:
        yield warn("doctor-web-no-address")
        return
    yield from _is_not_mixed(origins, address)
    served = _script_is_served(address)
    yield good("doctor-web-script", address=address) if served else bad("doctor-web-no-script", address=address)


def _address_is_safe(address: str) -> Iterator[Finding]:
    if _is_open(address):
        yield warn("doctor-web-plain", address=address)
    else:
        yield good("doctor-web-address", address=address)


def _is_not_mixed(origins: list[str], address: str) -> Iterator[Finding]:
    """A page over HTTPS takes no script over HTTP; a page over HTTP can be changed on its way, our script with it."""
    safe = [origin for origin in origins if origin.startswith("https://")]
    if safe and _is_open(address):
        yield bad("doctor-web-mixed", address=address, origin=safe[0])
    for origin in filter(_is_open, origins):
        yield warn("doctor-web-open-site", origin=origin)


def _is_open(address: str) -> bool:
    """Tell whether what comes from there could be read and changed on its way."""
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname not in HERE


def _script_is_served(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/webchat/widget.js", timeout=SECONDS) as answer:  # noqa: S310 - checked
            return "javascript" in answer.headers.get("content-type", "") and b"Rapport" in answer.read(100_000)
    except (OSError, ValueError):
        return False
