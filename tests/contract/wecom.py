"""WeCom's venues: colleagues in the app's chat, customers at the service desk in WeChat."""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from bot.app import Bot
from bot.channels.files import Files
from bot.channels.port import Channel
from bot.channels.wecom.channel import App, WeComChannel
from bot.channels.wecom.client import Client
from bot.channels.wecom.crypto import Crypt
from bot.channels.wecom.kf import WecomKf
from bot.channels.wecom.tongues import Tongues
from storage.contacts import Contact
from storage.database import Database
from storage.staff import Person
from tests.contract.venue import LASTING, Deafness, Deed, Fault, Seat, Shown, Venue
from tests.contract.venues import moved
from tests.emulators.wecom import AGENT, CORP, SECRET, Bubble, WeCom
from tests.emulators.wecom_crypt import AES_KEY, TOKEN
from tests.emulators.wecom_kf import DESK, KF_KEY, KF_SECRET, KF_TOKEN, Kf
from tests.emulators.wecom_wire import Fault as WeComFault

T = TypeVar("T")
DEPARTMENT = "party:3"
EDIT = "message/update_template_card"
_MARK = re.compile("[\u200b\u200c]+$")
"""Signs that nobody sees, by which the app tells apart what would read the same."""


class InWeCom(Venue):
    """One company, one app, and its members; the desk beside it serves customers in WeChat."""

    channel = "wecom"
    path = "message/send"
    """Where messages of this channel go."""
    deafnesses: Sequence[Deafness] = (Deafness("secret", "down: auth (40001)"), Deafness("address", "down: ip (60020)"))

    async def start(self) -> None:
        self.wecom = WeCom()
        self.wecom.departments[DEPARTMENT] = set()
        await self.wecom.start()

    def policy(self, text: str) -> str:
        return moved(text, f"wecom:{DEPARTMENT}")

    def channels(self, database: Database) -> list[Channel]:
        client = Client(CORP, SECRET, self.wecom.url, patience=timedelta(seconds=10))
        self._app = WeComChannel(App(int(AGENT), client, Crypt(TOKEN, AES_KEY, CORP)), database, Files())
        return [self._app]

    async def listen(self, bot: Bot, url: str) -> None:
        self.wecom.door = f"{url}/wecom/app"

    async def stop(self) -> None:
        await self._app.close()
        await self.wecom.stop()

    def breaks(self, fault: Fault) -> None:
        left = 10_000 if fault in LASTING else 1

        def spoil(path: str, _body: Any) -> WeComFault:
            nonlocal left
            if (path != self.path and not (path == EDIT and fault in LASTING)) or left == 0:
                return "ok"
            left -= 1
            return {"away": "error", "busy": "slow-down"}.get(fault, fault)  # type: ignore[return-value]

        if fault == "refused":
            self.wecom.revoked_for_ever = True
        else:
            self.wecom.fault = spoil

    async def deafens(self, how: Deafness) -> None:
        if how.name == "address":
            self.wecom.untrusted = True
        elif how.name == "interface":
            self.wecom.forbidden = "kf/"
        else:
            self.wecom.secrets_hold = False
        self.wecom.revoke()

    def mends(self) -> None:
        self.wecom.untrusted, self.wecom.revoked_for_ever = False, False
        self.wecom.secrets_hold, self.wecom.forbidden = True, ""
        self.wecom.fault = lambda _path, _body: "ok"

    def address(self, name: str) -> str:
        user = f"seat{len(self.wecom.members)}"
        self.wecom.member(user, name)
        self.wecom.departments[DEPARTMENT].add(user)
        return user

    def sit(self, address: str, person: Person | None, contact: Contact | None) -> Seat:
        assert person is not None, "customers sit at the desk"
        return AppSeat(self, address)

    def does(self, work: Coroutine[Any, Any, T]) -> T:
        done = self.scene.run(work)
        self.scene.settle()
        return done


class AppSeat(Seat):
    """A member with the app's chat, and that of the department."""

    _ids = itertools.count(7_600_000_001)

    def __init__(self, venue: InWeCom, user: str) -> None:
        super().__init__(venue.scene)
        self._venue, self._user = venue, user

    @property
    def _bubbles(self) -> list[Bubble]:
        return [*self._venue.wecom.chat(DEPARTMENT), *self._venue.wecom.chat(self._user)]

    async def says(self, words: str) -> None:
        self._last = words, str(next(self._ids))
        await self._venue.wecom.says(self._user, words, id_=self._last[1])

    async def told_again(self) -> None:
        words, id_ = self._last
        await self._venue.wecom.says(self._user, words, id_=id_)

    async def out_of_turn(self, deeds: Sequence[Deed], brought: Sequence[int]) -> None:
        """Documented: what is not answered within five seconds is called again, three times; no order is promised."""
        told = [self._done(deed) for deed in deeds]
        for number in brought:
            await told[number]()

    def _done(self, deed: Deed) -> Callable[[], Awaitable[int]]:
        wecom, user = self._venue.wecom, self._user
        if deed.press:
            bubble = self._with(deed.press)
            return lambda: wecom.presses(user, bubble, deed.press)
        id_ = str(next(self._ids))
        return lambda: wecom.says(user, deed.words, id_=id_)

    def _with(self, label: str) -> Bubble:
        return next(bubble for bubble in reversed(self._bubbles) if label in bubble.labels)

    def presses(self, label: str) -> None:
        self._venue.does(self._venue.wecom.presses(self._user, self._with(label), label))

    def own(self) -> Sequence[Shown]:
        return [_seen(bubble) for bubble in self._venue.wecom.chat(self._user)]

    def reads(self) -> Sequence[Shown]:
        return [_seen(bubble) for bubble in self._bubbles]


