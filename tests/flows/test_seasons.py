"""Closing weeks and months: when, what is told, and what the group wants again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.core.people import Person
from bot.core.slots import Hour
from bot.flows import boards, chats, schedule, seasons, streaks, voids
from bot.flows.opening import Opening
from bot.flows.seasons import Closing, Notable
from bot.store import seasons as store
from tests.flows import season_bench
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, LIBRARY, LIN, NOON, RIGHT, WRONG, Study

TEMPTING = 1
WEEK, MONTH = Period.week(NOON.date()), Period.month(NOON.date())
MONDAY_9 = datetime(2026, 3, 9, 1, tzinfo=UTC)  # 9:00 in Shanghai, after the week of NOON
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


async def scored(study: Study, *votes: tuple[Person, int]) -> Opening:
    """One round of the group's with these votes."""
    opened, poll = await study.poll()
    for who, choice in votes:
        await study.vote(who, poll, choice)
    await study.finish(opened)
    return opened


async def claimed(study: Study, period: Period, at: datetime) -> Closing | None:
    """What the tick would tell of the season then."""
    return await study.database.write(season_bench.claimed, GROUP.id, period, at)


async def due(study: Study, at: datetime) -> list[Period]:
    """The seasons whose hour has come."""
    return [period for _chat, period in await study.database.read(seasons.due, at, 9)]


async def test_a_week_and_a_month_with_an_answer_are_closed_at_nine_after_they_end(study: Study) -> None:
    """A group without an answer has no season; one minute early nothing is due."""
    assert await due(study, MONDAY_9) == []
    await scored(study, (ADA, RIGHT))
    assert await due(study, MONDAY_9 - MINUTE) == []
    assert await due(study, MONDAY_9) == [WEEK]
    assert await due(study, datetime(2026, 4, 1, 1, tzinfo=UTC)) == [WEEK, MONTH]


@pytest.mark.parametrize(
    ("minute", "closes"), [(7 * 60, MONDAY_9 - 2 * 60 * MINUTE), (2 * 60, MONDAY_9 + 17 * 60 * MINUTE)]
)
async def test_the_group_s_own_hour_is_taken(study: Study, minute: int, closes: datetime) -> None:
    """An hour before the study day begins is the next night's."""
    await study.database.write(schedule.choose, ADA, GROUP, Hour(minute), None, NOON, DEFAULTS)
    await scored(study, (ADA, RIGHT))
    season = await study.database.read(store.find, GROUP.id, WEEK)
    assert season is not None
    assert season.due_at == closes


async def test_an_hour_that_was_moved_moves_the_end(study: Study) -> None:
    """To a later one, or into another zone: what was due is not told, but waits for it."""
    await scored(study, (ADA, RIGHT))
    await study.database.write(chats.set_zone, ADA, GROUP, "Europe/London", NOON, DEFAULTS)
    assert await claimed(study, WEEK, MONDAY_9) is None
    assert await due(study, MONDAY_9 + 8 * 60 * MINUTE - MINUTE) == []
    assert await due(study, MONDAY_9 + 8 * 60 * MINUTE) == [WEEK]


async def test_a_season_is_told_once(study: Study) -> None:
    """Claimed, it is not due; cut short, it is due again after the lease; told, never."""
    await scored(study, (ADA, RIGHT))
    closing = await claimed(study, WEEK, MONDAY_9)
    assert closing is not None
    assert await claimed(study, WEEK, MONDAY_9 + MINUTE) is None
    assert await due(study, MONDAY_9 + MINUTE) == []
    assert await due(study, MONDAY_9 + 2 * MINUTE) == [WEEK]
    assert await claimed(study, WEEK, MONDAY_9 + 2 * MINUTE) is not None
    await study.database.write(seasons.told, closing.season, GROUP.id)
    assert await due(study, MONDAY_9 + DAY) == []
    assert await claimed(study, WEEK, MONDAY_9 + DAY) is None


async def test_what_is_two_days_late_or_heard_by_nobody_is_only_remembered(study: Study) -> None:
    """The hall of fame has it all the same."""
    await scored(study, (ADA, RIGHT), (BOB, WRONG))
    assert await claimed(study, WEEK, MONDAY_9 + 2 * DAY + MINUTE) is None
    assert await due(study, MONDAY_9 + 3 * DAY) == []
    hall = await study.database.write(seasons.hall, ADA, GROUP, MONDAY_9, DEFAULTS)
    assert [(period, [(line.name, line.points) for line in podium]) for period, podium in hall.podiums] == [
        (WEEK, [("Ada", 10)])
    ]
    await study.database.write(chats.rest, GROUP.id, MONDAY_9)
    assert await claimed(study, MONTH, datetime(2026, 4, 1, 1, tzinfo=UTC)) is None


async def test_the_podium_is_ranks_one_to_three_of_those_with_points(study: Study) -> None:
    """Ties share a rank, nobody with nothing stands there, and a later rename or /hide is respected."""
    people = [Person(number, f"P{number}") for number in range(100, 105)]
    await scored(study, *((who, RIGHT) for who in people[:4]), (people[4], WRONG))
    await scored(study, (people[0], RIGHT))
    closing = await claimed(study, WEEK, MONDAY_9)
    assert closing is not None
    assert [(line.rank, line.name) for line in closing.podium] == [(1, "P100"), (2, "P101"), (2, "P102"), (2, "P103")]
    await study.database.write(seasons.told, closing.season, GROUP.id)
    await study.database.write(boards.hide, people[1], GROUP, MONDAY_9, DEFAULTS, hidden=True)
    hall = await study.database.write(seasons.hall, replace(people[0], name="Q"), GROUP, MONDAY_9, DEFAULTS)
    ((_week, podium),) = hall.podiums
    assert [line.name for line in podium] == ["Q", "P102", "P103"]


