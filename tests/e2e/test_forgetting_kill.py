"""A person is erased while somebody else's older update is at work, and the bot is killed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.playground.clock import PlaygroundClock
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from tests.e2e.rig import Rig
from tests.e2e.rig_tables import read
from tests.e2e.test_two_processes import MONDAY

SLOW_S = 20.0


async def test_what_was_said_before_an_erasure_does_not_come_again_after_a_kill(tmp_path: Path) -> None:
    """Telegram takes its time over the answer to Lin, who came first; Zhou votes and is erased meanwhile. After the
    kill Lin is answered, and of Zhou nothing is known."""
    async with Playground(clock=PlaygroundClock(MONDAY)) as playground:
        rig = Rig(playground, tmp_path)
        zhou, lin, group = playground.person("小周"), playground.person("Lin"), playground.chat("读书小组")
        rig.start()
        await lin.send(None, "/stats")
        asked = await _answered(playground, rig, zhou, group)
        playground.faults.add("sendMessage", kind="delay", seconds=SLOW_S, when=lambda asked: _to(asked, lin.id))
        before = len(lin.chat.from_bot)
        await lin.send(None, "/stats")
        await zhou.vote(group.last, 1)
        await zhou.press(asked, "全部删除")
        await rig.until(lambda: "已全部删除" in zhou.chat.message(asked["message_id"])["text"])
        assert len(lin.chat.from_bot) == before
        await rig.kill()
        assert _known(rig, zhou.id) == []
        rig.start()
        await rig.until(lambda: len(lin.chat.from_bot) > before)
        await rig.quiet()
        await rig.stop()
        assert _known(rig, zhou.id) == []


async def _answered(playground: Playground, rig: Rig, zhou: Person, group: ChatHandle) -> dict[str, Any]:
    """A poll stands in the group, and Zhou has been asked whether to erase everything."""
    await zhou.send(group, "/quiz")
    await playground.wait_for(lambda: bool(playground.mini.world.polls), timeout=60)
    await zhou.send(None, "/forget")
    await rig.quiet()
    asked: dict[str, Any] = zhou.chat.last
    return asked


def _to(asked: dict[str, Any], chat_id: int) -> bool:
    return str(asked.get("chat_id")) == str(chat_id)


def _known(rig: Rig, person_id: int) -> list[str]:
    """The tables that name the person."""
    tables = read(rig.database, "people", "answers", "reviews", "scores", "parked_votes", "members", "chats")
    mine = {"people": "id", "chats": "id"}
    return [name for name, rows in tables.items() if any(row[mine.get(name, "person_id")] == person_id for row in rows)]
