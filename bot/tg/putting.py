"""Putting a private question to its person, once, and showing under it what came of it."""

from __future__ import annotations

from functools import partial

from bot.core.text import Text
from bot.flows import answers, asking, opening
from bot.flows.asking import Asked
from bot.flows.callers import Unseen
from bot.tg.delivery import Refused, Sent
from bot.tg.desk import Desk
from bot.tg.posting import follow, sending
from bot.tg.question_views import Views
from bot.tg.views import View
from bot.tg.visits import Visit


class Putting:
    """What features of private questions share."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def put(self, asked: Asked, view: View) -> str:
        """Send the question, which looks like `view`; or show it again where it stands, or anew if it was deleted.

        Gives the toast to show.
        """
        if await self._stands(asked, view):
            return self._desk.words.said(asked.language, "practice-below")
        await self._ask(asked, view)
        return ""

    async def give_up(self, came: Visit, unseen: Unseen) -> None:
        """Told first and written down after, as what is told may fail like the question."""
        view = View(self._desk.words(unseen.language, "update-failed"))
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
        await self._desk.write(asking.give_up, unseen.round_id, self._desk.clock())

    async def edit(self, came: Visit, asked: Asked, views: Views) -> None:
        """Edit the message once; what of the answer did not fit continues in replies, which are sent once."""
        view, rest = views
        await self._desk.delivery.edit(came.chat.id, came.message_id, view)
        if rest and asked.round.result_id is None:
            await self._continue(came, asked.round.id, rest)

    async def _stands(self, asked: Asked, view: View) -> bool:
        """Whether it has been put already; it is shown again where it stands."""
        number = asked.round.message_id
        if number is None:
            return False
        return not isinstance(await self._desk.delivery.edit(asked.round.chat_id, number, view), Refused)

    async def _ask(self, asked: Asked, view: View) -> None:
        async with sending(self._desk, asked.round.id):
            sent = await self._desk.delivery.send(asked.round.chat_id, view, thread_id=asked.round.thread_id)
        if isinstance(sent, Sent):
            await self._desk.insist(asking.posted, asked.round.id, sent.message_id)
        else:  # blocked meanwhile: it was never asked
            await self._desk.insist(opening.withdraw, asked.round.id, self._desk.clock())

    async def _continue(self, came: Visit, round_id: int, rest: tuple[Text, ...]) -> None:
        send = partial(self._desk.delivery.send, came.chat.id, thread_id=came.thread_id)
        first, *more = map(View, rest)
        sent = await send(first, reply_to=came.message_id)
        if isinstance(sent, Sent):
            await self._desk.insist(answers.rest_told, round_id, sent.message_id)
            await follow(send, more, reply_to=came.message_id)
