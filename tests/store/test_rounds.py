"""Rounds from their beginning to their close, their answers, parked votes and sittings."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from bot.core.bank import Ref
from bot.store import closing, history, rounds
from bot.store.database import Tx
from bot.store.rounds import Kind, Round
from bot.store.tables import rounds as table
from tests.store.asking import NOON, round_of

MINUTE = timedelta(minutes=1)
MASK, NSP = Ref("bert", "mask"), Ref("bert", "nsp")
GROUP = -1_000_000_000_100


def _start(
    tx: Tx,
    origin: str = "m1",
    *,
    chat_id: int = GROUP,
    ref: Ref = MASK,
    kind: Kind = "poll",
    at: datetime = NOON,
    closes_at: datetime | None = None,
    choices: str = "2031",
) -> Round:
    shown = partial(round_of, kind=kind, choices=choices, right=2, points=15)
    return shown(tx, chat_id, ref, origin, at=at, closes_at=closes_at)


def _now(tx: Tx, begun: Round) -> Round:
    found = rounds.by_id(tx, begun.id)
    assert found is not None
    return found


def test_a_round_comes_back_as_it_was_started(tx: Tx) -> None:
    """Every field is there again, whichever way the round is looked for."""
    begun = _start(tx, closes_at=NOON + 10 * MINUTE)

    expected = Round(
        id=begun.id,
        chat_id=GROUP,
        thread_id=None,
        ref=MASK,
        kind="poll",
        origin="m1",
        language="zh",
        choices="2031",
        right=2,
        points=15,
        state="sending",
        opened_at=NOON,
        closes_at=NOON + 10 * MINUTE,
        closed_at=None,
        message_id=None,
        poll_id=None,
        result_id=None,
        sends=0,
    )
    assert begun == expected
    assert rounds.by_id(tx, begun.id) == begun
    assert rounds.by_origin(tx, GROUP, "m1") == begun


def test_an_origin_starts_one_round_a_chat(tx: Tx) -> None:
    """The same message asks once; in another chat the same number is another message."""
    _start(tx)
    _start(tx, chat_id=-200)

    with pytest.raises((IntegrityError, sqlite3.IntegrityError)), tx.begin_nested():
        _start(tx)
    assert rounds.by_origin(tx, GROUP, "m2") is None


def test_a_round_is_followed_by_one_round_that_its_next_asks_for(tx: Tx) -> None:
    """Within a topic or not, and in its own chat alone; another one asks for its own."""
    first, other = _start(tx), _start(tx, "m2")
    assert rounds.by_origin(tx, GROUP, f"n{first.id}") is None

    second = _start(tx, f"n{first.id}/attention")
    assert rounds.by_origin(tx, GROUP, f"n{first.id}/attention") == second == rounds.by_id(tx, second.id)
    assert second.origin == "n/attention"
    assert rounds.by_origin(tx, -200, f"n{first.id}/attention") is None
    with pytest.raises(rounds.FollowedError), tx.begin_nested():
        _start(tx, f"n{first.id}")
    third, fourth = _start(tx, f"n{second.id}/attention"), _start(tx, f"n{other.id}")
    assert rounds.by_origin(tx, GROUP, f"n{second.id}/attention") == third
    assert rounds.by_origin(tx, GROUP, f"n{other.id}") == fourth


@pytest.mark.parametrize("choices", ["", "0", "0213", "ba9876543210", "0123456789ab"])
def test_the_order_of_choices_is_kept_as_a_number(tx: Tx, choices: str) -> None:
    """Whatever digit is the first, and however many there are; read either way."""
    begun = _start(tx, choices=choices)
    assert rounds.by_id(tx, begun.id) == begun == rounds.many(tx, table.c.id == begun.id)[0]
    assert begun.choices == choices


def test_a_posted_round_is_open_and_found_by_its_poll(tx: Tx) -> None:
    """The poll leads to the round, which knows its message now."""
    begun = _start(tx)
    rounds.posted(tx, begun.id, 77, "poll-1")

    found = rounds.by_poll(tx, "poll-1")
    assert found is not None
    assert (found.id, found.state, found.message_id) == (begun.id, "open", 77)
    assert rounds.by_poll(tx, "poll-2") is None


def test_a_round_closed_before_it_was_posted_stays_closed(tx: Tx) -> None:
    """A tap can be handled before the send's reply; the reply then only adds the message."""
    begun = _start(tx, kind="choice")
    rounds.close_if_open(tx, begun.id, NOON)
    rounds.posted(tx, begun.id, 77)

    found = _now(tx, begun)
    assert (found.state, found.message_id, found.poll_id) == ("closed", 77, None)


