"""Logs: structured lines about deeds and places, never about what people said; libraries' chatter is kept down."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

ROOT = Path(__file__).resolve().parents[1]
CHATTY = (
    "httpx",
    "httpx2",
    "httpcore",
    "httpcore2",
    "openai",
    "slack_sdk",
    "slack_bolt",
    "telegram",
    "apscheduler",
    "sqlalchemy",
)
"""Libraries that would write tokens, addresses or words into the log (httpx writes the Telegram token)."""


def without_words(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Turn an exception into its type and places: its message and its variables may hold what a customer said."""
    info = line.pop("exc_info", None)
    if info:
        error = sys.exc_info()[1] if info is True else info
        if isinstance(error, BaseException):
            line["error"] = type(error).__name__
            line["trace"] = places(error)
    return line


def places(error: BaseException) -> list[str]:
    """Name where an error passed through our own house, the innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    return [_place(frame) for frame in frames if ROOT in Path(frame.filename).parents][-12:] or [
        _place(frame) for frame in frames[-3:]
    ]


def _place(frame: traceback.FrameSummary) -> str:
    file = Path(frame.filename)
    name = file.relative_to(ROOT) if ROOT in file.parents else file.name
    return f"{name}:{frame.lineno} {frame.name}"


def configure(level: str = "info", stream: Any = None) -> None:
    """Write one JSON object a line to standard error, from `level` on."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_words,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=lambda value: type(value).__name__),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [Libraries(structlog.get_logger())]
    root.setLevel(logging.WARNING)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


class Libraries(logging.Handler):
    """Writes what libraries log as lines like ours: who, where, which error; the wording only as a bare template."""

    def __init__(self, log: Any) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        template = str(record.msg)[:200] if record.args else None
        place = f"{record.module}:{record.lineno}"
        level = "error" if record.levelno >= logging.ERROR else "warning"
        getattr(self._log, level)("library", logger=record.name, place=place, template=template, exc_info=error)
