"""A database with one group at the end of its week, made in one go by SQL: 200,000 people on its board, seven polls.

Each person has answered one poll in three on the average, has a line for the week before as well, and five stretches of
study days. Made once and kept in a cache.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

from bench.large import FIRST_PERSON, made_once
from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.store.answers import DAY_S, EPOCH

GROUP = -1_000_000_000_001
MONDAY = date(2026, 11, 16)
WEEK = Period.week(MONDAY)
OVER = datetime(2026, 11, 23, 1, tzinfo=UTC)  # 9:00 in Shanghai: the group has no hour of its own
_FIRST, _DAYS, _STRETCHES = MONDAY.toordinal(), 7, 5
_LINE = "sum(right * 10), sum(right), count(*), 1"


def week_database(people: int, refs: tuple[Ref, ...]) -> Path:
    """The database with so many on the board, made now unless it is in the cache; its polls ask the first of `refs`."""

    def fill(raw: sqlite3.Connection) -> None:
        _asked(raw, refs[:_DAYS])
        _answered(raw, people)
        _counted(raw)

    return made_once(f"week-{people}", fill)


def _asked(raw: sqlite3.Connection, refs: tuple[Ref, ...]) -> None:
    """The group, its polls, and its season, which is due."""
    at = int(OVER.timestamp())
    raw.execute(
        "INSERT INTO chats (id, kind, title, first_seen_at) VALUES (?, 'supergroup', 'Group', ?)", (GROUP, at - 10**7)
    )
    raw.execute("INSERT INTO seasons (chat_id, period, due_at, state) VALUES (?, ?, ?, 'open')", (GROUP, WEEK.key, at))
    for day, ref in enumerate(refs):
        opened = at - (_DAYS - day) * 86_400
        raw.execute("INSERT INTO questions (id, bank, key) VALUES (?, ?, ?)", (day + 1, *ref))
        raw.execute(
            "INSERT INTO rounds (id, chat_id, question_id, kind, origin, language, right, points, state, opened_at,"
            " closes_at, closed_after, message_id, poll_id, sends)"
            " VALUES (?, ?, ?, 1, ?, 0, 1, 10, 1, ?, ?, ?, ?, ?, 1)",
            (
                day + 1,
                GROUP,
                day + 1,
                f"p540.{_FIRST + day}",
                opened,
                opened + 600,
                600,
                day + 1,
                f"poll{day}",
            ),
        )


def _answered(raw: sqlite3.Connection, people: int) -> None:
    """Who answered which poll and how, and on which days they had studied before."""
    raw.executemany(
        "INSERT INTO people (id, name, first_seen_at) VALUES (?, ?, 1700000000)",
        ((FIRST_PERSON + at, f"Person {at}") for at in range(people)),
    )
    raw.execute("CREATE TEMP TABLE number (n INTEGER PRIMARY KEY)")
    raw.executemany("INSERT INTO number VALUES (?)", ((n,) for n in range(_DAYS)))
    gave = "n = spread(people.id, 1) % 7 OR spread(people.id, n + 10) % 5 = 0"
    choice = "iif(spread(people.id, n + 20) % 10 < 5 + people.id % 4, 1, spread(people.id, n + 30) % 2 * 2)"
    raw.execute(
        "INSERT INTO answers (round_id, person_id, choice, right, points, answered_at, day_shift)"
        f" SELECT round, person, choice, choice = 1, (choice = 1) * 10, at, day - {EPOCH} - at / {DAY_S} FROM"
        f" (SELECT n + 1 AS round, people.id AS person, {choice} AS choice, opened_at + 60 AS at, {_FIRST} + n AS day"
        f" FROM number JOIN rounds ON rounds.id = n + 1 JOIN people ON {gave} ORDER BY 1, 2)"
    )
    first = f"{_FIRST} + 1 - 20 * n + spread(people.id, n + 40) % 3"
    raw.execute(
        f"INSERT INTO study_days SELECT people.id, {first}, {first} + spread(people.id, n + 50) % 6"
        f" FROM people JOIN number ON n < {_STRETCHES} ORDER BY 1, 2"
    )


def _counted(raw: sqlite3.Connection) -> None:
    """Scores, turnouts and standings, as an answer's own transaction would have left them."""
    before = WEEK.before.key
    raw.execute(
        f"INSERT INTO scores SELECT person_id, {GROUP}, {WEEK.key}, {_LINE} FROM answers GROUP BY person_id ORDER BY 1"
    )
    raw.execute(
        f"INSERT INTO scores SELECT person_id, chat_id, {before}, points, right, answered, 1 FROM scores"
        " WHERE person_id % 3 ORDER BY 1"
    )
    raw.execute(
        "INSERT INTO standings SELECT chat_id, period, points, count(*) FROM scores GROUP BY chat_id, period, points"
    )
    raw.execute("INSERT INTO turnouts SELECT chat_id, period, count(*) FROM scores GROUP BY chat_id, period")
    day = f"{Period.DAYS[0] + _FIRST - 1} + round_id"  # a poll a day
    raw.execute(f"INSERT INTO turnouts SELECT {GROUP}, {day}, count(*) FROM answers GROUP BY round_id")
