"""A playground and a real bot process on it, which can be killed and started again."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.playground.methods.polling import send_poll
from bot.playground.miniature import Miniature
from bot.playground.record import DROPPED, Call
from bot.playground.server import Playground
from bot.playground.wire import Params
from tests.e2e import rig_bot
from tests.e2e.acting import settled

BANK = (
    "title: {zh: 混合, en: Mixed}\ntopics: [{id: mixed, title: {zh: 混合, en: Mixed}}]\nlicence: MIT\nsources: [自编]\n"
)
GRADED = """## 第 {n} 题问什么？ {{#q{n} difficulty={d}}}

答案是 {n}。

### 选项

- [ ] 是 {n}1
- [x] 是 {n}2
- [ ] 是 {n}3
- [ ] 是 {n}4

### 解析

数一数就知道。
"""
OPEN = "## 第 {n} 题说什么？ {{#q{n}}}\n\n说的是 {n}。\n"
_STARTED = '"event": "started"'
_SPAWN = multiprocessing.get_context("forkserver")
_SPAWN.set_forkserver_preload(["tests.e2e.rig_bot"])  # imports once, so that a start costs what a start does


def write_bank(folder: Path, questions: int = 30) -> None:
    """A bank in which every fifth question is without choices."""
    home = folder / "mixed" / "zh"
    home.mkdir(parents=True)
    (folder / "mixed" / "bank.yaml").write_text(BANK, encoding="utf-8")
    texts = [(GRADED if n % 5 else OPEN).format(n=n, d=n % 3 + 1) for n in range(1, questions + 1)]
    (home / "mixed.md").write_text("# 混合\n\n" + "\n".join(texts), encoding="utf-8")


async def slow_poll(mini: Miniature, asked: Params) -> dict[str, Any]:
    """sendPoll whose answer takes its time: people can vote before the bot knows the poll's id."""
    sent = send_poll(mini, asked)
    await asyncio.sleep(0.15)
    return sent


class Rig:
    """`lives` are the numbers in the playground's record at which a process was started; `ends` those of its death."""

    def __init__(self, playground: Playground, home: Path, database_url: str = "", name: str = "bot") -> None:
        """`home` holds the bank, the log `<name>.log`, and the database unless another is given."""
        self.playground = playground
        self.home = home
        self.database_url = database_url or f"sqlite:///{home / 'bot.db'}"
        self.name = name
        self.lives: list[int] = []
        self.ends: list[int] = []
        self._logged = 0
        self._process: multiprocessing.process.BaseProcess | None = None
        if not (home / "content").exists():
            write_bank(home / "content")

    @property
    def log(self) -> str:
        """What all its processes have logged."""
        path = self.home / f"{self.name}.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def number(self) -> int:
        """Of the newest call or action."""
        record = self.playground.record
        return max(record.calls[-1].number if record.calls else 0, record.actions[-1].number if record.actions else 0)

    def start(self) -> None:
        """Start a process at the playground's present."""
        assert self._process is None
        ahead = (self.playground.clock.now() - datetime.now(UTC)).total_seconds()  # noqa: TID251
        where = (self.playground.token, self.playground.url, str(self.home), ahead)
        given = (*where, self.database_url, f"{self.name}.log")
        self._process = _SPAWN.Process(target=rig_bot.serve, args=given, daemon=True)
        self.lives.append(self.number)
        self._logged = len(self.log)
        self._process.start()

    async def kill(self) -> None:
        """SIGKILL, at once."""
        assert self._process is not None
        self._process.kill()
        self.ends.append(self.number)
        await self._buried()

    async def stop(self, patience_s: float = 30) -> int | None:
        """SIGTERM; the exit code, or None if it had to be killed after so many seconds."""
        assert self._process is not None
        self._process.terminate()
        await asyncio.to_thread(self._process.join, patience_s)
        code = self._process.exitcode
        if code is None:
            self._process.kill()
        self.ends.append(self.number)
        await self._buried()
        return code

    async def _buried(self) -> None:
        process, self._process = self._process, None
        assert process is not None
        await asyncio.to_thread(process.join)
        process.close()

    async def quiet(self) -> None:
        """Wait until the process has started, ticked, handled and confirmed everything, and falls silent."""
        await self.playground.wait_for(lambda: _STARTED in self.log[self._logged :], timeout=40)
        await self.playground.wait_for(lambda: not self.playground.updates.pending, timeout=40)
        await settled(self.playground, 0.3)

    def calls(self, since: int) -> list[Call]:
        """What was called after that number."""
        return [call for call in self.playground.record.calls if call.number > since]

    async def happens(self, what: Callable[[], bool], within_s: float) -> bool:
        """Whether it came true in time."""
        try:
            await self.playground.wait_for(what, timeout=within_s)
        except TimeoutError:
            return False
        return True

    def cut(self, since: int) -> bool:
        """Whether an answer was cut off after its effect, after that number."""
        return any(call.status == DROPPED for call in self.calls(since))
