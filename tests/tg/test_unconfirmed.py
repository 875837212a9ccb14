"""Only a settled prefix is ever confirmed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.tg.unconfirmed import Unconfirmed


def filled(*update_ids: int) -> Unconfirmed:
    """Handed out at second 0."""
    unconfirmed = Unconfirmed()
    for update_id in update_ids:
        assert unconfirmed.add(update_id)
    return unconfirmed


def test_nothing_seen_confirms_nothing() -> None:
    """The first getUpdates names no offset: Telegram gives all it kept."""
    assert Unconfirmed().offset() is None


def test_the_offset_stops_at_the_first_that_is_not_settled() -> None:
    """However many later ones are done."""
    unconfirmed = filled(10, 11, 12)
    unconfirmed.settle(11)
    unconfirmed.settle(12)
    assert unconfirmed.offset() == 10
    unconfirmed.settle(10)
    assert unconfirmed.offset() == 13
    assert len(unconfirmed) == 0
    assert unconfirmed.offset() == 13


def test_what_was_handed_out_before_an_update() -> None:
    """Is settled, or not; of one that is not known any more all is."""
    unconfirmed = filled(10, 11, 12)
    assert unconfirmed.clear_before(10)
    unconfirmed.settle(11)
    assert not unconfirmed.clear_before(12)
    unconfirmed.settle(10)
    assert unconfirmed.clear_before(12)
    unconfirmed.settle(12)
    unconfirmed.offset()
    unconfirmed.add(13)
    assert unconfirmed.clear_before(12)


def test_an_update_handed_out_again_is_recognised_until_it_is_confirmed() -> None:
    """Settled or not: it must not be handled twice."""
    unconfirmed = filled(10, 11)
    unconfirmed.settle(11)
    assert not unconfirmed.add(10)
    assert not unconfirmed.add(11)


def test_numbers_that_begin_anew_are_new() -> None:
    """After a quiet week Telegram starts anywhere, lower as well."""
    unconfirmed = filled(900)
    unconfirmed.settle(900)
    assert unconfirmed.offset() == 901
    assert unconfirmed.add(5)
    assert unconfirmed.offset() == 5
    unconfirmed.settle(5)
    assert unconfirmed.offset() == 6


def test_the_head_and_what_waits_are_told() -> None:
    """For the rule that nobody may hold up the others for ever."""
    unconfirmed = filled(3, 4)
    unconfirmed.settle(4)
    unconfirmed.settle(99)
    assert unconfirmed.oldest() == 3
    assert [unconfirmed.waits(number) for number in (3, 4, 99)] == [True, False, False]


@given(st.integers(1, 30), st.data())
def test_in_any_order_of_settling_nothing_unsettled_is_confirmed(size: int, data: st.DataObject) -> None:
    """The offset is the least unsettled id, and in the end one past the last."""
    unconfirmed = filled(*range(size))
    left = set(range(size))
    for update_id in data.draw(st.permutations(range(size))):
        unconfirmed.settle(update_id)
        left.discard(update_id)
        assert unconfirmed.offset() == min(left, default=size)
