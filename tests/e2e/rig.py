"""A playground and a real bot process on it, which can be killed at any moment and started again."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from bot.playground.record import Call
from bot.playground.server import Playground
from tests.e2e import rig_bot
from tests.e2e.rig_aim import Aim
from tests.e2e.rig_bank import write_bank
from tests.e2e.rig_tables import read

_STARTED = '"event": "started"'
_SPAWN = multiprocessing.get_context("forkserver")
_SPAWN.set_forkserver_preload(["tests.e2e.rig_bot"])  # imports once, so that a start costs what a start does
PATIENCE = 90.0  # seconds for whatever the bot has been asked to do


class Rig:
    """`lives` are the numbers in the playground's record at which a process was started; `ends` those of its death."""

    def __init__(self, playground: Playground, home: Path, database_url: str = "", name: str = "bot") -> None:
        """`home` holds the bank, the log `<name>.log`, the levers, and the database unless another is given."""
        self.playground = playground
        self.home = home
        self.database_url = database_url or f"sqlite:///{home / 'bot.db'}"
        self.name = name
        self.lives: list[int] = []
        self.ends: list[int] = []
        self.levers = rig_bot.Levers(home / f"{name}.levers")
        self.signal = signal.SIGKILL  # or SIGTERM, at which it may end what it has begun
        self.aim = Aim(self.shoot)
        self._logged = 0
        self._process: multiprocessing.process.BaseProcess | None = None
        if not (home / "content").exists():
            write_bank(home / "content")
        playground.clock.listen(self._set_clock)

    @property
    def database(self) -> Path:
        """SQLite's file."""
        return Path(make_url(self.database_url).database or "")

    @property
    def log(self) -> str:
        """What all its processes have logged."""
        return self._log_from(0)

    @property
    def _log_path(self) -> Path:
        return self.home / f"{self.name}.log"

    @property
    def number(self) -> int:
        """Of the newest call or action."""
        record = self.playground.record
        return max(record.calls[-1].number if record.calls else 0, record.actions[-1].number if record.actions else 0)

    @property
    def pid(self) -> int:
        """Of the process that lives."""
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether a process has been started and lives."""
        return self._process is not None and self._process.is_alive()

    @property
    def started(self) -> bool:
        """Whether this life has got as far as being at work."""
        return _STARTED in self._log_from(self._logged)

    def start(self) -> None:
        """Start a process at the playground's present."""
        assert self._process is None
        self._match_clock()
        self.levers.fuse = 0
        self.aim.lower()
        given = (self.playground.token, self.playground.url, str(self.home), self.database_url, self.name)
        self._process = _SPAWN.Process(target=rig_bot.serve, args=given, daemon=True)
        self.lives.append(self.number)
        self._logged = self._log_path.stat().st_size if self._log_path.exists() else 0
        self._process.start()

    def shoot(self) -> bool:
        """Send the signal that ends it, this very moment; whether that is deadly."""
        if self.alive:
            os.kill(self.pid, self.signal)
        return self.signal == signal.SIGKILL

    async def kill(self) -> None:
        """SIGKILL, and wait until it is dead and what it had sent has arrived."""
        if self.alive:
            os.kill(self.pid, signal.SIGKILL)
        await self._buried()
        await asyncio.sleep(0.02)

    async def stop(self, patience_s: float = 30) -> int | None:
        """SIGTERM; the exit code, or None if it had to be killed after so many seconds."""
        assert self._process is not None
        if self.alive:
            self._process.terminate()
        await asyncio.to_thread(self._process.join, patience_s)
        code = self._process.exitcode
        if code is None:
            self._process.kill()
        await self._buried()
        return code

    async def _buried(self) -> None:
        process, self._process = self._process, None
        assert process is not None
        await asyncio.to_thread(process.join)
        self.ends.append(self.number)
        process.close()

    def poke(self) -> None:
        """Have it tick, if it lives, without waiting for that."""
        if self.alive:
            os.kill(self.pid, signal.SIGUSR1)

    async def tick(self) -> bool:
        """Have it tick now; whether it lived to end that."""
        done = self.levers.ticks
        while self.alive and self.levers.ticks == done:
            self.poke()  # a process that has only just started may not hear the first one
            await self.happens(lambda: self.levers.ticks > done or not self.alive, PATIENCE / 10)
        return self.alive

    async def quiet(self, rest_s: float = 0.2) -> bool:
        """Wait until it has started, handled and confirmed everything and is silent for so long; whether it lives."""
        await self.until(lambda: self.started or not self.alive)
        since, calls = time.monotonic(), -1

        def silent() -> bool:
            nonlocal since, calls
            busy = self.playground.updates.pending or calls != self.aim.total
            since, calls = (time.monotonic() if busy else since), self.aim.total
            return (time.monotonic() - since > rest_s and not self._aside()) or not self.alive

        await self.until(silent)
        return self.alive

    def _aside(self) -> bool:
        """Whether anything is set aside: Telegram has it no more, and it waits to be handled."""
        database = self.database_url if self.database_url.startswith("postgresql") else self.database
        return any(row["tries"] == 0 for row in read(database, "failed_updates")["failed_updates"])

    async def until(self, what: Callable[[], bool], patience_s: float = PATIENCE) -> None:
        """Look often, until it is so. Raises TimeoutError."""
        try:
            async with asyncio.timeout(patience_s):
                while not what():  # noqa: ASYNC110 - what is looked at lies outside this process, too
                    await asyncio.sleep(0.01)
        except TimeoutError as error:
            raise TimeoutError(await self._stacks() if patience_s == PATIENCE else "") from error

    async def _stacks(self) -> str:
        """What the process is waiting for, as it says itself."""
        said, alive = len(self.log), self.alive
        if alive:
            os.kill(self.pid, signal.SIGUSR2)
        await asyncio.sleep(1)
        pending, last = len(self.playground.updates.pending), self.calls(self.lives[-1])[-3:]
        return f"{'alive' if alive else 'dead'}, {pending} pending, last {last}, {self.log[said:]}"

    async def happens(self, what: Callable[[], bool], within_s: float) -> bool:
        """Whether it came true in time."""
        try:
            await self.until(what, within_s)
        except TimeoutError:
            return False
        return True

    def calls(self, since: int) -> list[Call]:
        """What was called after that number."""
        return [call for call in self.playground.record.calls if call.number > since]

    def _log_from(self, place: int) -> str:
        if not self._log_path.exists():
            return ""
        with self._log_path.open("rb") as file:
            file.seek(place)
            return file.read().decode("utf-8", "replace")

    async def _set_clock(self, _now: datetime) -> None:
        self._match_clock()

    def _match_clock(self) -> None:
        self.levers.ahead = (self.playground.clock.now() - datetime.now(UTC)).total_seconds()  # noqa: TID251
