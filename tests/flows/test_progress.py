"""A person's progress, held against a recount that reads the log row by row."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.bank import Ref
from bot.core.calendar import study_day
from bot.core.people import DAY_START
from bot.core.retention import Kept
from bot.core.review import Rating, Review
from bot.flows import progress
from bot.flows.progress import AHEAD, WINDOWS
from bot.store import answers, cards, logs, people
from bot.store.database import Database, Tx
from tests.practice_bench import ADA, BOB, LIBRARY, NOON, QUESTIONS, caller, library
from tests.store.asking import round_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
Done = tuple[Ref, int, datetime]


def _live(tx: Tx, person_id: int, done: Done, number: int, *, answered: bool = True) -> None:
    """One review, with its answer unless that went with the group that asked."""
    ref, rating, at = done
    asked = round_of(tx, -person_id, ref, f"m{number}", at=at)
    cards.log_review(tx, person_id, ref, asked.id, Rating(rating), at)
    if answered:
        day = study_day(at, SHANGHAI, DAY_START)
        answers.save(tx, asked.id, person_id, choice=0, right=rating > 1, points=0, at=at, day=day)


def _history(seed: int) -> list[Done]:
    """Some 700 reviews of 500 days, at any hour."""
    draw = random.Random(seed)
    hours = sorted(draw.sample(range(500 * 24 * 60), 700))
    first = NOON - 500 * DAY
    refs = [ref for ref in LIBRARY.refs if ref.id != "b1"]
    return [(draw.choice(refs), draw.choice((1, 2, 3, 3, 3, 4)), first + timedelta(minutes=at)) for at in hours]


def _recounted_kept(done: list[Done], since: datetime) -> Kept:
    """Of each question all but its first review."""
    known: set[Ref] = set()
    reviews = kept = 0
    for ref, rating, at in done:
        if ref in known and at >= since:
            reviews += 1
            kept += rating > 1
        known.add(ref)
    return Kept(reviews, kept)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_long_history_is_counted_as_its_log_says(database: Database, seed: int) -> None:
    """Each day's answers, retention over both windows; somebody else's history changes nothing."""
    done = _history(seed)

    def live(tx: Tx) -> None:
        for number, one in enumerate(done):
            _live(tx, ADA.id, one, number)
        for number, one in enumerate(_history(9)):
            _live(tx, BOB.id, one, number)

    await database.write(live)
    now = await database.read(progress.progress, caller())
    per_day = Counter(study_day(at, SHANGHAI, DAY_START) for _ref, _rating, at in done)
    assert now.today == date(2026, 3, 2)
    assert now.first.isoweekday() == 1
    assert (now.today - now.first).days + 1 == len(now.reviewed)
    assert 365 <= len(now.reviewed) <= 371
    assert list(now.reviewed) == [per_day[now.first + at * DAY] for at in range(len(now.reviewed))]
    assert now.kept == tuple(_recounted_kept(done, NOON - days * DAY) for days in WINDOWS)


async def test_reviews_whose_answers_went_with_their_group_are_counted(database: Database) -> None:
    """The person did study on that day."""
    late = datetime(2026, 2, 20, 15, tzinfo=UTC)
    await database.write(lambda tx: _live(tx, ADA.id, (LIBRARY.refs[0], 3, late), 1, answered=False))
    now = await database.read(progress.progress, caller())
    assert [now.first + at * DAY for at, count in enumerate(now.reviewed) if count] == [date(2026, 2, 20)]


async def test_reviews_brought_along_lie_on_the_days_they_belong_to_here(database: Database) -> None:
    """04:00 in Shanghai is 20:00 UTC: two minutes around it are two study days, whatever day it is in UTC."""
    edge = datetime(2026, 2, 20, 20, tzinfo=UTC)
    times = [edge - timedelta(minutes=1), edge, edge + timedelta(hours=1), NOON - 500 * DAY]
    log = [Review(Rating.GOOD, at) for at in times]

    def live(tx: Tx) -> None:
        _live(tx, ADA.id, (LIBRARY.refs[1], 3, edge), 1)
        logs.bring(tx, ADA.id, LIBRARY.refs[0], log)

    await database.write(live)
    now = await database.read(progress.progress, caller())
    days = {now.first + at * DAY: count for at, count in enumerate(now.reviewed) if count}
    assert days == {date(2026, 2, 20): 1, date(2026, 2, 21): 3}
    assert now.brought == 3


async def test_what_comes_back_when(database: Database) -> None:
    """Overdue today, each other day its own, by the person's study days: 04:00 in Shanghai is where one ends."""
    edge = datetime(2026, 3, 2, 20, tzinfo=UTC)  # the end of today
    due = [NOON - 90 * DAY, edge - timedelta(seconds=1), edge, edge + 12 * DAY, edge + 13 * DAY]

    def plan(tx: Tx) -> None:
        for number, (ref, at) in enumerate(zip(LIBRARY.refs, due, strict=True)):
            _live(tx, ADA.id, (ref, 3, at - 30 * DAY if number else NOON - 100 * DAY), number)
            cards.plan(tx, ADA.id, ref, at)
        cards.plan(tx, BOB.id, LIBRARY.refs[0], edge)

    await database.write(plan)
    now = await database.read(progress.progress, caller())
    expected = defaultdict(int, {0: 2, 1: 1, 13: 1})
    assert list(now.ahead) == [expected[number] for number in range(AHEAD)]
    topics = [(memory.topic.id, memory.mature, memory.young, memory.total) for memory in now.topics]
    assert topics == [("attention", 2, 1, 3), ("bert", 1, 0, 1), ("training", 1, 0, 1)]


