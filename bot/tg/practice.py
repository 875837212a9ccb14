"""Private practice on Telegram: /quiz, /topics and the buttons under a question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.core.bank import Language
from bot.flows import answers, practice, stats, undoing
from bot.flows.answers import Result
from bot.flows.asking import Asked, Lapsed, NothingDue
from bot.flows.callers import Caller, Graded, NoTopic, TooOld, Unseen
from bot.flows.undoing import Stays
from bot.tg.buttons import Verb
from bot.tg.desk import Desk, caller_of
from bot.tg.practice_views import nothing_view, result_view
from bot.tg.putting import Putting
from bot.tg.question_views import WAYS, question_view, revealed_view
from bot.tg.routes import Command, Pressed, Routes
from bot.tg.stats_views import topics_view
from bot.tg.topic_views import no_topic_view
from bot.tg.views import View
from bot.tg.visits import Visit

Act = Callable[[Visit, Caller, tuple[int, ...]], Awaitable[str]]
"""What a button does; gives the toast to show."""

Regrade = Callable[[Caller, int], Awaitable[bool]]
"""Shows the grade of that round's answer in words, to be rated; whether it has one."""

Question = Asked | NothingDue | Lapsed | NoTopic | TooOld | Unseen
Outcome = Asked | Result | Lapsed | TooOld


def routes(desk: Desk, grade_again: Regrade) -> Routes:
    """/quiz and /topics in private, and every button of practice."""
    here = _Practice(desk, grade_again)
    commands = {"quiz": here.quiz, "topics": here.topics, "review": here.review, "undo": here.undo}
    buttons: dict[Verb, tuple[int, Act]] = {
        Verb.ANSWER: (2, here.answer),
        Verb.GUESSED: (1, here.guessed),
        Verb.EASY: (1, here.easy),
        Verb.REVEAL: (1, here.reveal),
        Verb.RATE: (2, here.rate),
        Verb.NEXT: (1, here.next),
        Verb.EASIER: (1, here.easier),
        Verb.UNDO: (2, here.undo_answer),
        Verb.TOPIC: (1, here.topic),
        Verb.WAY: (2, here.way),
    }
    return Routes(
        {name: here.command(action) for name, action in commands.items()},
        {verb: (count, here.button(action)) for verb, (count, action) in buttons.items()},
    )


