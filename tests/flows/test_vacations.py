"""Going away and coming back: no pushes, the streak as it was, and what piled up in portions."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from bot.core.bank import Bank, Library, Ref
from bot.core.calendar import Period
from bot.core.review import Rating
from bot.core.slots import Hour
from bot.core.vacations import Vacation
from bot.flows import portions, progress, pushing, schedule, streaks, vacations
from bot.flows.preparing import Day
from bot.flows.pushing import Due, Ready
from bot.flows.vacations import Away, Unclear
from bot.store import cards, people, pushes, scores, studies
from bot.store.database import Database, Tx
from bot.store.tables import pushes as ledger
from bot.store.tables_own import vacations as table
from tests.practice_bench import ADA, BOB, DEFAULTS, LIBRARY, NOON, TOPICS, caller, choice_question

DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)
NINE = NOON - timedelta(hours=3)  # in Shanghai
LATER = Period.week(TODAY + 14 * DAY)
MANY = Library((Bank("nlp", {"zh": "面试题"}, TOPICS, tuple(choice_question(f"q{n}", "bert", 1) for n in range(70))),))


async def away_of(database: Database, person_id: int = ADA.id) -> list[tuple[int, int | None]]:
    """The rows, first and last day."""
    rows = await database.read(lambda tx: list(tx.execute(select(table).where(table.c.person_id == person_id))))
    return [(row.first_day, row.last_day) for row in rows]


async def test_words_and_buttons_say_the_same(database: Database) -> None:
    """Said twice is said once; the newest word counts; back on the first day leaves no trace."""
    typed = await database.write(vacations.say, caller(), "7")
    assert typed == await database.write(vacations.choose, caller(), 7) == await database.read(vacations.away, caller())
    assert isinstance(typed, Away)
    assert (typed.now, typed.vacation) == (True, Vacation(TODAY, TODAY + 6 * DAY))
    opened = await database.write(vacations.choose, caller(), None)
    assert opened.vacation == Vacation(TODAY)
    assert len(await away_of(database)) == 1
    back = await database.write(vacations.choose, caller(), 0)
    assert (back.vacation, await away_of(database)) == (None, [])
    assert isinstance(await database.write(vacations.say, caller(), "soon"), Unclear)


async def test_the_days_that_were_away_stay_so(database: Database) -> None:
    """Back after three of seven days; then a planned one, which is not now."""
    await database.write(vacations.choose, caller(), 7)
    await database.write(vacations.say, caller(NOON + 3 * DAY), "off")
    first = TODAY.toordinal()
    assert await away_of(database) == [(first, first + 2)]
    planned = await database.write(vacations.say, caller(NOON + 3 * DAY), "2026-03-20 2026-03-22")
    assert isinstance(planned, Away)
    assert (planned.now, planned.vacation) == (False, Vacation(date(2026, 3, 20), date(2026, 3, 22)))
    assert len(await away_of(database)) == 2


async def test_nothing_is_pushed_meanwhile(database: Database) -> None:
    """Each day is written down as paused, and the first day back is pushed; a group's hours go on."""

    def set_up(tx: Tx) -> None:
        chat = schedule.arrive(tx, ADA, caller(NINE).chat, NINE - DAY, DEFAULTS)
        schedule.choose(tx, ADA, chat, Hour(9 * 60), None, NINE - DAY, DEFAULTS)

    await database.write(set_up)
    await database.write(vacations.choose, caller(NINE - timedelta(hours=2)), 2)
    outcomes = []
    for days in range(3):
        due = NINE + days * DAY
        outcomes.append(await database.write(pushing.claim, LIBRARY, Ready(ADA.id, 9 * 60, due), due, DEFAULTS))
    assert outcomes[:2] == ["paused", "paused"]
    assert isinstance(outcomes[2], Due)
    states = await database.read(lambda tx: tx.scalars(select(ledger.c.state).order_by(ledger.c.study_day)).all())
    assert states == ["paused", "paused", "claimed"]
    slot = (await database.read(pushes.slots_of, ADA.id))[0]
    assert slot.next_push_at == NINE + 3 * DAY


async def test_a_streak_outlives_a_vacation(database: Database) -> None:
    """In the person's numbers, and at a season's end; others' streaks are their own."""

    def study(tx: Tx) -> None:
        for person in (ADA, BOB):
            people.see_person(tx, person, NOON)
            for back in range(1, 6):
                studies.note_day(tx, person.id, TODAY - back * DAY)
            scores.add(tx, -100, [LATER], person.id, points=10, right=1, answered=1)

    await database.write(study)
    await database.write(vacations.choose, caller(), 30)
    month_later = TODAY + 30 * DAY
    assert (await database.read(streaks.of_person, ADA.id, TODAY + 9 * DAY)).length == 5
    assert (await database.read(streaks.of_person, ADA.id, month_later)).length == 5
    assert (await database.read(streaks.of_person, BOB.id, month_later)).length == 0
    board = await database.read(streaks.on_board, -100, LATER)
    assert {one.name: one.length for one in board} == {"Ada": 5, "Bob": 0}
    await database.write(studies.note_day, ADA.id, month_later)
    assert (await database.read(streaks.of_person, ADA.id, month_later)).length == 6


async def test_what_piled_up_comes_in_portions(database: Database) -> None:
    """Seventy due after a week away: ten a day come by themselves, whatever was planned stays as it was."""

    def fall_behind(tx: Tx) -> None:
        people.see_person(tx, ADA, NOON)
        for number, ref in enumerate(MANY.refs):
            cards.log_review(tx, ADA.id, ref, number + 1, Rating.GOOD, NOON - 30 * DAY)
            cards.plan(tx, ADA.id, ref, NOON + DAY)

    await database.write(fall_behind)
    await database.write(vacations.choose, caller(), 7)
    back = NOON + 7 * DAY
    stands = await database.read(vacations.away, caller(back, bank=MANY))
    assert (stands.vacation, stands.due, stands.portion, stands.days) == (None, 70, 10, 7)
    assert await left(database, 0) == 10
    ahead = (await database.read(progress.progress, caller(back, bank=MANY))).ahead
    assert ahead == (*(10,) * 7, *(0,) * 7)

    def work(tx: Tx) -> None:
        for number, ref in enumerate(MANY.refs[:10]):
            _answer(tx, ref, number)

    def _answer(tx: Tx, ref: Ref, number: int) -> None:
        cards.log_review(tx, ADA.id, ref, 100 + number, Rating.GOOD, back)
        cards.plan(tx, ADA.id, ref, back + 40 * DAY)

    await database.write(work)
    assert await left(database, 0) == 0
    stands = await database.read(vacations.away, caller(back, bank=MANY))
    assert (stands.due, stands.portion, stands.days) == (60, 0, 7)
    ahead = (await database.read(progress.progress, caller(back, bank=MANY))).ahead
    assert ahead == (0, *(10,) * 6, *(0,) * 7)
    assert await left(database, 1) == 10
    assert await left(database, 6) == 60
    assert await left(database, 7) == 60


async def left(database: Database, days: int) -> int | None:
    """How many reviews may come by themselves on that day back."""
    now = NOON + (7 + days) * DAY
    here = caller(now)
    day = Day(ADA.id, here.chat, here.zone, now)
    return (await database.read(portions.ration_of, MANY, day, None)).reviews


async def test_forgotten_with_the_person(database: Database) -> None:
    """Vacations are the person's."""
    await database.write(vacations.choose, caller(), 7)
    await database.write(people.erase_person, ADA.id)
    assert await away_of(database) == []
