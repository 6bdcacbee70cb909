"""Whom connections trust: the certificates, read once for all of them."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """Give the certificates by which other machines prove who they are.

    The HTTP library reads some hundred and forty for every client that it opens, which takes 20 ms of a processor.
    """
    return httpx.create_ssl_context()
