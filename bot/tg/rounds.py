"""Rounds in a group: /quiz, votes, cards, and closing polls on time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

import structlog
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    PollAnswerHandler,
    filters,
)

from bot.core.people import Person
from bot.flows import opening, results, rounds
from bot.flows.opening import Opening
from bot.flows.results import Result
from bot.flows.rounds import Busy, Closing, Counted, Flipped, Lapsed, NoQuestion
from bot.flows.voting import Unsure, Verdict
from bot.tg import rounds_views as look
from bot.tg.abreast import abreast
from bot.tg.buttons import Verb, pattern
from bot.tg.delivery import Refused, Sent
from bot.tg.desk import Desk, Visit, person, press, visit
from bot.tg.posting import in_thread, post
from bot.tg.views import View

log = structlog.get_logger(__name__)


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/quiz in groups, votes in its polls, and the button that unfolds a card."""
    here = _Rounds(desk)
    in_groups = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
    return [
        CommandHandler("quiz", here.quiz, in_groups),
        PollAnswerHandler(here.voted),
        CallbackQueryHandler(here.flipped, pattern(Verb.FLIP)),
    ]


async def give_up(desk: Desk, update: Update) -> None:
    """Nothing more is tried about an update that failed; a round it had begun is over."""
    came = visit(update)
    if came is not None:
        await desk.write(rounds.give_up, came.chat.id, came.message_id, desk.clock())


async def tick(desk: Desk) -> None:
    """Close the polls whose time is over and tell their results. One tick at a time; see that waiting votes are
    handled before the first."""
    seen: set[int] = set()
    while ended := [one for one in await desk.write(rounds.claim_closing, desk.clock()) if one.round_id not in seen]:
        seen.update(one.round_id for one in ended)
        stopped: list[Closing] = []
        await abreast(lambda one: _guarded(desk, one, partial(_stop, stopped=stopped)), ended)  # noqa: B023
        await desk.heard()  # the last votes before the stop may still be on their way
        await abreast(lambda one: _guarded(desk, one, _tell), stopped)


async def _guarded(desk: Desk, ended: Closing, do: Callable[[Desk, Closing], Awaitable[None]]) -> None:
    """One step of one poll's end. Whatever one chat does, the others get theirs; what may pass by itself is left to
    the next tick, and what Telegram refuses for good is not tried for ever."""
    try:
        await do(desk, ended)
    except BadRequest:
        log.exception("result_refused", round=ended.round_id)
        await desk.write(rounds.closed, ended.round_id, None, desk.clock())
    except (NetworkError, RetryAfter) as error:
        log.warning("result_delayed", round=ended.round_id, error=type(error).__name__)
    except Exception:
        log.exception("result_failed", round=ended.round_id)


async def _stop(desk: Desk, ended: Closing, *, stopped: list[Closing]) -> None:
    """No more votes in a poll, and no more pin; one that is closed or gone already is as good."""
    if ended.message_id is not None:
        if ended.kind == "poll":
            await desk.delivery.stop_poll(ended.chat_id, ended.message_id)
        if ended.pinned:
            await _unpin(desk, ended.chat_id, ended.message_id)
    stopped.append(ended)


async def _unpin(desk: Desk, chat_id: int, message_id: int) -> None:
    """A pin that stays is no reason to tell no result."""
    with suppress(NetworkError, RetryAfter):
        await desk.delivery.unpin(chat_id, message_id)


async def _tell(desk: Desk, ended: Closing) -> None:
    """Answer the poll with its result. Told first and written down after: a crash between tells it once more."""
    result = await desk.read(results.result, desk.library(), ended.round_id, desk.clock(), desk.defaults)
    if result is None:
        return
    if ended.kind == "card":
        await _turn(desk, ended, result)
        return
    first, *more = look.result_views(desk.words, result)
    send, thread_id = partial(desk.delivery.send, result.round.chat_id, silent=result.silent), result.round.thread_id
    outcome = await in_thread(partial(send, first, reply_to=result.round.message_id), thread_id)
    told = outcome.message_id if isinstance(outcome, Sent) else None
    for view in more if told is not None else ():
        await in_thread(partial(send, view, reply_to=told), thread_id)
    await desk.write(rounds.closed, ended.round_id, told, desk.clock())
    log.info("round_closed", round=ended.round_id, answered=result.answered, right=len(result.right))
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
    await desk.write(rounds.closed, ended.round_id, ended.message_id, desk.clock())


