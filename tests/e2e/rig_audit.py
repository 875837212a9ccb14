"""What people did, by the playground's record, held against the bot's database, row by row."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, select

from bot.core.review import Rating, Review, replay
from bot.playground.record import Action
from bot.playground.server import Playground
from bot.store import postgresql
from bot.store.coded import Coded
from bot.store.scores import DAYS_KEPT
from bot.store.tables import rounds
from bot.store.tables_group import metadata

Row = dict[str, Any]
Key = tuple[int, int]  # round, person
_SHANGHAI, _DAY_START = timedelta(hours=8), timedelta(hours=4)
_WEEK = 7 * 24 * 3600


class Audit:
    """Every method gives sentences about what is wrong, with the row in them; none is as it should be."""

    def __init__(self, playground: Playground, database: Path | str) -> None:
        """`database` is SQLite's file, or the address of a PostgreSQL."""
        self._playground = playground
        self._tables = _of_postgresql(database) if isinstance(database, str) else _of_sqlite(database)
        self.rounds: dict[int, Row] = {row["id"]: _worded(row) for row in self._tables["rounds"]}
        self.answers: dict[Key, Row] = {(row["round_id"], row["person_id"]): row for row in self._tables["answers"]}

    def problems(self) -> list[str]:
        """All of them."""
        checks = (self.choices(), self.ratings(), self.totals(), self.cards(), self.states(), self.polls(), self.rest())
        return [sentence for check in checks for sentence in check]

    def choices(self) -> Iterator[str]:
        """Every first vote and tap is an answer, graded right; and nothing else is one."""
        promised = self._taps() | self._votes()
        for key in promised.keys() | self.answers.keys():
            found, wanted = self.answers.get(key), promised.get(key, "no answer")
            if found is None:
                yield f"answer lost: {key} chose {wanted}: {self.rounds.get(key[0])}"
            elif found["choice"] != wanted:
                yield f"answer wrong: {found} where {wanted} was chosen"
            else:
                yield from self._graded(found, self.rounds[key[0]])

    def ratings(self) -> Iterator[str]:
        """Each answer has one review, with the last rating that was given it; and nothing else has."""
        log = {(row["round_id"], row["person_id"]): row for row in self._tables["reviews"]}
        if len(log) != len(self._tables["reviews"]):
            yield "a round was reviewed twice by one person"
        for key in log.keys() ^ self.answers.keys():
            yield f"answer and review disagree: {self.answers.get(key)}, {log.get(key)}"
        for key, rating in self._rated().items():
            if key in log and log[key]["rating"] != rating:
                yield f"rating wrong: {log[key]} should be {rating}"

    def totals(self) -> Iterator[str]:
        """Boards and study days are what the raw answers add up to."""
        boards: Counter[tuple[Any, ...]] = Counter()
        days = set[Key]()
        for (round_id, person), row in self.answers.items():
            day = (datetime.fromtimestamp(row["answered_at"], UTC) + _SHANGHAI - _DAY_START).date()
            days.add((person, day.toordinal()))
            for period in _periods(day):
                place = (self.rounds[round_id]["chat_id"], period, person)
                points = 0 if row["held"] else row["points"]
                for column, amount in (("points", points), ("right", row["right"] or 0), ("answered", 1)):
                    boards[*place, column] += amount
        told = {
            (row["chat_id"], row["period"], row["person_id"], column): row[column]
            for row in self._tables["scores"]
            for column in ("points", "right", "answered")
        }
        noted = {
            (row["person_id"], day)
            for row in self._tables["study_days"]
            for day in range(row["study_day"], row["last_day"] + 1)
        }
        yield from _differences("score", told, _kept(boards))
        yield from (f"study day {key} is kept or counted, not both" for key in noted ^ days)

    def cards(self) -> Iterator[str]:
        """Every card is what its reviews, replayed, come to."""
        logs: dict[Key, list[Row]] = {}
        for row in self._tables["reviews"]:
            logs.setdefault((row["person_id"], row["question_id"]), []).append(row)
        cards = {(row["person_id"], row["question_id"]): row for row in self._tables["cards"]}
        for key in logs.keys() ^ cards.keys():
            yield f"card and reviews disagree: {cards.get(key)}, {logs.get(key)}"
        for key in logs.keys() & cards.keys():
            rows = sorted(logs[key], key=lambda row: (row["reviewed_at"], row["round_id"]))
            card = replay(
                Review(Rating(row["rating"]), datetime.fromtimestamp(row["reviewed_at"], UTC)) for row in rows
            )
            assert card is not None
            if int(card.due.timestamp()) != cards[key]["due_at"]:
                yield f"card wrong: {cards[key]} from {rows}"

    def states(self) -> Iterator[str]:
        """No round is left half way, no push unsettled, no update unhandled."""
        now = self._playground.clock.seconds()
        for row in self.rounds.values():
            overdue = row["state"] == "open" and row["closes_at"] is not None and row["closes_at"] <= now
            if row["state"] in {"sending", "closing"} or overdue:
                yield f"round stuck: {row}"
        for row in self._tables["pushes"]:
            if row["state"] not in {"sent", "nothing", "missed"}:  # missed: cut short, and its day is over
                yield f"push not settled: {row}"
        for row in self._tables["failed_updates"]:
            yield f"update failed: {row}"

    def polls(self) -> Iterator[str]:
        """Every poll in a chat is a round's or an orphan of a send that was counted; nobody scores in an orphan."""
        polls = {poll_id: sent.chat_id for poll_id, sent in self._playground.mini.world.polls.items()}
        known = {row["poll_id"] for row in self.rounds.values() if row["poll_id"]}
        orphans = Counter(chat for poll_id, chat in polls.items() if poll_id not in known)
        counted: Counter[int] = Counter()
        for row in self.rounds.values():
            counted[row["chat_id"]] += row["sends"] - bool(row["poll_id"]) if row["kind"] == "poll" else 0
        yield from (f"poll unknown in the playground: {poll_id}" for poll_id in known - polls.keys())
        for chat, number in orphans.items():
            if number > counted[chat]:
                yield f"{number} orphan polls in {chat}, {counted[chat]} counted"
        for row in self._tables["parked_votes"]:
            if row["poll_id"] in known:
                yield f"vote parked for ever: {row}"

    def rest(self) -> Iterator[str]:
        """Every press got its answer: no spinner turns for ever."""
        for number, query in self._playground.mini.world.queries.items():
            if not query["answered"]:
                yield f"press {number} unanswered: {query}"

    def pushed(self, chats: set[int], days: set[date]) -> Iterator[str]:
        """One row of the ledger for each of these chats and study days, no more and no less."""
        rows = Counter((row["chat_id"], row["study_day"]) for row in self._tables["pushes"])
        wanted = Counter({(chat, day.toordinal()): 1 for chat in chats for day in days})
        yield from _differences("push", dict(rows), dict(wanted))

    def _graded(self, answer: Row, asked: Row) -> Iterator[str]:
        right = None if asked["right"] is None else int(answer["choice"] == asked["right"])
        worth = asked["points"] if right and not self._lately(answer, asked) else 0
        if (answer["right"], answer["points"]) != (right, worth):
            yield f"graded wrong: {answer} in {asked}"

    def _lately(self, answer: Row, asked: Row) -> bool:
        """Whether the person had the same question right in the same chat within the seven days before."""
        same = [row["id"] for row in self.rounds.values() if _place(row) == _place(asked) and row is not asked]
        before = (self.answers.get((number, answer["person_id"])) for number in same)
        at = answer["answered_at"]
        return any(row and row["right"] and at - _WEEK < row["answered_at"] <= at for row in before)

    def _votes(self) -> dict[Key, int]:
        """By round and person, what was chosen first in a poll that is a round's."""
        by_poll = {row["poll_id"]: row["id"] for row in self.rounds.values() if row["poll_id"]}
        votes = [one for one in self._acts("vote") if one.details["poll_id"] in by_poll]
        first = reversed(votes)
        return {(by_poll[one.details["poll_id"]], one.user_id): one.details["option_ids"][0] for one in first}

    def _taps(self) -> dict[Key, int | None]:
        """By round and person, the original index that was tapped first; None where one rates oneself."""
        taps: dict[Key, int | None] = {}
        for person, verb, (round_id, *rest) in self._presses():
            if verb == "a":
                taps.setdefault((round_id, person), int(self.rounds[round_id]["choices"][rest[0]]))
            elif verb == "t":
                taps.setdefault((round_id, person), None)
        return taps

    def _rated(self) -> dict[Key, int]:
        """By round and person, the rating after all that was pressed."""
        rated: dict[Key, int] = {key: 3 if row["right"] else 1 for key, row in self.answers.items()}
        for person, verb, (round_id, *rest) in self._presses():
            key = (round_id, person)
            if verb == "t":
                rated[key] = rest[0]
            elif verb in "ge" and self.answers.get(key, {}).get("right"):
                rated[key] = 1 if verb == "g" else 4
        return rated

    def _presses(self) -> Iterator[tuple[int, str, list[int]]]:
        for press in self._acts("press"):
            head, *numbers = press.details["data"].split(":")
            yield press.user_id, head[1:], [int(number) for number in numbers]

    def _acts(self, kind: str) -> list[Action]:
        return [action for action in self._playground.record.actions if action.kind == kind]


