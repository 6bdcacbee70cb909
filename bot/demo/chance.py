"""Chance: ids and addresses drawn from a seed, so that the same seed makes the same company."""

from __future__ import annotations

import base64
from random import Random


def new_id(chance: Random) -> str:
    """Draw an id as the store keeps them: 32 hex characters."""
    return f"{chance.getrandbits(128):032x}"


def guest_address(chance: Random) -> str:
    """Draw the address of a web guest: `guest:` and 22 URL-safe characters."""
    return "guest:" + base64.urlsafe_b64encode(chance.randbytes(16)).decode().rstrip("=")
