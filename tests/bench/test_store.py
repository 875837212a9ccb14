"""Every scenario of the store runs and tells figures: small, so that nobody may take them for a measurement."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.boards import boards
from bench.bytes import size
from bench.large import SMALL, large_database
from bench.season import season
from bench.start import start
from bench.tick import tick


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of the test's own."""
    monkeypatch.setenv("KAOGUAN_BENCH_DIR", str(tmp_path))


def test_boards_are_read_from_a_database_that_is_made_once() -> None:
    """Groups, the largest of them, everybody and a streak; each with a sample a round."""
    made = large_database(SMALL)
    at = made.stat().st_mtime_ns
    figures = list(boards(2, small=True))

    assert [len(one.samples) for one in figures] == [2] * 7
    assert all(sample > 0 for one in figures for sample in one.samples)
    assert large_database(SMALL).stat().st_mtime_ns == at


def test_a_tick_is_looked_up_and_its_pushes_claimed() -> None:
    """At few chats and at many, and again as if nothing had been claimed."""
    figures = {one.what: one for one in tick(2, small=True)}

    assert {"look-up, 1,000 chats, 50 due", "look-up, 10,000 chats, 50 due", "a push claimed"} <= figures.keys()
    assert all(sample > 0 for one in figures.values() for sample in one.samples)


def test_a_season_is_closed_each_round_while_somebody_writes() -> None:
    """Told once a round, or it raises; the database is made once."""
    waits, alone, took = season(2, small=True)

    assert [len(one.samples) for one in (waits, alone, took)] == [2] * 3
    assert all(sample > 0 for one in (waits, alone, took) for sample in one.samples)


def test_a_database_is_played_and_weighed() -> None:
    """The whole is what its tables and indexes come to, and more than the smallest of them."""
    whole, *parts = size(1, small=True)

    assert whole.what.startswith("bytes an answer")
    named = [one.value for one in parts if one.what.startswith("of that")]
    assert 0 < sum(named) <= whole.value + 0.001


def test_a_start_is_timed_to_its_first_poll() -> None:
    """A real process, which answers to nobody but the bench's own Telegram."""
    seconds, _cpu, megabytes = start(1, small=True)

    assert 0 < seconds.value < 60
    assert 10 < megabytes.value < 1_000
