"""A large database, made in one go by SQL: 10,000 groups of 2 to 200,000 people, ten million answers in 400 days.

Group sizes fall off as 1/rank, how much somebody answers likewise: most a few times, some every day. One person in a
hundred is hidden, three memberships in a hundred are over, everybody is on everybody's board. Scores are worked out
from the answers, as an answer's own transaction would have left them. Made once and kept in a cache.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.core.calendar import Period
from bot.store.answers import DAY_S, EPOCH
from bot.store.crowds import LARGE
from bot.store.database import open_database
from bot.store.schema import newest

TODAY = date(2026, 11, 26)
DAYS = 400
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
FIRST_PERSON = 5_000_000_000
_PRIME = 2_654_435_761  # spreads numbers as if by chance


@dataclass(frozen=True, slots=True)
class Size:
    """How large: people known, groups, and the answers of all of them (about)."""

    people: int
    groups: int
    largest: int
    answers: int


FULL = Size(1_000_000, 10_000, 200_000, 10_000_000)
SMALL = Size(2_000, 30, 600, 20_000)


def folder() -> Path:
    """Where databases are kept between runs: KAOGUAN_BENCH_DIR, or a folder for temporary files."""
    kept = Path(os.environ.get("KAOGUAN_BENCH_DIR") or Path(tempfile.gettempdir()) / "kaoguan-bench")
    kept.mkdir(parents=True, exist_ok=True)
    return kept


def migrated(path: Path) -> Path:
    """An empty database at `path`, as the product makes it."""

    async def make() -> None:
        async with open_database(f"sqlite:///{path}"):
            pass

    asyncio.run(make())
    return path


def large_database(size: Size) -> Path:
    """The database of that size, made now unless it is in the cache."""
    return made_once(f"boards-{size.people}-{size.answers}", partial(_fill, size=size))


def made_once(name: str, fill: Callable[[sqlite3.Connection], None]) -> Path:
    """The database of that name, made by `fill` now unless it is in the cache; half of one is never taken for it."""
    path = folder() / f"{name}-{newest()}.db"
    if not path.exists():
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        with contextlib.closing(bulk(migrated(making))) as raw:
            raw.execute("BEGIN")
            fill(raw)
            raw.execute("COMMIT")
            raw.execute("PRAGMA journal_mode=WAL")
        making.rename(path)
    return path


def bulk(path: Path) -> sqlite3.Connection:
    """A connection that writes as fast as it can; a crash costs the file."""
    raw = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000000", "temp_store=MEMORY"):
        raw.execute(f"PRAGMA {pragma}")
    raw.create_function("spread", 2, _spread, deterministic=True)
    return raw


def _spread(number: int, salt: int) -> int:
    """A number below 2**31 that looks like chance."""
    mixed = (number + salt * 97 + 1) * _PRIME & 0xFFFFFFFF
    return (mixed ^ mixed >> 15) * 2_246_822_519 % (1 << 31)


def _fill(raw: sqlite3.Connection, size: Size) -> None:
    _people(raw, size)
    _memberships(raw, size)
    _answers(raw)
    _scores(raw)
    _crowds(raw)


def _people(raw: sqlite3.Connection, size: Size) -> None:
    numbers = (
        (FIRST_PERSON + at, f"Person {_spread(at, 1) % 1_000_000}", int(at % 100 == 7)) for at in range(size.people)
    )
    raw.executemany(
        "INSERT INTO people (id, name, first_seen_at, hidden, worldwide) VALUES (?, ?, 1700000000, ?, 1)", numbers
    )
    raw.execute("INSERT INTO questions (id, bank, key) VALUES (1, 'made', 'q')")


def _memberships(raw: sqlite3.Connection, size: Size) -> None:
    """Who is where, and how often they have answered there."""
    raw.execute("CREATE TEMP TABLE place (chat INTEGER, person INTEGER, times INTEGER, step INTEGER, start INTEGER)")
    for group in range(1, size.groups + 1):
        raw.execute(
            "INSERT INTO chats (id, kind, title, first_seen_at) VALUES (?, 'supergroup', ?, 1700000000)",
            (-1_000_000_000_000 - group, f"Group {group}"),
        )
        raw.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?)", _members(group, size))
    raw.execute(
        "INSERT INTO members SELECT chat, person, (person + chat) % 33 <> 0, 1790000000 FROM place ORDER BY 1, 2"
    )


def _members(group: int, size: Size) -> list[tuple[int, int, int, int, int]]:
    chat, many = -1_000_000_000_000 - group, _group_size(group, size)
    first, step = _spread(group, 2) % size.people, (1, 3, 7, 9, 11, 13, 17, 19)[group % 8]
    each = 2.55 * size.answers / FULL.answers * FULL.people / size.people
    found = []
    for at in range(many):
        person = (first + at * step) % size.people
        chance = _spread(person * 7 + group, 3)
        times = min(DAYS, int(each / ((chance % 10_000 + 1) / 10_000) ** 0.6))
        found.append((chat, FIRST_PERSON + person, times, (1, 3, 7, 9, 11)[chance % 5], chance // 7 % DAYS))
    return found


def _group_size(group: int, size: Size) -> int:
    knee = size.groups // 10
    wanted = size.largest / group if group <= knee else size.largest / knee * (knee / group) ** 2
    return max(2, int(wanted))


def _answers(raw: sqlite3.Connection) -> None:
    """Each answered on days of their own; a round is a group's day."""
    raw.execute("CREATE TEMP TABLE number (n INTEGER PRIMARY KEY)")
    raw.executemany("INSERT INTO number VALUES (?)", ((n,) for n in range(DAYS)))
    raw.execute(
        "CREATE TEMP TABLE gave AS SELECT chat, (n * step + start) % 400 AS day, person, spread(person + n, 5) % 10 < 6"
        " AS right FROM place JOIN number ON n < times ORDER BY chat DESC, day, person"
    )
    raw.execute("DROP TABLE place")
    first = TODAY.toordinal() - DAYS + 1
    midnight = int(NOW.timestamp()) - DAYS * 86_400
    code, at = "(-1000000000000 - chat) * 400 + day", f"{midnight} + day * 86400"
    utc = f"{EPOCH} - ({at} + 3600) / {DAY_S}"
    columns = (
        "id, chat_id, question_id, kind, origin, language, right, points, state, opened_at, closes_at, closed_after"
    )
    each = f"{code}, chat, 1, 1, 'p540.' || ({first} + day), 0, 1, 10, 1, {at}, {at} + 86400, 86400"
    raw.execute(
        f"INSERT INTO rounds ({columns}, message_id, poll_id, sends) SELECT {each}, day, 'poll' || ({code}), 1"
        " FROM (SELECT DISTINCT chat, day FROM gave ORDER BY chat DESC, day)"
    )
    raw.execute(
        "INSERT INTO answers (round_id, person_id, choice, right, points, answered_at, day_shift)"
        f" SELECT {code}, person, 1, right, right * 10, {at} + 3600, {first} + day - {utc} FROM gave"
    )


