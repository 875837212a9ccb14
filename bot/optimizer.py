"""FSRS fitted to a person's log in a process of its own: it takes a second of a processor, and no answer waits for it.

What goes there and back is JSON: the reviews of each card as pairs of rating and Unix second; the parameters, or null.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.core.learners import Parameters, Preset
from bot.core.optimizing import Log, OptimizerError, fitted
from bot.core.review import Rating, Review, review

_PATIENCE_S = 120
_SECRET = ("BOT_", "DATABASE_", "LLM_")  # settings that the process has no use for
_NICENESS = 10  # people who wait come first
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_HOME = Path(__file__).parents[1]  # where Python looks for modules first: not in whatever folder the bot was started


async def optimize(logs: Sequence[Log]) -> Parameters | None:
    """See core.optimizing.fitted. Raises OptimizerError."""
    told = await asyncio.to_thread(_told, logs)
    known = {name: value for name, value in os.environ.items() if not name.startswith(_SECRET)}
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.optimizer", stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=_HOME, env=known
    )
    try:
        async with asyncio.timeout(_PATIENCE_S):
            answer, wrong = await child.communicate(told)
    except TimeoutError as error:
        raise OptimizerError(f"It took longer than {_PATIENCE_S} s.") from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        last = wrong.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise OptimizerError(f"It ended with {child.returncode}: {last}")
    return _believed(answer)


def _believed(answer: bytes) -> Parameters | None:
    """What it has found, if cards can be planned by it: else each answer of that person would fail from now on."""
    try:
        found: list[float] | None = json.loads(answer)
        if found is None:
            return None
        review(None, Rating.GOOD, _SOME_DAY, Preset(parameters=tuple(found)))
    except (ValueError, TypeError) as error:
        raise OptimizerError(f"It said {answer[:200]!r}.") from error
    return tuple(found)


def main() -> None:
    """What the process does; whoever began it may have been killed."""
    if sys.platform != "win32":
        os.nice(_NICENESS)
        signal.alarm(_PATIENCE_S)
    logs = [[_review(*pair) for pair in log] for log in json.load(sys.stdin)]
    json.dump(fitted(logs), sys.stdout)


def _told(logs: Sequence[Log]) -> bytes:
    return json.dumps([[(int(done.rating), int(done.at.timestamp())) for done in log] for log in logs]).encode()


def _review(rating: int, second: int) -> Review:
    return Review(Rating(rating), datetime.fromtimestamp(second, UTC))


if __name__ == "__main__":
    main()
