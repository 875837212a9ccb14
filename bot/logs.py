"""Logging: one line an event, for people or as JSON, and never a bot token in it.

Events are named and numbered, never quoted: no text that a person wrote is passed to a logger. The libraries log
whole updates at DEBUG, so they are held at WARNING and above. A trouble that lasts is told ten times in ten minutes and
then counted: a full disk must not be filled up by what is said about it.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable, Iterable
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

Format = Literal["console", "json"]
HIDDEN = "[token]"
_TOO_SHORT = 3
_LONGEST = 8000  # characters of one value in a line: a traceback's beginning and end
_MOST, _SPAN_S = 10, 600.0
_TOKEN = re.compile(r"\d+(?::|%3A)[\w-]{30,}", re.ASCII | re.IGNORECASE)
_LIBRARIES = ("telegram", "aiohttp", "apscheduler", "sqlalchemy", "aiosqlite", "alembic", "httpx", "asyncio")


def mask(text: str, secrets: Iterable[str] = ()) -> str:
    """The text with anything that looks like a bot token, and every one of `secrets`, hidden.

    A secret of three characters or fewer protects nothing, and hiding it would spoil every word it stands in.
    """
    for secret in secrets:
        text = text.replace(secret, HIDDEN) if len(secret) > _TOO_SHORT else text
    return _TOKEN.sub(HIDDEN, text)


def set_up_logs(
    level: str = "INFO",
    form: Format | None = None,
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send the project's and every library's events to one stream (stderr), as one kind of line.

    Without a format a terminal gets the console's, anything else JSON. Called again it replaces what stood before.
    """
    stream = stream or sys.stderr
    form = form or ("console" if stream.isatty() else "json")
    handler = logging.StreamHandler(stream)
    handler.addFilter(_CalmOfOthers())
    handler.setFormatter(_MaskingFormatter(_renderers(form, stream), tuple(secrets)))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(capture=True)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            Calm(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


class Calm:
    """Lets through the first ten of each kind of warning or error (logger and event) in any ten minutes; the first one
    afterwards says how many were `left_out`. What is critical always passes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kinds: dict[tuple[str, str], tuple[float, int]] = {}  # since when, and how many came

    def __call__(self, _logger: WrappedLogger, level: str, event: EventDict) -> EventDict:
        """The event, or structlog.DropEvent."""
        if level not in {"warning", "error", "exception"}:
            return event
        now, kind = self._clock(), (str(event.get("logger")), str(event.get("event")))
        since, came = self._kinds.get(kind, (now, 0))
        if now - since >= _SPAN_S:
            if came > _MOST:
                event["left_out"] = came - _MOST
            since, came = now, 0
        self._kinds[kind] = (since, came + 1)
        if came >= _MOST:
            raise structlog.DropEvent
        return event


class _CalmOfOthers(logging.Filter):
    """The same for what libraries log, where a kind is a place in their code: their words may be others each time."""

    def __init__(self) -> None:
        super().__init__()
        self._calm = Calm()

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, dict):  # ours has been through
            return True
        kind = {"logger": record.name, "event": f"{record.pathname}:{record.lineno}"}
        try:
            told = self._calm(None, record.levelname.lower(), kind)
        except structlog.DropEvent:
            return False
        if "left_out" in told:
            record.msg, record.args = f"{record.getMessage()} ({told['left_out']} left out)", ()
        return True


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _renderers(form: Format, stream: TextIO) -> list[Processor]:
    last: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "console":
        last = structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback)
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,  # without local variables: they may hold what people wrote
        _bounded,
        last,
    ]


def _bounded(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Whatever failed, and however often it called itself, it does not fill the disk."""
    for name, value in event.items():
        if isinstance(value, str) and len(value) > _LONGEST:
            event[name] = (
                f"{value[: _LONGEST // 2]}\n… {len(value) - _LONGEST} characters left out …\n{value[-_LONGEST // 2 :]}"
            )
    return event


class _MaskingFormatter(structlog.stdlib.ProcessorFormatter):
    """Hides secrets in the finished line, so that values, messages and tracebacks are all covered at once."""

    def __init__(self, renderers: list[Processor], secrets: tuple[str, ...]) -> None:
        super().__init__(processors=renderers, foreign_pre_chain=_shared())
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record), self._secrets)
