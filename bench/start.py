"""From the spawn of `python -m bot run` to its first getUpdates, with 10,000 questions and a database that is there."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

from aiohttp import web

from bench.banks import write_bank
from bench.large import folder, migrated
from bench.report import Figure, Goal

_ME = {"id": 1, "is_bot": True, "first_name": "Kaoguan", "username": "kaoguan_bot"}
_PATIENCE = 60.0


def start(rounds: int, small: bool) -> Iterable[Figure]:
    """A new process each time. The page cache stays warm: it cannot be dropped without being root of the machine."""
    topics, questions = (5, 20) if small else (50, 200)
    content = write_bank(folder() / f"bank-{topics}-{questions}", topics, questions)
    database = folder() / "start.db"
    migrated(database)
    found = [asyncio.run(_started(content, database)) for _ in range(rounds)]
    what = f"{topics * questions:,} questions"
    return [
        Figure("start", f"spawn to first getUpdates, {what}", tuple(one[0] for one in found), "s", Goal("<=", 1.5)),
        Figure("start", "CPU of that", tuple(one[2] for one in found), "s"),
        Figure("start", "RSS then", tuple(one[1] for one in found), "MB", Goal("<=", 150)),
    ]


class _Telegram:
    """Answers what the bot asks at its start, and notes when it first polls."""

    def __init__(self) -> None:
        self.polled = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        """getMe with the bot; getUpdates with nothing, after a while; True for everything else."""
        await request.read()
        method = request.path.rpartition("/")[2].lower()
        if method == "getupdates":
            self.polled.set()
            await asyncio.sleep(0.5)
        results: dict[str, object] = {"getme": _ME, "getupdates": []}
        return web.json_response({"ok": True, "result": results.get(method, True)})


async def _started(content: Path, database: Path) -> tuple[float, float, float]:
    """Seconds, megabytes of RSS, seconds of CPU."""
    telegram, app = _Telegram(), web.Application()
    app.router.add_route("*", "/{rest:.*}", telegram.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return await _spawned(runner.addresses[0][1], content, database, telegram)
    finally:
        await runner.cleanup()


async def _spawned(port: int, content: Path, database: Path, telegram: _Telegram) -> tuple[float, float, float]:
    given = {
        "BOT_TOKEN": "1:bench",
        "BOT_API_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{database}",
        "CONTENT_DIR": str(content),
        "HTTP_PORT": "0",
    }
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=os.environ | given, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            await telegram.polled.wait()
        return perf_counter() - began, _rss(process.pid), _cpu(process.pid)
    finally:
        process.terminate()
        await process.wait()


def _rss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