def _worded(row: Row) -> Row:
    """A round's row with words where the table holds their numbers."""
    words = {column.name: column.type.words for column in rounds.columns if isinstance(column.type, Coded)}
    return {
        name: words[name][value] if name in words and isinstance(value, int) else value for name, value in row.items()
    }


def _kept(boards: Counter[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    """Without the lines of days that no board shows any more, as the person has answered a week later there."""
    latest: dict[Key, int] = {}
    for chat, period, person, _column in boards:
        if 10_000_000 <= period < 20_000_000:
            latest[chat, person] = max(period, latest.get((chat, person), 0))
    return {
        (chat, period, person, column): amount
        for (chat, period, person, column), amount in boards.items()
        if not 10_000_000 <= period <= latest[chat, person] - DAYS_KEPT
    }


def _of_sqlite(path: Path) -> dict[str, list[Row]]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as raw:
        raw.row_factory = sqlite3.Row
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {name: [dict(row) for row in raw.execute(f'SELECT * FROM "{name}"')] for name in names}
    raw.close()
    return tables


def _of_postgresql(url: str) -> dict[str, list[Row]]:
    engine = postgresql.engine(make_url(url), connections=1)
    with engine.connect() as tx:
        tables = {
            table.name: [dict(row._mapping) for row in tx.execute(select(table))] for table in metadata.sorted_tables
        }
    engine.dispose()
    return tables


def _place(asked: Row) -> tuple[int, int]:
    return asked["chat_id"], asked["question_id"]


def _periods(day: date) -> tuple[int, ...]:
    """The keys of a board's periods, by the table's own rule."""
    year, week, _weekday = day.isocalendar()
    return 0, 10_000_000 + day.toordinal(), 20_000_000 + year * 100 + week, 30_000_000 + day.year * 100 + day.month


def _differences(name: str, found: dict[Any, int], wanted: dict[Any, int]) -> Iterator[str]:
    for key in found.keys() | wanted.keys():
        if found.get(key, 0) != wanted.get(key, 0):
            yield f"{name} {key} is {found.get(key)}, counted {wanted.get(key)}"
