"""The bot comes to a group: greeted once, set up by its admins, and told what it may not do."""

import asyncio
import threading
from typing import Any

import pytest

from bot.app import Running
from bot.flows.library import Shelf
from bot.playground import actions
from bot.playground.handles import ChatHandle, Person
from bot.playground.methods.chats import get_chat
from bot.playground.methods.table import METHODS
from bot.playground.miniature import Miniature
from bot.playground.server import Playground
from bot.playground.wire import Params
from bot.store import people
from tests.e2e.acting import labels, say, settled, tap
from tests.e2e.conftest import Start
from tests.e2e.rig_faults import again, handled
from tests.referee import judge

DAY = 24 * 3600


async def test_rubrics_are_read_while_nobody_has_come_yet(
    playground: Playground, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first poll may wait for half a minute: whoever ends that waiting must not wait for rubrics."""
    read, plain = threading.Event(), Shelf.read_rubrics

    def noted(shelf: Shelf) -> tuple[str, ...]:
        problems = plain(shelf)
        read.set()
        return problems

    monkeypatch.setattr(Shelf, "read_rubrics", noted)
    playground.faults.add("getUpdates", 1, kind="delay", seconds=60)

    async def served() -> None:
        async with start():
            pass

    starting = asyncio.ensure_future(served())
    assert await asyncio.to_thread(read.wait, 30)
    assert not starting.done()
    starting.cancel()
    await asyncio.wait({starting})


@pytest.fixture
def ada(playground: Playground) -> Person:
    """Who founds the group."""
    return playground.person("Ada")


@pytest.fixture
def group(playground: Playground, ada: Person) -> ChatHandle:
    """A group without the bot."""
    return playground.add_group("LLM 面试", ada, playground.person("Lin"), bot=False)


def greetings(group: ChatHandle) -> list[dict[str, Any]]:
    """Every message that says who the bot is."""
    return [message for message in group.from_bot if "我是考官" in message.get("text", "")]


async def test_added_it_says_what_it_sees_and_is_set_up_with_buttons(
    playground: Playground, bot: Running, group: ChatHandle, ada: Person
) -> None:
    """An admin sets the hour from the greeting; a member's press is answered by a toast and changes nothing."""
    lin = playground.person("Lin")
    playground.member(group, None, "member")
    await playground.wait_for(lambda: greetings(group))
    (greeting,) = greetings(group)
    assert "隐私模式" in greeting["text"]
    assert labels(greeting) == ["时间", "时区", "语言"]
    assert labels(await tap(playground, lin, greeting, "时间")) == labels(greeting)
    assert lin.toasts[-1]["text"] == "只有管理员能改设置。"
    hours = await tap(playground, ada, greeting, "时间")
    assert "21:00" in labels(await tap(playground, ada, hours, "+ 21:00"))
    judge(playground.record)


@pytest.mark.parametrize(
    ("status", "polls", "said"),
    [
        ("member", True, "看不到你们聊天"),
        ("administrator", True, "群里的消息我都收得到"),
        ("restricted", False, "打开「发送投票」"),
    ],
)
async def test_the_greeting_fits_the_place_it_was_given(
    playground: Playground, bot: Running, group: ChatHandle, status: str, polls: bool, said: str
) -> None:
    """What privacy mode hides is said where it hides something; only a missing right is mentioned."""
    playground.member(group, None, status, can_send_polls=polls)
    await playground.wait_for(lambda: greetings(group))
    text = group.last["text"]
    assert said in text
    assert ("打开「发送投票」" in text) == (not polls)
    assert ("隐私模式" in text) == (status != "administrator")


async def test_the_greeting_knows_what_the_group_allows_its_members(
    playground: Playground, bot: Running, group: ChatHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most groups forbid polls to everybody, not to one bot."""

    def strict(mini: Miniature, asked: Params) -> dict[str, Any]:
        return get_chat(mini, asked) | {"permissions": {"can_send_messages": True, "can_send_polls": False}}

    monkeypatch.setitem(METHODS, "getChat", strict)
    playground.member(group, None, "member")
    await playground.wait_for(lambda: greetings(group))
    assert "打开「发送投票」" in group.last["text"]


async def test_a_coming_that_is_told_twice_is_greeted_once(
    playground: Playground, bot: Running, group: ChatHandle
) -> None:
    """Telegram may deliver the same update again."""
    playground.member(group, None, "member")
    update = next(one for one in playground.updates.pending if "my_chat_member" in one)
    await handled(playground)
    await again(playground, update)
    assert len(greetings(group)) == 1


async def test_added_removed_and_added_is_greeted_once(playground: Playground, bot: Running, group: ChatHandle) -> None:
    """Whoever tries how to add a bot gets one greeting; a day later it introduces itself again."""
    for status in ("member", "kicked", "member"):
        playground.member(group, None, status)
        await settled(playground)
    assert len(greetings(group)) == 1
    playground.member(group, None, "left")
    await settled(playground)
    await playground.clock.advance(DAY)
    playground.member(group, None, "member")
    await playground.wait_for(lambda: len(greetings(group)) == 2)


async def test_added_removed_and_added_while_it_was_down_is_greeted_once(
    playground: Playground, start: Start, group: ChatHandle
) -> None:
    """All three wait at Telegram; only one of them finds a group to greet."""
    for status in ("member", "kicked", "member"):
        playground.member(group, None, status)
    async with start():
        await handled(playground)
        assert len(greetings(group)) == 1


async def test_added_and_removed_while_it_was_down_nothing_is_said(
    playground: Playground, start: Start, group: ChatHandle
) -> None:
    """The greeting finds nobody, nothing fails, and the next coming is the first."""
    playground.member(group, None, "member")
    playground.member(group, None, "kicked")
    async with start():
        await handled(playground)
        assert not greetings(group)
        playground.member(group, None, "member")
        await playground.wait_for(lambda: greetings(group))


async def test_where_it_may_not_write_whoever_added_it_is_told(
    playground: Playground, bot: Running, group: ChatHandle, ada: Person
) -> None:
    """One private message in their language, with what an admin can tap; nothing more when the right comes."""
    await say(playground, ada, "/start")
    refusal = "not enough rights to send text messages to the chat"
    playground.faults.add("sendMessage", kind="400", description=refusal, when=lambda call: int(call["chat_id"]) < 0)
    before = len(ada.chat.from_bot)
    playground.member(group, None, "restricted")
    await playground.wait_for(lambda: len(ada.chat.from_bot) > before)
    assert "“Send messages”" in ada.chat.last["text"]
    playground.member(group, None, "member")
    await settled(playground)
    assert not group.from_bot


async def test_rights_that_come_and_go_are_passed_over_in_silence(playground: Playground, bot: Running) -> None:
    """Promoted, restricted, let go: only the next question that needs a poll says that it may not be posted."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    for status in ("administrator", "member", "restricted", "administrator"):
        playground.member(group, None, status)
    playground.member(group, None, "restricted", can_send_polls=False)
    await settled(playground)
    assert not group.from_bot
    assert "发送投票" in (await say(playground, zhou, "/quiz", group))["text"]
    playground.member(group, None, "restricted")
    await settled(playground)
    assert len(group.from_bot) == 1
    assert "poll" in await say(playground, zhou, "/quiz", group)


async def test_a_supergroup_that_was_a_group_is_not_greeted(
    playground: Playground, bot: Running, group: ChatHandle, ada: Person
) -> None:
    """Telegram tells that the bot was added to it, here before it tells of the move; all the group had is there."""
    playground.member(group, None, "member")
    await playground.wait_for(lambda: greetings(group))
    await say(playground, ada, "/daily 21:00", group)
    bigger = playground.migrate(group)
    told = playground.updates.pending
    playground.updates.drop()
    playground.updates.put("my_chat_member", joined(playground, bigger))
    for update in told:
        kind = next(key for key in update if key != "update_id")
        playground.updates.put(kind, update[kind])
    await handled(playground)
    assert not bigger.from_bot
    assert "21:00" in (await say(playground, ada, "/settings", bigger))["text"]


async def test_a_new_title_is_known_at_once(playground: Playground, bot: Running) -> None:
    """Not only when somebody writes there again: others may read it elsewhere."""
    group = playground.chat("读书小组")
    await say(playground, playground.person("小周"), "/settings", group)
    retitle(playground, group, "面试小组")
    await settled(playground)
    known = await bot.desk.read(people.find_chat, group.id)
    assert known is not None
    assert known.title == "面试小组"


def joined(playground: Playground, group: ChatHandle) -> dict[str, Any]:
    """What Telegram says of the bot's place in a supergroup that was a group."""
    me = {key: playground.mini.world.bot[key] for key in ("id", "is_bot", "first_name", "username")}
    return {
        "chat": {"id": group.id, "type": "supergroup", "title": playground.mini.world.chat(group.id).title},
        "from": playground.person("Ada").user,
        "date": playground.mini.now(),
        "old_chat_member": {"user": me, "status": "left"},
        "new_chat_member": {"user": me, "status": "member"},
    }


def retitle(playground: Playground, group: ChatHandle, title: str) -> None:
    """Give a group another title."""
    mini = playground.mini
    chat = mini.world.chat(group.id)
    chat.title = title
    founder = playground.person("小周").user
    actions.tell(mini, "message", chat, mini.post(chat, founder, {"new_chat_title": title}))
