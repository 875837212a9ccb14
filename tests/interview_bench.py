"""A bank to be interviewed on, and a person in an interview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from bot.core.bank import Bank, Library
from bot.core.people import Person
from bot.flows import beginning, interviewing
from bot.flows.callers import Caller
from bot.flows.conducting import Asking, Judging, Next
from bot.flows.listening import Said
from bot.store.database import Database
from tests.core.rubric_bench import SOURCE, rubrics
from tests.practice_bench import ADA, DEFAULTS, NOON, TOPICS, caller, choice_question, recall_question

ASKS = SOURCE.replace("say: {zh: 梯度消失", "ask: {zh: 后果呢？, en: So what?}\n    say: {zh: 梯度消失").replace(
    "say: {zh: softmax 饱和", "ask: {zh: softmax 会怎样？, en: And softmax?}\n    say: {zh: softmax 饱和"
)
SCALE = rubrics(ASKS)["scale"]
FIRST, SECOND, THIRD = (
    choice_question("a1", "attention", 1),
    choice_question("b1", "bert", 2),
    recall_question("r1", "training"),
)
BANK = Library((Bank("nlp", {"zh": "面试题"}, TOPICS, (FIRST, SECOND, THIRD), rubrics={"a1": SCALE, "b1": SCALE}),))
FULL = "维度大时方差变大，softmax 就会饱和，梯度消失。"
THIN = "维度大时方差变大。"


@dataclass
class Candidate:
    """Ada in an interview: what she does is one unit of work each, and the bot's answers are taken as sent."""

    database: Database
    bank: Library = BANK
    person: Person = ADA
    now: datetime = NOON
    messages: count[int] = count(100)  # noqa: RUF009 - numbers need only be distinct

    @property
    def caller(self) -> Caller:
        """As her updates bring her."""
        return caller(self.now, self.person, self.bank)

    async def begins(self, typed: str = "注意力 1", message_id: int = 1) -> Next:
        """/interview"""
        begun = await self.database.write(beginning.begin, self.caller, typed, message_id, None)
        assert isinstance(begun, Next), begun
        return await self.hears(begun)

    async def says(
        self, text: str, *, aloud: bool = False, message_id: int = 0, reply_to: int | None = None
    ) -> Next | None:
        """A plain message; None if it is said in no interview."""
        said = Said(message_id or next(self.messages), text, reply_to, aloud)
        outcome = await self.database.write(interviewing.hear, self.caller, said)
        return None if outcome is None else await self.hears(outcome)

    async def done(self, asked: Asking) -> Next:
        """The button."""
        outcome = await self.database.write(interviewing.finish, self.caller, asked.round.id, asked.on)
        assert isinstance(outcome, Next), outcome
        return await self.hears(outcome)

    async def stops(self, asked: Asking) -> Next:
        """The other button."""
        outcome = await self.database.write(interviewing.stop, self.caller, asked.round.id)
        assert isinstance(outcome, Next), outcome
        return await self.hears(outcome)

    async def wakes(self, interview_id: int, later: timedelta) -> Next | None:
        """The bot's tick, so much later."""
        self.now += later
        flow = interviewing.wake
        outcome = await self.database.write(flow, self.bank, interview_id, self.now, DEFAULTS)
        return None if outcome is None else await self.hears(outcome)

    async def hears(self, outcome: Next) -> Next:
        """What the bot then does: it grades, and says what is to be said."""
        while isinstance(outcome, Judging):
            grade = interviewing.judged(self.bank, outcome)
            outcome = await self.database.write(interviewing.onward, self.caller, outcome, grade)
        if isinstance(outcome, Asking):
            await self.database.write(interviewing.said, outcome, next(self.messages), self.now)
        return outcome
