"""Extra study on Telegram: /cram and its buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.core.bank import Language
from bot.flows import cramming
from bot.flows.asking import Lapsed
from bot.flows.callers import Caller, NoTopic, TooOld, Unseen
from bot.flows.runs import Extra, Next, Outcome, Over, Practised
from bot.tg.buttons import Verb
from bot.tg.cramming_views import choose_view, extra_view, lapsed_view, over_view, practised_view, revealed_view
from bot.tg.desk import Desk, caller_of, said
from bot.tg.putting import Putting
from bot.tg.routes import Pressed, Routes
from bot.tg.topic_views import no_topic_view
from bot.tg.views import View
from bot.tg.visits import Visit

Act = Callable[[Visit, Caller, tuple[int, ...]], Awaitable[str]]
"""What a button does; gives the toast to show."""


def routes(desk: Desk) -> Routes:
    """/cram in private, and every button of extra study."""
    here = _Cramming(desk)
    buttons: dict[Verb, tuple[int, Act]] = {
        Verb.CRAM: (1, here.topic),
        Verb.CRAM_ANSWER: (2, here.answer),
        Verb.CRAM_REVEAL: (1, here.reveal),
        Verb.CRAM_KNEW: (2, here.own_up),
        Verb.CRAM_NEXT: (1, here.next),
        Verb.CRAM_AGAIN: (1, here.again),
    }
    presses = {verb: (count, here.button(action)) for verb, (count, action) in buttons.items()}
    return Routes({"cram": here.cram}, presses)


class _Cramming:
    """The handlers, around their desk. A button's handler gives the toast to show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._putting = Putting(desk)

    def button(self, action: Act) -> Pressed:
        """What is done about a press: every press is answered, once, after it has been dealt with."""

        async def handle(came: Visit, numbers: tuple[int, ...]) -> None:
            toast = await action(came, caller_of(self._desk, came), numbers)
            await self._desk.delivery.toast(came.press_id, toast)

        return handle

    async def cram(self, came: Visit) -> None:
        """/cram topic; without one, which?"""
        caller = caller_of(self._desk, came)
        if not came.argument:
            language = await self._desk.write(cramming.arrived, caller)
            view = choose_view(self._desk.words, language, caller.library)
            await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
            return
        begun = await self._desk.write(cramming.begin, caller, came.argument, came.message_id, came.thread_id)
        if isinstance(begun, Extra) and begun.asked.round.state == "closed":
            await self._restore(caller, begun)
        else:
            await self._put(came, caller, begun)

    async def topic(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """A run through one topic, or all."""
        flow = cramming.begin_topic
        begun = await self._desk.write(flow, caller, numbers[0], came.message_id, came.press_id, came.thread_id)
        return await self._put(came, caller, begun)

    async def next(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """The question after a round."""
        following = await self._desk.write(cramming.following, caller, numbers[0], came.thread_id)
        return await self._put(came, caller, following)

    async def again(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """What was missed, once more."""
        begun = await self._desk.write(cramming.once_more, caller, numbers[0], came.thread_id)
        return await self._put(came, caller, begun)

    async def answer(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """One of A to L."""
        round_id, position = numbers
        outcome = await self._desk.write(cramming.answer, caller, round_id, position, came.message_id)
        toast = await self._show(came, outcome, round_id)
        if isinstance(outcome, Practised) and not outcome.first:
            return self._said(await said(self._desk, came), "practice-answered")
        return toast

    async def reveal(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """The answer to a question without choices."""
        outcome = await self._desk.write(cramming.standing, caller, numbers[0])
        return await self._show(came, outcome, numbers[0])

    async def own_up(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """Whether it was known."""
        round_id, knew = numbers
        flow = cramming.own_up
        outcome = await self._desk.write(flow, caller, round_id, came.message_id, knew=bool(knew))
        return await self._show(came, outcome, round_id)

    async def _put(self, came: Visit, caller: Caller, begun: Next | NoTopic | TooOld) -> str:
        """Put a question to the person, or say why there is none."""
        match begun:
            case Extra() if begun.asked.round.state == "closed":
                return self._said(begun.asked.language, "cram-passed")
            case Extra():
                return await self._putting.put(begun.asked, extra_view(self._desk.words, begun))
            case TooOld():
                return self._said(begun.language, "too-old")
            case Unseen():
                await self._putting.give_up(came, begun)
            case _:
                view = self._no_question(caller, begun)
                await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
        return ""

    async def _restore(self, caller: Caller, begun: Extra) -> None:
        """A redelivered /cram whose question has been answered since: its result is shown again."""
        asked = begun.asked.round
        stands = await self._desk.write(cramming.standing, caller, asked.id)
        if isinstance(stands, Practised) and asked.message_id is not None:
            view, _rest = practised_view(self._desk.words, stands)
            await self._desk.delivery.edit(asked.chat_id, asked.message_id, view)

    async def _show(self, came: Visit, outcome: Outcome, round_id: int) -> str:
        """Make the pressed message show what came of it."""
        words = self._desk.words
        match outcome:
            case Practised():
                await self._putting.edit(came, outcome.extra.asked, practised_view(words, outcome))
            case Extra():
                await self._putting.edit(came, outcome.asked, revealed_view(words, outcome))
            case Lapsed():
                view = lapsed_view(words, outcome.language, round_id)
                await self._desk.delivery.edit(came.chat.id, came.message_id, view)
            case TooOld():
                return self._said(outcome.language, "too-old")
        return ""

    def _no_question(self, caller: Caller, why: Over | Lapsed | NoTopic) -> View:
        words = self._desk.words
        match why:
            case Over():
                return over_view(words, why)
            case NoTopic():
                return no_topic_view(words, why, caller.library, Verb.CRAM)
            case Lapsed():
                return View(words(why.language, "practice-lapsed"))

    def _said(self, language: Language, key: str) -> str:
        return self._desk.words.said(language, key)
