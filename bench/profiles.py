"""Where the time of /quiz and its press goes: the functions with most time of their own, on either thread."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bots.profiled import Told
from bench.load import closed
from bench.report import Figure
from bench.stack import Target, crowd, kaoguan, presses, quizzes, run

_SHOWN = 15  # of each thread
_IN_FLIGHT = 64


def profile(rounds: int, small: bool) -> Iterable[Figure]:
    """Microseconds for one question and its answer together, a sample a round, less the estimated cost of watching."""
    return run(_measured(rounds, 40 if small else 400))


async def _measured(rounds: int, people: int) -> list[Figure]:
    told: list[dict[str, Told]] = []
    for _ in range(rounds):  # each a process of its own: cProfile adds up what it has seen before
        with TemporaryDirectory(prefix="bench", dir="/var/tmp") as home:
            told.append(await _watched(Path(home) / "profile.json", people))
    return [figure for thread in ("loop", "writer") for figure in _figures(thread, told, people)]


async def _watched(path: Path, people: int) -> dict[str, Told]:
    async with kaoguan(by=("bench.bots.profiled", str(path))) as bot:
        await _played(bot, crowd(people, 0))
        bot.process.send(signal.SIGUSR1)
        await _played(bot, crowd(people, 1))
        bot.process.send(signal.SIGUSR2)
        async with asyncio.timeout(60):
            while not path.exists():  # noqa: ASYNC240 - a look at a local file
                await asyncio.sleep(0.02)
    return _read(path)


def _read(path: Path) -> dict[str, Told]:
    told: dict[str, Told] = json.loads(path.read_text(encoding="utf-8"))
    return told


async def _played(bot: Target, who: range) -> None:
    """A question for everybody, and then everybody's answer."""
    await closed(bot.fake, bot.seen, quizzes(who), finish="sendMessage", in_flight=_IN_FLIGHT)
    work = presses(bot.seen, who)
    await closed(bot.fake, bot.seen, work, finish="answerCallbackQuery", in_flight=_IN_FLIGHT)


def _figures(thread: str, told: list[dict[str, Told]], people: int) -> Iterable[Figure]:
    """All functions of a thread together, then those that took most, in all rounds."""
    rounds = [_by_name(one[thread]) for one in told]
    totals = tuple(1e6 * sum(own for own, _calls in one.values()) / people for one in rounds)
    yield Figure("profile", f"{thread}: everything", totals, "us")
    names = {name for one in rounds for name in one}
    costs = {name: tuple(1e6 * one.get(name, (0.0, 0))[0] / people for one in rounds) for name in names}
    for name in sorted(names, key=lambda each: -sum(costs[each]))[:_SHOWN]:
        calls = rounds[-1].get(name, (0.0, 0))[1] / people
        yield Figure("profile", f"{thread}: {name}", costs[name], "us", note=f"{calls:.1f} calls")


def _by_name(told: Told) -> dict[str, tuple[float, int]]:
    """Those of one name together: lambdas, and what is called by several ways."""
    found: dict[str, tuple[float, int]] = {}
    for name, own, calls in told:
        before = found.get(name, (0.0, 0))
        found[name] = (before[0] + own, before[1] + calls)
    return found
