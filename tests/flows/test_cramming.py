"""Extra study: everything once, the least well remembered first, and nothing of it is a review."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.core.bank import Library, Ref
from bot.core.review import Rating
from bot.flows import answers, asking, cramming, practice, stats
from bot.flows.asking import Asked, Lapsed, NothingDue
from bot.flows.callers import Caller, NoTopic, TooOld, Unseen
from bot.flows.cramming import EVERYTHING
from bot.flows.runs import Extra, Over, Practised
from bot.store import answers as stored
from bot.store import cards, studies, withheld
from bot.store.database import Database, Tx
from bot.store.tables import sittings
from bot.store.tables_group import scores
from tests.practice_bench import ADA, BOB, LIBRARY, NOON, QUESTIONS, caller, library

DAY = timedelta(days=1)
RIGHT = 2  # the original index of every right choice


def reviewed(tx: Tx, key: str, rating: Rating, at: datetime) -> None:
    """Ada was graded on the question then."""
    ref = Ref("nlp", key)
    cards.log_review(tx, ADA.id, ref, 10**6, rating, at)
    cards.plan(tx, ADA.id, ref, at + DAY)


class Cram:
    """Ada at her extra study."""

    def __init__(self, database: Database, bank: Library = LIBRARY) -> None:
        self.database = database
        self.bank = bank

    async def begin(self, wanted: str = "attention", message_id: int = 1) -> object:
        """`/cram topic`."""
        return await self._asked(cramming.begin, wanted, message_id, None)

    async def press(self, position: int, press_id: str) -> object:
        """A topic's button under message 5."""
        return await self._asked(cramming.begin_topic, position, 5, press_id, None)

    async def after(self, extra: Extra) -> object:
        """Next."""
        return await self._asked(cramming.following, extra.asked.round.id, None)

    async def again(self, extra: Extra) -> object:
        """What was missed once more."""
        return await self._asked(cramming.once_more, extra.asked.round.id, None)

    async def answer(self, extra: Extra, choice: int = RIGHT) -> object:
        """Press the choice of that original index, or say that it was known (or, for 0, was not)."""
        number = extra.asked.round.id
        if not extra.asked.question.choices:
            return await self.database.write(cramming.own_up, self.caller, number, 9, knew=bool(choice))
        position = extra.asked.round.choices.index(str(choice))
        return await self.database.write(cramming.answer, self.caller, number, position, 9)

    async def through(self, extra: object, wrong: tuple[str, ...] = ()) -> list[tuple[str, Practised]]:
        """Answer everything from here on, these wrong; each question's id with what came of it."""
        done = []
        while isinstance(extra, Extra):
            outcome = await self.answer(extra, 0 if extra.asked.round.ref.id in wrong else RIGHT)
            assert isinstance(outcome, Practised)
            done.append((extra.asked.round.ref.id, outcome))
            extra = await self.after(extra) if outcome.missed is None else None
        return done

    @property
    def caller(self) -> Caller:
        """Ada, now."""
        return caller(bank=self.bank)

    async def _asked(self, flow: Callable[..., object], *about: object) -> object:
        extra = await self.database.write(flow, self.caller, *about)
        if isinstance(extra, Extra):
            await self.database.write(asking.posted, extra.asked.round.id, 100 + extra.asked.round.id)
        return extra


@pytest.fixture
def cram(database: Database) -> Cram:
    """Ada, who has practised nothing."""
    return Cram(database)


def keys(done: list[tuple[str, Practised]]) -> list[str]:
    """The questions in the order they came."""
    return [key for key, _outcome in done]


async def test_the_least_well_remembered_comes_first(cram: Cram) -> None:
    """What was never asked is not remembered at all; then by how likely it is known now, not by when it is due."""
    await cram.database.write(reviewed, "a1", Rating.AGAIN, NOON - 2 * DAY)
    await cram.database.write(reviewed, "a3", Rating.EASY, NOON - 20 * DAY)
    await cram.database.write(reviewed, "r1", Rating.EASY, NOON)
    done = await cram.through(await cram.begin("maths"))
    assert keys(done) == ["a2", "b1"]
    done = await cram.through(await cram.press(EVERYTHING, "1"))
    assert keys(done) == ["a2", "b1", "a1", "a3", "r1"]
    assert [(one.extra.at, one.extra.of) for _key, one in done] == [(at, 5) for at in range(1, 6)]


