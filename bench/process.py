"""Bots as processes of their own, on a core of their own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
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
        """Seconds of processor time so far, of all its threads."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    @property
    def rss_mb(self) -> float:
        """Resident memory, in megabytes."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text(encoding="utf-8").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    async def ended(self) -> int:
        """Its exit code, when it has ended by itself."""
        return await asyncio.to_thread(self._process.wait)


def pin(pid: int, core: int) -> None:
    """Keep a process on one core, where there are two at least."""
    if (os.cpu_count() or 1) > core:
        os.sched_setaffinity(pid, {core})
