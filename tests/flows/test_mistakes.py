"""What went wrong when it was last asked."""

from dataclasses import replace
from datetime import timedelta

from bot.core.bank import Library
from bot.core.review import Rating
from bot.flows import answers, cramming, mistakes, practice, typed
from bot.flows.asking import Asked
from bot.flows.callers import TooOld
from bot.flows.cramming import MISSED
from bot.flows.mistakes import Wrong
from bot.flows.runs import Extra, Over, Practised
from bot.flows.writing import Written
from bot.store.database import Database
from tests.practice_bench import LIBRARY, NOON, QUESTIONS, caller, library
from tests.typed_bench import PARTLY, Writer

HOUR = timedelta(hours=1)
RIGHT, LURE = 2, 1


class Ada:
    """Ada, who practises."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.messages = 0

    async def practise(self, topic: str, choice: int, hours: int = 0) -> Asked:
        """`/quiz topic` answered with that original index, or rated one more."""
        self.messages += 1
        who = caller(NOON + hours * HOUR)
        asked = await self.database.write(practice.quiz, who, topic, self.messages, None)
        assert isinstance(asked, Asked)
        number = asked.round.id
        if asked.question.choices:
            position = asked.round.choices.index(str(choice))
            await self.database.write(answers.answer, who, number, position, self.messages)
        else:
            await self.database.write(answers.rate, who, number, choice + 1, self.messages)
        return asked

    async def mistakes(self, bank: Library = LIBRARY) -> list[tuple[str, int | None]]:
        """Each with what was chosen."""
        found = await self.database.write(mistakes.mistakes, caller(bank=bank))
        return [(one.question.ref.id, one.chosen) for one in found.wrong]


async def test_what_went_wrong_stands_there_newest_first(database: Database) -> None:
    """Wrong choices with what was chosen, what was rated Again without; what was right or rated better is not there."""
    ada = Ada(database)
    await ada.practise("attention", LURE)
    await ada.practise("training", 0, hours=2)
    await ada.practise("attention", RIGHT, hours=2)
    await ada.practise("bert", 0, hours=4)
    assert await ada.mistakes() == [("b1", 0), ("r1", None), ("a1", LURE)]
    found = await database.write(mistakes.mistakes, caller())
    assert found.wrong[2] == Wrong(QUESTIONS[0], NOON, LURE)


async def test_it_is_the_last_time_that_counts(database: Database) -> None:
    """Right a day later, it is gone; a guess that was right is one; taken back, it is none again."""
    ada = Ada(database)
    await ada.practise("bert", LURE)
    assert await ada.mistakes() == [("b1", LURE)]
    asked = await ada.practise("bert", RIGHT, hours=24)
    assert await ada.mistakes() == []
    await database.write(answers.amend, caller(NOON + 24 * HOUR), asked.round.id, answers.GUESSED)
    assert await ada.mistakes() == [("b1", RIGHT)]
    await database.write(answers.amend, caller(NOON + 24 * HOUR), asked.round.id, answers.TOO_EASY)
    assert await ada.mistakes() == []
    await ada.practise("bert", LURE, hours=24 * 40)
    assert await ada.mistakes() == [("b1", LURE)]


async def test_a_bank_that_has_changed(database: Database) -> None:
    """A question that left is not there; of one whose choices are others now nobody knows what was chosen."""
    ada = Ada(database)
    await ada.practise("attention", LURE)
    await ada.practise("bert", LURE)
    changed = replace(QUESTIONS[0], choices=QUESTIONS[0].choices[:3])
    assert await ada.mistakes(library(changed, *QUESTIONS[1:3])) == [("a1", None)]


async def test_an_answer_in_writing_with_the_points_it_left_out(database: Database) -> None:
    """As the rubric says them, in the person's language, instead of a choice that was none."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.says(PARTLY)
    done = await database.write(typed.finish, writer.caller, asked.round.id)
    assert isinstance(done, Written)
    await writer.grade(done)
    await writer.rates(asked, Rating.AGAIN)
    (wrong,) = (await database.write(mistakes.mistakes, writer.caller)).wrong
    rubric = writer.caller.library.rubric(wrong.question.ref)
    assert rubric is not None
    left_out = next(point.say["zh"] for point in rubric.points if point.id == "gradient")
    assert (wrong.chosen, wrong.missed) == (None, (left_out,))


async def test_practising_them_is_extra_study(database: Database) -> None:
    """All of them and nothing else; they stay mistakes until a review says otherwise; twice pressed is one run."""
    ada = Ada(database)
    await ada.practise("attention", LURE)
    await ada.practise("attention", RIGHT)
    await ada.practise("bert", LURE)
    begun = [await database.write(cramming.begin_topic, caller(), MISSED, 50, "1", None) for _time in range(2)]
    extra, again = begun
    assert isinstance(extra, Extra)
    assert isinstance(again, Extra)
    assert (extra.asked.round.id, extra.of) == (again.asked.round.id, 2)
    asked = [await _right(database, extra)]
    following = await database.write(cramming.following, caller(), extra.asked.round.id, None)
    assert isinstance(following, Extra)
    asked.append(await _right(database, following))
    assert sorted(asked) == ["a1", "b1"]
    assert [key for key, _chosen in await ada.mistakes()] == ["b1", "a1"]


async def test_nothing_to_practise(database: Database) -> None:
    """Without a mistake there is no run; a place that means nothing is too old."""
    assert await database.write(cramming.begin_topic, caller(), MISSED, 50, "1", None) == Over("zh")
    assert await database.write(cramming.begin_topic, caller(), 9997, 50, "1", None) == TooOld("zh")


async def _right(database: Database, extra: Extra) -> str:
    """Answer it rightly; its id."""
    position = extra.asked.round.choices.index(str(RIGHT))
    done = await database.write(cramming.answer, caller(), extra.asked.round.id, position, 60)
    assert isinstance(done, Practised)
    return extra.asked.round.ref.id
