"""What the rows of an older version say, they say after the migrations."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine, select, text

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.store import answers, cards, scores, studies
from bot.store import rounds as store
from bot.store.tables import moves, rounds
from tests.migrating import Migrate, stored


def test_old_answers_learn_their_study_day(engine: Engine, migrate: Migrate) -> None:
    """In the zone and with the day's start of their chat: 20:30 UTC is tomorrow in Shanghai, today in Berlin."""
    migrate(revision="0001")
    at = int(datetime(2026, 3, 2, 20, 30, tzinfo=UTC).timestamp())
    with engine.begin() as tx:
        tables = stored(tx).tables
        tx.execute(tables["questions"].insert().values(id=1, bank="b", key="k"))
        for number, zone in ((1, None), (2, "Europe/Berlin"), (3, "Mars/Olympus")):
            chat = {"id": -number, "kind": "group", "timezone": zone, "first_seen_at": at}
            tx.execute(tables["chats"].insert().values(chat))
            asked = {"id": number, "chat_id": -number, "question_id": 1, "kind": "poll", "origin": "m1"}
            tx.execute(tables["rounds"].insert().values(asked | {"language": "zh", "state": "open", "opened_at": at}))
            tx.execute(tables["answers"].insert().values(round_id=number, person_id=7, answered_at=at))

    migrate()

    with engine.begin() as tx:
        days = tx.execute(select(answers.DAY).order_by(text("round_id"))).scalars().all()
    today = date(2026, 3, 2).toordinal()
    assert list(days) == [today + 1, today, today + 1]


def test_what_is_kept_in_shorter_rows_says_the_same(engine: Engine, migrate: Migrate) -> None:
    """What asked, the order of the choices, when a round was closed, and the study day of an answer."""
    migrate(revision="0007")
    at = int(datetime(2026, 3, 2, 20, 30, tzinfo=UTC).timestamp())
    rows = [("m9", "2031", at + 40), ("n1", "", None), ("n2/attention", "0b213456789a", at), ("p540.73", "10", 7)]
    days = [date(2026, 3, 3), date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 2)]
    with engine.begin() as tx:
        tables = stored(tx).tables
        tx.execute(tables["questions"].insert().values(id=1, bank="b", key="k"))
        for number, (origin, choices, closed_at) in enumerate(rows, 1):
            told = {"id": number, "chat_id": 7, "question_id": 1, "kind": 0, "origin": origin, "choices": choices}
            told |= {"language": 0, "state": 1, "opened_at": at, "closed_at": closed_at, "pinned": False}
            tx.execute(tables["rounds"].insert().values(told))
            answer = {"round_id": number, "person_id": 7, "answered_at": at, "day": days[number - 1].toordinal()}
            tx.execute(tables["answers"].insert().values(answer))

    migrate()

    with engine.begin() as tx:
        found = [store.by_origin(tx, 7, origin) for origin, _choices, _at in rows]
        assert found == [store.by_id(tx, number) for number in range(1, 5)]
        assert store.by_origin(tx, 7, "n3") is None
        kept = [(one.origin, one.choices, one.closed_at and int(one.closed_at.timestamp())) for one in found if one]
        assert kept == [("m9", *rows[0][1:]), ("n", *rows[1][1:]), ("n/attention", *rows[2][1:]), rows[3]]
        assert [answers.to(tx, number)[0].day for number in range(1, 5)] == days


def test_what_is_kept_in_fewer_bytes_says_the_same(engine: Engine, migrate: Migrate) -> None:
    """Words of rounds, days in a row, who is on a board, and when a card is due."""
    migrate(revision="0003")
    with engine.begin() as tx:
        tables = stored(tx).tables
        tx.execute(tables["questions"].insert().values(id=1, bank="b", key="k"))
        for number, (kind, state) in enumerate([("choice", "sending"), ("poll", "closing"), ("card", "closed")], 1):
            asked = {"id": number, "chat_id": -1, "question_id": 1, "kind": kind, "origin": f"m{number}"}
            told = {"language": "en", "state": state, "opened_at": 5, "pinned": False}
            tx.execute(tables["rounds"].insert().values(asked | told))
        for day in (1, 2, 3, 5, 9, 10):
            tx.execute(tables["study_days"].insert().values(person_id=7, study_day=day, answered=day))
        tx.execute(tables["people"].insert().values(id=8, name="H", first_seen_at=1, hidden=True, worldwide=False))
        tx.execute(tables["members"].insert().values(chat_id=-1, person_id=9, here=False, checked_at=1))
        for person_id, answered in ((6, 0), (7, 2), (8, 2), (9, 2)):
            line = {"chat_id": -1, "period": 0, "person_id": person_id, "points": 10, "right": 1}
            tx.execute(tables["scores"].insert().values(line | {"answered": answered}))
        memory = {"stability": 1.5, "difficulty": 2.5, "reviewed_at": 1, "reps": 1, "lapses": 0}
        tx.execute(tables["cards"].insert().values({"person_id": 7, "question_id": 1, "due_at": 99} | memory))

    migrate()

    with engine.begin() as tx:
        words = tx.execute(select(rounds.c.kind, rounds.c.language, rounds.c.state).order_by(rounds.c.id))
        assert list(words) == [("choice", "en", "sending"), ("poll", "en", "closing"), ("card", "en", "closed")]
        assert studies.days_of(tx, 7) == tuple(map(date.fromordinal, (10, 9, 5, 3, 2, 1)))
        assert [line.person_id for line in scores.top(tx, -1, Period.ALL)] == [7]
        assert scores.people_on(tx, -1, Period.ALL, Period.ALL) == {0: 4}
        assert cards.due_of(tx, 7, Ref("b", "k")) == datetime.fromtimestamp(99, UTC)


def test_a_group_that_moved_before_is_found_by_its_old_id(engine: Engine, migrate: Migrate) -> None:
    """Its rounds tell of it; those of other groups, and of private chats, tell of none."""
    migrate(revision="0005")
    with engine.begin() as tx:
        tables = stored(tx).tables
        tx.execute(tables["questions"].insert().values(id=1, bank="b", key="k"))
        asked = {"question_id": 1, "kind": 1, "language": 0, "state": 1, "opened_at": 1}
        for chat_id, origin in ((-9, "m1@-7"), (-9, "m2#3@-7"), (-9, "m3"), (-8, "p540.9"), (5, "m1.2/a@-b")):
            tx.execute(tables["rounds"].insert().values(asked | {"chat_id": chat_id, "origin": origin}))

    migrate()

    with engine.begin() as tx:
        assert list(tx.execute(select(moves))) == [(-7, -9)]
