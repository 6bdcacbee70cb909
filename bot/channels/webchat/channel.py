"""The channel: messages of the web chat and the console stand where their pages read them."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.files import Files
from bot.channels.fitting import EVERYTHING
from bot.channels.port import Accept, NotSent, Outgoing, Pace, Recall, Receipt, Signs, WontWork
from bot.channels.webchat.deeds import NAME
from storage.database import Database
from storage.store import Store


class WebChat:
    """The channel of our own pages: a message is shown by the post that delivery writes when it settles.

    It holds what people handed to its pages, in the database; `files` fetches what others hold.
    """

    name = NAME
    pace = Pace(recall=Recall(timedelta.max, "what stands on our own pages is ours to change"))
    slots = 256
    patience = timedelta(seconds=10)
    abilities = EVERYTHING
    repeatable = True

    def __init__(self, database: Database | None = None, files: Files | None = None) -> None:
        self._database = database
        self.files = files or Files()
        if files is None:
            self.files.held_by([self])

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Wait: the pages bring their events to the pump themselves."""
        signs.well()
        await asyncio.Event().wait()

    async def send(self, outgoing: Outgoing) -> Receipt:
        return Receipt()

    async def fetch(self, ref: str, most: int) -> bytes:
        """Give what somebody handed over, by its id.

        Raises:
            WontWork: it is not here, or has more than `most` bytes.
            NotSent: the database does not answer.
        """
        try:
            found = await asyncio.to_thread(self._held, ref)
        except SQLAlchemyError as error:
            raise NotSent from error
        if found is None or len(found) > most:
            raise WontWork("not here, or too large", "content")
        return found

    def _held(self, ref: str) -> bytes | None:
        if self._database is None:
            return None
        with self._database.reading() as connection:
            return Store(connection).uploads.bytes_of(ref)