def test_posting_again_keeps_the_poll(tx: Tx) -> None:
    """A message learnt later without a poll does not take the known poll away."""
    begun = _start(tx)
    rounds.posted(tx, begun.id, 77, "poll-1")
    rounds.posted(tx, begun.id, 78)

    assert (_now(tx, begun).message_id, _now(tx, begun).poll_id) == (78, "poll-1")


def test_sends_are_counted(tx: Tx) -> None:
    """Each try adds one, to that round only."""
    begun, other = _start(tx), _start(tx, "m2")
    rounds.count_send(tx, begun.id)
    rounds.count_send(tx, begun.id)

    assert (_now(tx, begun).sends, _now(tx, other).sends) == (2, 0)


def test_open_rounds_are_those_not_closed(tx: Tx) -> None:
    """Of the asked kinds, in this chat, newest first."""
    first = _start(tx, "m1")
    second = _start(tx, "m2", at=NOON + MINUTE)
    closed = _start(tx, "m3", at=NOON + 2 * MINUTE)
    _start(tx, "m4", kind="card")
    _start(tx, "m1", chat_id=-200)
    rounds.close(tx, closed.id, NOON, None)

    assert [found.id for found in rounds.open_in(tx, GROUP, ("poll",))] == [second.id, first.id]
    assert len(rounds.open_in(tx, GROUP, ("poll", "card"))) == 3
    assert rounds.open_in(tx, GROUP, ()) == ()


def test_what_a_chat_was_asked(tx: Tx) -> None:
    """Since when, in which order, and how often."""
    _start(tx, "m1", ref=MASK)
    _start(tx, "m2", ref=NSP, at=NOON + MINUTE)
    _start(tx, "m3", ref=MASK, at=NOON + 2 * MINUTE)
    _start(tx, "m1", ref=Ref("other", "mask"), chat_id=-200)

    assert history.since(tx, GROUP, NOON + MINUTE) == {NSP, MASK}
    assert history.since(tx, GROUP, NOON + 2 * MINUTE) == {MASK}
    assert history.recent(tx, GROUP, 9) == [MASK, NSP, MASK]
    assert history.recent(tx, GROUP, 1) == [MASK]
    assert history.counts(tx, GROUP) == {MASK: 2, NSP: 1}


def test_one_caller_closes_a_round(tx: Tx) -> None:
    """The first finds it open, the second does not; nor does anybody find one that is being closed."""
    begun, ending = _start(tx), _start(tx, "m2", closes_at=NOON)
    rounds.posted(tx, ending.id, 5)
    closing.claim(tx, ending.id, NOON, NOON + MINUTE)

    assert rounds.close_if_open(tx, begun.id, NOON)
    assert not rounds.close_if_open(tx, begun.id, NOON + MINUTE)
    assert not rounds.close_if_open(tx, ending.id, NOON)
    assert not rounds.close_if_open(tx, 404, NOON)
    assert _now(tx, begun).closed_at == NOON