async def test_it_has_no_effect_of_any_kind(cram: Cram) -> None:
    """No review, card, score, streak, sitting; /quiz asks what it would have asked, and its counts are as they were."""
    await cram.database.write(reviewed, "a1", Rating.GOOD, NOON - 3 * DAY)
    before = await cram.database.write(stats.stats, caller())
    first = await cram.begin("attention")
    assert isinstance(first, Extra)
    quiz = await cram.database.write(practice.quiz, caller(), "", 77, None)
    assert isinstance(quiz, Asked)
    assert quiz.round.ref.id == "a1"
    await cram.through(first, wrong=("a1",))
    now = await cram.database.write(stats.stats, caller())
    logs = await cram.database.read(cards.logs, ADA.id)

    assert now == before
    assert [(ref.id, len(log)) for ref, log in logs.items()] == [("a1", 1)]
    assert await cram.database.read(_lines_of, ADA.id) == []
    assert await cram.database.read(studies.days_of, ADA.id) == ()


async def test_an_open_question_of_it_hides_nothing(cram: Cram) -> None:
    """A question that waits for an answer there is asked by /quiz all the same, and counts as not waiting."""
    for key in ("a1", "a2", "a3", "b1"):
        await cram.database.write(reviewed, key, Rating.GOOD, NOON)
    await cram.begin("training")
    quiz = await cram.database.write(practice.quiz, caller(), "training", 77, None)
    assert isinstance(quiz, Asked)
    assert quiz.round.ref.id == "r1"
    await cram.database.write(answers.rate, caller(), quiz.round.id, 3, 9)
    nothing = await cram.database.write(practice.quiz, caller(), "training", 78, None)
    assert isinstance(nothing, NothingDue)
    assert nothing.waiting == 0


async def test_it_keeps_no_sitting(cram: Cram) -> None:
    """An hour's silence is measured from what was practised for good."""
    await cram.through(await cram.begin())
    assert (await cram.database.read(lambda tx: tx.execute(select(sittings)).all())) == []


async def test_the_end_names_what_was_missed_and_does_it_again(cram: Cram) -> None:
    """The last answer ends the lap; the next lap has the missed ones alone, and ends in its turn."""
    done = await cram.through(await cram.begin(), wrong=("a1", "a3"))
    assert [one.missed is None for _key, one in done] == [True, True, False]
    last = done[-1][1]
    assert [question.ref.id for question in last.missed or ()] == ["a1", "a3"]
    lap = await cram.through(await cram.again(last.extra), wrong=("a3",))
    assert keys(lap) == ["a1", "a3"]
    assert [question.ref.id for question in lap[-1][1].missed or ()] == ["a3"]
    third = await cram.through(await cram.again(lap[-1][1].extra))
    assert keys(third) == ["a3"]
    assert third[-1][1].missed == ()


async def test_double_taps(cram: Cram) -> None:
    """The same message, Next or "again" twice begin one round; the first answer stays."""
    first, twice = await cram.begin(), await cram.begin()
    assert isinstance(first, Extra)
    assert isinstance(twice, Extra)
    assert first.asked.round.id == twice.asked.round.id
    wrong, right = await cram.answer(first, 0), await cram.answer(first)
    assert isinstance(wrong, Practised)
    assert isinstance(right, Practised)
    assert (wrong.right, wrong.first, right.right, right.first, right.choice) == (False, True, False, False, 0)
    following = [await cram.after(first), await cram.after(first)]
    assert len({one.asked.round.id for one in following if isinstance(one, Extra)}) == 1
    done = await cram.through(following[0], wrong=("a3",))
    laps = [await cram.again(done[-1][1].extra) for _time in range(2)]
    assert len({one.asked.round.id for one in laps if isinstance(one, Extra)}) == 1


async def test_next_pressed_twice_at_once(cram: Cram) -> None:
    """Two taps, two processes: one round."""
    first = await cram.begin()
    assert isinstance(first, Extra)
    await cram.answer(first)
    shown = await asyncio.gather(*(cram.after(first) for _time in range(2)))
    assert len({one.asked.round.id for one in shown if isinstance(one, Extra)}) == 1