async def test_who_improved_most_and_who_studies_longest(study: Study) -> None:
    """Only who took part in both weeks can improve; a streak of one day is none."""
    await scored(study, (ADA, RIGHT), (BOB, WRONG))
    study.now += 6 * DAY
    await scored(study, (BOB, WRONG))
    study.now += DAY
    await scored(study, (ADA, WRONG), (BOB, RIGHT), (LIN, RIGHT))
    closing = await claimed(study, Period.week(date(2026, 3, 9)), MONDAY_9 + 7 * DAY)
    assert closing is not None
    assert closing.improved == Notable("Bob", 20)
    assert closing.longest is None
    study.now += DAY
    await scored(study, (BOB, WRONG))
    study.now = datetime(2026, 3, 15, 4, tzinfo=UTC)
    for _day in range(2):
        await scored(study, (LIN, WRONG))
        study.now += DAY
    closing = await claimed(study, Period.week(date(2026, 3, 9)), MONDAY_9 + 7 * DAY + 2 * MINUTE)
    assert closing is not None
    assert (closing.rounds, closing.people, closing.people_before) == (3, 3, 2)


async def test_the_most_missed_questions_and_their_temptations(study: Study) -> None:
    """By the share of wrong answers, of two at least; what was voided is no lesson."""
    await scored(study, (ADA, RIGHT), (BOB, WRONG), (LIN, RIGHT))  # a1: 1 of 3
    await scored(study, (ADA, TEMPTING), (BOB, TEMPTING), (LIN, WRONG))  # a2: 3 of 3
    await scored(study, (ADA, WRONG))  # a3: 1 of 1
    await scored(study, (ADA, WRONG), (BOB, WRONG))  # b1: voided
    await study.database.write(voids.void, LIBRARY, ADA, GROUP, 10_000, None, study.now, DEFAULTS)
    closing = await claimed(study, WEEK, MONDAY_9)
    assert closing is not None
    told = [(missed.question.ref.id, missed.wrong, missed.answered, missed.tempting) for missed in closing.missed]
    assert told == [("a2", 3, 3, TEMPTING), ("a1", 1, 3, WRONG)]


async def test_what_was_missed_is_asked_again_when_wanted(study: Study) -> None:
    """The next rounds take it first, each once; wanted twice is wanted once."""
    await scored(study, (ADA, RIGHT), (BOB, WRONG))
    await scored(study, (ADA, WRONG), (BOB, WRONG))
    for new in (2, 0):
        refs = await study.database.read(seasons.missed, LIBRARY, GROUP, WEEK, DEFAULTS)
        done = await study.database.write(seasons.again, refs, ADA, GROUP, study.now, DEFAULTS)
        assert (done.new, done.missed) == (new, 2)
    asked = [(await scored(study)).round.ref for _ in range(3)]
    assert set(asked[:2]) == {Ref("nlp", "a1"), Ref("nlp", "a2")}
    assert asked[2] == Ref("nlp", "a3")


async def test_of_equal_streaks_the_first_on_the_board_is_told(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few people are read at a time; who is hidden is on no board."""
    monkeypatch.setattr(streaks, "_SLICE", 1)
    people_ = [Person(number, f"P{number}") for number in range(100, 105)]
    for day in range(3):
        study.now = NOON + (4 + day) * DAY
        await scored(study, *((who, RIGHT if who.id in {102, 103, 104} else WRONG) for who in people_[day % 2 :]))
    await study.database.write(boards.hide, people_[2], GROUP, study.now, DEFAULTS, hidden=True)
    closing = await claimed(study, WEEK, MONDAY_9)
    assert closing is not None
    assert closing.longest == Notable("P103", 3)


async def test_a_moved_group_keeps_its_seasons(study: Study) -> None:
    """The supergroup closes the week that the group began."""
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    await study.database.write(chats.move, GROUP.id, -900, NOON, DEFAULTS)
    assert await study.database.read(seasons.due, MONDAY_9, 9) == ((-900, WEEK),)
    closing = await study.database.write(season_bench.claimed, -900, WEEK, MONDAY_9)
    assert closing is not None
    assert [line.name for line in closing.podium] == ["Ada", "Bob"]


async def test_a_group_that_moves_while_its_week_is_told_is_told_once(study: Study) -> None:
    """The message arrived in the supergroup, and there the season is over."""
    await scored(study, (ADA, RIGHT), (BOB, RIGHT))
    closing = await claimed(study, WEEK, MONDAY_9)
    assert closing is not None
    await study.database.write(chats.move, GROUP.id, -900, MONDAY_9, DEFAULTS)
    await study.database.write(seasons.told, closing.season, -900)
    assert await due(study, MONDAY_9 + DAY) == []


async def test_an_hour_that_comes_earlier_ends_the_week_earlier(study: Study) -> None:
    """Whatever the hour was when the week began."""
    await scored(study, (ADA, RIGHT))
    await study.database.write(chats.set_zone, ADA, GROUP, "Asia/Tokyo", study.now, DEFAULTS)
    assert await due(study, MONDAY_9 - 60 * MINUTE) == [WEEK]


async def test_a_crowd_on_the_podium_is_counted_not_listed(study: Study) -> None:
    """Ten are named, the others are a number."""
    crowd = [Person(number, f"P{number}") for number in range(100, 130)]
    await scored(study, *((who, RIGHT) for who in crowd))
    closing = await claimed(study, WEEK, MONDAY_9)
    assert closing is not None
    assert (len(closing.podium), closing.tied) == (10, 20)
