"""One person writes a hundred messages a second: how long do the others wait?

The bot is a process of its own, on a playground in this one. In each round calm and flooded minutes' parts take turns,
so that whatever else the machine does falls on both alike. Latency is from the moment a person's /help waits at
Telegram to the moment the answer stands in their chat; the flood is 100 messages a second from one other person, each
a command. What reaches Telegram in the flooder's chat is held to a message a second by the bot's own limiter.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from statistics import quantiles

from bench.report import Figure, Goal
from bot.playground.handles import Person
from bot.playground.server import Playground
from tests.e2e.rig import Rig

RATE, OTHERS, PAUSE = 100, 20, 5.0  # messages a second; people; seconds between two of one person (Telegram's pace)
CALM, SMALL = 20.0, 6.0  # seconds of each part
_PATIENCE = 20.0  # seconds; a slower answer counts as that slow
_LOOK, _REST = 0.002, 3.0  # seconds


def flood(rounds: int, small: bool) -> Iterable[Figure]:
    """The 99th percentile of the others' waits with the flood and without, and their ratio in each round."""
    return asyncio.run(_flood(2 if small else max(rounds, 5), SMALL if small else CALM))


async def _flood(rounds: int, seconds: float) -> list[Figure]:
    calm: list[float] = []
    flooded: list[float] = []
    sent: list[float] = []
    with tempfile.TemporaryDirectory(prefix="kaoguan-flood-") as home:
        async with _village(Path(home)) as (playground, flooder, others):
            await _part(others, SMALL)  # everything is warm
            for _ in range(rounds):
                calm.append(_p99(await _part(others, seconds)))
                async with _flooding(flooder, sent):
                    flooded.append(_p99(await _part(others, seconds)))
                playground.updates.drop()  # what is left of the flood, or the calm would begin with it
                await asyncio.sleep(_REST)
    ratios = tuple(one / other for one, other in zip(flooded, calm, strict=True))
    note = f"{OTHERS} others, one /help each {PAUSE:g} s"
    return [
        Figure("flood", "p99 of the others, calm", tuple(calm), "ms", note=note),
        Figure("flood", "p99 of the others, flooded", tuple(flooded), "ms", note=note),
        Figure("flood", "ratio of the two", ratios, "x", Goal("<=", 2.0), "the same run, taking turns"),
        Figure(
            "flood", "messages of the flood", tuple(sent), "1/s", Goal(">=", 0.9 * RATE), "that the playground took in"
        ),
    ]


@asynccontextmanager
async def _village(home: Path) -> AsyncIterator[tuple[Playground, Person, list[Person]]]:
    async with Playground() as playground:
        rig = Rig(playground, home)
        people = [playground.add_person(f"P{number}") for number in range(OTHERS)]
        rig.start()
        try:
            await rig.quiet()
            yield playground, playground.person("Mia"), people
        finally:
            await rig.stop()
            rig.aim.put_back()


@asynccontextmanager
async def _flooding(flooder: Person, sent: list[float]) -> AsyncIterator[None]:
    """`sent` is told how many a second it came to."""
    began, count = time.perf_counter(), 0

    async def pour() -> None:
        nonlocal count
        while True:
            due = int((time.perf_counter() - began) * RATE)
            while count < due:
                await flooder.send(None, "/help")
                count += 1
            await asyncio.sleep(1 / RATE)

    pouring = asyncio.create_task(pour())
    try:
        yield
    finally:
        sent.append(count / (time.perf_counter() - began))
        pouring.cancel()
        with suppress(asyncio.CancelledError):
            await pouring


async def _part(others: list[Person], seconds: float) -> list[float]:
    """All waits (ms) of some seconds in which everybody writes now and then, spread evenly."""
    each = [_writes(person, seconds, PAUSE * number / len(others)) for number, person in enumerate(others)]
    return [wait for waits in await asyncio.gather(*each) for wait in waits]


async def _writes(person: Person, seconds: float, later: float) -> list[float]:
    waits: list[float] = []
    end = time.perf_counter() + seconds
    await asyncio.sleep(later)
    while time.perf_counter() < end:
        began = time.perf_counter()
        await _answered(person)
        waits.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(max(0.0, PAUSE - waits[-1] / 1000))
    return waits


async def _answered(person: Person) -> None:
    """Write, and return when one more message of the bot is there."""
    chat = person._mini.world.chat(person.id)
    sent = await person.send(None, "/help")
    end = time.perf_counter() + _PATIENCE
    while max(chat.messages) <= sent["message_id"] and time.perf_counter() < end:
        await asyncio.sleep(_LOOK)


def _p99(waits: list[float]) -> float:
    return quantiles(waits, n=100, method="inclusive")[98]
