"""Private questions in a row."""

from datetime import UTC, datetime, timedelta

from bot.store import sittings
from bot.store.database import Tx

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_sitting_ends_with_an_hour_of_silence(tx: Tx) -> None:
    """It goes on while questions come within the hour, however long it gets, and begins anew after."""
    hour = timedelta(hours=1)

    assert sittings.began(tx, 1, NOON) == NOON
    assert sittings.began(tx, 1, NOON + hour) == NOON
    assert sittings.began(tx, 1, NOON + 2 * hour) == NOON
    assert sittings.began(tx, 2, NOON + 2 * hour) == NOON + 2 * hour
    assert sittings.began(tx, 1, NOON + 3 * hour + timedelta(seconds=1)) == NOON + 3 * hour + timedelta(seconds=1)


def test_a_clock_set_back_takes_the_beginning_with_it(tx: Tx) -> None:
    """No sitting begins in the future: what is asked from now on belongs to it."""
    earlier = NOON - timedelta(minutes=30)

    assert sittings.began(tx, 1, NOON) == NOON
    assert sittings.began(tx, 1, earlier) == earlier
    assert sittings.began(tx, 1, NOON) == earlier
