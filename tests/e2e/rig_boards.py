"""Boards and study days, recounted from the raw answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.store.scores import DAYS_KEPT
from tests.e2e.rig_tables import Row

_SHANGHAI, _DAY_START = timedelta(hours=8), timedelta(hours=4)
_COLUMNS = ("points", "right", "answered")
_DAYS = range(10_000_000, 20_000_000)  # the keys of single days


class Boards:
    """`moved`: somebody had something erased, after which what was released stays released."""

    def __init__(self, tables: dict[str, list[Row]], *, moved: bool = False) -> None:
        self._tables = tables
        self._erased = moved
        self._rounds = {row["id"]: row for row in tables["rounds"]}
        self._zones = {row["id"]: row["timezone"] for row in tables["chats"]}
        self.checked = 0  # boards: one chat, one period

    def problems(self) -> Iterator[str]:
        """All of them."""
        for check in (self.scores(), self.days(), self.study_days(), self.held()):
            yield from check

    def scores(self) -> Iterator[str]:
        """Every line of every board, everybody's too."""
        wanted: Counter[tuple[Any, ...]] = Counter()
        for row in self._tables["answers"]:
            asked = self._rounds[row["round_id"]]
            counts = asked["voided_at"] is None
            amounts = (
                row["points"] if counts and not row["held"] else 0,
                int(bool(row["right"]) and counts),
                int(counts),
            )
            boards = (asked["chat_id"], 0) if row["person_id"] in self._worldwide() else (asked["chat_id"],)
            for board in boards:
                for period in _periods(date.fromordinal(row["day"])):
                    for column, amount in zip(_COLUMNS, amounts, strict=True):
                        wanted[board, period, row["person_id"], column] += amount
        told = {
            (row["chat_id"], row["period"], row["person_id"], column): row[column]
            for row in self._tables["scores"]
            for column in _COLUMNS
        }
        self.checked = len({key[:2] for key in told.keys() | wanted.keys()})
        latest = _latest(told.keys() | wanted.keys())
        yield from differences("score", _kept(told, latest), _kept(wanted, latest))

    def days(self) -> Iterator[str]:
        """The study day of an answer is its chat's, where that has never lived elsewhere."""
        for row in self._tables["answers"]:
            chat = self._rounds[row["round_id"]]["chat_id"]
            if self._zones.get(chat) is None and row["day"] != _day(row["answered_at"]).toordinal():
                yield f"day wrong: {row}"

    def study_days(self) -> Iterator[str]:
        """Every answer's day, where its person or its group lives, is one of theirs; each of these has an answer or,
        where a group was erased since, a review."""
        noted = {
            (row["person_id"], day)
            for row in self._tables["study_days"]
            for day in range(row["study_day"], row["last_day"] + 1)
        }
        answered = [
            self._own_days(row["person_id"], row["answered_at"]) | {(row["person_id"], row["day"])}
            for row in self._tables["answers"]
        ]
        reviewed = [self._own_days(row["person_id"], row["reviewed_at"]) for row in self._tables["reviews"]]
        yield from (f"study day lost: {days}" for days in answered if not days & noted)
        yield from (f"study day without an answer: {day}" for day in noted.difference(*answered, *reviewed))

    def _own_days(self, person: int, at: int) -> set[tuple[int, int]]:
        """The study day that it was; the ones around it, too, for whoever has lived elsewhere."""
        day, around = _day(at).toordinal(), (0,) if self._zones.get(person) is None else (-1, 0, 1)
        return {(person, day + by) for by in around}

    def held(self) -> Iterator[str]:
        """Held back is what was answered alone, in its week and in its round; nothing else."""
        weeks: dict[tuple[Any, ...], set[int]] = {}
        rounds: dict[int, set[int]] = {}
        polls = [row for row in self._tables["answers"] if self._rounds[row["round_id"]]["kind"] == "poll"]
        for row in polls:
            weeks.setdefault(self._week(row), set()).add(row["person_id"])
            rounds.setdefault(row["round_id"], set()).add(row["person_id"])
        for row in polls:
            alone = len(weeks[self._week(row)]) == len(rounds[row["round_id"]]) == 1
            if row["held"] != alone and not (alone and self._erased):
                yield f"held wrong: {row}"

    def _week(self, answer: Row) -> tuple[Any, ...]:
        return self._rounds[answer["round_id"]]["chat_id"], date.fromordinal(answer["day"]).isocalendar()[:2]

    def _worldwide(self) -> set[int]:
        return {row["id"] for row in self._tables["people"] if row["worldwide"]}


def differences(name: str, found: dict[Any, int], wanted: dict[Any, int]) -> Iterator[str]:
    """Sentences for all that differs; what is missing is nought. `counted twice` stands in those with too much."""
    for key in found.keys() | wanted.keys():
        more = found.get(key, 0) - wanted.get(key, 0)
        if more:
            how = "counted twice: " if more > 0 else "counted too little: "
            yield f"{how}{name} {key} is {found.get(key)}, counted {wanted.get(key)}"


def _latest(lines: Collection[tuple[Any, ...]]) -> dict[tuple[int, int], int]:
    """By chat and person, the newest of the lines for single days."""
    latest: dict[tuple[int, int], int] = {}
    for chat, period, person, _column in lines:
        if period in _DAYS:
            latest[chat, person] = max(period, latest.get((chat, person), 0))
    return latest


def _kept(lines: Mapping[tuple[Any, ...], int], latest: dict[tuple[int, int], int]) -> dict[tuple[Any, ...], int]:
    """Without the days that no board shows any more, as the person has answered a week later: their lines may go."""
    return {
        (chat, period, person, column): amount
        for (chat, period, person, column), amount in lines.items()
        if period not in _DAYS or period > latest[chat, person] - DAYS_KEPT
    }


def _day(at: int) -> date:
    return (datetime.fromtimestamp(at, UTC) + _SHANGHAI - _DAY_START).date()


def _periods(day: date) -> tuple[int, ...]:
    """The keys of a board's periods, by the table's own rule."""
    year, week, _weekday = day.isocalendar()
    return 0, 10_000_000 + day.toordinal(), 20_000_000 + year * 100 + week, 30_000_000 + day.year * 100 + day.month
