"""The bench's figures tell whether their goals are met."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.report import Figure, Goal, keep


@pytest.mark.parametrize(
    ("goal", "samples", "verdict"),
    [
        (Goal(">=", 1.0), (0.5, 1.0, 2.0), "met"),
        (Goal(">=", 1.01), (0.5, 1.0, 2.0), "MISSED"),
        (Goal("<=", 1.0), (0.5, 1.0, 2.0), "met"),
        (Goal("<=", 0.9), (0.5, 1.0, 2.0), "MISSED"),
        (None, (1.0,), ""),
    ],
)
def test_the_median_is_held_against_the_goal(goal: Goal | None, samples: tuple[float, ...], verdict: str) -> None:
    """Neither the best nor the worst round decides."""
    assert Figure("quiz", "updates", samples, "x", goal).verdict == verdict


def test_kept_figures_tell_samples_and_machine(tmp_path: Path) -> None:
    """Whoever reads the JSON later can judge it."""
    path = tmp_path / "new" / "figures.json"
    keep([Figure("quiz", "updates", (3.0, 1.0, 2.0), "x", Goal(">=", 2.0))], path)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["figures"][0]["samples"] == [3.0, 1.0, 2.0]
    assert told["figures"][0]["value"] == 2.0
    assert told["figures"][0]["verdict"] == "met"
    assert {"cores", "load", "python"} <= set(told["machine"])