def _seen(bubble: Bubble) -> Shown:
    return Shown(_MARK.sub("", bubble.text), tuple(bubble.labels))


class AtTheDesk(InWeCom):
    """Customers in WeChat, who are served at the company's desk."""

    _ids = itertools.count(1)
    channel = "wecom-kf"
    path = "kf/send_msg"
    deafnesses = (
        *InWeCom.deafnesses,
        *(Deafness(how.name, how.state, "at once") for how in InWeCom.deafnesses),
        Deafness("interface", "down: forbidden (48002)", "at once"),
    )

    async def start(self) -> None:
        await super().start()
        self.kf = Kf(self.wecom, lambda: self.scene.clock.moment)

    def policy(self, text: str) -> str:
        return text

    def channels(self, database: Database) -> list[Channel]:
        client = Client(CORP, KF_SECRET, self.wecom.url, patience=timedelta(seconds=10))
        crypt = Crypt(KF_TOKEN, KF_KEY, CORP)
        self._kf = WecomKf(
            client, crypt, Files(), Tongues(database), again=timedelta(seconds=1), lease=timedelta(seconds=5)
        )
        return [self._kf]

    async def listen(self, bot: Bot, url: str) -> None:
        self.kf.door = f"{url}/wecom/kf"

    async def calm(self) -> None:
        while self._read_until() != self.kf.cursor(DESK) and not self.wecom.revoked_for_ever:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.01)

    def _read_until(self) -> str:
        read = self.scene.ask(lambda store: store.settings.get(f"kf:{DESK}:cursor"))
        return read["cursor"] if read else "cur000000"

    async def stop(self) -> None:
        await self._kf.close()
        await self.kf.close()
        await self.wecom.stop()

    def address(self, name: str) -> str:
        return f"{DESK}:wm{next(self._ids)}"

    def sit(self, address: str, person: Person | None, contact: Contact | None) -> Seat:
        return DeskSeat(self, address.partition(":")[2])


class DeskSeat(Seat):
    """Somebody with WeChat on their phone.

    Documented (sync_msg): each message has its `send_time`, a recall is an event with the message's id. Assumed: that pages
    do not always follow those times, and that a page may be shown again.
    """

    tells_order = can_take_back = True

    def __init__(self, venue: AtTheDesk, id_: str) -> None:
        super().__init__(venue.scene)
        self._venue, self._id = venue, id_

    async def says(self, words: str) -> None:
        await self._venue.kf.writes(self._id, words)

    async def told_again(self) -> None:
        """Ring, and show a page that was read already: how far we had come is lost."""
        lost = {"cursor": "", "humans": {}}
        await self.scene.bot.writer.do(lambda store: store.settings.set(f"kf:{DESK}:cursor", lost))
        await self._venue.kf.rings(DESK)

    async def out_of_turn(self, deeds: Sequence[Deed], brought: Sequence[int]) -> None:
        log, now = self._venue.kf.log[DESK], int(time.time()) - len(deeds)
        before = len(log)
        for number, deed in enumerate(deeds):
            if deed.of is None:
                content: dict[str, Any] = {"msgtype": "text", "text_": self._text(deed), "send_time": now + number}
                await self._venue.kf.writes(self._id, ring=False, **content)
            else:
                await self._venue.kf.recalls(self._id, log[before + deed.of]["msgid"], ring=False)
        log[before:] = [log[before + number] for number in brought]
        await self._venue.kf.rings()

    def _text(self, deed: Deed) -> dict[str, str]:
        """Tapping an item of a menu is a text that bears the item's id."""
        if not deed.press:
            return {"content": deed.words}
        shown = reversed(self._venue.kf.session(self._id).shown)
        return {"content": deed.press, "menu_id": next(s.items[deed.press] for s in shown if deed.press in s.items)}

    def presses(self, label: str) -> None:
        self._venue.does(self._venue.kf.taps(self._id, label))

    def own(self) -> Sequence[Shown]:
        return [Shown(shown.text, tuple(shown.items)) for shown in self._venue.kf.session(self._id).shown]
