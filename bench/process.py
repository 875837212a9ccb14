"""Bots as processes of their own, on a core of their own."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_SCHEDULED = 2  # of the three clocks of a process the one in nanoseconds, see clock_getcpuclockid(3)
BOT_CORE, OUR_CORE = 0, 1


class Process:
    """A running bot; used as a context manager it is killed in the end."""

    def __init__(self, module: str, *arguments: str, env: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get("BENCH_DEBUG") else subprocess.DEVNULL,
            env={**os.environ, **(env or {})},
        )
        pin(self._process.pid, BOT_CORE)

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, of all its threads, by the clock that Linux keeps for each process."""
        return time.clock_gettime(~self._process.pid << 3 | _SCHEDULED)

    @property
    def rss_mb(self) -> float:
        """Resident memory, in megabytes."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text(encoding="utf-8").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stopped meanwhile, so that it takes no time from another."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    async def ended(self) -> int:
        """Its exit code, when it has ended by itself."""
        return await asyncio.to_thread(self._process.wait)


def pin(pid: int, core: int) -> None:
    """Keep a process on one core, where there are two at least."""
    if (os.cpu_count() or 1) > core:
        os.sched_setaffinity(pid, {core})
