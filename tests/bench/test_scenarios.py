"""Every scenario runs to its end, small: what it prints then means nothing, but it prints every figure."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import SCENARIOS

OF_THE_STORE = {"boards", "tick", "season", "size", "start"}  # test_store tells of those


@pytest.mark.parametrize("scenario", sorted(SCENARIOS.keys() - OF_THE_STORE))
def test_a_small_run_tells_its_figures(scenario: str, tmp_path: Path) -> None:
    """As `make bench ARGS=…` runs it, in a process of its own."""
    kept = tmp_path / "figures.json"
    command = [sys.executable, "-m", "bench", scenario, "--small", "--rounds", "1", "--json", str(kept)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(kept.read_text(encoding="utf-8"))["figures"]
    assert figures
    assert all(figure["samples"] for figure in figures)
    assert {figure["verdict"] for figure in figures} <= {"", "met", "MISSED"}
    assert figures[0]["scenario"].split(",")[0] in done.stdout
