"""The daily push as a short sitting, /review, and the reminder: what is asked, what is left, and when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.core.people import Chat
from bot.core.review import Rating
from bot.core.slots import Hour, Off, comes_after
from bot.flows import answers, asking, daily, learners, practice, pushing, settling
from bot.flows.answers import Result
from bot.flows.asking import Asked, NothingDue
from bot.flows.portions import Portion
from bot.flows.pushing import Due
from bot.flows.settling import Settled
from bot.store import cards, pushes, typed, withheld
from bot.store.database import Database
from bot.store.typed import Piece
from tests.practice_bench import ADA, DEFAULTS, NOON, caller, choice_question, library

HOME = Chat(ADA.id, "private", "Ada")
MANY = library(*(choice_question(f"q{number:02}", "attention", 1) for number in range(40)))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NINE, SIX = 9 * 60, 18 * 60
MORNING = NOON + DAY - 3 * HOUR  # tomorrow at nine


class Life:
    """Ada's chat with an hour, and the days that pass."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOON
        self.messages = 0

    async def begin(self, **chosen: int) -> None:
        """Nine o'clock, and some study settings."""
        await self.database.write(daily.change, ADA, HOME, Hour(NINE), None, self.now, DEFAULTS)
        for name, value in chosen.items():
            await self.database.write(learners.change, caller(self.now), name, value)

    async def tick(self, now: datetime) -> list[Due | Settled | None]:
        """What the minute tick finds due."""
        self.now, found = now, []
        for hour in await self.database.read(pushing.ready, now, 99):
            claimed = await self.database.write(pushing.claim, MANY, hour, now, DEFAULTS)
            if isinstance(claimed, Due):
                self.messages += 1
                assert claimed.round_id is not None
                number = 1000 + self.messages
                await self.database.write(settling.sent, claimed.push, claimed.round_id, number, "", now, DEFAULTS)
            found.append(claimed)
        return found

    async def push(self, now: datetime) -> Asked:
        """The question that the hour brings."""
        (due,) = await self.tick(now)
        assert isinstance(due, Due)
        assert isinstance(due.ask, Asked)
        return due.ask

    async def answer(self, asked: Asked, choice: int = 2) -> Result:
        """Rightly, unless said otherwise."""
        self.now += timedelta(minutes=1)
        at = asked.round.choices.index(str(choice))
        result = await self.database.write(answers.answer, caller(self.now, bank=MANY), asked.round.id, at, 70)
        assert isinstance(result, Result)
        return result

    async def next(self, asked: Asked) -> Asked | NothingDue:
        """The button under its result."""
        found = await self.database.write(practice.next_question, caller(self.now, bank=MANY), asked.round.id, None)
        assert isinstance(found, Asked | NothingDue)
        if isinstance(found, Asked):
            await self.database.write(asking.posted, found.round.id, 2000 + found.round.id)
        return found

    async def command(self, flow: str, now: datetime | None = None) -> Asked | NothingDue:
        """/review or /quiz in a new message."""
        self.now = now or self.now
        self.messages += 1
        who = caller(self.now, bank=MANY)
        if flow == "quiz":
            found = await self.database.write(practice.quiz, who, "", self.messages, None)
        else:
            found = await self.database.write(practice.review, who, self.messages, None)
        assert isinstance(found, Asked | NothingDue)
        return found

    async def quiz(self, times: int, choice: int = 0) -> None:
        """So many questions on demand."""
        for _ in range(times):
            asked = await self.command("quiz")
            assert isinstance(asked, Asked)
            await self.answer(asked, choice)


@pytest.fixture
def life(database: Database) -> Life:
    """Monday noon."""
    return Life(database)


async def test_the_push_is_a_short_sitting(life: Life) -> None:
    """Due ones first, then new ones, the person's number; each says how many are left, and the last that it is done."""
    await life.begin(portion=4)
    await life.quiz(2)
    asked = await life.push(MORNING)
    assert asked.portion == Portion(4, 0, 0, daily=True)
    refs, left = [], []
    while True:
        refs.append(asked.round.ref.id)
        result = await life.answer(asked)
        assert result.asked.portion is not None
        left.append(result.asked.portion.left)
        found = await life.next(asked)
        if isinstance(found, NothingDue):
            break
        asked = found
    assert refs == ["q00", "q01", "q02", "q03"]
    assert left == [3, 2, 1, 0]
    assert found.portion == Portion(0, 0, 0, daily=True)
    assert isinstance(await life.command("quiz"), Asked)  # which is asked for


