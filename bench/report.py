"""Figures, their goals, and the table and JSON they are kept in."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

KEPT = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Goal:
    """`bound` in the figure's unit."""

    side: Literal[">=", "<="]
    bound: float

    def met(self, value: float) -> bool:
        """Whether that value is on the right side."""
        return value >= self.bound if self.side == ">=" else value <= self.bound


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: the median of `samples`, one sample a round of the same run. `load` is the machine's at
    the end of the scenario, over 1, 5 and 15 minutes, our own work included."""

    scenario: str
    what: str
    samples: tuple[float, ...]
    unit: str
    goal: Goal | None = None
    note: str = ""
    load: tuple[float, float, float] = field(default_factory=os.getloadavg)

    @property
    def value(self) -> float:
        """What is told."""
        return median(self.samples)

    @property
    def verdict(self) -> str:
        """Whether the goal is met; empty without one."""
        return "" if self.goal is None else "met" if self.goal.met(self.value) else "MISSED"


def machine() -> dict[str, Any]:
    """What it ran on, and how busy that was."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()],
    }


def show(figures: Iterable[Figure]) -> None:
    """Print the table, with the machine's load below."""
    table = Table("scenario", "what", "median", "range", "goal", "", "load", "note")
    for one in figures:
        span = f"{min(one.samples):.4g} … {max(one.samples):.4g}" if len(one.samples) > 1 else ""
        goal = f"{one.goal.side} {one.goal.bound:g}" if one.goal else ""
        table.add_row(
            one.scenario,
            one.what,
            f"{one.value:.4g} {one.unit}",
            span,
            goal,
            one.verdict,
            f"{one.load[0]:.1f}",
            one.note,
        )
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)
    console.print(f"machine: {json.dumps(machine())}")


def keep(figures: Iterable[Figure], path: Path) -> None:
    """Write the figures with their samples and the machine as JSON."""
    told = [{**asdict(one), "value": one.value, "verdict": one.verdict} for one in figures]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine(), "figures": told}, indent=1) + "\n", encoding="utf-8")
