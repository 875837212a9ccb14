"""Random histories of a group: every board, streak, season and digest is what a recount of the raw answers gives."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.core.calendar import Period
from bot.core.people import Chat, Person
from bot.flows import boards, chats, closing, forgetting, members, opening, rounds, seasons, voids
from bot.flows.boards import Board, Span
from bot.flows.opening import Opening
from bot.flows.seasons import Notable
from bot.flows.voting import Verdict
from bot.store import sqlite
from bot.store.database import Tx
from tests.flows import season_bench
from tests.flows.recount import Recount, Rows, monday
from tests.group_bench import DEFAULTS, GROUP, LIBRARY

ADMIN = Person(1, "Admin")
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York")
STARTS = (
    datetime(2026, 10, 19, 9, tzinfo=UTC),  # clocks go back in Berlin on the 25th, in New York on 1 November
    datetime(2026, 12, 14, 9, tzinfo=UTC),  # a year with a week 53
    datetime(2027, 3, 1, 9, tzinfo=UTC),  # clocks go forward on 14 and 28 March
)
RIGHT = 2
KINDS = (
    "round",
    "round",
    "week",
    "late",
    "void",
    "hide",
    "leave",
    "rename",
    "move",
    "forget",
    "restart",
    "wait",
    "wait",
)
people_ = st.integers(2, 5) | st.integers(2, 51)  # a few who are always there, and a crowd
choices = st.just(RIGHT) | st.integers(0, 3)
votes = st.lists(st.tuples(people_, choices), max_size=8)
steps = st.tuples(st.sampled_from(KINDS), people_, votes, st.sampled_from((0, 1, 5, 11, 23, 24, 24, 25, 50, 72)))
histories = st.tuples(st.sampled_from(ZONES), st.sampled_from(STARTS), st.lists(steps, max_size=40))
History = tuple[str, datetime, list[tuple[str, int, list[tuple[int, int]], int]]]
# Without shrinking, which takes minutes here: a failure prints the whole history, and the database keeps it.
any_history = settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)


BOTH = [(2, RIGHT), (3, RIGHT)]
# The same question again after six days and a half, and after seven and a half: a chance too rare to wait for.
OTHERS: list[tuple[str, int, list[tuple[int, int]], int]] = [("round", 2, [], 0)] * 4
SIX_AND_A_HALF: History = (ZONES[0], STARTS[0], [("round", 2, BOTH, 156), *OTHERS, ("round", 2, BOTH, 0)])
SEVEN_AND_A_HALF: History = (ZONES[0], STARTS[0], [("round", 2, BOTH, 180), *SIX_AND_A_HALF[2][1:]])


class Life:
    """One group lives through a history, and the recount beside it."""

    def __init__(self, tx: Tx, zone: str, start: datetime, reopen: Callable[[Tx], Tx]) -> None:
        self._reopen = reopen
        self.tx, self.now, self.chat = tx, start, replace(GROUP, id=-1000)
        self.truth = Recount(ZoneInfo(zone))
        self.names: dict[int, str] = {}
        self.rounds: list[Opening] = []
        self.moves = 0
        chats.set_zone(tx, ADMIN, self.chat, zone, start, DEFAULTS)

    def step(self, kind: str, who: int, cast: list[tuple[int, int]], hours: int) -> None:
        """One thing happens, then so many hours pass, and whatever season ends is closed."""
        getattr(self, kind)(who, cast)
        self.now += timedelta(hours=hours)
        self._close_seasons()

    def round(self, _who: int, cast: list[tuple[int, int]]) -> None:
        """A round is asked and answered."""
        number = len(self.truth.asked) + 1
        asked = rounds.ask(
            self.tx,
            LIBRARY,
            ADMIN,
            self.chat,
            message_id=number,
            thread_id=None,
            wanted="",
            now=self.now,
            defaults=DEFAULTS,
        )
        assert isinstance(asked, Opening)
        self.truth.asked.append(self.now)
        opening.posted(self.tx, asked.round.id, 5000 + number, f"poll{asked.round.id}", self.now, DEFAULTS)
        if asked.round.kind == "poll":
            self.rounds.append(asked)
            self.late(0, cast)
        closing.closed(self.tx, asked.round.id, 9000 + number, self.now)

    def week(self, who: int, cast: list[tuple[int, int]]) -> None:
        """The same people answer on seven days in a row."""
        for _day in range(7):
            self.round(who, cast)
            self.now += timedelta(days=1)
            self._close_seasons()

    def late(self, _who: int, cast: list[tuple[int, int]]) -> None:
        """Votes on the last round, whether it is open or not."""
        for person, choice in cast if self.rounds else ():
            asked = self.rounds[-1].round
            verdict = Verdict(person not in self.truth.away)
            rounds.vote(self.tx, self._person(person), f"poll{asked.id}", choice, self.now, DEFAULTS, verdict)
            if verdict.here:
                right = choice == RIGHT
                self.truth.answer(asked.id, asked.ref.id, person, choice, right, asked.points, self.now)

    def void(self, who: int, _cast: list[tuple[int, int]]) -> None:
        """Some round is voided, or put back."""
        if self.rounds:
            number = self.rounds[who % len(self.rounds)].round.id
            off = number not in self.truth.void
            voids.switch(self.tx, LIBRARY, ADMIN, self.chat, number, self.now, DEFAULTS, off=off)
            self.truth.void ^= {number}

    def hide(self, who: int, _cast: list[tuple[int, int]]) -> None:
        """Off the boards, or back; writing from home, so that nobody returns to the group by it."""
        home = Chat(who, "private", "home")
        self.truth.hidden ^= {who}
        boards.hide(self.tx, self._person(who), home, self.now, DEFAULTS, hidden=who in self.truth.hidden)

    def leave(self, who: int, _cast: list[tuple[int, int]]) -> None:
        """Out of the group, or back; nobody is known to have left who was never seen."""
        here = who in self.truth.away
        members.heard(self.tx, self.chat.id, self._person(who), self.now, here=here)
        if here or who in self.names:
            self.truth.away ^= {who}

    def rename(self, who: int, _cast: list[tuple[int, int]]) -> None:
        """Another name from now on."""
        self.names[who] = f"R{len(self.rounds):03}P{who:02}"  # in every locale sorted as written: no sign, one width
        chats.visit(self.tx, self._person(who), Chat(who, "private", "home"), self.now, DEFAULTS)

    def move(self, _who: int, _cast: list[tuple[int, int]]) -> None:
        """The group becomes a supergroup, perhaps once more."""
        self.moves += 1
        old, self.chat = self.chat, replace(self.chat, id=-1000 - self.moves)
        chats.move(self.tx, old.id, self.chat.id, self.now, DEFAULTS)

    def forget(self, who: int, _cast: list[tuple[int, int]]) -> None:
        """Somebody has everything erased."""
        forgetting.forget_person(self.tx, who, int(self.now.timestamp()))
        self.truth.forget(who)
        self.names.pop(who, None)

    def restart(self, _who: int, _cast: list[tuple[int, int]]) -> None:
        """The bot ends and begins anew: all it knows from here on stands in the database's file."""
        self.tx = self._reopen(self.tx)

    def wait(self, _who: int, _cast: list[tuple[int, int]]) -> None:
        """Nothing happens."""

    def agree(self) -> None:
        """Every board and streak is the recount's."""
        today = self.truth.day_of(self.now)
        week, month = monday(today), today.replace(day=1)
        spans: dict[Span, Callable[[date], bool]] = {
            Span.ALL: lambda _on: True,
            Span.DAY: lambda on: on == today,
            Span.WEEK: lambda on: monday(on) == week,
            Span.MONTH: lambda on: on.replace(day=1) == month,
        }
        for span, within in spans.items():
            shown = boards.board(self.tx, LIBRARY, None, self.chat, span, self.now, DEFAULTS)
            assert isinstance(shown, Board)
            expected = self.truth.board(within)
            ranks = {who: 1 + sum(other[0] > row[0] for other in expected.values()) for who, row in expected.items()}
            lines = [(row.person_id, row.rank, row.points, row.right, row.answered) for row in shown.rows]
            assert lines == [(who, ranks[who], *expected[who]) for who in self._in_order(expected)[:10]]
            assert all(row.name == self.names[row.person_id] for row in shown.rows)
            assert (shown.streak.length, shown.streak.freezes) == self.truth.group_streak(today)
        for who in sorted(self.truth.people(lambda _on: True))[:5]:
            mine = boards.mine(self.tx, self._person(who), Chat(who, "private", "home"), self.now, DEFAULTS)
            assert mine.all_time == self.truth.points(who)

    def _close_seasons(self) -> None:
        for chat_id, period in seasons.due(self.tx, self.now, 99):
            closing = season_bench.claimed(self.tx, chat_id, period, self.now)
            if closing is not None:
                self._agree_on(closing, period)
                seasons.told(self.tx, closing.season, 1)

    def _agree_on(self, closing: seasons.Closing, period: Period) -> None:
        assert period.days is not None
        first, last = period.days
        nine = datetime.combine(last + timedelta(days=1), time(9), tzinfo=self.truth.zone)
        assert self.now >= nine
        board = self.truth.board(lambda on: first <= on <= last)
        ranks = {who: 1 + sum(other[0] > row[0] for other in board.values()) for who, row in board.items()}
        podium = [
            (ranks[who], who, board[who][0]) for who in self._in_order(board) if ranks[who] <= 3 and board[who][0]
        ]
        assert [(line.rank, line.person_id, line.points) for line in closing.podium] == podium[:10]
        assert closing.tied == len(podium[10:])  # of very many who share a place some are only counted
        assert closing.people == len(self.truth.people(lambda on: first <= on <= last))
        assert (closing.streak.length, closing.streak.freezes) == self.truth.group_streak(last)
        told = [(one.question.ref.id, one.wrong, one.answered) for one in closing.missed]
        assert told == self.truth.missed(lambda on: first <= on <= last)
        before = self.truth.board(lambda on: Period.of(period.before.key) in {Period.week(on), Period.month(on)})
        gains = [(row[0] - before[who][0], self.names[who]) for who, row in board.items() if who in before]
        gain, name = min(gains, key=lambda one: (-one[0], one[1]), default=(0, ""))
        assert closing.improved == (Notable(name, gain) if gain > 0 else None)
        lengths = [(self.truth.own_streak(who, last)[0], self.names[who]) for who in self._in_order(board)]
        longest, name = max(lengths, key=lambda one: one[0], default=(0, ""))
        assert closing.longest == (Notable(name, longest) if longest > 1 else None)
        assert closing.rounds == sum(first <= self.truth.day_of(at) <= last for at in self.truth.asked)

    def _in_order(self, board: Rows) -> list[int]:
        """Who stands on it, as a board has them: most points first, equal ones by name, then by number."""
        return sorted(board, key=lambda who: (-board[who][0], self.names[who], who))

    def _person(self, number: int) -> Person:
        return Person(number, self.names.setdefault(number, f"P{number:02}"))


