"""Whether the process grows: resident memory over a million updates."""

from __future__ import annotations

from collections.abc import Iterable

from bench.load import closed
from bench.report import Figure, Goal
from bench.stack import kaoguan, presses, quizzes, run

_PEOPLE = 4_000
_FIRST = 30_000_000


def memory(_rounds: int, small: bool) -> Iterable[Figure]:
    """One run: it takes a quarter of an hour. The first tenth fills what is meant to be filled (caches, pools)."""
    return run(_measured(2_000 if small else 1_000_000))


async def _measured(updates: int) -> list[Figure]:
    async with kaoguan() as bot:
        samples = [(0, bot.process.rss_mb)]
        done = 0
        while done < updates:
            people = range(_FIRST, _FIRST + min(_PEOPLE, updates // 2))
            await closed(bot.fake, bot.seen, quizzes(people), finish="sendMessage", in_flight=64)
            asked = [one for one in people if bot.seen.buttons[one][1].startswith("1a")]
            if asked:
                work = presses(bot.seen, asked)
                await closed(bot.fake, bot.seen, work, finish="answerCallbackQuery", in_flight=64)
            done += len(people) + len(asked)
            samples.append((done, bot.process.rss_mb))
    settled = [rss for at, rss in samples if at >= updates / 10]
    change = tuple(100 * (rss / settled[0] - 1) for rss in (min(settled), max(settled)))
    note = f"over {done:,} updates"
    return [
        Figure("memory", "at the first getUpdates", (samples[0][1],), "MB", Goal("<=", 150)),
        Figure("memory", "in the end", (samples[-1][1],), "MB", Goal("<=", 150), note),
        Figure("memory", "largest change after the first tenth", (max(map(abs, change)),), "%", Goal("<=", 3), note),
    ]