class _Practice:
    """The handlers, around their desk. A button's handler gives the toast to show."""

    def __init__(self, desk: Desk, grade_again: Regrade) -> None:
        self._desk = desk
        self._grade_again = grade_again
        self._putting = Putting(desk)

    def command(self, action: Callable[[Visit, Caller], Awaitable[None]]) -> Command:
        """What is done about a message, knowing who calls."""

        async def handle(came: Visit) -> None:
            await action(came, caller_of(self._desk, came))

        return handle

    def button(self, action: Act) -> Pressed:
        """What is done about a press: every press is answered, once, after it has been dealt with."""

        async def handle(came: Visit, numbers: tuple[int, ...]) -> None:
            toast = await action(came, caller_of(self._desk, came), numbers)
            await self._desk.delivery.toast(came.press_id, toast)

        return handle

    async def quiz(self, came: Visit, caller: Caller) -> None:
        """/quiz [topic]"""
        question = await self._desk.write(practice.quiz, caller, came.argument, came.message_id, came.thread_id)
        if isinstance(question, Asked) and question.round.state == "closed":
            await self._restore(caller, question)
        else:
            await self._put(came, caller, question)

    async def review(self, came: Visit, caller: Caller) -> None:
        """/review"""
        question = await self._desk.write(practice.review, caller, came.message_id, came.thread_id)
        if isinstance(question, Asked) and question.round.state == "closed":
            await self._restore(caller, question)
        else:
            await self._put(came, caller, question)

    async def topics(self, came: Visit, caller: Caller) -> None:
        """/topics"""
        view = topics_view(self._desk.words, await self._desk.write(stats.topics, caller))
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)

    async def topic(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """A question of one topic."""
        flow, position = practice.quiz_topic, numbers[0]
        question = await self._desk.write(flow, caller, position, came.message_id, came.press_id, came.thread_id)
        return await self._put(came, caller, question)

    async def next(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """The question after a round."""
        question = await self._desk.write(practice.next_question, caller, numbers[0], came.thread_id)
        return await self._put(came, caller, question)

    async def answer(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """One of A to L."""
        round_id, position = numbers
        outcome = await self._desk.write(answers.answer, caller, round_id, position, came.message_id)
        toast = await self._show(came, outcome)
        if isinstance(outcome, Result) and not outcome.first:
            return self._said(outcome.asked.language, "practice-answered")
        return toast

    async def guessed(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """A right choice was a guess."""
        return await self._show(came, await self._desk.write(answers.amend, caller, numbers[0], answers.GUESSED))

    async def easy(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """A right choice was too easy."""
        return await self._show(came, await self._desk.write(answers.amend, caller, numbers[0], answers.TOO_EASY))

    async def reveal(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """The answer to a recall question."""
        outcome = await self._desk.write(answers.reveal, caller, numbers[0])
        if isinstance(outcome, Graded):
            return self._said(outcome.language, "typed-below")
        return await self._show(came, outcome)

    async def way(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """The same question with choices, or in words."""
        round_id, place = numbers
        way = WAYS[place] if place < len(WAYS) else None
        outcome = await self._desk.write(answers.ask_as, caller, round_id, way)
        if not isinstance(outcome, Asked):
            return await self._show(came, outcome)
        await self._desk.delivery.edit(came.chat.id, came.message_id, question_view(self._desk.words, outcome))
        return ""

    async def rate(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """How well a recall question was known."""
        round_id, rating = numbers
        return await self._show(came, await self._desk.write(answers.rate, caller, round_id, rating, came.message_id))

    async def easier(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """Instead of one that is forgotten again and again."""
        question = await self._desk.write(practice.easier_question, caller, numbers[0], came.thread_id)
        return await self._put(came, caller, question)

    async def undo_answer(self, came: Visit, caller: Caller, numbers: tuple[int, ...]) -> str:
        """The answer under which the button stands was not meant so."""
        outcome = await self._desk.write(undoing.undo_answer, caller, *numbers)
        if isinstance(outcome, Stays):
            return self._said(outcome.language, f"undo-{outcome.why}")
        await self._desk.delivery.edit(came.chat.id, came.message_id, question_view(self._desk.words, outcome.asked))
        await self._graded(caller, outcome.asked)
        return self._said(outcome.asked.language, "undo-done")

    async def undo(self, came: Visit, caller: Caller) -> None:
        """/undo: the question stands open where it was asked, or anew if that message is gone; what was answered in
        words has its grade again."""
        outcome = await self._desk.write(undoing.undo_last, caller, came.message_id)
        if isinstance(outcome, Stays):
            view = View(self._desk.words(outcome.language, f"undo-{outcome.why}"))
        elif await self._graded(caller, outcome.asked):
            view = View(self._desk.words(outcome.asked.language, "undo-graded"))
        elif await self._putting.put(outcome.asked, question_view(self._desk.words, outcome.asked)):
            view = View(self._desk.words(outcome.asked.language, "undo-above"))
        else:
            return
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)

    async def _graded(self, caller: Caller, asked: Asked) -> bool:
        """Whether it waits for a rating alone, as its grade stands there again: what was written is written."""
        return asked.round.kind == "typed" and await self._grade_again(caller, asked.round.id)

    async def _put(self, came: Visit, caller: Caller, question: Question) -> str:
        """Put a question to the person, or say why there is none."""
        match question:
            case Asked() if question.round.state == "closed":
                return self._said(question.language, "practice-passed")
            case Asked():
                return await self._putting.put(question, question_view(self._desk.words, question))
            case TooOld():
                return self._said(question.language, "too-old")
            case Unseen():
                await self._putting.give_up(came, question)
            case _:
                view = self._no_question(caller, question)
                await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
        return ""

    async def _restore(self, caller: Caller, asked: Asked) -> None:
        """A redelivered /quiz whose question has been answered since: its result is shown again."""
        stands = await self._desk.write(answers.standing, caller, asked.round.id)
        told_apart = asked.round.kind == "typed"  # the grade stands in a message of its own
        if isinstance(stands, Result) and asked.round.message_id is not None and not told_apart:
            view, _rest = result_view(self._desk.words, stands)
            await self._desk.delivery.edit(asked.round.chat_id, asked.round.message_id, view)

    async def _show(self, came: Visit, outcome: Outcome) -> str:
        """Make the pressed message show what came of it."""
        match outcome:
            case Result():
                views = result_view(self._desk.words, outcome)
                await self._putting.edit(came, outcome.asked, views)
            case Asked():
                await self._putting.edit(came, outcome, revealed_view(self._desk.words, outcome))
            case Lapsed():
                view = View(self._desk.words(outcome.language, "practice-lapsed"))
                await self._desk.delivery.edit(came.chat.id, came.message_id, view)
            case TooOld():
                return self._said(outcome.language, "too-old")
        return ""

    def _no_question(self, caller: Caller, why: NothingDue | Lapsed | NoTopic) -> View:
        words = self._desk.words
        match why:
            case NothingDue():
                return nothing_view(words, why, caller.library, caller.now)
            case NoTopic():
                return no_topic_view(words, why, caller.library)
            case Lapsed():
                return View(words(why.language, "practice-lapsed"))

    def _said(self, language: Language, key: str) -> str:
        return self._desk.words.said(language, key)
