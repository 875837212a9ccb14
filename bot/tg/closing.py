"""The end of a group's rounds: no more votes, then the result; one chat's trouble is nobody else's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.flows import closing, results
from bot.flows.closing import Closing
from bot.flows.results import Result
from bot.flows.rounds import Flipped
from bot.tg import rounds_views as look
from bot.tg.abreast import abreast
from bot.tg.delivery import Sent
from bot.tg.desk import Desk
from bot.tg.posting import follow, unpin

log = structlog.get_logger(__name__)
Step = Callable[[Desk, Closing], Awaitable[None]]
PATIENCE = 30  # seconds for one step of one poll's end, below the lease
_UNHEARD = timedelta(minutes=10)  # so long a result waits for votes while Telegram tells none
_UNSURE = timedelta(minutes=3)  # so long a result that got no answer is told again


async def tick(desk: Desk) -> None:
    """Close the polls whose time is over and tell their results. One tick at a time; see that waiting votes are
    handled before the first."""
    await desk.write(closing.tidy, desk.clock())
    last: Closing | None = None
    while ended := await desk.read(closing.due, desk.clock(), last):
        stopped: list[Closing] = []
        await abreast(lambda one: _guarded(desk, one, partial(_stop, stopped=stopped)), ended)  # noqa: B023
        heard = await desk.heard()  # the last votes before the stop may still be on their way
        ready = [one for one in stopped if heard or desk.clock() - one.closes_at > _UNHEARD]
        await abreast(lambda one: _guarded(desk, one, _tell), ready)
        last = ended[-1]


async def _guarded(desk: Desk, ended: Closing, do: Step) -> None:
    """One step of one poll's end. Whatever one chat does, the others get theirs; what may pass by itself is left to
    the next tick, and a result to the end of its lease."""
    try:
        await _bounded(desk, ended, do)
    except (NetworkError, RetryAfter, TimeoutError) as error:
        log.warning("result_delayed", round=ended.round_id, error=type(error).__name__)
    except Exception:
        log.exception("result_failed", round=ended.round_id)


async def _bounded(desk: Desk, ended: Closing, do: Step) -> None:
    """What Telegram refuses for good is not tried for ever, nor is a result that nobody knows to have arrived."""
    try:
        async with asyncio.timeout(PATIENCE):
            await do(desk, ended)
    except BadRequest:
        log.exception("result_refused", round=ended.round_id)
        await desk.write(closing.untold, ended.round_id, desk.clock())
    except (TimedOut, TimeoutError):
        if do is _tell and desk.clock() - ended.closes_at > _UNSURE:
            await desk.write(closing.untold, ended.round_id, desk.clock())
        raise


async def _stop(desk: Desk, ended: Closing, *, stopped: list[Closing]) -> None:
    """No more votes in a poll, and no more pin; one that is closed or gone already is as good."""
    if ended.message_id is not None:
        if ended.kind == "poll":
            await desk.delivery.stop_poll(ended.chat_id, ended.message_id, bulk=True)
        if ended.pinned:
            await unpin(desk, ended.chat_id, ended.message_id)
    stopped.append(ended)


async def _tell(desk: Desk, ended: Closing) -> None:
    """Answer the poll with its result, unless another process does. Told first and written down after: a crash between
    tells it once more."""
    claimed = await desk.write(closing.claim, ended.round_id, desk.clock())
    result = await desk.read(results.result, desk.library(), ended.round_id, desk.clock(), desk.defaults)
    if claimed is None or result is None:
        return
    if claimed.kind == "card":
        await _turn(desk, claimed, result)
        return
    first, *more = look.result_views(desk.words, result)
    chat_id, thread_id, poll = result.round.chat_id, result.round.thread_id, result.round.message_id
    send = partial(desk.delivery.send, chat_id, thread_id=thread_id, silent=result.silent, bulk=not result.slow)
    outcome = await send(first, reply_to=poll)
    told = outcome.message_id if isinstance(outcome, Sent) else None
    await desk.insist(closing.closed, ended.round_id, told, desk.clock())
    log.info("round_closed", round=ended.round_id, answered=result.answered, right=len(result.right))
    if told is not None:
        await follow(send, more, reply_to=told)
    if result.before is not None:
        await _fold(desk, result.before)


async def _fold(desk: Desk, round_id: int) -> None:
    """The daily result before shrinks to a line by an edit; where that fails it stays as it is."""
    old = await desk.read(results.result, desk.library(), round_id, desk.clock(), desk.defaults, again=True)
    if old is not None and old.question is not None and old.round.result_id is not None:
        with suppress(NetworkError, RetryAfter):
            view = look.folded_view(desk.words, old)
            await desk.delivery.edit(old.round.chat_id, old.round.result_id, view)


async def _turn(desk: Desk, ended: Closing, result: Result) -> None:
    """A card whose time is over unfolds its answer by itself; what does not fit is left to who asks for it."""
    if result.question is not None and ended.message_id is not None:
        flipped = Flipped(result.question, result.topic, result.language, told=False)
        await desk.delivery.edit(ended.chat_id, ended.message_id, look.flipped_views(desk.words, flipped)[0])
    await desk.insist(closing.closed, ended.round_id, ended.message_id, desk.clock())
