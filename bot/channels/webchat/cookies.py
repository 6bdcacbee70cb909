"""Cookies: what a browser keeps of who uses it."""

from __future__ import annotations

from starlette.responses import Response


def set_cookie(response: Response, name: str, value: str, lasts: int, *, secure: bool) -> None:
    """Let a browser keep something signed that no script reads and no other site makes it send."""
    response.set_cookie(name, value, max_age=lasts, httponly=True, samesite="lax", secure=secure)
