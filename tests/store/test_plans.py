"""Small partial indexes are used: what every vote and every tick asks does not grow with a group's history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, event

from bot.core.calendar import Period
from bot.core.learners import Done
from bot.store import answers, cards, closing, crams, history, pushes, rounds, scores, seasons
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.sqlite import raw_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WEEK = (date(2026, 11, 23), date(2026, 11, 29))


def plans(tx: Tx, *asked: Callable[[], object]) -> str:
    """How SQLite goes about what these calls ask; PostgreSQL's choice depends on how full its tables are."""
    found: list[str] = []

    def look(_tx: Connection, cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        if not statement.startswith("EXPLAIN"):
            rows = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.extend(str(row) for row in rows)

    run = Prepared._run

    def look_first(self: Prepared, tx: Tx, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        text, place = self._text
        found.extend(map(str, raw_of(tx).execute(f"EXPLAIN QUERY PLAN {text}", place(values))))
        return run(self, tx, values)

    event.listen(tx, "before_cursor_execute", look)
    try:
        with patch.object(Prepared, "_run", look_first):
            for call in asked:
                call()
    finally:
        event.remove(tx, "before_cursor_execute", look)
    return "\n".join(found)


def test_what_asked_for_a_round_is_found_at_once(tx: Tx) -> None:
    """A message by the index of those, Next by the numbers of both rounds."""
    if tx.dialect.name != "sqlite":
        return
    found = plans(tx, lambda: rounds.by_origin(tx, -100, "m1"))
    assert "USING INDEX uq_rounds_origin (chat_id=? AND origin=?)" in found
    found = plans(tx, lambda: rounds.by_origin(tx, -100, "n1"))
    assert found.count("SEARCH") == found.count("INTEGER PRIMARY KEY (rowid=?)") == 3


def test_a_run_of_extra_study_is_found_among_the_few_rounds_it_could_be(tx: Tx) -> None:
    """By the index of origins, which holds none that Next asked for."""
    if tx.dialect.name == "sqlite":
        found = plans(tx, lambda: crams.put(tx, 7, "x5.0."))
        assert "uq_rounds_origin (chat_id=?)" in found


def test_votes_and_ticks_read_small_indexes(tx: Tx) -> None:
    """The answers held back, by who may have some; the seasons that are open, by hour."""
    seasons.begin(tx, -100, Period.week(NOON.date()), NOON)
    if tx.dialect.name != "sqlite":
        assert seasons.due(tx, NOON, 9) == ((-100, Period.week(NOON.date())),)
        return
    found = plans(
        tx,
        lambda: answers.release(tx, -100, *WEEK),
        lambda: answers.any_held(tx, -100, *WEEK),
        lambda: seasons.due(tx, NOON, 9),
    )
    assert found.count("USING INDEX ix_answers_held") == 2
    assert "USING INDEX ix_seasons_due_at" in found
    assert "SCAN seasons" not in found


def test_a_tick_reads_what_is_due(tx: Tx) -> None:
    """However many chats, hours and open polls there are: each question is answered by a range of an index."""
    asked = (
        lambda: pushes.misplanned(tx, NOON),
        lambda: pushes.due_slots(tx, NOON, 9),
        lambda: pushes.stale(tx, NOON, 9),
        lambda: closing.abandon(tx, NOON),
        lambda: closing.due(tx, NOON),
    )
    found = plans(tx, *asked) if tx.dialect.name == "sqlite" else ""

    assert pushes.misplanned(tx, NOON) == ()
    assert not [line for line in found.splitlines() if "SCAN slots" in line or "SCAN rounds" in line]
    if found:
        assert found.count("INDEX ix_slots_next_push_at (next_push_at") == 2
        assert found.count("SEARCH rounds USING INDEX ix_rounds_closes_at (state=? AND closes_at>") == 3


def test_a_board_is_read_in_its_order(tx: Tx) -> None:
    """Neither the best lines nor the own rank sort the board or look at each of its lines."""
    scores.add(tx, -100, [Period.ALL], 7, points=10, right=1, answered=1)
    if tx.dialect.name == "sqlite":
        found = plans(tx, lambda: scores.own(tx, -100, Period.ALL, 7), lambda: scores.top(tx, -100, Period.ALL))
        assert found.count("SEARCH scores USING COVERING INDEX ix_scores_board") == 3
        assert "SCAN scores" not in found
    assert scores.own(tx, -100, Period.ALL, 7) == scores.top(tx, -100, Period.ALL)[0]


def test_a_private_question_reads_what_has_no_answer(tx: Tx) -> None:
    """Not what has been answered over the years; a group's question reads the group's rounds."""
    if tx.dialect.name == "sqlite":
        asked = (lambda: history.counts(tx, 7), lambda: history.since(tx, 7, NOON))
        assert plans(tx, *asked).count("USING INDEX ix_rounds_unanswered") == 2
        assert "USING INDEX ix_rounds_of_groups" in plans(tx, lambda: history.counts(tx, -7))
    assert history.counts(tx, 7) == {}


def test_a_days_work_is_counted_in_one_pass_over_a_persons_log(tx: Tx) -> None:
    """In the order of its key, without sorting; nobody else's rows are read."""
    if tx.dialect.name == "sqlite":
        found = plans(tx, lambda: cards.done_since(tx, 7, NOON))
        assert "SEARCH reviews USING PRIMARY KEY (person_id=?)" in found
        assert "TEMP B-TREE" not in found
    assert cards.done_since(tx, 7, NOON) == Done(0, 0)