async def test_three_weeks_make_it_mature(database: Database) -> None:
    """From the last review to the next, to the second."""
    intervals = [21 * DAY, 21 * DAY - timedelta(seconds=1)]

    def plan(tx: Tx) -> None:
        for number, (ref, interval) in enumerate(zip(LIBRARY.in_topic("attention")[:2], intervals, strict=True)):
            _live(tx, ADA.id, (ref, 3, NOON - DAY), number)
            cards.plan(tx, ADA.id, ref, NOON - DAY + interval)

    await database.write(plan)
    first, *_others = (await database.read(progress.progress, caller())).topics
    assert (first.topic.id, first.mature, first.young) == ("attention", 1, 1)


async def test_what_left_the_bank_is_neither_due_nor_of_a_topic(database: Database) -> None:
    """It stays in the year and in what was kept."""

    def live(tx: Tx) -> None:
        for number, ref in enumerate(LIBRARY.refs):
            _live(tx, ADA.id, (ref, 3, NOON - DAY), number)
            cards.plan(tx, ADA.id, ref, NOON)

    await database.write(live)
    now = await database.read(progress.progress, caller(bank=library(QUESTIONS[1])))
    assert (sum(now.reviewed), now.ahead[0]) == (5, 1)
    assert [(memory.topic.id, memory.young, memory.total) for memory in now.topics] == [("attention", 1, 1)]


async def test_whoever_has_done_nothing_has_zeros(database: Database) -> None:
    """An empty year, nothing kept of nothing, every topic new."""
    now = await database.read(progress.progress, caller())
    assert (sum(now.reviewed), sum(now.ahead), now.kept) == (0, 0, (Kept(0, 0), Kept(0, 0)))
    assert [part.percent for part in now.kept] == [None, None]
    assert [(memory.mature, memory.young) for memory in now.topics] == [(0, 0)] * 3


async def test_a_theme_and_a_picture_are_remembered(database: Database) -> None:
    """One picture a theme, by what is on it; of somebody who is not known none is kept."""
    await database.write(progress.choose_theme, caller(), "dark")
    assert (await database.read(progress.progress, caller())).theme == "dark"
    for digest in ("one", "two"):
        await database.write(progress.show, ADA.id, "dark", digest, f"file of {digest}")
    assert await database.read(progress.shown, ADA.id, "dark", "one") is None
    assert await database.read(progress.shown, ADA.id, "dark", "two") == "file of two"
    assert await database.read(progress.shown, ADA.id, "light", "two") is None
    await database.write(people.erase_person, ADA.id)
    await database.write(progress.show, ADA.id, "dark", "three", "file")
    assert await database.read(progress.shown, ADA.id, "dark", "three") is None
