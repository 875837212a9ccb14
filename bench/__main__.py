"""`python -m bench [SCENARIO …]`: run scenarios, print one table, keep the figures as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from bench import broadcast, flood, latency, memory, paid, stack, votes
from bench.boards import boards
from bench.bytes import size
from bench.learning import learning
from bench.profiles import profile
from bench.report import KEPT, Figure, keep, show
from bench.season import season
from bench.start import start
from bench.steps import steps
from bench.tick import tick

Scenario = Callable[[int, bool], Iterable[Figure]]
"""Takes the number of rounds, and whether to be small (seconds instead of minutes: the figures then mean nothing)."""

SCENARIOS: dict[str, Scenario] = {
    "headroom": stack.headroom,
    "stack": stack.side_by_side,
    "slow-telegram": stack.slow_telegram,
    "latency": latency.latency,
    "votes": votes.votes,
    "broadcast": broadcast.broadcast,
    "paid-broadcast": paid.paid,
    "memory": memory.memory,
    "learning": learning,
    "boards": boards,
    "tick": tick,
    "season": season,
    "size": size,
    "start": start,
    "flood": flood.flood,
    "steps": steps,
    "profile": profile,
}


def main() -> None:
    """Run what is asked for; everything by default."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("scenarios", nargs="*", choices=[*SCENARIOS, []], help="default: all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--small", action="store_true", help="a try-out: the figures mean nothing")
    parser.add_argument("--json", type=Path, default=KEPT / "latest.json")
    args = parser.parse_args()
    figures: list[Figure] = []
    for name in args.scenarios or SCENARIOS:
        figures += SCENARIOS[name](args.rounds, args.small)
        show(figures)
        keep(figures, args.json)  # after each: what comes later may fail


if __name__ == "__main__":
    main()
