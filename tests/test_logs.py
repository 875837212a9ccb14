"""One line an event, and never a token in it."""

from __future__ import annotations

import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.logs import HIDDEN, Calm, Format, mask, set_up_logs

TOKEN = "123456789:AAEhBOweik6ad6PsVMRxjeQKXkq7rT4oqFz"
FORMATS: list[Format] = ["console", "json"]


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """What a test does to logging ends with it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """The JSON lines written so far."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


class Broken:
    """A value whose repr gives the token away."""

    def __repr__(self) -> str:
        return f"<Bot {TOKEN}>"


def fail() -> None:
    """Raise errors that carry the token, one caused by the other."""
    try:
        int(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError as error:
        raise RuntimeError(f"no answer for {TOKEN}") from error


@pytest.mark.parametrize("form", FORMATS)
def test_the_token_never_shows(form: Format) -> None:
    """Not in an event, a value, a nested value, a traceback, a library's line or a warning."""
    stream = io.StringIO()
    set_up_logs("DEBUG", form, stream=stream)
    logging.captureWarnings(capture=False)
    log = structlog.get_logger("bot.test")
    log.info(f"started {TOKEN}", url=f"https://h/bot{TOKEN}/x", deep={"a": [TOKEN]}, thing=Broken())
    logging.getLogger("httpx").warning("HTTP Request: POST %s", f"https://h/bot{TOKEN}/getMe")
    logging.getLogger("aiohttp.server").error("gone: %r", Broken())
    with warnings.catch_warnings(action="always"):
        logging.captureWarnings(capture=True)
        warnings.warn(f"old {TOKEN}", stacklevel=1)
        logging.captureWarnings(capture=False)
    try:
        fail()
    except RuntimeError:
        log.exception("failed")
        logging.getLogger("apscheduler").exception("job failed")
        logging.getLogger("telegram").error("failed", exc_info=True, stack_info=True)
    text = stream.getvalue()
    assert text.count(HIDDEN) >= 11
    assert "AAEhBOweik6" not in text
    assert "RuntimeError" in text


def test_the_token_in_an_address_is_masked_however_it_is_written() -> None:
    """Colons may arrive percent-encoded; what is shorter than a token stays."""
    assert mask(f"/bot{TOKEN}/getMe at 12:34:56") == f"/bot{HIDDEN}/getMe at 12:34:56"
    assert mask(TOKEN.replace(":", "%3A")) == HIDDEN
    assert mask("postgresql://me:hunter2@db", ["hunter2"]) == f"postgresql://me:{HIDDEN}@db"


def test_a_secret_of_another_form_is_masked_when_it_is_named() -> None:
    """A test server's short token and the database's password are hidden by their value."""
    stream = io.StringIO()
    set_up_logs("INFO", "json", secrets=["1:short", "hunter2"], stream=stream)
    structlog.get_logger().info("connected", url="postgresql://me:hunter2@db", token="1:short")
    assert "hunter2" not in stream.getvalue()
    assert "1:short" not in stream.getvalue()


def test_json_lines_have_the_same_fields_for_everybody() -> None:
    """The project's events and a library's come out alike: event, level, logger, timestamp in UTC."""
    stream = io.StringIO()
    set_up_logs("INFO", "json", stream=stream)
    structlog.get_logger("bot.app").info("started", port=8080, title="考官")
    logging.getLogger("telegram.ext").warning("slow %s", "network")
    own, foreign = lines(stream)
    assert (own["event"], own["level"], own["logger"], own["port"], own["title"]) == (
        "started", "info", "bot.app", 8080, "考官",
    )  # fmt: skip
    assert (foreign["event"], foreign["level"], foreign["logger"]) == ("slow network", "warning", "telegram.ext")
    assert own["timestamp"].endswith("Z")


def test_the_libraries_never_speak_below_warning() -> None:
    """At DEBUG they would write what people answered."""
    stream = io.StringIO()
    set_up_logs("DEBUG", "json", stream=stream)
    for name in ("telegram.ext.Application", "aiosqlite", "sqlalchemy.engine", "aiohttp.access", "apscheduler"):
        logging.getLogger(name).info("the answer is B")
    structlog.get_logger("bot").debug("mine")
    assert [line["event"] for line in lines(stream)] == ["mine"]


def test_the_level_holds_for_the_project() -> None:
    """LOG_LEVEL=ERROR silences warnings, the libraries' too."""
    stream = io.StringIO()
    set_up_logs("ERROR", "console", stream=stream)
    structlog.get_logger("bot").warning("quiet")
    logging.getLogger("telegram").warning("quiet")
    structlog.get_logger("bot").error("loud")
    assert "quiet" not in stream.getvalue()
    assert "loud" in stream.getvalue()


def test_without_a_format_a_file_gets_json() -> None:
    """Only a terminal gets the console's lines by itself."""
    stream = io.StringIO()
    set_up_logs(stream=stream)
    structlog.get_logger().info("started")
    assert lines(stream)[0]["event"] == "started"


def test_setting_up_twice_writes_each_event_once() -> None:
    """The second call replaces the first."""
    first, second = io.StringIO(), io.StringIO()
    set_up_logs("INFO", "json", stream=first)
    set_up_logs("INFO", "json", stream=second)
    structlog.get_logger().info("once")
    assert first.getvalue() == ""
    assert len(lines(second)) == 1


def test_no_line_is_endless(restored: None) -> None:
    """Of an error that says too much the beginning and the end stay."""
    stream = io.StringIO()
    set_up_logs("INFO", "json", stream=stream)
    structlog.get_logger("bot").error("failed", exc_info=ValueError("begin" + "x" * 100_000 + "end"))
    (line,) = lines(stream)
    assert len(line["exception"]) < 8100
    assert line["exception"].startswith("ValueError: begin")
    assert "characters left out" in line["exception"]
    assert line["exception"].endswith("end")


def test_a_trouble_that_lasts_is_told_ten_times_and_then_counted() -> None:
    """Each kind by itself, for ten minutes; other levels are told always."""
    now = 0.0
    calm = Calm(lambda: now)

    def told(level: str, event: str) -> dict[str, Any] | None:
        try:
            return dict(calm(None, level, {"event": event, "logger": "bot.test"}))
        except structlog.DropEvent:
            return None

    assert [told("error", "tick_failed") is not None for _ in range(13)] == [True] * 10 + [False] * 3
    assert told("warning", "update.waits") == {"event": "update.waits", "logger": "bot.test"}
    assert all(told(level, "tick_failed") for level in ("info", "critical") for _ in range(20))
    now = 600.0
    assert told("error", "tick_failed") == {"event": "tick_failed", "logger": "bot.test", "left_out": 3}
    assert told("error", "tick_failed") == {"event": "tick_failed", "logger": "bot.test"}


def test_the_log_itself_is_calm() -> None:
    """A thousand times the same error is ten lines."""
    stream = io.StringIO()
    set_up_logs("INFO", "json", stream=stream)
    for _ in range(1000):
        structlog.get_logger("bot.test").error("tick_failed", exc_info=ValueError("the disk is full"))
    assert len(lines(stream)) == 10
    assert "the disk is full" in lines(stream)[0]["exception"]


def test_what_libraries_log_is_calm_too() -> None:
    """A kind is a place in their code, whatever the words; the first line after ten minutes would count the rest."""
    stream = io.StringIO()
    set_up_logs("INFO", "json", stream=stream)
    for number in range(1000):
        logging.getLogger("aiohttp.server").error("Error handling request %d", number)
    assert [line["event"] for line in lines(stream)] == [f"Error handling request {number}" for number in range(10)]
