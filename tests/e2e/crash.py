"""`python -m tests.e2e.crash --kills 500`: the crash rig at full load, and a table of what came of it."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from random import Random


def main() -> int:
    """Run it; 0 if nothing is wrong."""
    from tests.e2e.crash_run import killed  # noqa: PLC0415 - each child imports this module, and need not import that

    asked = argparse.ArgumentParser(description="Kill the bot at random moments, and audit what is left.")
    asked.add_argument("--kills", type=int, default=500)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--size", type=int, default=12, help="people more than the smallest scene has")
    asked.add_argument("--politely", action="store_true", help="SIGTERM in the place of SIGKILL: nothing is doubled")
    asked.add_argument("--keep", type=Path, help="a folder for the database and the log; else they are thrown away")
    given = asked.parse_args()
    seed = Random().randrange(10**6) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="kaoguan-crash-") as folder:
        home = given.keep or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        report = asyncio.run(killed(home, given.kills, seed, given.size, politely=given.politely, tell=20))
    print(*(f"{name}: {times}" for name, times in sorted(report.deaths.items())), sep=", ")
    print(*(f"{name}: {times}" for name, times in sorted(report.done.items())), sep=", ")
    print(*report.problems, *report.lines(), sep="\n")
    return int(bool(report.problems))


if __name__ == "__main__":
    sys.exit(main())
