"""What one answer sets in motion, seen from the tables."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.bank import Ref
from bot.core.calendar import Period, study_day
from bot.core.review import Rating, Review, replay
from bot.flows.recording import Recorded, record, rerate
from bot.flows.scoring import periods_of
from bot.store import cards, scores, studies
from bot.store.database import Database, Tx
from bot.store.rounds import Round
from tests.store.asking import round_of

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 1, 20, 30, 15, 250_000, tzinfo=UTC)  # Monday 4:30 in Shanghai, Sunday 21:30 in Berlin
REF = Ref("nlp", "a1")


def group_round(tx: Tx, origin: str = "m1") -> Round:
    """A poll in a group that lives in Shanghai."""
    return round_of(tx, -100, REF, origin, right=2, points=15, at=AT)


def answered(tx: Tx, put: Round, person_id: int = 8, *, right: bool = True, at: datetime = AT) -> Recorded | None:
    """Somebody in Berlin votes."""
    return record(
        tx,
        put,
        person_id=person_id,
        choice=2 if right else 0,
        right=right,
        rating=Rating.GOOD if right else Rating.AGAIN,
        points=15 if right else 0,
        day=study_day(at, SHANGHAI, 4),
        own_day=study_day(at, BERLIN, 4),
        now=at,
    )


async def test_boards_go_by_the_chat_and_streaks_by_the_person(database: Database) -> None:
    """The chat's new week has begun while the person's Sunday is not over."""
    put = await database.write(group_round)
    assert await database.write(answered, put, 9, right=False)
    assert await database.write(answered, put)
    week, sunday = Period.week(date(2026, 3, 2)), Period.week(date(2026, 3, 1))
    new = await database.read(scores.own, -100, week, 8)
    assert new is not None
    assert (new.points, new.right, new.answered) == (15, 1, 1)
    assert await database.read(scores.own, -100, sunday, 8) is None
    assert await database.read(studies.days_of, 8) == (date(2026, 3, 1),)


async def test_kept_to_the_second(database: Database) -> None:
    """What is given back is what the tables hold."""
    put = await database.write(group_round)
    recorded = await database.write(answered, put)
    assert recorded is not None
    assert recorded.card == await database.read(cards.card_of, 8, REF)
    assert recorded.card.reviewed == AT.replace(microsecond=0)


async def test_second_answer_changes_nothing(database: Database) -> None:
    """The first answer counts; another one is refused whole."""
    put = await database.write(group_round)
    await database.write(answered, put, right=False)
    assert await database.write(answered, put) is None
    kept = await database.read(cards.reviews_of, 8, REF)
    assert [review.rating for review in kept] == [Rating.AGAIN]
    own = await database.read(scores.own, -100, Period.ALL, 8)
    assert own is not None
    assert (own.points, own.answered) == (0, 1)


async def test_late_news_of_an_early_vote(database: Database) -> None:
    """A vote that is told late takes its place in the log, and the card is the log's replay."""
    first, second = await database.write(group_round), await database.write(group_round, "m2")
    late, early = AT + timedelta(days=3), AT
    await database.write(answered, second, at=late)
    await database.write(answered, first, right=False, at=early)
    log = await database.read(cards.reviews_of, 8, REF)
    whole = [Review(Rating.AGAIN, early.replace(microsecond=0)), Review(Rating.GOOD, late.replace(microsecond=0))]
    assert list(log) == whole
    assert await database.read(cards.card_of, 8, REF) == replay(whole)


async def test_rerate(database: Database) -> None:
    """Another rating is as if said then; of a round never answered there is nothing to change."""
    put = await database.write(group_round)
    assert await database.write(rerate, put, 8, Rating.EASY) is None
    await database.write(answered, put)
    changed = await database.write(rerate, put, 8, Rating.EASY)
    assert changed == replay([Review(Rating.EASY, AT.replace(microsecond=0))])
    assert changed == await database.write(rerate, put, 8, Rating.EASY)
    assert changed == await database.read(cards.card_of, 8, REF)


def test_periods() -> None:
    """An answer before four in the morning counts for the day, week and month before."""
    night = datetime(2026, 5, 31, 19, 59, tzinfo=UTC)  # 3:59 on Monday the first of June in Shanghai
    days = (study_day(night + timedelta(minutes=late), SHANGHAI, 4) for late in (0, 1))
    may, june = map(periods_of, days)
    assert may == (
        Period.ALL,
        Period.day(date(2026, 5, 31)),
        Period.week(date(2026, 5, 31)),
        Period.month(date(2026, 5, 1)),
    )
    assert june[0] == may[0]
    assert not set(june[1:]) & set(may[1:])
