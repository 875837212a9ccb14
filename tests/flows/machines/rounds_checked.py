"""What must hold of a group's rounds, whatever has happened: the tables say what the world beside them does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from bot.flows import boards
from bot.flows.boards import Board, Span
from bot.store.database import Tx
from bot.store.tables import answers as answers_table
from bot.store.tables import parked_votes
from bot.store.tables import rounds as rounds_table
from tests.flows.machines.rounds_world import World
from tests.flows.recount import monday
from tests.group_bench import DEFAULTS, GROUP, NOON
from tests.practice_bench import choice_question, library

BANK = library(*(choice_question(key, "attention", level) for level, key in enumerate(("a1", "a2"), 1)))


class Checked(RuleBasedStateMachine):
    """One group of four. `opened` begins a unit of work that is rolled back at the end."""

    def __init__(self, opened: Callable[[ExitStack], Tx]) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.tx = opened(self.stack)
        self.now, self.chat = NOON, replace(GROUP, id=-1000)
        self.world = World()
        self.numbers = 0

    @invariant()
    def answers_count_once(self) -> None:
        """Each first vote in a poll that is known, and nothing else; held as long as it is alone."""
        told = {
            (row.round_id, row.person_id): (row.choice, row.points, row.held, row.answered_at)
            for row in self.tx.execute(select(answers_table))
        }
        wanted = {
            (one.round, one.person): (one.choice, one.worth, not one.counts, int(one.at.timestamp()))
            for one in self.world.truth.given
        }
        assert told == wanted

    @invariant()
    def no_parked_vote_is_lost(self) -> None:
        """What waits stands in the table, the first choice of each."""
        rows = self.tx.execute(select(parked_votes))
        told = {(row.poll_id, row.person_id): (row.choice, row.parked_at) for row in rows}
        assert told == {key: (choice, int(at.timestamp())) for key, (choice, at) in self.world.parked.items()}

    @invariant()
    def rounds_are_as_far(self) -> None:
        """Each is sending, open, closing or closed as the world has it."""
        told = {row.id: row.state for row in self.tx.execute(select(rounds_table))}
        assert told == {number: one.state for number, one in self.world.rounds.items()}

    @invariant()
    def boards_are_a_recount(self) -> None:
        """All time and this week, line by line."""
        week = monday(self.world.truth.day_of(self.now))
        within: dict[Span, Callable[[date], bool]] = {
            Span.ALL: lambda _on: True,
            Span.WEEK: lambda on: monday(on) == week,
        }
        for span, wanted in within.items():
            shown = boards.board(self.tx, BANK, None, self.chat, span, self.now, DEFAULTS)
            assert isinstance(shown, Board)
            lines = {row.person_id: (row.points, row.right, row.answered) for row in shown.rows}
            assert lines == self.world.truth.board(wanted)

    def teardown(self) -> None:
        """Leave nothing open."""
        self.stack.close()
