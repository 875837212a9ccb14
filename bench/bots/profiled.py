"""The bot as operators run it, watched: `python -m bench.bots.profiled FILE run`.

SIGUSR1 begins to watch the event loop's thread and the one that writes, SIGUSR2 ends it and writes down, as JSON, each
thread's functions with their own seconds and calls. Seconds are of that thread's processor time, not of the clock, in
which it waits for the disk, the network and the interpreter's lock. What watching costs is estimated and left out.
"""

from __future__ import annotations

import asyncio
import cProfile
import json
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

from bot import __main__ as program
from bot import app
from bot.store import sqlite, sqlite_lanes

Told = list[tuple[str, float, int]]
"""Functions by file and name, their own seconds, and how often they were called."""
_TRIED = 100_000
_METHOD = re.compile(r"method '(\w+)' of '([\w.]+)' objects")
_HOME = Path(__file__).parent.parent.parent


class _Watch:
    """The two profiles; the writer's is switched on and off on its thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = {name: cProfile.Profile(time.thread_time) for name in ("loop", "writer")}
        self._writer: Any = None

    def begin(self) -> None:
        """Watch from now on."""
        self._writer.submit(self._threads["writer"].enable)
        self._threads["loop"].enable()

    def end(self) -> None:
        """Watch no more; write down what was seen, under another name first, so that nobody reads half of it."""
        self._threads["loop"].disable()
        self._writer.submit(self._threads["writer"].disable).add_done_callback(lambda _done: self._tell())

    def _tell(self) -> None:
        told = {name: _functions(profile) for name, profile in self._threads.items()}
        writing = self._path.with_suffix(".writing")
        writing.write_text(json.dumps(told), encoding="utf-8")
        writing.rename(self._path)

    def install(self) -> None:
        """Learn which thread writes, and listen to signals once the loop runs."""
        made, signals = sqlite_lanes.SqliteLane.__init__, app.signals

        def begin(lane: sqlite_lanes.SqliteLane, thread: Any, how: str, *more: Any) -> None:
            made(lane, thread, how, *more)
            self._writer = thread if how == sqlite.BEGIN_WRITE else self._writer

        def listen() -> asyncio.Event:
            asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self.begin)
            asyncio.get_running_loop().add_signal_handler(signal.SIGUSR2, self.end)
            return signals()

        sqlite_lanes.SqliteLane.__init__ = begin  # type: ignore[method-assign, assignment]
        app.signals = listen


def _functions(profile: cProfile.Profile) -> Told:
    """Each function's own time, less what watching adds: some at each of its calls, some at each call it makes."""
    called, calling = _watching()
    told = []
    for one in profile.getstats():
        made = sum(each.callcount for each in one.calls or ())
        told.append(
            (_name(one.code), max(0.0, one.inlinetime - called * one.callcount - calling * made), one.callcount)
        )
    return told


def _watching() -> tuple[float, float]:
    """Seconds that a call costs more when it is watched: told as its own, and as its caller's."""
    began = time.thread_time()
    _many()
    plain = time.thread_time() - began
    watch = cProfile.Profile(time.thread_time)
    watch.runcall(_many)
    own = {one.code.co_name: one.inlinetime for one in watch.getstats() if not isinstance(one.code, str)}
    return own["_nothing"] / _TRIED, (own["_many"] - plain) / _TRIED


def _many() -> None:
    for _ in range(_TRIED):
        _nothing()


def _nothing() -> None:
    pass


def _name(code: Any) -> str:
    """`bot/tg/routes.py find` for Python's functions, `dict.get` for those in C."""
    if isinstance(code, str):
        return _METHOD.sub(r"\2.\1", code.strip("<>").removeprefix("built-in method "))
    file = Path(code.co_filename)
    within = file.is_relative_to(_HOME) and "site-packages" not in file.parts
    return f"{file.relative_to(_HOME) if within else '/'.join(file.parts[-2:])} {code.co_name}"


if __name__ == "__main__":
    _Watch(Path(sys.argv[1])).install()
    program.main(sys.argv[2:])
