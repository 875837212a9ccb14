"""The bot as a process of its own, to be killed: `bot.app.run` on the playground's clock, with ticks on call."""

from __future__ import annotations

import asyncio
import mmap
import os
import signal
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from pydantic import SecretStr
from sqlalchemy import Connection

from bot import app
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.store import sqlite
from bot.tg import limiter
from bot.tg.gates import Pace

_NUMBER = struct.Struct("d")
_NAMES = ("ahead", "ticks", "fuse", "place", "refusing")
BEFORE, WITHIN, AFTER = 0, 1, 2  # places in a transaction at which the fuse ends


class Levers:
    """Numbers that the test and the process share: both have the same file in memory.

    `ahead` of the real clock in seconds; `ticks` done on call; `fuse`: transactions until the process kills itself,
    at `place` of the last (0: none burns); `refusing`: the database takes no writes while it is 1.
    """

    ahead: float
    ticks: float
    fuse: float
    place: float
    refusing: float

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(_NUMBER.size * len(_NAMES)))
        with path.open("r+b") as file:
            self.__dict__["memory"] = mmap.mmap(file.fileno(), 0)

    def __getattr__(self, name: str) -> float:
        return float(_NUMBER.unpack_from(self.__dict__["memory"], _NUMBER.size * _NAMES.index(name))[0])

    def __setattr__(self, name: str, value: float) -> None:
        _NUMBER.pack_into(self.__dict__["memory"], _NUMBER.size * _NAMES.index(name), value)


def serve(token: str, url: str, home: str, database_url: str, name: str) -> None:
    """Serve the playground at `url` until a signal comes. `home` holds the bank, and the log and the levers of that
    name; SIGUSR1 ticks."""
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    folder = Path(home)
    levers = Levers(folder / f"{name}.levers")
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(token),
        bot_api_url=url,
        database_url=database_url,
        content_dir=folder / "content",
        http_port=0,
    )
    limiter.PRIVATE, limiter.GROUP = Pace(200, 4.0), Pace(1000, 60.0)  # a denser load than is allowed
    sqlite.unit = _burning(sqlite.unit, levers)
    app.running = _ticking(app.running, levers)
    with (folder / f"{name}.log").open("a", encoding="utf-8") as log:
        set_up_logs("INFO", "json", stream=log)
        asyncio.run(_life(settings, lambda: datetime.now(UTC) + timedelta(seconds=levers.ahead), log))  # noqa: TID251


async def _life(settings: Settings, clock: Callable[[], datetime], log: TextIO) -> None:
    """SIGUSR2 has it write down what it is waiting for."""

    def tell() -> None:
        for task in asyncio.all_tasks():
            task.print_stack(file=log)
        log.flush()

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR2, tell)
    await app.run(settings, clock)


def _burning(unit: Callable[..., Any], levers: Levers) -> Callable[..., Any]:
    """A transaction that ends the process when the fuse has burnt down: before, within or after it."""

    def burn(tx: Connection, begin: str, work: Callable[[], Any]) -> Any:
        if begin != sqlite.BEGIN_WRITE:
            return unit(tx, begin, work)
        sqlite.raw_of(tx).execute(f"PRAGMA query_only={'ON' if levers.refusing else 'OFF'}")
        last = levers.fuse == 1
        levers.fuse = max(0, levers.fuse - 1)
        if last and levers.place == BEFORE:
            _die()
        result = unit(tx, begin, (lambda: _last(work)) if last and levers.place == WITHIN else work)
        if last:
            _die()
        return result

    return burn


def _last(work: Callable[[], Any]) -> None:
    work()
    _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _ticking(running: Callable[..., Any], levers: Levers) -> Callable[..., Any]:
    """The running bot, which ticks whenever SIGUSR1 comes and counts that."""

    @asynccontextmanager
    async def ticked(*given: Any) -> AsyncIterator[app.Running]:
        async with running(*given) as bot:
            loop, ticks = asyncio.get_running_loop(), set()

            async def tick() -> None:
                await bot.ticker.now()
                levers.ticks += 1

            loop.add_signal_handler(signal.SIGUSR1, lambda: ticks.add(asyncio.ensure_future(tick())))
            try:
                yield bot
            finally:
                loop.remove_signal_handler(signal.SIGUSR1)
                signal.signal(signal.SIGUSR1, signal.SIG_IGN)

    return ticked
