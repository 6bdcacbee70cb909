"""Reading what customers write: the answer's shape, and a first reader that works offline."""

from prompts.reader.offline import OfflineReader, read
from prompts.reader.reading import ACT, Intent, Language, Reader, Reading, Sense, Sentiment, Urgency

__all__ = ["ACT", "Intent", "Language", "OfflineReader", "Reader", "Reading", "Sense", "Sentiment", "Urgency", "read"]
