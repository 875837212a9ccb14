"""What each step bought: the bot beside itself with one step undone, in the same rounds; a board beside its recount."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import AsyncExitStack
from statistics import median

from bench.aggregates import aggregates
from bench.bots.undone import STEPS
from bench.load import Run, closed, confirmed
from bench.report import Figure
from bench.stack import Sample, Target, crowd, kaoguan, presses, quizzes, run
from bench.votes import open_polls

_CALLS_ONLY = {"aiohttp", "plain calls"}  # votes cause no call
_WAITS = {"log copied elsewhere", "shared commit"}  # what these buy is a short wait, if anything
_IN_FLIGHT = 64
_ALL = "all steps"
Taken = dict[str, dict[str, list[Sample]]]
"""The samples by who (a step that is undone, or _ALL) and kind of update, one a round."""


def steps(rounds: int, small: bool) -> Iterable[Figure]:
    """Every step undone by itself, while all others stand; then the board that is read from its lines."""
    yield from run(_side_by_side(rounds, 40 if small else 400, 1 if small else 10))
    yield from aggregates(rounds, small)


async def _side_by_side(rounds: int, people: int, groups: int) -> list[Figure]:
    taken: Taken = defaultdict(lambda: defaultdict(list))
    async with AsyncExitStack() as stack:
        bots = {_ALL: await stack.enter_async_context(kaoguan())}
        for step in STEPS:
            bots[step] = await stack.enter_async_context(kaoguan(by=("bench.bots.undone", step)))
        for number in range(rounds + 1):  # the first warms up
            for step in _in_turn(tuple(bots), number):
                for kind, sample in (await _round(bots[step], crowd(people, number), groups, step)).items():
                    taken[step][kind] += [sample] if number else []
    return [*_plain(taken[_ALL]), *(figure for step in STEPS for figure in _bought(step, taken))]


def _in_turn(names: tuple[str, ...], number: int) -> tuple[str, ...]:
    """Another begins in each round, so that none always comes when the disk is busy with what another wrote."""
    first = number % len(names)
    return names[first:] + names[:first]


async def _round(bot: Target, who: range, groups: int, step: str) -> dict[str, Sample]:
    fake, seen = bot.fake, bot.seen
    taken = {
        "/quiz": await bot.timed(closed(fake, seen, quizzes(who), finish="sendMessage", in_flight=_IN_FLIGHT)),
        "press": await bot.timed(
            closed(fake, seen, presses(seen, who), finish="answerCallbackQuery", in_flight=_IN_FLIGHT)
        ),
    }
    if step not in _CALLS_ONLY:
        taken["vote"] = await bot.timed(_voted(bot, await open_polls(bot, groups)))
    return taken


async def _voted(bot: Target, votes: list[bytes]) -> Run:
    """All at once; a vote is seen by nobody, so how long each took is not known."""
    seconds = await confirmed(bot.fake, votes)
    return Run(seconds, [seconds] * len(votes))


def _plain(kinds: dict[str, list[Sample]]) -> list[Figure]:
    return [
        Figure(
            "steps",
            f"{kind}, nothing undone",
            tuple(1e6 * one.cpu for one in samples),
            "us",
            note=f"{median(one.run.rate for one in samples):.0f} updates/s",
        )
        for kind, samples in kinds.items()
    ]


def _bought(step: str, taken: Taken) -> Iterable[Figure]:
    """Processor time and updates a second of each kind, without the step over with it, round by round."""
    for kind, undone in taken[step].items():
        pairs = list(zip(undone, taken[_ALL][kind], strict=True))
        ratios = {
            "processor": tuple(without.cpu / whole.cpu for without, whole in pairs),
            "updates/s": tuple(without.run.rate / whole.run.rate for without, whole in pairs),
        }
        if step in _WAITS and kind != "vote":
            ratios["p99"] = tuple(a.run.percentile(0.99) / b.run.percentile(0.99) for a, b in pairs)
        for what, samples in ratios.items():
            yield Figure("steps", f"{step} undone: {what}, {kind}", samples, "x")