async def test_a_topics_button_again(cram: Cram) -> None:
    """While its question waits the button shows it; the press that comes again, too; afterwards it begins a new run."""
    first, again = await cram.press(0, "1"), await cram.press(0, "2")
    assert isinstance(first, Extra)
    assert isinstance(again, Extra)
    assert again.asked.round.id == first.asked.round.id
    done = await cram.through(first)
    redelivered = await cram.press(0, "1")
    assert isinstance(redelivered, Extra)
    assert redelivered.asked.round.state == "closed"
    anew = await cram.press(0, "3")
    assert isinstance(anew, Extra)
    assert (anew.at, anew.of, anew.asked.round.id > done[-1][1].extra.asked.round.id) == (1, 3, True)
    assert await cram.press(99, "4") == TooOld("zh")


async def test_a_question_that_left_the_bank(cram: Cram) -> None:
    """Its round does not count, Next goes on without it, and what was missed of it is not named."""
    first = await cram.begin()
    assert isinstance(first, Extra)
    cram.bank = library(*QUESTIONS[1:])
    assert await cram.answer(first) == Lapsed("zh")
    done = await cram.through(await cram.after(first), wrong=("a2",))
    assert keys(done) == ["a2", "a3"]
    assert [(one.extra.at, one.extra.of) for _key, one in done] == [(1, 2), (2, 2)]
    cram.bank = library(*QUESTIONS[2:])
    assert await cram.again(done[-1][1].extra) == Over("zh", (), None)


async def test_what_the_person_does_not_want_is_left_out(cram: Cram) -> None:
    """Suspended or buried, until it is wanted again."""
    await cram.database.write(withheld.withhold, ADA.id, Ref("nlp", "a1"), None)
    await cram.database.write(withheld.withhold, ADA.id, Ref("nlp", "a2"), NOON + DAY)
    assert keys(await cram.through(await cram.begin())) == ["a3"]


async def test_the_last_question_left_the_bank(cram: Cram) -> None:
    """Next then tells the end of the lap."""
    first = await cram.begin()
    assert isinstance(first, Extra)
    await cram.answer(first, 0)
    second = await cram.after(first)
    assert isinstance(second, Extra)
    cram.bank = library(QUESTIONS[0])
    assert await cram.answer(second) == Lapsed("zh")
    assert await cram.after(second) == Over("zh", (QUESTIONS[0],), first.asked.round.id)


async def test_who_may_press(cram: Cram) -> None:
    """Practice's buttons mean nothing on it, nor its own on a round of practice or somebody else's."""
    extra = await cram.begin()
    assert isinstance(extra, Extra)
    number = extra.asked.round.id
    quiz = await cram.database.write(practice.quiz, caller(), "", 77, None)
    assert isinstance(quiz, Asked)
    stranger = caller(person=BOB)
    assert await cram.database.write(answers.answer, caller(), number, 0, 9) == TooOld("zh")
    assert await cram.database.write(practice.next_question, caller(), number, None) == TooOld("zh")
    assert await cram.database.write(cramming.answer, caller(), quiz.round.id, 0, 9) == TooOld("zh")
    assert await cram.database.write(cramming.answer, stranger, number, 0, 9) == TooOld("en")
    assert await cram.database.write(cramming.answer, caller(), number, 7, 9) == TooOld("zh")
    assert await cram.database.write(cramming.own_up, caller(), number, 9, knew=True) == TooOld("zh")


async def test_what_there_is_no_run_for(cram: Cram) -> None:
    """No such topic; a round that was sent three times without an answer is sent no more."""
    assert isinstance(await cram.begin("xyzzy"), NoTopic)
    await cram.database.write(cramming.begin, caller(), "bert", 3, None)
    for _send in range(2):
        await cram.database.write(cramming.begin, caller(), "bert", 3, None)
    assert isinstance(await cram.database.write(cramming.begin, caller(), "bert", 3, None), Unseen)


async def test_its_answer_is_kept(cram: Cram) -> None:
    """As practised: what was chosen and whether it was right, without points, and it goes with the person."""
    extra = await cram.begin()
    assert isinstance(extra, Extra)
    await cram.answer(extra, 1)
    (kept,) = await cram.database.read(stored.to, extra.asked.round.id)
    assert (kept.choice, kept.right, kept.points) == (1, False, 0)


def _lines_of(tx: Tx, person_id: int) -> list[object]:
    return list(tx.execute(select(scores).where(scores.c.person_id == person_id)))