async def test_what_is_due_beside_it_is_told(life: Life) -> None:
    """And /review goes on with it, ending with what the limit leaves for tomorrow."""
    await life.begin(portion=3, reviews_a_day=20, new_a_day=0)
    await life.quiz(24)
    asked = await life.push(MORNING)
    for _ in range(2):
        await life.answer(asked)
        following = await life.next(asked)
        assert isinstance(following, Asked)
        asked = following
    result = await life.answer(asked)
    assert result.asked.portion == Portion(0, 4, 17, daily=True)
    review = await life.command("review")
    assert isinstance(review, Asked)
    assert review.portion == Portion(17, 4)
    for _ in range(17):
        result = await life.answer(review)
        found = await life.next(review)
        review = found if isinstance(found, Asked) else review
    assert isinstance(found, NothingDue)
    assert result.asked.portion == found.portion == Portion(0, 4)
    tomorrow = await life.command("review", MORNING + DAY)
    assert isinstance(tomorrow, Asked)
    assert tomorrow.round.ref.id == "q20"


async def test_it_is_interrupted_and_resumed_at_will(life: Life) -> None:
    """Hours later, from any result of it; on the next day the button goes on with that day's."""
    await life.begin(portion=3)
    asked = await life.push(MORNING)
    await life.answer(asked)
    life.now += 9 * HOUR
    following = await life.next(asked)
    assert isinstance(following, Asked)
    assert following.portion == Portion(2, 0, 0, daily=True)
    await life.answer(following)
    life.now += DAY
    following = await life.next(following)
    assert isinstance(following, Asked)
    assert following.portion == Portion(3, 0, 0, daily=True)


async def test_review_asks_nothing_new(life: Life) -> None:
    """With nothing due it says so; the same message asks one question."""
    nothing = await life.command("review")
    assert isinstance(nothing, NothingDue)
    assert nothing.portion == Portion(0, 0)
    await life.quiz(1)
    life.now, life.messages = MORNING, 50
    first = await life.command("review")
    life.messages = 50
    again = await life.command("review")
    assert isinstance(first, Asked)
    assert isinstance(again, Asked)
    assert (first.round.id, again.again, again.portion) == (again.round.id, True, first.portion)
    await life.answer(first)
    assert isinstance(await life.next(first), NothingDue)


async def test_the_reminder_comes_if_it_is_not_done(life: Life) -> None:
    """At its hour, once, with the next question; its row is in the ledger of pushes."""
    await life.begin(portion=2)
    study = await life.database.write(learners.remind, caller(life.now), SIX)
    assert study.reminder == SIX
    assert await life.tick(NOON + 6 * HOUR) == ["nothing"]
    asked = await life.push(MORNING)
    await life.answer(asked)
    reminded = await life.push(MORNING + 9 * HOUR)
    assert reminded.portion == Portion(1, 0, 0, daily=True)
    assert await life.tick(MORNING + 9 * HOUR) == []
    row = await life.database.read(pushes.find_push, ADA.id, SIX, MORNING.date())
    assert row is not None
    assert row.state == "sent"


async def test_no_reminder_of_what_is_done_or_was_not_begun(life: Life) -> None:
    """Nor once it is unwanted; and it is no hour of the chat's own."""
    await life.begin(portion=1)
    await life.database.write(learners.remind, caller(life.now), SIX)
    plan = await life.database.write(daily.plan, ADA, HOME, life.now, DEFAULTS)
    assert [hour.minute for hour in plan.hours] == [NINE]
    assert await life.tick(NOON + 6 * HOUR) == ["nothing"]  # today nothing was pushed
    asked = await life.push(MORNING)
    await life.answer(asked)
    assert await life.tick(MORNING + 9 * HOUR) == ["nothing"]
    await life.database.write(daily.change, ADA, HOME, Hour(8 * 60), None, life.now, DEFAULTS)
    assert (await life.database.write(learners.study, caller(life.now))).reminder == SIX
    assert (await life.database.write(learners.remind, caller(life.now), 8 * 60)).reminder == SIX  # that is the push
    assert (await life.database.write(learners.remind, caller(life.now), None)).reminder is None
    await life.push(MORNING + DAY - HOUR)
    assert await life.tick(MORNING + DAY + 9 * HOUR) == []


