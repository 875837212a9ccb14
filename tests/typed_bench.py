"""A bank with a rubric, and a person who answers in writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from bot.core.bank import Bank, Library
from bot.core.people import Person
from bot.flows import asking, learners, practice, typed, writing
from bot.flows.asking import Asked
from bot.flows.callers import Caller
from bot.flows.listening import Said
from bot.flows.writing import Written
from bot.store.database import Database
from tests.core.rubric_bench import SCALE
from tests.practice_bench import ADA, NOON, TOPICS, caller, choice_question, recall_question

GRADED, UNGRADED, RECALL = (
    choice_question("a1", "attention", 1),
    choice_question("b1", "bert", 1),
    recall_question("r1", "training"),
)
BANK = Library((Bank("nlp", {"zh": "面试题"}, TOPICS, (GRADED, UNGRADED, RECALL), rubrics={"a1": SCALE}),))
PARTLY = "维度大时方差变大，softmax 就会饱和。"
QUESTION, RESULT = 70, 90  # messages of the bot


@dataclass
class Writer:
    """Ada in her private chat, writing: what she does is one unit of work each."""

    database: Database
    person: Person = ADA
    bank: Library = BANK
    now: datetime = NOON
    messages: count[int] = count(100)  # noqa: RUF009 - numbers need only be distinct

    @property
    def caller(self) -> Caller:
        """As her updates bring her."""
        return caller(self.now, self.person, self.bank)

    async def asked(self, mode: str = "typed", wanted: str = "注意力") -> Asked:
        """A question that stands in her chat, asked as she has chosen."""
        await self.database.write(learners.change, self.caller, "mode", mode)
        put = await self.database.write(practice.quiz, self.caller, wanted, next(self.messages), None)
        assert isinstance(put, Asked)
        await self.database.write(asking.posted, put.round.id, QUESTION)
        return put

    async def says(self, text: str, message_id: int | None = None, reply_to: int | None = None) -> Written | None:
        """A plain message; None if it is no answer."""
        said = Said(message_id or next(self.messages), text, reply_to)
        heard = await self.database.write(typed.hear, self.caller, said)
        assert heard is None or isinstance(heard, Written)
        return heard

    async def answered(self, asked: Asked, text: str = PARTLY) -> Written:
        """She writes, and says that it is all; the grade stands there."""
        await self.says(text)
        written = await self.database.write(typed.finish, self.caller, asked.round.id)
        assert isinstance(written, Written)
        await self.grade(written)
        return written

    async def grade(self, written: Written) -> tuple[list[str], tuple[str, ...], str]:
        """What was made and missed, and the band, once noted and told."""
        found = writing.judged(self.bank, written)
        assert found is not None
        await self.database.write(writing.keep, written, found)
        await self.database.write(typed.told, written, RESULT, self.now)
        return [hit.point for hit in found.hits], found.missed, found.band

    async def rates(self, asked: Asked, rating: int) -> object:
        """She confirms, or changes, the rating."""
        return await self.database.write(typed.rate, self.caller, asked.round.id, rating, RESULT)
