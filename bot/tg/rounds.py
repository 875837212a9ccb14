"""Rounds in a group: /quiz, votes and cards."""

from __future__ import annotations

from functools import partial
from typing import Any

import structlog
from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    filters,
)

from bot.core.people import Person
from bot.flows import closing, opening, rounds
from bot.flows.opening import Opening
from bot.flows.rounds import Busy, Counted, Lapsed, NoQuestion, Unseen
from bot.flows.voting import Unsure, Verdict
from bot.tg import rounds_views as look
from bot.tg.buttons import Verb, pattern
from bot.tg.delivery import Refused, Sent
from bot.tg.desk import Desk, press, visit
from bot.tg.posting import follow, post, sending, unpin
from bot.tg.routes import Routes
from bot.tg.views import View
from bot.tg.visits import Visit

log = structlog.get_logger(__name__)


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/quiz in groups, and the button that unfolds a card."""
    here = _Rounds(desk)
    in_groups = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
    return [
        CommandHandler("quiz", here.quiz, in_groups),
        CallbackQueryHandler(here.flipped, pattern(Verb.FLIP)),
    ]


def routes(desk: Desk) -> Routes:
    """Votes."""
    return Routes(voted=_Rounds(desk).voted)


async def give_up(desk: Desk, update: Update) -> None:
    """Nothing more is tried about an update that failed; a round it had begun is over."""
    came = visit(update)
    if came is not None:
        await desk.write(rounds.give_up, came.chat.id, came.message_id, desk.clock())


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
        elif isinstance(result, Unseen):
            await self._say(came, View(desk.words(result.language, "update-failed")))
            await desk.write(rounds.give_up, came.chat.id, came.message_id, desk.clock())
        elif result.forbidden:
            await self._say(came, look.forbidden_view(desk.words, result.language))

    async def voted(self, poll_id: str, voter: Person, choice: int) -> None:
        """Count a person's vote."""
        counted = await self._count(poll_id, voter, choice, None)
        if isinstance(counted, Unsure):
            here = await self._desk.delivery.is_member(counted.chat_id, voter.id)
            counted = await self._count(poll_id, voter, choice, Verdict(here))
        if counted is Counted.OUTSIDER:
            log.info("outsider_voted", poll=poll_id)

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
                await unpin(desk, came.chat.id, came.message_id)
            await self._unfold(came, look.flipped_views(desk.words, result), number)

    async def _unfold(self, came: Visit, views: tuple[View, ...], round_id: int) -> None:
        desk, (first, *more) = self._desk, views
        await desk.delivery.edit(came.chat.id, came.message_id, first)
        await desk.insist(closing.closed, round_id, came.message_id, desk.clock())
        send = partial(desk.delivery.send, came.chat.id, thread_id=came.thread_id)
        await follow(send, more, reply_to=came.message_id)

    async def _post(self, came: Visit, opened: Opening) -> None:
        desk = self._desk
        async with sending(desk, opened.round.id):
            outcome = await post(desk.delivery, desk.words, opened)
        if isinstance(outcome, Sent):
            sent, now = outcome, desk.clock()
            await desk.insist(
                opening.posted,
                opened.round.id,
                sent.message_id,
                sent.poll_id,
                now,
                desk.defaults,
                chat_id=sent.chat_id,
            )
            if outcome.astray:
                await desk.write(opening.astray, opened.round.id)
            return
        await desk.write(opening.withdraw, opened.round.id, desk.clock())
        if outcome == Refused("polls"):
            await self._say(came, look.forbidden_view(desk.words, opened.language))

    async def _say(self, came: Visit, view: View, *, reply_to: int | None = None) -> None:
        await self._desk.delivery.send(
            came.chat.id, view, thread_id=came.thread_id, reply_to=reply_to or came.message_id
        )
