"""The bot as operators run it, with one of its steps undone: `python -m bench.bots.undone STEP run`.

Each entry of STEPS takes back one thing that makes the bot faster, and nothing else, before anything of it is built.
What is taken back is replaced by what the library or the driver does by itself, never by something slower than that.
"""

from __future__ import annotations

import asyncio
import importlib
import sqlite3
import sys
from collections.abc import Callable, Sequence
from functools import _lru_cache_wrapper
from typing import Any

from telegram.request import HTTPXRequest

from bench.bots import hops, objects
from bot import __main__ as program
from bot import app, login
from bot.store import prepared, sqlite, sqlite_lanes
from bot.tg.payload import Payload

_BUILDERS = ("upsert", "scores", "crowds", "neighbours")  # modules of bot.store that keep statements they have built


class _Httpx(HTTPXRequest):
    """The library's own transport in the place of ours, with as many connections; bodies stay as they are."""

    def __init__(self, *, connections: int = 256) -> None:
        super().__init__(connections, read_timeout=10.0, write_timeout=10.0, connect_timeout=10.0, pool_timeout=60.0)

    async def do_request(  # type: ignore[override]
        self, url: str, method: str, request_data: Any = None, **timeouts: Any
    ) -> tuple[int, bytes]:
        """As the library does it; a body of JSON goes as it is, with the timeouts above."""
        if not isinstance(request_data, Payload):
            return await super().do_request(url, method, request_data, **timeouts)
        headers = {"User-Agent": self.USER_AGENT, "Content-Type": "application/json"}
        answer = await self._client.request(method, url, content=request_data.json_payload, headers=headers)
        return answer.status_code, answer.content


def _aiohttp() -> None:
    app.Transport = login.Transport = _Httpx  # type: ignore[assignment, attr-defined]


def _uvloop() -> None:
    program._new_loop = asyncio.new_event_loop


def _compiled() -> None:
    """Statements go through SQLAlchemy, which has a cache of its own, and those that depend on what is written are
    built anew. Those that stand in a module are built once all the same: it is the least that this step buys."""
    prepared.Prepared.all = lambda self, tx, values: list(tx.execute(self._statement, values))  # type: ignore[method-assign]
    prepared.Prepared.first = lambda self, tx, values: tx.execute(self._statement, values).first()  # type: ignore[method-assign]
    prepared.Prepared.run = lambda self, tx, values: _ran(tx, self._statement, values)  # type: ignore[method-assign]
    prepared.Prepared.each = lambda self, tx, rows: _ran(tx, self._statement, list(rows))  # type: ignore[method-assign]
    for module in (importlib.import_module(f"bot.store.{name}") for name in _BUILDERS):
        for name, kept in list(vars(module).items()):
            if isinstance(kept, _lru_cache_wrapper):
                setattr(module, name, kept.__wrapped__)


def _ran(tx: Any, statement: Any, values: Any) -> None:
    tx.execute(statement, values)


def _shared_commit() -> None:
    """Each unit of work has a transaction and a commit of its own; they wait for the thread together all the same."""
    whole = sqlite.units

    def alone(tx: Any, begin: str, works: Sequence[Callable[[Any], Any]]) -> list[sqlite.Outcome]:
        return [outcome for work in works for outcome in whole(tx, begin, (work,))]

    sqlite.units = alone


def _log_copied_elsewhere() -> None:
    """SQLite copies the log by itself, after a commit that made it a thousand pages long, on the writer's thread."""
    connect = sqlite.connect
    sqlite_lanes._Copier.committed = lambda _self: None  # type: ignore[method-assign, assignment]

    def usual(path: Any, *extra: str) -> sqlite3.Connection:
        return connect(path, *(pragma for pragma in extra if pragma != "wal_autocheckpoint=0"))

    sqlite.connect = usual


STEPS: dict[str, Callable[[], None]] = {
    "one hop": hops.undo,
    "aiohttp": _aiohttp,
    "uvloop": _uvloop,
    "raw updates": objects.undo_from_the_wire,
    "plain calls": objects.undo_to_the_wire,
    "statements compiled": _compiled,
    "shared commit": _shared_commit,
    "log copied elsewhere": _log_copied_elsewhere,
}


if __name__ == "__main__":
    STEPS[sys.argv[1]]()
    program.main(sys.argv[2:])
