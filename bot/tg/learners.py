"""The study settings' pages, behind /settings in private."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.flows import learners
from bot.flows.callers import Caller
from bot.flows.learners import Study
from bot.tg import learners_views as look
from bot.tg.buttons import Verb, pattern
from bot.tg.desk import Desk, press, replanned, said, visit
from bot.tg.learners_views import NAMES, Field
from bot.tg.views import View
from bot.tg.visits import Visit


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """The buttons of the study settings."""
    return [CallbackQueryHandler(_Learners(desk).pressed, pattern(Verb.LEARN))]


class _Learners:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Turn a page, or choose and go back to the first; somebody's study settings are in their private chat."""
        came, pressed = visit(update), press(update)
        if came is None or update.callback_query is None:
            return
        query = update.callback_query.id
        if pressed is None or came.person is None or not came.chat.private:
            await self._desk.delivery.toast(query, self._desk.words.said(await said(self._desk, came), "too-old"))
            return
        shown, toast = await self._obey(self._caller(came), pressed.numbers)
        await self._desk.delivery.toast(query, toast)
        if shown is not None:
            await self._desk.delivery.edit(came.chat.id, came.message_id, shown)

    async def _obey(self, caller: Caller, numbers: tuple[int, ...]) -> tuple[View | None, str]:
        """The page to show, None where the button means nothing any more, and what is said."""
        words, adviser = self._desk.words, self._desk.adviser
        chosen = look.meant(numbers, adviser)
        study = await (self._choose(caller, *chosen) if chosen else self._desk.write(learners.study, caller))
        if chosen or not numbers:
            toast = (
                look.refusal(words, study) if study.refused else look.line(words, study, chosen[0]) if chosen else None
            )
            shown = look.study_view(words, study, adviser, fits=self._desk.optimize is not None)
            return shown, toast.text if toast else ""
        if len(numbers) == 1 and numbers[0] in look.fields(adviser):
            return look.field_view(words, study, Field(numbers[0]), adviser), ""
        return None, words.said(study.language, "too-old")

    async def _choose(self, caller: Caller, field: Field, value: look.Value) -> Study:
        """Another retention moves what is planned: cut short, all of it is done again, as the press comes again."""
        if field is Field.REMINDER and not isinstance(value, str):
            return await self._desk.write(learners.remind, caller, value)
        study = await self._desk.write(learners.change, caller, NAMES[field], value)
        if field is Field.RETENTION:
            await replanned(self._desk, caller.person.id)
        return study

    def _caller(self, came: Visit) -> Caller:
        assert came.person is not None
        desk = self._desk
        return Caller(desk.library(), came.person, came.chat, desk.clock(), desk.defaults)
