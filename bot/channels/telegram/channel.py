"""The channel: hears by polling or by a webhook, and sends with one attempt on the wire."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, TypeVar

import structlog
from fastapi import APIRouter
from telegram import Bot, LinkPreviewOptions, Message
from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError

from bot.channels.files import Files
from bot.channels.port import Accept, Limit, Outgoing, Pace, Recall, Receipt, Signs, TopicLost
from bot.channels.telegram import forum, menu, wire
from bot.channels.telegram.ears import Ears
from bot.channels.telegram.filing import Filing
from bot.channels.telegram.forum import Forum
from bot.channels.telegram.messages import NAME
from bot.channels.telegram.pictures import Pictures
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.rendering import ABILITIES, Part, Rendered, parts
from bot.channels.telegram.seat import LEASE
from bot.channels.telegram.slowing import Slowing
from bot.channels.telegram.webhook import Address, Webhook
from handlers.cards import Attachment

log = structlog.get_logger()

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
FAQ: Final = "core.telegram.org/bots/faq"
PACE: Final = Pace(
    limits=(
        Limit(1, timedelta(seconds=1), "chat", f"{FAQ}: one message a second in a chat"),
        Limit(30, timedelta(seconds=1), "account", f"{FAQ}: about 30 messages a second in all", at_once=5),
        Limit(20, timedelta(minutes=1), "chat", f"{FAQ}: 20 messages a minute in a group", only="-"),
        Limit(1, timedelta(seconds=6), "topic", "our own: bots that open many at once are banned (#4774)", only="-"),
    ),
    recall=Recall(timedelta(hours=48), "Bot API, deleteMessage: a message can only be deleted for 48 hours"),
)
"""A group's address begins with a minus. #4774 is one of github.com/python-telegram-bot/python-telegram-bot: Telegram
names no number for topics; one in six seconds leaves half of what a group may hear to the words in them."""
MOST_DELETED: Final = 100
"""Messages in one request; Bot API, deleteMessages."""
LOOK = timedelta(minutes=5)
"""So often a bot with a webhook looks whether Telegram still brings its news here."""
Said = TypeVar("Said")


class TelegramChannel:
    """One bot account, with customers and colleagues."""

    name = NAME
    slots = 16
    patience = timedelta(seconds=15)
    abilities = ABILITIES
    repeatable = False

    def __init__(
        self,
        token: str,
        api_url: str = "https://api.telegram.org",
        *,
        hook: Address | None = None,
        files: Files | None = None,
        pace: Pace | None = None,
        patience: timedelta = patience,
        pause: timedelta = timedelta(seconds=1),
        lease: timedelta = LEASE,
        look: timedelta = LOOK,
    ) -> None:
        self.pace = pace or PACE
        self.patience = patience
        self._line = wire.Line(token, api_url, slots=self.slots, patience=patience)
        self.skew = self._line.skew
        self._ears = Ears(self._line)
        self._poller = Poller(self._line, self._ears, pause=pause, lease=lease)
        self._webhook = Webhook(self._line, self._ears, hook, pause=pause, look=look) if hook else None
        self._pictures = Pictures(self._bot)
        self._filing = Filing(self._line, files or Files())
        self._forum = Forum(self._bot)
        self._slowing = Slowing()

    @property
    def _bot(self) -> Bot:
        return self._line.bot

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Hear until cancelled; an update is confirmed only after the commit that stored it."""
        await (self._webhook or self._poller).listen(accept, signs)

    def doors(self, accept: Accept) -> APIRouter:
        """Give the webhook's path; a bot that polls has none."""
        return self._webhook.router(accept) if self._webhook else APIRouter()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._ears.close()
        await self._line.close()

    async def fetch(self, ref: str, most: int) -> bytes:
        """Give a file that somebody sent to this account."""
        return await self._filing.fetch(ref, most)

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Say the next message of a card, or change the one that shows it; one that cannot be changed is said anew."""
        self._ears.typing.spoken(outgoing.message.address)
        try:
            return await self._attempt_where_it_is(outgoing)
        except RetryAfter as slow:
            raise self._slowing.later(outgoing.message.address, wire.pause(slow)) from None
        except TelegramError as error:
            if outgoing.topic and wire.says(error, *forum.NO_TOPIC):
                raise TopicLost from None
            raise wire.verdict(error) from None

    async def _attempt_where_it_is(self, outgoing: Outgoing) -> Receipt:
        try:
            return await self._attempt(outgoing)
        except ChatMigrated as moved:  # a group that grew: it took nothing, and says where it is now
            there = replace(outgoing.message, address=str(moved.new_chat_id))
            return await self._attempt(replace(outgoing, message=there))
        except BadRequest as refusal:
            if not (outgoing.topic and wire.says(refusal, forum.CLOSED)):
                raise
            return await self._attempt(replace(outgoing, topic=None))  # somebody closed it to us: all may read it then

    async def _attempt(self, outgoing: Outgoing) -> Receipt:
        return await (self._recall(outgoing) if outgoing.card.recalled else self._say_or_change(outgoing))

    async def _say_or_change(self, outgoing: Outgoing) -> Receipt:
        pieces, said = parts(outgoing.card), len(outgoing.card.said)
        if outgoing.card.menu is not None:
            await menu.set_for(self._bot, outgoing.message.address, outgoing.card.menu)
            return Receipt()
        if outgoing.opens:
            return Receipt(opened=await self._forum.open(outgoing.message.address, outgoing.opens))
        if outgoing.card.topic and outgoing.card.is_named_alone:
            before = outgoing.replaces.topic if outgoing.replaces else None
            await self._forum.keep(outgoing.message.address, outgoing.edits or "0", outgoing.card.topic, before)
            return Receipt(outgoing.edits)
        if outgoing.card.is_drawn:
            return Receipt(await self._show(outgoing))
        if outgoing.edits and not said and await self._change(outgoing, pieces[0]):
            return Receipt(outgoing.edits, more=_goes_on_differently(outgoing, pieces))
        stands = await self._say(outgoing, pieces[min(said, len(pieces) - 1)])
        return Receipt(str(stands.message_id), more=said + 1 < len(pieces))

    async def _recall(self, outgoing: Outgoing) -> Receipt:
        """Delete all messages of a card; what somebody deleted before is no trouble."""
        stands = dict.fromkeys([*filter(None, [outgoing.edits]), *outgoing.card.said])
        await self._bot.delete_messages(outgoing.message.address, [int(id_) for id_ in stands][:MOST_DELETED])
        return Receipt(outgoing.edits)

    async def _show(self, outgoing: Outgoing) -> str:
        """Show a picture, in the place of the one that stands."""
        chat, standing = outgoing.message.address, outgoing.edits
        if standing and await self._pictures.change(chat, standing, outgoing.card):
            return standing
        return str((await self._pictures.say(chat, outgoing.card, forum.placed(outgoing))).message_id)

    async def _say(self, outgoing: Outgoing, shown: Part) -> Message:
        message, placed = outgoing.message, forum.placed(outgoing)
        if isinstance(shown, Attachment):
            return await self._filing.say(message.address, shown, placed, attempts=message.attempts)

        async def say(**looks: Any) -> Message:
            return await self._bot.send_message(message.address, **placed, **looks)

        return await _in_tags_or_bare(say, shown)

    async def _change(self, outgoing: Outgoing, shown: Part) -> bool:
        """Change what stands first; a file stays as it stands, and another one is said anew."""
        if isinstance(shown, Attachment):
            return outgoing.replaces is not None and parts(outgoing.replaces)[0] == shown
        return await self._edit(outgoing, shown)

    async def _edit(self, outgoing: Outgoing, shown: Rendered) -> bool:
        """Change a message; false if it is not there to be changed any more, which leaves everything as it was."""

        async def change(**looks: Any) -> Message | bool:
            chat, message = outgoing.message.address, int(outgoing.edits or 0)
            return await self._bot.edit_message_text(chat_id=chat, message_id=message, **looks)

        try:
            await _in_tags_or_bare(change, shown)
        except BadRequest as refusal:
            if wire.says(refusal, *wire.NO_MESSAGE):
                return False
            if not wire.says(refusal, wire.SAME):
                raise
        return True


def _goes_on_differently(outgoing: Outgoing, pieces: Sequence[Part]) -> bool:
    """Tell whether what follows the first message of a changed card has yet to be said: its buttons may be all."""
    stood = parts(outgoing.replaces)[1:] if outgoing.replaces else []
    return len(pieces) > 1 and [_said(piece) for piece in pieces[1:]] != [_said(piece) for piece in stood]


def _said(piece: Part) -> str:
    return piece.ref if isinstance(piece, Attachment) else piece.words


async def _in_tags_or_bare(call: Callable[..., Awaitable[Said]], shown: Rendered) -> Said:
    """Send with tags; if Telegram cannot read them, it took nothing, and gets the same words without."""
    rest = {"reply_markup": shown.keyboard, "link_preview_options": NO_PREVIEW}
    if shown.html:
        try:
            return await call(text=shown.html, parse_mode="HTML", **rest)
        except BadRequest as refusal:
            if not wire.says(refusal, wire.BAD_TAGS):
                raise
            log.warning("tags refused", channel=NAME)
    return await call(text=shown.words, **rest)