def test_rounds_whose_time_is_up_are_due(tx: Tx) -> None:
    """The longest due first; not those still open, still being sent, without an end, or closed."""
    due, longer_due = _start(tx, "m1", closes_at=NOON), _start(tx, "m2", closes_at=NOON - MINUTE)
    early, endless, closed = (
        _start(tx, "m3", closes_at=NOON + MINUTE),
        _start(tx, "m4"),
        _start(tx, "m5", closes_at=NOON),
    )
    for number, begun in enumerate((due, longer_due, early, endless, closed)):
        rounds.posted(tx, begun.id, number)
    rounds.close(tx, closed.id, NOON, None)
    _start(tx, "m6", closes_at=NOON)

    assert [found.id for found in closing.due(tx, NOON)] == [longer_due.id, due.id]


def test_a_round_claimed_and_not_closed_is_claimed_again(tx: Tx) -> None:
    """A crash between claim and close loses no round: when the lease is over it is due again."""
    begun, until = _start(tx, closes_at=NOON), NOON + 2 * MINUTE
    rounds.posted(tx, begun.id, 1)

    assert closing.claim(tx, begun.id, NOON, until)
    assert _now(tx, begun).state == "closing"
    assert closing.due(tx, NOON + MINUTE) == ()
    assert not closing.claim(tx, begun.id, NOON + MINUTE, until + MINUTE)
    assert [found.id for found in closing.due(tx, until)] == [begun.id]
    assert closing.claim(tx, begun.id, until, until + MINUTE)
    rounds.close(tx, begun.id, until, 78)
    assert tx.scalar(select(table.c.retry_at).where(table.c.id == begun.id)) is None
    assert closing.due(tx, until + 9 * MINUTE) == ()
    assert not closing.claim(tx, begun.id, until + 9 * MINUTE, until + 10 * MINUTE)
    assert (_now(tx, begun).result_id, _now(tx, begun).closed_at) == (78, until)


def test_what_was_claimed_before_there_were_leases_belongs_to_nobody(tx: Tx) -> None:
    """A round that an older version was closing is due at once."""
    begun = _start(tx, closes_at=NOON)
    tx.execute(update(table).where(table.c.id == begun.id).values(state="closing", retry_at=None))

    assert [found.id for found in closing.due(tx, NOON)] == [begun.id]
    assert closing.claim(tx, begun.id, NOON, NOON + MINUTE)


def test_a_refused_send_is_taken_back_and_an_earlier_one_stays_counted(tx: Tx) -> None:
    """The earlier one may stand in the chat: whoever counts orphans must find it."""
    once, twice = _start(tx, "m1"), _start(tx, "m2")
    for begun in (once, twice, twice):
        rounds.count_send(tx, begun.id)

    rounds.withdraw(tx, once.id, NOON)
    rounds.withdraw(tx, twice.id, NOON)

    assert [_now(tx, begun).sends for begun in (once, twice)] == [0, 1]


def test_a_round_that_never_got_through_is_abandoned(tx: Tx) -> None:
    """Once its time is long over; not one still being sent, one without an end, or one that stands there."""
    lost, fresh = _start(tx, "m1", closes_at=NOON - MINUTE), _start(tx, "m2", closes_at=NOON)
    endless, posted = _start(tx, "m3"), _start(tx, "m4", closes_at=NOON - MINUTE)
    rounds.posted(tx, posted.id, 1)

    closing.abandon(tx, NOON)

    assert [_now(tx, begun).state for begun in (lost, fresh, endless, posted)] == ["closed", *["sending"] * 2, "open"]
    assert _now(tx, lost).closed_at == NOON - MINUTE


def test_what_is_due_is_limited(tx: Tx) -> None:
    """A tick takes no more at once than it is told to, and then the rest."""
    for number in range(3):
        begun = _start(tx, f"m{number}", closes_at=NOON)
        rounds.posted(tx, begun.id, number)

    first = closing.due(tx, NOON, limit=2)
    rest = closing.due(tx, NOON, limit=2, after=(NOON, first[-1].id))

    assert len({one.id for one in first} | {one.id for one in rest}) == 3
    assert (len(first), len(rest)) == (2, 1)
