"""The minute tick."""

import asyncio
from datetime import timedelta

from bot.tg.abreast import AT_ONCE, abreast
from bot.tg.ticker import Ticker


async def test_the_first_tick_comes_at_once_and_others_on_demand() -> None:
    """What fell due while nobody watched is done before anything else."""
    ticks: list[int] = []

    async def tick() -> None:
        ticks.append(1)

    async with Ticker(tick) as ticker:
        assert len(ticks) == 1
        await ticker.now()
        assert len(ticks) == 2


async def test_a_tick_that_fails_does_not_end_the_ticking() -> None:
    """One bad minute is logged; the next one comes."""
    ticks: list[int] = []

    async def tick() -> None:
        ticks.append(1)
        raise RuntimeError("a bad minute")

    async with Ticker(tick) as ticker:
        await ticker.now()
    assert len(ticks) == 2


async def test_ticks_never_overlap() -> None:
    """A clock jump during a tick waits its turn."""
    at_work = most = done = 0

    async def tick() -> None:
        nonlocal at_work, most, done
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0.01)
        at_work -= 1
        done += 1

    async with Ticker(tick) as ticker:
        await asyncio.gather(*(ticker.now() for _ in range(3)))
    assert (most, done) == (1, 4)


async def test_the_end_waits_for_what_a_tick_has_begun_and_begins_no_more() -> None:
    """Of twenty pushes sixteen are on their way: those are settled, the others stay due, and no other tick begins."""
    due: list[int] = []
    begun: list[int] = []
    ended: list[int] = []
    under_way = asyncio.Event()

    async def push(number: int) -> None:
        begun.append(number)
        under_way.set()
        await asyncio.sleep(0.05)
        ended.append(number)

    async def tick() -> None:
        await abreast(push, due)

    async with Ticker(tick) as ticker:
        due.extend(range(20))
        waiting = [asyncio.ensure_future(ticker.now()) for _ in range(2)]
        await under_way.wait()
    await asyncio.gather(*waiting)
    assert sorted(ended) == sorted(begun) == list(range(AT_ONCE))


async def test_the_watchdog_arms_a_job_that_has_stopped() -> None:
    """A wall clock set back silences the scheduler; the loop's clock notices."""

    async def tick() -> None:
        return

    async with Ticker(tick, patience_s=0.03) as ticker:
        ticker._scheduler.remove_all_jobs()
        await asyncio.sleep(0.1)
        assert [job.id for job in ticker._scheduler.get_jobs()] == ["tick"]


async def test_a_tick_that_hangs_does_not_hold_up_the_end() -> None:
    """Telegram may take its time; the process stops within seconds all the same, and the tick is cancelled."""
    began, cancelled = asyncio.Event(), asyncio.Event()

    async def tick() -> None:
        if not began.is_set():
            began.set()
            return
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async with Ticker(tick) as ticker:
        (job,) = ticker._scheduler.get_jobs()
        job.modify(next_run_time=job.next_run_time - timedelta(minutes=1))
        await asyncio.sleep(0.1)
    async with asyncio.timeout(1):
        await cancelled.wait()
