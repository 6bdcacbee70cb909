"""Devices: a chat goes on elsewhere by a link that opens once; a person presses a button, as chat programs look at links."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from html import escape
from string import Template
from typing import Any, Final
from urllib.parse import unquote_plus

import segno
import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.app import Bot
from bot.channels.webchat_asking import Wrong, ask, read_body
from bot.console import doors
from bot.console.entrance import page
from bot.console.tongue import language_of
from prompts.phrases import Phrases, phrases
from storage.store import Store
from storage.vault import vault

log = structlog.get_logger()
LASTS: Final = timedelta(minutes=10)
_CODE: Final = re.compile(r"([0-9a-f]{16})\.([A-Za-z0-9_-]{43})")
FORM: Final = Template("""<p>$about</p><form method="post" action="/webchat/continue"><input type="hidden" name="code" \
value="$code"><button class="rp-button primary" type="submit">$go</button></form>""")


async def new_link(bot: Bot, address: str, base: str) -> str:
    """Make a link under which a guest's chat goes on; a newer one ends the older, only a hash is kept.

    Raises:
        Busy: the database does not answer.
    """
    secret, place = secrets.token_urlsafe(32), vault.blind(f"continue {address}")[:16]
    guest = urlsafe_b64encode(vault.seal(address.encode())).decode()

    def keep(store: Store) -> None:
        until = store.machine_now() + LASTS
        store.settings.set(_setting(place), {"hash": _hash(secret), "until": until.isoformat(), "guest": guest})

    await bot.writer.do(keep)
    return f"{base.rstrip('/')}/webchat/continue?code={place}.{secret}"


def squares(link: str) -> list[str]:
    """Draw a link as a QR code: rows of 0 and 1, which a page paints by itself."""
    return ["".join(str(int(bool(dark))) for dark in row) for row in segno.make_qr(link, error="m").matrix]


class Devices:
    """The page behind such a link."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/continue", self._ask, methods=["GET"])
        router.add_api_route("/continue", self._go_on, methods=["POST"])
        return router

    async def _ask(self, request: Request) -> Response:
        t = self._phrases(request)
        code = escape(request.query_params.get("code", "")[:200])
        company = self._bot.policies.current.company.name
        said = {"about": escape(t("web-continue-about", company=company)), "go": escape(t("web-continue-button"))}
        return _kept_from_elsewhere(page(t, t("web-continue"), FORM.substitute(said, code=code)))

    async def _go_on(self, request: Request) -> Response:
        t = self._phrases(request)
        if not _pressed_here(request):
            return page(t, t("web-not-from-there"), status=403)
        try:
            address = await self._redeemed(_code(await read_body(request)))
        except Wrong as wrong:
            return page(t, t(wrong.key, **wrong.values), status=wrong.status)
        except Exception as error:  # noqa: BLE001 - the database does not answer
            log.warning("chat not continued", error=type(error).__name__)
            return page(t, t("web-busy"), status=503)
        if address is None:
            return page(t, t("web-enter-refused"), f"<p>{escape(t('web-continue-again'))}</p>", status=403)
        response = RedirectResponse("/chat", 303)
        doors.set_guest(response, address, secure=request.url.scheme == "https")
        return response

    async def _redeemed(self, code: str) -> str | None:
        """Use a code up; give the guest whose chat goes on, or None if it is wrong, used or too old."""
        found = _CODE.fullmatch(code)
        if found is None:
            return None
        place, secret = found.groups()
        kept = await ask(self._bot, lambda bot: bot.read(lambda store: store.settings.get(_setting(place))))
        if not _fits(kept, secret):
            return None
        return await self._bot.writer.do(lambda store: _taken(store, place, secret))

    def _phrases(self, request: Request) -> Phrases:
        return phrases(language_of(request, self._bot.policies.current.company.language))


def _taken(store: Store, place: str, secret: str) -> str | None:
    kept = store.settings.take(_setting(place))
    if not _fits(kept, secret) or datetime.fromisoformat(kept["until"]) < store.machine_now():
        return None
    return vault.open(urlsafe_b64decode(kept["guest"])).decode()


def _fits(kept: Any, secret: str) -> bool:
    return bool(kept) and hmac.compare_digest(kept["hash"], _hash(secret))


def _pressed_here(request: Request) -> bool:
    """Tell whether the button of our own page was pressed: nobody may be put into another's chat from elsewhere."""
    origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
    site = request.headers.get("sec-fetch-site")
    return origin.partition("://")[2].casefold() == host.casefold() and site in (None, "same-origin")


def _kept_from_elsewhere(response: Response) -> Response:
    """Let the browser say where its button was pressed, and nobody else read the code in the address."""
    response.headers["referrer-policy"] = "same-origin"
    return response


def _code(body: bytes) -> str:
    name, _, value = body.decode("ascii", "replace").partition("=")
    return unquote_plus(value) if name == "code" else ""


def _setting(place: str) -> str:
    return f"web continue {place}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
