"""A paid broadcast: how many daily questions the real process sends in a second, claimed and settled one by one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.crowded import fill
from bench.report import Figure, Goal
from bench.stack import kaoguan, run


def paid(rounds: int, small: bool) -> Iterable[Figure]:
    """One broadcast a round, each on a database of its own."""
    chats = 300 if small else 12_000
    rates = list[float]()
    for _ in range(rounds):
        with TemporaryDirectory(prefix="bench", dir="/var/tmp") as home:
            fill(Path(home) / "bot.db", chats, -1.0)
            rates.append(run(_rate(Path(home) / "bot.db", chats)))
    return [Figure("paid broadcast", "daily questions to private chats", tuple(rates), "messages/s", Goal(">=", 950))]


async def _rate(database: Path, chats: int) -> float:
    """Messages a second between a tenth and nine tenths of the broadcast; the fake answers after 20 ms."""
    async with kaoguan(0.02, DATABASE_URL=f"sqlite:///{database}", PAID_BROADCAST="true") as bot:
        first = await _when(bot.fake.counts, chats // 10)
        last = await _when(bot.fake.counts, chats * 9 // 10)
        return (chats * 9 // 10 - chats // 10) / (last - first)


async def _when(counts: dict[str, int], messages: int) -> float:
    async with asyncio.timeout(300):
        while counts["sendMessage"] < messages:
            await asyncio.sleep(0.002)
    return time.perf_counter()