def _scores(raw: sqlite3.Connection) -> None:
    """For all time, each week and month, and the last week's days; then the same for everybody's board."""
    raw.execute("CREATE TEMP TABLE span (day INTEGER, period INTEGER)")
    raw.executemany("INSERT INTO span VALUES (?, ?)", _spans())
    raw.execute(
        "CREATE TEMP TABLE line AS SELECT person, chat, period, sum(right * 10) AS points, sum(right) AS right,"
        " count(*) AS answered FROM gave JOIN span USING (day) GROUP BY person, chat, period"
    )
    raw.execute("DROP TABLE gave")
    raw.execute(
        "INSERT INTO scores SELECT person, chat, period, points, right, answered, (person - 7) % 100 <> 0 AND"
        " (person + chat) % 33 <> 0 FROM line UNION ALL"
        " SELECT person, 0, period, sum(points), sum(right), sum(answered),"
        " (person - 7) % 100 <> 0 FROM line GROUP BY person, period ORDER BY 1, 2, 3"
    )
    raw.execute("DROP TABLE line")


def _spans() -> list[tuple[int, int]]:
    found = []
    for at in range(DAYS):
        day = TODAY - timedelta(days=DAYS - 1 - at)
        kinds = [Period.ALL, Period.week(day), Period.month(day), *([Period.day(day)] if at >= DAYS - 7 else [])]
        found += [(at, kind.key) for kind in kinds]
    return found


def _crowds(raw: sqlite3.Connection) -> None:
    raw.execute(
        "INSERT INTO turnouts SELECT chat_id, period, count(*) FROM scores WHERE chat_id <= 0 GROUP BY chat_id, period"
    )
    raw.execute(
        f"INSERT INTO turnouts SELECT chat_id, {10_000_000 + EPOCH} + answered_at / {DAY_S} + day_shift AS period,"
        " count(*) FROM answers JOIN rounds ON rounds.id = round_id"
        f" WHERE period <= {10_000_000 + TODAY.toordinal() - 7} GROUP BY chat_id, period"
    )
    raw.execute(
        "INSERT INTO standings SELECT s.chat_id, s.period, s.points, count(*) FROM scores s JOIN turnouts t ON"
        f" t.chat_id = s.chat_id AND t.period = s.period WHERE s.listed AND t.people >= {LARGE}"
        " GROUP BY s.chat_id, s.period, s.points"
    )
