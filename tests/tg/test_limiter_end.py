"""A bot that ends: what is on its way arrives, and what waits for its turn is not sent any more."""

from __future__ import annotations

from typing import Any

from telegram.error import NetworkError

from bot.tg.limiter import Limiter
from bot.tg.pauses import unanswered
from tests.tg.fake_time import FakeTime


async def test_scheduled_sends_that_wait_are_refused_and_those_on_their_way_arrive() -> None:
    """Of forty, half have left when the end comes; the others surely did not arrive, nor does any later one. A person
    who waits for an answer still gets it."""
    time, arrived = FakeTime(), list[int]()
    limiter = Limiter(clock=time.clock, sleep=time.sleep)

    async def post(number: int) -> bool:
        arrived.append(number)
        await time.sleep(0.15)
        return True

    async def send(number: int, lane: str | None = "bulk", after_s: float = 0.0) -> Any:
        await time.sleep(after_s)
        told = {"chat_id": number + 1}
        return await limiter.process_request(post, (number,), {}, "sendMessage", told, lane)

    async def end() -> None:
        await time.sleep(0.65)
        limiter.end()

    sends = [*(send(number) for number in range(40)), send(40, after_s=0.7)]
    *outcomes, by_hand, _end = await time.run(*sends, send(41, None, 0.7), end(), errors=True)
    assert arrived == [*range(20), 41]
    assert outcomes[:20] == [True] * 20
    assert all(isinstance(one, NetworkError) and not unanswered(one) for one in outcomes[20:])
    assert by_hand is True