def live(tx: Tx, history: History, reopen: Callable[[Tx], Tx]) -> Tx:
    """Play it through, look at the boards after each third step and at the end; the transaction that is open then."""
    zone, start, happenings = history
    life = Life(tx, zone, start, reopen)
    for number, (kind, who, cast, hours) in enumerate(happenings):
        life.step(kind, who, cast, hours)
        if number % 3 == 0:
            life.agree()
    life.agree()
    return life.tx


class House:
    """A database file of one history's own, which can be closed and opened again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self) -> Tx:
        """A unit of work on a connection of its own."""
        self._raw = sqlite.connect(self._path)
        tx = sqlite.engine(lambda: self._raw).connect()
        tx.exec_driver_sql(sqlite.BEGIN_WRITE)
        return tx

    def reopen(self, tx: Tx) -> Tx:
        """What was written is on the disk, and nothing else is left."""
        tx.commit()
        self.close(tx)
        return self.open()

    def close(self, tx: Tx) -> None:
        """Leave nothing open."""
        tx.close()
        self._raw.close()


@settings(any_history, max_examples=200)
@example(history=SIX_AND_A_HALF)
@example(history=SEVEN_AND_A_HALF)
@given(history=histories)
def test_two_hundred_histories(sqlite_template: Path, history: History) -> None:
    """Whatever happens in whatever order, across restarts, clock changes and New Year, nothing is made up."""
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(shutil.copy(sqlite_template, Path(folder) / "life.db")))
        house.close(live(house.open(), history, house.reopen))


@settings(any_history, max_examples=15)
@given(history=histories)
def test_some_histories_on_postgresql(
    _postgresql_engine: Engine,  # noqa: PT019 - it is used
    history: History,
) -> None:
    """The other database says the same; it is shared, so nothing is committed and a restart changes nothing."""
    with _postgresql_engine.connect() as tx:
        live(tx, history, lambda same: same)
        tx.rollback()
