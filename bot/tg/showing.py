"""Showing what a written answer comes to: in one message, which every later look at it takes the place of.

A grade is worked out beside the event loop and outside every transaction.
"""

from __future__ import annotations

import asyncio
from functools import partial

from bot.core.opinions import Heard
from bot.core.text import Text
from bot.flows import typed, writing
from bot.flows.writing import Written
from bot.tg.delivery import Outcome, Refused, Sent
from bot.tg.desk import Desk
from bot.tg.posting import follow
from bot.tg.typed_views import graded_view, note_view, noted_view, points_view
from bot.tg.views import View


class Grades:
    """Grades and notes of written answers, sent through a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def note(self, written: Written) -> None:
        """Ask once whether there is more."""
        if written.note_id is None:
            sent = await self._send(written, note_view(self._desk.words, written))
            if isinstance(sent, Sent):
                await self._desk.insist(typed.noted, written.asked.round.id, sent.message_id)

    async def tell(self, written: Written, pressed: int | None = None, *, claiming: bool = False) -> None:
        """Show the grade, in the message that shows it already, or else in a new one below all that was written. One
        that was overtaken (the tick comes beside what the person does, and an opinion takes seconds) is not shown; what
        another process has overtaken, `typed.told` notices."""
        heard = await self._opinion(written)
        async with self._desk.alone.about(written.asked.round.id):
            stands = written if written.result else await self._desk.read(writing.still, written)
            if stands is not None:
                await self._grade(stands, heard, pressed, claiming=claiming)

    async def _grade(self, written: Written, heard: Heard, pressed: int | None, *, claiming: bool) -> None:
        grade = await asyncio.to_thread(writing.judged, self._desk.library(), written, heard.quotes)
        if grade is not None:
            await self._desk.write(writing.keep, written, grade)
        silence, adviser = heard.silence, self._desk.adviser
        view, rest = graded_view(self._desk.words, written, grade, silence, adviser, claiming=claiming)
        if written.only and grade is not None:
            view, rest = points_view(self._desk.words, written, grade), ()
        shown = await self._show(written, view, pressed)
        if rest and shown is not None and written.rest_id is None:
            await self._alike(written, await self._desk.insist(typed.shown, written, shown), view)
            await self._continue(written, rest, shown)
        await self._alike(written, await self._desk.insist(typed.told, written, shown, self._desk.clock()), view)

    async def _opinion(self, written: Written) -> Heard:
        """What the operator's language model holds of it; of one that is rated, what it held."""
        paper = writing.paper(written) if self._desk.adviser and not written.only else None
        if paper is None:
            return Heard()
        return await self._desk.opinion(written.asked.round.chat_id, paper, ask=written.result is None)

    async def _show(self, written: Written, view: View, pressed: int | None) -> int | None:
        """The number of the message that shows it; None if it cannot be shown."""
        last = written.note_id if written.note_id and written.note_id > written.last else None
        place = pressed if written.result_id and pressed != written.note_id else None
        place = place or written.result_id or last
        if place is not None and (await self._edit(written, place, view) or written.late):
            return place
        if written.note_id is not None:
            await self._edit(written, written.note_id, noted_view(self._desk.words, written))
        sent = await self._send(written, view, reply_to=written.asked.round.message_id)
        return sent.message_id if isinstance(sent, Sent) else None

    async def _alike(self, written: Written, other: int | None, view: View) -> None:
        """Another message, if any, shows the same."""
        if other is not None:
            await self._edit(written, other, view)

    async def _edit(self, written: Written, message_id: int, view: View) -> bool:
        outcome = await self._desk.delivery.edit(written.asked.round.chat_id, message_id, view)
        return not isinstance(outcome, Refused)

    async def _send(self, written: Written, view: View, reply_to: int | None = None) -> Outcome:
        asked = written.asked.round
        return await self._desk.delivery.send(asked.chat_id, view, thread_id=asked.thread_id, reply_to=reply_to)

    async def _continue(self, written: Written, rest: tuple[Text, ...], shown: int) -> None:
        """What of the reference did not fit, in replies, which are sent once."""
        send = partial(self._send, written)
        first, *more = map(View, rest)
        sent = await send(first, reply_to=shown)
        if isinstance(sent, Sent):
            await self._desk.insist(typed.rest_told, written.asked.round.id, sent.message_id)
            await follow(send, more, reply_to=shown)
