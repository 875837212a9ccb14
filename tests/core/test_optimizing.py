"""FSRS fitted to one person: what is found, when it is believed, and that both libraries mean the same by it."""

from __future__ import annotations

import random
from datetime import timedelta

import fsrs
import pytest
from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview

from bench.optimizing import forgetting, loss, studied
from bot.core.learners import USUAL, Preset
from bot.core.optimizing import ENOUGH, available, fitted, losses, worth_it
from bot.core.review import Rating, Review, replay
from tests.practice_bench import NOON

DAY = timedelta(days=1)


def log(*steps: tuple[int, int]) -> list[Review]:
    """Reviews of one card, each a rating and the days since the one before."""
    at, reviews = NOON, []
    for rating, days in steps:
        at += days * DAY
        reviews.append(Review(Rating(rating), at))
    return reviews


@pytest.mark.parametrize("memory", [(0.3, 0.9), (3.0, 1.2)])
def test_who_forgets_otherwise_is_foretold_better(memory: tuple[float, float]) -> None:
    """On answers that the fit has not seen; and the intervals go the right way."""
    true = forgetting(*memory)
    own = fitted(studied(true, 150, 1))
    assert own is not None
    others = studied(true, 100, 2)
    assert loss(others, true) < loss(others, Preset(parameters=own)) < loss(others, USUAL)
    first, usual = replay(log((3, 0)), Preset(parameters=own)), replay(log((3, 0)))
    assert first
    assert usual
    assert (first.stability < usual.stability) is (memory[0] < 1)


def test_who_forgets_like_everybody_loses_nothing() -> None:
    """Mostly nothing is believed, and what is foretells hardly worse."""
    true, others = forgetting(1.0), studied(forgetting(1.0), 300, 2)
    usual = loss(others, USUAL)
    own = [one for seed in range(12) if (one := fitted(studied(true, 60, seed)))]
    lost = [loss(others, Preset(parameters=one)) - usual for one in own]
    assert len(own) <= 4
    assert sum(lost) / 12 < 0.001
    assert max(lost, default=0.0) < 0.005


@pytest.mark.parametrize("seed", range(6))
def test_a_better_first_answer_never_comes_back_sooner(seed: int) -> None:
    """Who is sure at once and remembers for long has found a Good that lasts longer than an Easy of few answers."""
    logs = [
        log((3, 0), *((3, days) for days in (9, 40, 90)))
        if number % 9
        else log((4, 0), *((3, days) for days in (3 + seed, 9)))
        for number in range(120)
    ]
    own = fitted([*logs, *studied(forgetting(3.0, 1.2), 40, seed)])
    assert own is not None
    assert list(own[:4]) == sorted(own[:4])


def test_the_same_log_gives_the_same_parameters() -> None:
    """So what a kill has cut short comes to the same."""
    logs = studied(forgetting(0.3, 0.9), 150, 1)
    assert fitted(logs) == fitted(logs) is not None


@pytest.mark.parametrize(
    "logs",
    [
        [],
        [[]],
        [log((3, 0))] * 200,
        [log((3, 0), (1, 0), (3, 0))] * 60,
        [log((1, 0), *((1, 1),) * 40)] * 10,
        [log((4, 0), (4, 3000))] * 100,
        [log((3, 0), *((3, days),)) for days in range(1, 200)],
        [log((2, 0), *((1, 1), (2, 1)) * 30)] * 8,
    ],
)
def test_any_log_is_borne(logs: list[list[Review]]) -> None:
    """Nothing to learn, all forgotten, never forgotten: parameters that FSRS takes, or none."""
    own = fitted(logs)
    assert own is None or len(own) == 21
    card = replay(log((1, 0), (3, 1), (4, 30)), Preset(parameters=own))
    assert card is not None
    assert card.due > card.reviewed


def test_random_logs_are_borne() -> None:
    """Whatever was answered, and however late."""
    chance = random.Random(5)
    for _person in range(12):
        cards = [
            log(
                (chance.randint(1, 4), 0), *((chance.randint(1, 4), chance.choice([0, 1, 2, 9, 400])) for _ in range(9))
            )
            for _card in range(chance.randrange(60))
        ]
        own = fitted(cards)
        assert own is None or fsrs.Scheduler(own)  # which raises for what is out of its bounds


def test_a_review_on_the_same_day_tells_nothing() -> None:
    """FSRS counts whole days: at once everything is remembered. The first answer foretells nothing either."""
    assert not list(losses(log((3, 0), (1, 0), (3, 0)), USUAL))
    told = list(losses(log((3, 0), (1, 0), (3, 1), (1, 5)), USUAL))
    assert len(told) == 2
    assert told[0] < told[1]  # what was to be remembered, and what was forgotten


def test_both_libraries_remember_alike() -> None:
    """One fits the parameters and the other plans by them: with the same ones they hold the same memory."""
    chance, theirs = random.Random(7), FSRS(DEFAULT_PARAMETERS)
    for _card in range(50):
        steps = [(chance.randint(1, 4), chance.choice([0, 1, 3, 12, 60]) if at else 0) for at in range(8)]
        card = replay(log(*steps))
        memory = theirs.memory_state(FSRSItem([FSRSReview(*step) for step in steps]))
        assert card
        assert card.stability == pytest.approx(memory.stability, rel=1e-3)
        assert card.difficulty == pytest.approx(memory.difficulty, rel=1e-3)


def test_a_log_is_looked_at_when_it_is_long_and_then_when_it_has_grown() -> None:
    """By a quarter."""
    assert available()
    assert not worth_it(ENOUGH - 1, None)
    assert worth_it(ENOUGH, None)
    assert not worth_it(249, 200)
    assert worth_it(250, 200)
    assert not worth_it(ENOUGH - 1, 10)  # after answers were undone


def test_of_a_card_its_first_reviews_are_learnt_from() -> None:
    """A thousand of each question may be brought with a file: given with all before each, they filled gigabytes."""
    long = log((3, 0), *((1 + day % 4, 1) for day in range(999)))
    assert fitted([long] * 20) == fitted([long[:64]] * 20) is not None
