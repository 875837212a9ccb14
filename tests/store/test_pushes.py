"""The schedule and the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.store import pushes
from bot.store.database import Tx
from bot.store.pushes import Push, Slot

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TODAY = date(2026, 11, 23)
CLAIMED = Push(1, 540, TODAY, "claimed", NOON, NOON + MINUTE, retry_at=NOON + 5 * MINUTE)


def test_slots_come_back_in_the_order_of_the_day(tx: Tx) -> None:
    """Setting an hour again changes its thread and plan."""
    pushes.set_slot(tx, Slot(1, 1260, None, NOON))
    pushes.set_slot(tx, Slot(1, 540, None, NOON))
    pushes.set_slot(tx, Slot(1, 540, 7, None))
    pushes.set_slot(tx, Slot(2, 540, None, NOON))

    assert pushes.slots_of(tx, 1) == (Slot(1, 540, 7, None), Slot(1, 1260, None, NOON))


def test_a_slot_keeps_all_that_was_chosen(tx: Tx) -> None:
    """Topic, days, kind and who set it; another choice takes their place."""
    rich = Slot(1, 540, 7, NOON, "#maths", weekdays=True, kind="card", set_by=8)
    pushes.set_slot(tx, rich)
    assert pushes.slots_of(tx, 1) == (rich,)
    pushes.set_slot(tx, Slot(1, 540, None, NOON))
    assert pushes.slots_of(tx, 1) == (Slot(1, 540, None, NOON),)


def test_one_hour_can_be_cleared_by_itself(tx: Tx) -> None:
    """The chat's others stay."""
    for minute in (540, 600):
        pushes.set_slot(tx, Slot(1, minute, None, NOON))
    pushes.clear_slots(tx, 1, 540)
    assert [slot.minute for slot in pushes.slots_of(tx, 1)] == [600]


def test_the_last_pause_is_that_of_the_chat(tx: Tx) -> None:
    """The newest of its ledger rows that say so."""
    for day in (1, 3, 2):
        paused = replace(CLAIMED, state="paused", study_day=TODAY + timedelta(days=day), claimed_at=NOON + day * MINUTE)
        pushes.claim(tx, paused)
    pushes.claim(tx, CLAIMED)
    assert pushes.last_pause(tx, 1) == NOON + 3 * MINUTE
    assert pushes.last_pause(tx, 2) is None


def test_clearing_takes_every_hour_of_that_chat(tx: Tx) -> None:
    """Other chats keep theirs."""
    for chat_id in (1, 2):
        pushes.set_slot(tx, Slot(chat_id, 540, None, NOON))
    pushes.clear_slots(tx, 1)

    assert pushes.slots_of(tx, 1) == ()
    assert len(pushes.slots_of(tx, 2)) == 1


def test_due_slots_are_those_whose_time_has_come(tx: Tx) -> None:
    """The longest due first, up to the limit; not the unplanned ones."""
    pushes.set_slot(tx, Slot(1, 540, None, NOON))
    pushes.set_slot(tx, Slot(2, 540, None, NOON - MINUTE))
    pushes.set_slot(tx, Slot(3, 540, None, NOON + MINUTE))
    pushes.set_slot(tx, Slot(4, 540, None, None))

    assert [slot.chat_id for slot in pushes.due_slots(tx, NOON, 9)] == [2, 1]
    assert [slot.chat_id for slot in pushes.due_slots(tx, NOON, 1)] == [2]


def test_rescheduling_moves_one_hour(tx: Tx) -> None:
    """That hour has the new plan, or none; the others keep theirs."""
    for minute in (540, 600):
        pushes.set_slot(tx, Slot(1, minute, None, NOON))
    pushes.reschedule(tx, 1, 540, NOON + MINUTE)
    pushes.reschedule(tx, 1, 600, None)

    assert pushes.slots_of(tx, 1) == (Slot(1, 540, None, NOON + MINUTE), Slot(1, 600, None, None))


def test_a_push_is_claimed_once(tx: Tx) -> None:
    """The second claim of a slot's study day changes nothing; another slot or day is another push."""
    assert pushes.claim(tx, CLAIMED)
    assert not pushes.claim(tx, replace(CLAIMED, state="missed"))
    assert pushes.claim(tx, replace(CLAIMED, minute=600))
    assert pushes.claim(tx, replace(CLAIMED, study_day=TODAY + timedelta(days=1)))

    assert pushes.find_push(tx, 1, 540, TODAY) == CLAIMED
    assert pushes.find_push(tx, 2, 540, TODAY) is None


def test_settling_records_what_became_of_it(tx: Tx) -> None:
    """State, time and round; what is settled is not retried."""
    pushes.claim(tx, CLAIMED)
    pushes.settle(tx, 1, 540, TODAY, "sent", NOON + 2 * MINUTE, round_id=9)

    sent = replace(CLAIMED, state="sent", settled_at=NOON + 2 * MINUTE, retry_at=None, round_id=9)
    assert pushes.find_push(tx, 1, 540, TODAY) == sent


def test_a_push_put_off_is_not_settled(tx: Tx) -> None:
    """Later means: open, to be tried again then, with the round it has."""
    pushes.claim(tx, replace(CLAIMED, round_id=9))
    pushes.settle(tx, 1, 540, TODAY, "later", NOON, retry_at=NOON + 9 * MINUTE)

    later = replace(CLAIMED, state="later", retry_at=NOON + 9 * MINUTE, round_id=9)
    assert pushes.find_push(tx, 1, 540, TODAY) == later


def test_stale_pushes_are_those_not_settled_in_time(tx: Tx) -> None:
    """Claimed or put off, with their time come, the oldest first; settled ones never."""
    pushes.claim(tx, CLAIMED)
    pushes.claim(tx, replace(CLAIMED, chat_id=2, state="later", retry_at=NOON))
    pushes.claim(tx, replace(CLAIMED, chat_id=3, retry_at=NOON + 6 * MINUTE))
    pushes.claim(tx, replace(CLAIMED, chat_id=4, state="missed", retry_at=None))

    assert [push.chat_id for push in pushes.stale(tx, NOON + 5 * MINUTE, 9)] == [2, 1]
    assert [push.chat_id for push in pushes.stale(tx, NOON + 5 * MINUTE, 1)] == [2]
    pushes.settle(tx, 2, 540, TODAY, "sent", NOON)
    assert [push.chat_id for push in pushes.stale(tx, NOON + 5 * MINUTE, 9)] == [1]
