"""Load on a fake: closed loops (a number of updates in flight) and open ones (so many a second)."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.fake import Fake, button_of

_QUERY = re.compile(rb'callback_query_id"?[=:] ?"?q(\d+)')
_PATIENCE_S = 120.0


@dataclass(slots=True)
class Seen:
    """What people saw of the bot: their newest message with its first button, and when they were last answered."""

    buttons: dict[int, tuple[int, str]] = field(default_factory=dict)
    polls: dict[int, str] = field(default_factory=dict)  # the newest of each group
    done: Callable[[int], None] = lambda _person: None
    finish: str = "sendMessage"


@dataclass(slots=True)
class Run:
    """Updates that were all dealt with: in how many seconds, and each one's latency (seconds)."""

    seconds: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        """Updates a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency that this share of updates did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def watch(fake: Fake) -> Seen:
    """Listen to a fake's calls."""
    seen = Seen()

    def called(method: str, chat_id: int, body: bytes) -> None:
        if method == "sendMessage" and chat_id > 0:
            seen.buttons[chat_id] = (fake.newest_message, button_of(body))
        elif method == "sendPoll":
            seen.polls[chat_id] = f"p{fake.newest_message}"
        if method != seen.finish:
            return
        if method == "answerCallbackQuery":
            found = _QUERY.search(body)
            chat_id = int(found[1]) if found else 0
        seen.done(chat_id)

    fake.called = called
    return seen


async def closed(fake: Fake, seen: Seen, work: Sequence[tuple[int, bytes]], *, finish: str, in_flight: int) -> Run:
    """Each update of `work` (person, update), `in_flight` at a time; one is done when `finish` is called for them."""
    began: dict[int, float] = {}
    latencies: list[float] = []
    waiting, over = iter(work), asyncio.Event()

    def one_more() -> None:
        if following := next(waiting, None):
            began[following[0]] = time.perf_counter()
            fake.push(following[1])

    def done(person: int) -> None:
        at = began.pop(person, None)
        if at is None:
            return
        latencies.append(time.perf_counter() - at)
        one_more()
        if len(latencies) == len(work):
            over.set()

    seen.finish, seen.done = finish, done
    start = time.perf_counter()
    for _ in range(in_flight):
        one_more()
    async with asyncio.timeout(_PATIENCE_S):
        await over.wait()
    return Run(time.perf_counter() - start, latencies)


async def confirmed(fake: Fake, updates: Sequence[bytes]) -> float:
    """Seconds until all of these, queued at once, are confirmed."""
    start = time.perf_counter()
    fake.push(*updates)
    async with asyncio.timeout(_PATIENCE_S):
        while fake.unconfirmed:
            await asyncio.sleep(0.001)
    return time.perf_counter() - start


async def open_loop(fake: Fake, seen: Seen, work: Sequence[tuple[int, bytes]], *, finish: str, a_second: float) -> Run:
    """The updates of `work` at a steady rate, whatever becomes of them."""
    began: dict[int, float] = {}
    latencies: list[float] = []
    over = asyncio.Event()

    def done(person: int) -> None:
        at = began.pop(person, None)
        if at is not None:
            latencies.append(time.perf_counter() - at)
            if len(latencies) == len(work):
                over.set()

    seen.finish, seen.done = finish, done
    start = time.perf_counter()
    for number, (person, update) in enumerate(work):
        if (ahead := start + number / a_second - time.perf_counter()) > 0:
            await asyncio.sleep(ahead)
        began[person] = time.perf_counter()
        fake.push(update)
    async with asyncio.timeout(_PATIENCE_S):
        await over.wait()
    return Run(time.perf_counter() - start, latencies)


async def polled(fake: Fake, patience_s: float = 120.0) -> None:
    """Wait for the bot's first getUpdates."""
    async with asyncio.timeout(patience_s):
        while not fake.counts["getUpdates"]:
            await asyncio.sleep(0.005)
