"""The reader that needs no key, network or model (first names; cues follow)."""

from prompts.reader.reading import Intent, Reading, Sense


class OfflineReader:
    """Reads messages by cues kept as data."""

    def read(self, text: str, *, open_ticket: bool = False, asked: str | None = None) -> Reading:
        """Say what one message means; see `Reader.read`."""
        return read(text, open_ticket=open_ticket, asked=asked)


def read(text: str, *, open_ticket: bool = False, asked: str | None = None) -> Reading:
    """Say what one message means; see `Reader.read`."""
    del text, open_ticket, asked
    return Reading("en", (Sense(Intent.NONE, 0.3),), "normal", "neutral", "other", 0.3, is_acknowledgement=False)