async def test_the_reminder_brings_what_was_pushed(life: Life) -> None:
    """The very question that stands there without an answer, or the one after it that was left off at; not another."""
    await life.begin(portion=3)
    await life.database.write(learners.remind, caller(life.now), SIX)
    await life.tick(NOON + 6 * HOUR)
    asked = await life.push(MORNING)
    reminded = await life.push(MORNING + 9 * HOUR)
    assert (reminded.round.ref.id, asked.round.ref.id) == ("q00", "q00")
    assert reminded.round.id != asked.round.id
    await life.answer(reminded)
    asked = await life.push(MORNING + DAY)
    assert asked.round.ref.id == "q01"
    await life.answer(asked)
    following = await life.next(asked)
    assert isinstance(following, Asked)
    reminded = await life.push(MORNING + DAY + 9 * HOUR)
    assert reminded.round.ref.id == following.round.ref.id == "q02"


@pytest.mark.parametrize("why", ["buried", "answered elsewhere", "begun in words"])
async def test_the_reminder_goes_on_where_that_is_not_wanted(life: Life, why: str) -> None:
    """What was put aside, answered otherwise, or waits for its rating only is not asked again: the next one comes."""
    await life.begin(portion=3)
    await life.database.write(learners.remind, caller(life.now), SIX)
    await life.tick(NOON + 6 * HOUR)
    asked = await life.push(MORNING)
    if why == "buried":
        await life.database.write(withheld.withhold, ADA.id, asked.round.ref, MORNING + DAY)
    elif why == "answered elsewhere":
        await life.database.write(
            cards.log_review, ADA.id, asked.round.ref, asked.round.id + 900, Rating.GOOD, MORNING + HOUR
        )
    else:
        piece = Piece(900, "because")
        await life.database.write(typed.hear, asked.round.id, ADA.id, piece, life.now, life.now + DAY * 9)
    reminded = await life.push(MORNING + 9 * HOUR)
    assert reminded.round.ref.id == "q01"


async def test_a_reminder_comes_after_the_push_or_not_at_all(life: Life) -> None:
    """Without a daily hour, or before it, none can be set; one that a later hour overtakes is dropped, as is told."""
    refused = await life.database.write(learners.remind, caller(life.now), SIX)
    assert (refused.refused, refused.reminder, refused.hour, refused.reminders) == (True, None, None, ())
    await life.database.write(daily.change, ADA, HOME, Hour(SIX), None, life.now, DEFAULTS)
    for minute in (12 * 60 + 30, SIX):
        refused = await life.database.write(learners.remind, caller(life.now), minute)
        assert (refused.refused, refused.reminder) == (True, None)
    assert (refused.hour, refused.reminders) == (SIX, (20 * 60, 21 * 60 + 30))
    set_ = await life.database.write(learners.remind, caller(life.now), 20 * 60)
    assert (set_.refused, set_.reminder) == (False, 20 * 60)
    earlier = await life.database.write(daily.change, ADA, HOME, Hour(NINE), None, life.now, DEFAULTS)
    assert earlier.unreminded is None
    for hour in (20 * 60, 21 * 60):
        await life.database.write(learners.remind, caller(life.now), 20 * 60)
        later = await life.database.write(daily.change, ADA, HOME, Hour(hour), None, life.now, DEFAULTS)
        assert later.unreminded == 20 * 60
        assert (await life.database.write(learners.study, caller(life.now))).reminder is None
        await life.database.write(daily.change, ADA, HOME, Hour(NINE), None, life.now, DEFAULTS)
    off = await life.database.write(daily.change, ADA, HOME, Off(None), None, life.now, DEFAULTS)
    assert off.unreminded is None


def test_the_order_of_a_study_day() -> None:
    """It begins at four: one in the morning comes after eleven at night, three after that, and four before all."""
    assert comes_after(60, 23 * 60, 4)
    assert comes_after(3 * 60, 60, 4)
    assert not comes_after(4 * 60, 3 * 60, 4)
    assert not comes_after(60, 60, 4)
