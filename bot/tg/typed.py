"""Typed answers on Telegram: plain messages, their edits, voice notes and pictures; and the buttons under a grade."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from telegram import Update
from telegram.error import NetworkError, RetryAfter
from telegram.ext import BaseHandler, ContextTypes, MessageHandler, filters

from bot.core.crediting import sentence_for
from bot.flows import typed
from bot.flows.asking import Lapsed
from bot.flows.callers import Caller, TooOld
from bot.flows.typed import Aloud
from bot.flows.writing import Written
from bot.tg.abreast import abreast
from bot.tg.buttons import Verb
from bot.tg.desk import Desk, caller_of, plainly_said, visit
from bot.tg.posting import follow
from bot.tg.question_views import revealed_view
from bot.tg.routes import Pressed, Routes
from bot.tg.showing import Grades
from bot.tg.views import View
from bot.tg.visits import Visit

log = structlog.get_logger(__name__)
_BATCH = 200
Act = Callable[[Visit, Caller, tuple[int, ...]], Awaitable[Written | Lapsed | TooOld]]


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """Edited messages, of which nothing but typed answers takes note: this comes before all others."""
    return [MessageHandler(filters.UpdateType.EDITED, _Typed(desk).edited)]


def routes(desk: Desk) -> Routes:
    """The buttons under an answer."""
    here = _Typed(desk)
    buttons: dict[Verb, tuple[int, Act]] = {
        Verb.DONE: (1, here.done),
        Verb.WHOLE: (1, here.whole),
        Verb.CONFIRM: (2, here.confirm),
        Verb.CLAIM: (2, here.claim),
        Verb.OVERRIDE: (3, here.override),
    }
    return Routes(presses={verb: (count, here.button(act)) for verb, (count, act) in buttons.items()})


def listener(desk: Desk) -> Callable[[Update], Awaitable[bool]]:
    """Whether a plain message in private is an answer, and then all that is done about it."""
    return _Typed(desk).heard


def regrader(desk: Desk) -> Callable[[Caller, int], Awaitable[bool]]:
    """Shows a grade whose rating was undone."""
    return _Typed(desk).grade_again


async def tick(desk: Desk) -> None:
    """Grade the answers whose people have fallen silent."""
    await abreast(_Typed(desk).overdue, await desk.read(typed.overdue, desk.clock(), _BATCH))


class _Typed:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._grades = Grades(desk)

    def button(self, act: Act) -> Pressed:
        """What is done about a press: every press is answered, once, after it has been dealt with."""

        async def handle(came: Visit, numbers: tuple[int, ...]) -> None:
            outcome = await act(came, caller_of(self._desk, came), numbers)
            toast = self._desk.words.said(outcome.language, "too-old") if isinstance(outcome, TooOld) else ""
            if isinstance(outcome, Written):
                await self._grades.tell(outcome, came.message_id, claiming=act == self.claim and numbers[1] == 1)
            elif isinstance(outcome, Lapsed):
                await self._lapsed(came, outcome)
            await self._desk.delivery.toast(came.press_id, toast)

        return handle

    async def heard(self, update: Update) -> bool:
        """A plain message in private."""
        plain = plainly_said(update)
        if plain is None:
            return False
        came, said = plain
        outcome = await self._desk.write(typed.hear, caller_of(self._desk, came), said)
        match outcome:
            case Written():
                await (self._grades.tell(outcome) if outcome.done else self._grades.note(outcome))
            case Aloud():
                await self._reveal(came, outcome)
            case Lapsed():
                await self._lapsed(came, outcome)
        return outcome is not None

    async def edited(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Whatever was edited; in private it may be a piece of an answer, which is graded anew until it is rated."""
        came = visit(update)
        if came is None or came.person is None or not came.chat.private or update.edited_message is None:
            return
        text = update.edited_message.text or ""
        written = await self._desk.write(typed.edit, caller_of(self._desk, came), came.message_id, text)
        if written is not None:
            await self._grades.tell(written)

    async def done(self, _came: Visit, caller: Caller, numbers: tuple[int, ...]) -> Written | Lapsed | TooOld:
        """That is all of it."""
        return await self._desk.write(typed.finish, caller, numbers[0])

    async def whole(self, _came: Visit, caller: Caller, numbers: tuple[int, ...]) -> Written | Lapsed | TooOld:
        """As an answer to the whole question."""
        return await self._desk.write(typed.whole, caller, numbers[0])

    async def confirm(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> Written | Lapsed | TooOld:
        """How well it was known: nothing counts before."""
        round_id, rating = numbers
        return await self._desk.write(typed.rate, caller, round_id, rating, came.message_id)

    async def claim(self, _came: Visit, caller: Caller, numbers: tuple[int, ...]) -> Written | Lapsed | TooOld:
        """Which points does the person say they made, or none of them."""
        stands = await self._desk.write(typed.look, caller, numbers[0])
        return stands if not isinstance(stands, Written) or stands.done else TooOld(stands.asked.language)

    async def override(self, _came: Visit, caller: Caller, numbers: tuple[int, ...]) -> Written | Lapsed | TooOld:
        """I did say that, or after all I did not."""
        round_id, place, said = numbers
        stands = await self._desk.write(typed.look, caller, round_id)
        if not isinstance(stands, Written):
            return stands
        points = stands.asked.rubric.points if stands.asked.rubric else ()
        if not place < len(points):
            return TooOld(stands.asked.language)
        sentence = sentence_for(points[place], stands.text) if said else None
        return await self._desk.write(typed.override, caller, round_id, points[place].id, sentence)

    async def grade_again(self, caller: Caller, round_id: int) -> bool:
        """Show the grade once more, to be rated; whether the answer has one."""
        stands = await self._desk.write(typed.look, caller, round_id)
        graded = isinstance(stands, Written) and stands.done
        if isinstance(stands, Written) and graded:
            await self._grades.tell(stands)
        return graded

    async def overdue(self, round_id: int) -> None:
        """An answer that nobody said was all."""
        desk = self._desk
        written = await desk.write(typed.close_overdue, desk.library(), round_id, desk.clock(), desk.defaults)
        if written is None:
            return
        try:
            await self._grades.tell(written)
        except (NetworkError, RetryAfter) as error:  # its lease ends, and it is tried again
            log.warning("grade_not_told", round=round_id, error=type(error).__name__)

    async def _reveal(self, came: Visit, aloud: Aloud) -> None:
        """The answer below what was said aloud, to be rated; the question keeps no button."""
        view, rest = revealed_view(self._desk.words, aloud.asked)
        send = partial(self._desk.delivery.send, came.chat.id, thread_id=came.thread_id)
        await send(view, reply_to=came.message_id)
        await follow(send, map(View, rest), reply_to=came.message_id)

    async def _lapsed(self, came: Visit, lapsed: Lapsed) -> None:
        view = View(self._desk.words(lapsed.language, "practice-lapsed"))
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
