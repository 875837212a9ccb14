"""Interviews on Telegram: /interview, what is said in one, and the verdict with its ratings.

An answer is graded beside the event loop and outside every transaction.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import Update
from telegram.error import NetworkError, RetryAfter

from bot.core.interviewing import wish
from bot.core.review import Rating
from bot.core.text import NOTHING, Text
from bot.flows import beginning, interviewing, summing
from bot.flows.beginning import Nobody
from bot.flows.callers import Caller, NoTopic, TooOld
from bot.flows.conducting import Asking, Judging, Next, Waiting
from bot.flows.summing import Summing
from bot.tg.abreast import abreast
from bot.tg.buttons import Verb
from bot.tg.delivery import Outcome, Refused, Sent
from bot.tg.desk import Desk, caller_of, plainly_said, said
from bot.tg.interviewing_views import asking_view, note_text, ratings_of, verdict_views
from bot.tg.posting import follow
from bot.tg.routes import Pressed, Routes
from bot.tg.topic_views import no_topic_view
from bot.tg.views import View
from bot.tg.visits import Visit

log = structlog.get_logger(__name__)
_BATCH = 200
Act = Callable[[Visit, Caller, tuple[int, ...]], Awaitable[str]]
"""What a button does; gives the toast to show."""


def routes(desk: Desk) -> Routes:
    """/interview in private, and its buttons."""
    here = _Interviews(desk)
    buttons: dict[Verb, tuple[int, Act]] = {
        Verb.INTERVIEW_TOPIC: (2, here.topic),
        Verb.INTERVIEW_DONE: (2, here.done),
        Verb.INTERVIEW_STOP: (1, here.stop),
        Verb.INTERVIEW_RATE: (3, here.rate),
        Verb.INTERVIEW_PLAN: (1, here.plan),
    }
    presses = {verb: (count, here.button(act)) for verb, (count, act) in buttons.items()}
    return Routes({"interview": here.interview}, presses)


def listener(desk: Desk) -> Callable[[Update], Awaitable[bool]]:
    """Whether a plain message in private is said in an interview, and then all that is done about it."""
    return _Interviews(desk).heard


async def tick(desk: Desk) -> None:
    """Go on where people have fallen silent, and say again what may not have arrived."""
    await abreast(_Interviews(desk).wake, await desk.read(interviewing.overdue, desk.clock(), _BATCH))


class _Interviews:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def button(self, act: Act) -> Pressed:
        """What is done about a press: every press is answered, once, after it has been dealt with."""

        async def handle(came: Visit, numbers: tuple[int, ...]) -> None:
            toast = await act(came, caller_of(self._desk, came), numbers)
            await self._desk.delivery.toast(came.press_id, toast)

        return handle

    async def interview(self, came: Visit) -> None:
        """/interview [topic] [number]"""
        caller = caller_of(self._desk, came)
        flow, wanted = beginning.begin, wish(came.argument)
        begun = await self._desk.write(flow, caller, came.argument, came.message_id, came.thread_id)
        if isinstance(begun, NoTopic):
            view = no_topic_view(self._desk.words, begun, caller.library, Verb.INTERVIEW_TOPIC, wanted.size)
            await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
        elif isinstance(begun, Asking):
            again = begun.interview.message_id != came.message_id
            await self._say(begun, note_text(self._desk.words, begun, wanted, again=again), again=again)
        else:
            await self._begun(came, caller, begun)

    async def topic(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """One of the topics there are, where none was called what was typed."""
        flow = beginning.begin_topic
        begun = await self._desk.write(flow, caller, numbers[0], numbers[1], came.message_id, came.thread_id)
        if isinstance(begun, TooOld):
            return self._desk.words.said(begun.language, "too-old")
        await self._begun(came, caller, begun)
        return ""

    async def _begun(self, came: Visit, caller: Caller, begun: Next | Nobody) -> None:
        match begun:
            case Nobody():
                view = View(self._desk.words(begun.language, "interview-nothing"))
                await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
            case Waiting():
                view = View(self._desk.words(begun.language, "interview-listening"))
                await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
            case _:
                await self._go(caller, begun)

    async def heard(self, update: Update) -> bool:
        """A plain message in private."""
        plain = plainly_said(update)
        if plain is None:
            return False
        came, said = plain
        caller = caller_of(self._desk, came)
        outcome = await self._desk.write(interviewing.hear, caller, said)
        if outcome is not None:
            await self._go(caller, outcome)
        return outcome is not None

    async def done(self, _came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """That is all."""
        return await self._pressed(caller, await self._desk.write(interviewing.finish, caller, *numbers))

    async def stop(self, _came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """No more questions."""
        return await self._pressed(caller, await self._desk.write(interviewing.stop, caller, numbers[0]))

    async def rate(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """The rating of one question that its button names, so that a press that comes twice changes it once."""
        interview_id, step, rating = numbers
        if rating not in set(Rating):
            return self._desk.words.said(await said(self._desk, came), "too-old")
        changed = await self._desk.write(summing.rate, caller, interview_id, step, Rating(rating))
        return await self._show(came, caller, changed)

    async def plan(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """Reviews of them all."""
        stands = await self._desk.write(summing.find, caller, numbers[0])
        if isinstance(stands, TooOld):
            return self._desk.words.said(stands.language, "too-old")
        grades = await asyncio.to_thread(summing.graded, stands, caller)
        ratings: dict[int, Rating] = ratings_of(stands, grades)
        return await self._show(came, caller, await self._desk.write(summing.plan, caller, numbers[0], ratings))

    async def wake(self, interview_id: int) -> None:
        """An interview in which nobody said what was to be said."""
        desk, now = self._desk, self._desk.clock()
        outcome = await desk.write(interviewing.wake, desk.library(), interview_id, now, desk.defaults)
        caller = await desk.read(interviewing.caller_of, desk.library(), interview_id, now, desk.defaults)
        if outcome is None or caller is None:
            return
        try:
            await self._go(caller, outcome)
        except (NetworkError, RetryAfter) as error:  # its lease ends, and it is tried again
            log.warning("interview_waits", interview=interview_id, error=type(error).__name__)

    async def _pressed(self, caller: Caller, outcome: Next | TooOld) -> str:
        if isinstance(outcome, TooOld):
            return self._desk.words.said(outcome.language, "too-old")
        await self._go(caller, outcome)
        return ""

    async def _go(self, caller: Caller, outcome: Next) -> None:
        """Do what is to be done, until the person has the word."""
        while isinstance(outcome, Judging):
            grade = await asyncio.to_thread(interviewing.judged, caller.library, outcome)
            outcome = await self._desk.write(interviewing.onward, caller, outcome, grade)
        match outcome:
            case Asking():
                await self._say(outcome)
            case Summing():
                await self._tell(caller, outcome)

    async def _say(self, asked: Asking, note: Text = NOTHING, *, again: bool = False) -> None:
        interview, view = asked.interview, asking_view(self._desk.words, asked, note, again=again)
        sent = await self._desk.delivery.send(interview.person_id, view, thread_id=interview.thread_id)
        number = sent.message_id if isinstance(sent, Sent) else None
        await self._desk.insist(interviewing.said, asked, number, self._desk.clock())

    async def _tell(self, caller: Caller, sums: Summing) -> None:
        """The verdict, once; asked for again it is shown where it stands."""
        interview = sums.interview
        view, rest = await self._views(caller, sums)
        if interview.verdict_id is not None:
            edited = await self._desk.delivery.edit(interview.person_id, interview.verdict_id, view)
            if not isinstance(edited, Refused):
                return
        sent = await self._desk.delivery.send(interview.person_id, view, thread_id=interview.thread_id)
        number = sent.message_id if isinstance(sent, Sent) else None
        first, more = (rest[:1], rest[1:]) if number is not None else ((), ())
        await self._continue(
            sums, first, number
        )  # before it is written down: who dies between the two tells both again
        await self._desk.insist(summing.told, interview.id, number)
        await self._continue(sums, more, number)

    async def _continue(self, sums: Summing, rest: tuple[Text, ...], number: int | None) -> None:
        interview = sums.interview
        if number is None:
            return

        async def send(view: View, reply_to: int) -> Outcome:
            return await self._desk.delivery.send(
                interview.person_id, view, thread_id=interview.thread_id, reply_to=reply_to
            )

        await follow(send, map(View, rest), reply_to=number)

    async def _show(self, came: Visit, caller: Caller, outcome: Summing | TooOld) -> str:
        """The verdict as it is now, in the message whose button was pressed."""
        if isinstance(outcome, TooOld):
            return self._desk.words.said(outcome.language, "too-old")
        view, _rest = await self._views(caller, outcome)
        await self._desk.delivery.edit(came.chat.id, came.message_id, view)
        return ""

    async def _views(self, caller: Caller, sums: Summing) -> tuple[View, tuple[Text, ...]]:
        grades = await asyncio.to_thread(summing.graded, sums, caller)
        return verdict_views(self._desk.words, sums, grades, caller.library)
