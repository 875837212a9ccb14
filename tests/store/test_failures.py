"""Updates that could not be handled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.store import failures
from bot.store.database import Tx

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_what_is_kept_comes_back_newest_first(tx: Tx) -> None:
    """Every field of a kept update is there again, the newest update first, up to the limit."""
    failures.keep(tx, 7, '{"update_id": 7}', "KeyError: poll", 3, NOON)
    failures.keep(tx, 8, "not JSON", "JSONDecodeError", 1, NOON + timedelta(minutes=1))
    failures.keep(tx, 9, "{}", "", 3, NOON - timedelta(minutes=1))

    assert failures.count(tx) == 3
    assert failures.latest(tx, 2) == (
        failures.Failure(8, "not JSON", "JSONDecodeError", 1, NOON + timedelta(minutes=1)),
        failures.Failure(7, '{"update_id": 7}', "KeyError: poll", 3, NOON),
    )


def test_the_same_update_is_kept_once(tx: Tx) -> None:
    """A later failure of an update takes the place of the earlier one."""
    failures.keep(tx, 7, "{}", "first", 1, NOON)
    failures.keep(tx, 7, "{}", "second", 3, NOON)

    assert failures.count(tx) == 1
    assert failures.latest(tx, 9)[0].error == "second"


def test_poison_can_be_kept(tx: Tx) -> None:
    """Lone surrogates and NUL, which databases refuse, do not keep an update from being kept."""
    failures.keep(tx, 7, '{"text": "a\ud800b\0c"}', "bad \udfff", 3, NOON)

    assert failures.latest(tx, 1)[0].payload == '{"text": "a?b\ufffdc"}'


def test_forgetting_drops_the_updates_that_mention_that_very_id(tx: Tx) -> None:
    """An id that merely contains the digits, or is another chat's negative one, is left alone."""
    for number, payload in enumerate(['{"id":42}', '{"id":142}', '{"id":421}', '{"id":-42}', '{"a":[42,1]}', "{}"]):
        failures.keep(tx, number, payload, "", 3, NOON)

    failures.forget(tx, 42)

    assert sorted(failure.update_id for failure in failures.latest(tx, 9)) == [1, 2, 3, 5]


def test_what_is_set_aside_waits_beside_what_failed(tx: Tx) -> None:
    """It comes back in the order it came, counts as no failure, and goes when it is settled."""
    failures.keep(tx, 7, '{"update_id": 7}', "KeyError: poll", 3, NOON)
    failures.set_aside(tx, [(9, "nine"), (8, "eight"), (7, "again")], NOON)
    failures.set_aside(tx, [(5, "five")], NOON + timedelta(seconds=1))

    assert failures.aside(tx) == ["five", "eight", "nine"]
    assert (failures.count(tx), [kept.update_id for kept in failures.latest(tx, 9)]) == (1, [7])

    failures.keep(tx, 8, "eight", "failed after all", 3, NOON)
    failures.settled(tx, [7, 8, 9])

    assert failures.aside(tx) == ["five"]
    assert sorted(kept.update_id for kept in failures.latest(tx, 9)) == [7, 8]


def test_the_oldest_make_room(tx: Tx, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many fail, so many are kept, none endless; what is only set aside is no failure and stays."""
    monkeypatch.setattr(failures, "MOST", 3)
    failures.set_aside(tx, [(1, "{}")], NOON)
    for number in range(10, 20):
        failures.keep(tx, number, "x" * 100_000, "ValueError", 3, NOON)
    assert [failure.update_id for failure in failures.latest(tx, 9)] == [19, 18, 17]
    assert {len(failure.payload) for failure in failures.latest(tx, 9)} == {65_536}
    assert failures.aside(tx) == ["{}"]
