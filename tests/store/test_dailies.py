"""The rounds of a group that were pushed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.core.bank import Ref
from bot.store import answers, dailies, rounds
from bot.store.database import Tx
from bot.store.rounds import Kind, Round
from bot.store.tables import rounds as table
from tests.store.asking import NOON, round_of

DAY = timedelta(days=1)
GROUP, OTHER = -100, -200


LATER = NOON + 99 * DAY


def over(
    tx: Tx, day: int, *, chat_id: int = GROUP, origin: str = "p540.", kind: Kind = "poll", result: int | None = 9
) -> Round:
    """A round of that day, posted and closed."""
    at, ref = NOON + day * DAY, Ref("nlp", f"q{day}")
    begun = round_of(tx, chat_id, ref, f"{origin}{day}", kind=kind, at=at, closes_at=at + DAY)
    rounds.posted(tx, begun.id, 500 + day, f"{chat_id}{origin}{day}" if kind == "poll" else None)
    rounds.close(tx, begun.id, at + DAY, result)
    return begun


def test_silence_is_a_row_of_daily_polls_that_nobody_answered(tx: Tx) -> None:
    """Of that chat, the newest so many; it begins when the first of them was opened."""
    for day in range(3):
        over(tx, day)
        over(tx, day, chat_id=OTHER)
    assert dailies.silent_since(tx, GROUP, 3, LATER) == NOON
    assert dailies.silent_since(tx, GROUP, 2, LATER) == NOON + DAY
    assert dailies.silent_since(tx, GROUP, 4, LATER) is None


def test_a_poll_whose_time_is_over_counts_while_its_result_is_still_told(tx: Tx) -> None:
    """The next push may come in that very minute; before it, the poll is open and may yet be answered."""
    over(tx, 0)
    last = over(tx, 1)
    tx.execute(update(table).where(table.c.id == last.id).values(state="closing", closed_after=None))
    assert dailies.silent_since(tx, GROUP, 2, NOON + 2 * DAY) == NOON
    assert dailies.silent_since(tx, GROUP, 2, NOON + DAY) is None


def test_an_answer_ends_the_silence(tx: Tx) -> None:
    """Until it lies before the row."""
    answered, *_later = [over(tx, day) for day in range(3)]
    answers.save(tx, answered.id, 7, choice=1, right=False, points=0, at=NOON, day=NOON.date())
    assert dailies.silent_since(tx, GROUP, 3, LATER) is None
    assert dailies.silent_since(tx, GROUP, 2, LATER) == NOON + DAY


def test_cards_quizzes_and_what_never_stood_there_are_no_part_of_it(tx: Tx) -> None:
    """They neither count nor end the row."""
    over(tx, 0)
    over(tx, 1, kind="card")
    over(tx, 2, origin="m")
    third = NOON + 3 * DAY
    withdrawn = round_of(tx, GROUP, Ref("nlp", "x"), "p540.3", at=third, closes_at=third + DAY)
    rounds.withdraw(tx, withdrawn.id, NOON)
    over(tx, 4)
    assert dailies.silent_since(tx, GROUP, 2, LATER) == NOON
    assert dailies.silent_since(tx, GROUP, 3, LATER) is None


def test_the_daily_told_before_is_the_one_before(tx: Tx) -> None:
    """Of that chat, if its result stands there; what was asked for has none before it."""
    first, second = over(tx, 0), over(tx, 1)
    over(tx, 1, chat_id=OTHER)
    asked = over(tx, 2, origin="m")
    assert dailies.told_before(tx, second) == first.id
    assert dailies.told_before(tx, first) is None
    assert dailies.told_before(tx, asked) is None
    untold = over(tx, 3, result=None)
    assert dailies.told_before(tx, untold) == second.id
    assert dailies.told_before(tx, over(tx, 4)) is None


def test_a_pin_is_remembered(tx: Tx) -> None:
    """By its round."""
    first, second = over(tx, 0), over(tx, 1)
    dailies.pin(tx, first.id)
    pinned = [rounds.by_id(tx, one.id) for one in (first, second)]
    assert [one.pinned for one in pinned if one] == [True, False]