class _Rounds:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def quiz(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Post a poll (or a card), or say why there is none."""
        came = visit(update)
        if came is None:
            return
        desk = self._desk
        result = await desk.write(
            rounds.ask,
            desk.library(),
            came.person,
            came.chat,
            message_id=came.message_id,
            thread_id=came.thread_id,
            wanted=came.argument,
            now=desk.clock(),
            defaults=desk.defaults,
        )
        if isinstance(result, Opening):
            await self._post(came, result)
        elif isinstance(result, Busy):
            await self._say(came, look.busy_view(desk.words, result), reply_to=result.message_id)
        elif isinstance(result, NoQuestion):
            await self._say(came, look.no_question_view(desk.words, result, desk.library()))
        elif result.forbidden:
            await self._say(came, look.forbidden_view(desk.words, result.language))

    async def voted(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Count a person's vote. Anonymous admins and channels are nobody's person; a retracted vote names nothing."""
        vote = update.poll_answer
        if vote is None or vote.voter_chat is not None or vote.user is None or vote.user.is_bot or not vote.option_ids:
            return
        counted = await self._count(vote.poll_id, person(vote.user), vote.option_ids[0], None)
        if isinstance(counted, Unsure):
            here = await self._desk.delivery.is_member(counted.chat_id, vote.user.id)
            counted = await self._count(vote.poll_id, person(vote.user), vote.option_ids[0], Verdict(here))
        if counted is Counted.OUTSIDER:
            log.info("outsider_voted", poll=vote.poll_id)

    async def _count(self, poll_id: str, voter: Person, choice: int, verdict: Verdict | None) -> Unsure | Counted:
        desk = self._desk
        return await desk.write(rounds.vote, voter, poll_id, choice, desk.clock(), desk.defaults, verdict)

    async def flipped(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Unfold a card's answer, once."""
        came, pressed = visit(update), press(update)
        if came is None or update.callback_query is None:
            return
        desk, number = self._desk, pressed.numbers[0] if pressed and len(pressed.numbers) == 1 else 0
        result = await desk.write(
            rounds.flip,
            desk.library(),
            came.person,
            came.chat,
            number,
            came.message_id,
            desk.clock(),
            desk.defaults,
        )
        lapsed = isinstance(result, Lapsed)
        await desk.delivery.toast(
            update.callback_query.id, desk.words.said(result.language, "too-old") if lapsed else ""
        )
        if not isinstance(result, Lapsed) and not result.told:
            if result.pinned:
                await _unpin(desk, came.chat.id, came.message_id)
            await self._unfold(came, look.flipped_views(desk.words, result), number)

    async def _unfold(self, came: Visit, views: tuple[View, ...], round_id: int) -> None:
        first, *more = views
        await self._desk.delivery.edit(came.chat.id, came.message_id, first)
        for view in more:
            await self._say(came, view, reply_to=came.message_id)
        await self._desk.write(rounds.closed, round_id, came.message_id, self._desk.clock())

    async def _post(self, came: Visit, opened: Opening) -> None:
        desk = self._desk
        outcome = await post(desk.delivery, desk.words, opened)
        if isinstance(outcome, Sent):
            sent, now = outcome, desk.clock()
            await desk.write(
                opening.posted,
                opened.round.id,
                sent.message_id,
                sent.poll_id,
                now,
                desk.defaults,
                chat_id=sent.chat_id,
            )
            return
        await desk.write(opening.withdraw, opened.round.id, desk.clock())
        if outcome == Refused("polls"):
            await self._say(came, look.forbidden_view(desk.words, opened.language))

    async def _say(self, came: Visit, view: View, *, reply_to: int | None = None) -> None:
        await self._desk.delivery.send(
            came.chat.id, view, thread_id=came.thread_id, reply_to=reply_to or came.message_id
        )
