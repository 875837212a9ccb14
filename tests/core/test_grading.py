"""Shuffled choices, letters, grades and points."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.grading import LETTERS, letter, rating_of, shown, shuffled
from bot.core.points import points
from bot.core.review import Rating


@settings(deadline=None)
@given(st.integers(0, 12), st.text())
def test_shuffled_is_a_permutation(count: int, seed: str) -> None:
    """Every choice is shown once, in an order the stored text gives back."""
    assert sorted(shown(shuffled(count, seed))) == list(range(count))
    assert len(shuffled(count, seed)) == count


def test_shuffled_depends_on_the_seed_alone() -> None:
    """The same seed shuffles the same way for ever: a redelivered question looks as it did."""
    assert shuffled(4, "7/m12") == "1203"
    assert len({shuffled(4, str(seed)) for seed in range(200)}) == 24


def test_every_place_is_as_likely() -> None:
    """Over many rounds the right choice stands at each place about equally often."""
    places = [shown(shuffled(4, str(seed))).index(0) for seed in range(4000)]
    assert all(900 < places.count(place) < 1100 for place in range(4))


@settings(deadline=None)
@given(st.integers(1, 12), st.text())
def test_letter_is_the_place_shown(count: int, seed: str) -> None:
    """The letter of a choice is that of the line it stands in."""
    choices = shuffled(count, seed)
    assert "".join(letter(choices, index) for index in shown(choices)) == LETTERS[:count]


def test_an_answer_suggests_its_rating() -> None:
    """Wrong means Again, right means Good."""
    assert (rating_of(False), rating_of(True)) == (Rating.AGAIN, Rating.GOOD)


def test_points_grow_with_difficulty() -> None:
    """10, 15, 20; there is no other difficulty."""
    assert [points(difficulty) for difficulty in (1, 2, 3)] == [10, 15, 20]
    with pytest.raises(KeyError):
        points(4)
