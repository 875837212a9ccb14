"""One update is tried until it is handled or kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.tg.attempts import Attempts, Care, may_pass
from bot.tg.pauses import LONGEST, UnheardError, back_off, seconds_of
from tests.tg.fake_telegram import App, FakeTelegram, application, message
from tests.tg.fake_time import FakeTime

TOKEN = "123456789:AAEhBOweik6ad6PsVMRxjeQKXkq7rT4oqFz"


class BusyError(Exception):
    """The database is away."""


class BugError(Exception):
    """A mistake in a handler."""


@dataclass
class Ward:
    """What the care wrote down and said; `keep_fails` raises in its place, once each."""

    kept: list[tuple[int, str, str, int]] = field(default_factory=list)
    told: list[int] = field(default_factory=list)
    keep_fails: list[Exception] = field(default_factory=list)
    apology: Callable[[], None] = lambda: None

    async def keep(self, update_id: int, payload: str, error: str, tries: int) -> None:
        if self.keep_fails:
            raise self.keep_fails.pop(0)
        self.kept.append((update_id, payload, error, tries))

    async def apologise(self, update: Update) -> None:
        self.told.append(update.update_id)
        self.apology()

    def care(self) -> Care:
        return Care(lambda error: isinstance(error, BusyError) or may_pass(error), self.keep, self.apologise)


@dataclass
class Bench:
    """An application whose handler does as `behave` says, and attempts on a fake clock."""

    app: App
    time: FakeTime
    ward: Ward
    attempts: Attempts
    behave: Callable[[int], Exception | None] = lambda _call: None
    calls: list[float] = field(default_factory=list)

    async def handle(self, _update: Update, _context: Any) -> None:
        self.calls.append(round(self.time.now - 1000, 6))
        if error := self.behave(len(self.calls)):
            raise error

    async def settle(self, payload: dict[str, Any] | None = None) -> None:
        payload = payload or message(5)
        update = Update.de_json(payload, self.app.bot)
        await self.time.run(self.attempts.settle(update, payload))


@pytest.fixture(autouse=True)
def log() -> Iterator[list[Any]]:
    """What was logged, in place of writing it."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    """Ready to settle updates; back-off without jitter."""
    time, ward = FakeTime(), Ward()
    app = application(FakeTelegram(time))
    attempts = Attempts(app, ward.care(), clock=time.clock, sleep=time.sleep, jitter=lambda: 0.0, stuck_s=0.05)
    bench = Bench(app, time, ward, attempts)
    app.add_handler(TypeHandler(Update, bench.handle))
    async with app:
        yield bench


async def test_what_is_handled_is_tried_once(bench: Bench) -> None:
    """And nothing is kept or said."""
    await bench.settle()
    assert (bench.calls, bench.ward.kept, bench.ward.told) == ([0.0], [], [])


async def test_what_raises_is_tried_three_times_then_kept_and_the_person_told(bench: Bench) -> None:
    """With short pauses between, and the whole update in the table."""
    bench.behave = lambda _call: BugError(f"no\nluck {TOKEN} \ud83d")
    await bench.settle()
    assert bench.calls == [0.0, 0.2, 1.2]
    ((update_id, payload, error, tries),) = bench.ward.kept
    assert (update_id, json.loads(payload), tries) == (5, message(5), 3)
    assert error == "BugError: no luck [token] ?"
    assert payload.isascii()
    assert bench.ward.told == [5]


async def test_a_bug_that_heals_itself_is_no_failure(bench: Bench) -> None:
    """The second try counts."""
    bench.behave = lambda call: BugError() if call == 1 else None
    await bench.settle()
    assert (len(bench.calls), bench.ward.kept) == (2, [])


@pytest.mark.parametrize("error", [BusyError(), NetworkError("down"), TimedOut(), RetryAfter(3)])
async def test_what_passes_is_waited_out(bench: Bench, error: Exception) -> None:
    """However often, with growing pauses, and nothing is kept."""
    bench.behave = lambda call: error if call <= 8 else None
    await bench.settle()
    assert bench.calls == [0, 1, 3, 7, 15, 31, 61, 91, 121]
    assert (bench.ward.kept, bench.ward.told) == ([], [])


async def test_what_sends_without_an_answer_is_sent_four_times_and_no_more(bench: Bench) -> None:
    """Each of the messages may stand there: it is kept for whoever runs the bot, and nobody is told yet another."""
    bench.behave = lambda _call: UnheardError()
    await bench.settle()
    assert bench.calls == [0, 1, 9, 39]
    assert [row[0] for row in bench.ward.kept] == [5]
    assert bench.ward.told == []


async def test_other_troubles_between_do_not_count_as_sends(bench: Bench) -> None:
    """What surely did not arrive is sent for as long as it takes."""
    bench.behave = lambda call: None if call > 12 else NetworkError("down") if call % 4 else UnheardError()
    await bench.settle()
    assert (len(bench.calls), bench.ward.kept) == (13, [])


async def test_a_refusal_by_telegram_is_no_network_trouble(bench: Bench) -> None:
    """The library counts BadRequest as a NetworkError; trying it for a quarter of an hour would help nobody."""
    bench.behave = lambda _call: BadRequest("Message text is empty")
    await bench.settle()
    assert len(bench.calls) == 3
    assert bench.ward.told == [5]


async def test_what_stays_transient_too_long_is_kept_and_tried_once_more(bench: Bench) -> None:
    """The table can be written, so it is not the database: this update alone does not pass, and the person is told."""
    bench.behave = lambda _call: NetworkError("500")
    await bench.settle()
    assert bench.calls[-2:] == [901.0, 901.0]
    assert [row[0] for row in bench.ward.kept] == [5]
    assert bench.ward.told == [5]


async def test_while_nothing_can_be_written_nothing_is_given_up(bench: Bench, log: list[Any]) -> None:
    """An hour without a database: the update waits, is handled when it is back, and one line says for what it waits."""
    bench.behave = lambda _call: BusyError("the disk is full") if bench.time.now < 4600 else None
    bench.ward.keep_fails = [BusyError() for _ in range(1000)]
    await bench.settle()
    assert bench.calls[-1] >= 3600
    assert bench.ward.kept == []
    assert [line["error"] for line in log if line["event"] == "update.waits"] == ["BusyError: the disk is full"]


async def test_keeping_waits_for_the_database_too(bench: Bench) -> None:
    """A poisoned update on a full disk is written down when there is room, and only then let go."""
    bench.behave = lambda _call: BugError()
    bench.ward.keep_fails = [BusyError(), BusyError(), BusyError(), BusyError()]
    await bench.settle()
    assert len(bench.ward.kept) == 1
    assert bench.time.now == pytest.approx(1000 + 1.2 + 1 + 2 + 4 + 8)


async def test_what_a_table_refuses_is_kept_without_its_content(bench: Bench, log: list[Any]) -> None:
    """Three tries with it, then its number and the error alone; each refusal is a line in the log."""
    bench.behave = lambda _call: BugError()
    bench.ward.keep_fails = [BugError() for _ in range(3)]
    await bench.settle()
    assert bench.ward.kept == [(5, "null", "BugError: ", 3)]
    assert [line["event"] for line in log] == ["update.kept", *["update.unwritten"] * 3]


async def test_what_is_not_written_down_is_never_let_go(bench: Bench) -> None:
    """A table that refuses everything for an hour: the update waits, as it is nowhere else."""
    bench.behave = lambda _call: BugError()
    bench.ward.keep_fails = [BugError() for _ in range(130)]
    await bench.settle()
    assert bench.time.now > 4600
    assert len(bench.ward.kept) == 1


async def test_an_apology_that_fails_changes_nothing(bench: Bench) -> None:
    """The chat may be what is broken."""
    bench.behave = lambda _call: BugError()

    def fail() -> None:
        raise BugError

    bench.ward.apology = fail
    await bench.settle()
    assert len(bench.ward.kept) == 1


async def test_a_handler_that_never_comes_back_is_cut_off(bench: Bench) -> None:
    """It counts as a failure like any other."""

    async def hang(_update: Update, _context: Any) -> None:
        await asyncio.Event().wait()

    bench.app.add_handler(TypeHandler(Update, hang), group=1)
    update = Update.de_json(message(5), bench.app.bot)
    bench.attempts._sleep = lambda _seconds: asyncio.sleep(0)
    await bench.attempts.settle(update, message(5))
    assert len(bench.calls) == 3
    assert bench.ward.kept[0][2] == "StuckError: Handling took longer than 0.05 s."


async def test_stopping_further_handlers_is_no_failure(bench: Bench) -> None:
    """ApplicationHandlerStop is how a handler says: done."""
    bench.behave = lambda _call: ApplicationHandlerStop()
    await bench.settle()
    assert (len(bench.calls), bench.ward.kept) == (1, [])


async def test_failures_side_by_side_are_not_mixed_up(bench: Bench) -> None:
    """Each update learns of its own errors only."""

    async def odd(update: Update, _context: Any) -> None:
        await bench.time.sleep(1)
        if update.update_id % 2:
            raise BugError

    bench.app.add_handler(TypeHandler(Update, odd), group=1)
    updates = [message(number) for number in range(1, 9)]
    parsed = [(Update.de_json(payload, bench.app.bot), payload) for payload in updates]
    bench.attempts._stuck_s = 5.0
    await bench.time.run(*(bench.attempts.settle(update, payload) for update, payload in parsed))
    assert sorted(row[0] for row in bench.ward.kept) == [1, 3, 5, 7]


async def test_an_error_outside_any_try_is_logged_not_lost_in_the_next(bench: Bench) -> None:
    """A job's error reaches the same error handler and belongs to no update."""
    await bench.app.process_error(None, BugError())
    await bench.settle()
    assert bench.ward.kept == []


def test_the_back_off_grows_to_half_a_minute() -> None:
    """Jitter takes off up to a half, never adds."""
    assert [back_off(n, lambda: 0.0) for n in (1, 2, 3, 4, 5, 6, 7, 5000)] == [1, 2, 4, 8, 16, 30, 30, LONGEST]
    assert back_off(3, lambda: 1.0) == 2.0


def test_what_may_pass_at_telegram() -> None:
    """Network and 429, a token that may come back, and no refusal."""
    assert all(may_pass(error) for error in (NetworkError("x"), TimedOut(), RetryAfter(1), InvalidToken("x")))
    assert not may_pass(BadRequest("x"))
    assert not may_pass(BugError())
    assert seconds_of(RetryAfter(7)) == 7.0
