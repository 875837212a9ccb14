"""/void and /why as people use them, and what the bot hears of coming and going."""

from __future__ import annotations

from typing import Any, cast

import pytest

from bot.core.calendar import Period
from bot.core.people import Chat, Person
from bot.flows import voids as flow
from bot.store import members as known_members
from bot.store import scores
from bot.store.database import Database
from bot.tg import members, reasons, rounds, voids
from bot.tg.buttons import Verb, pack
from tests.group_bench import (
    ADA,
    BOB,
    GROUP,
    LIN,
    NOON,
    RIGHT,
    WRONG,
    Clock,
    Front,
    Study,
    chat_json,
    desk_for,
    user_json,
)
from tests.tg.fake_api import FakeApi, member_json

ALL = Period.ALL


@pytest.fixture
def front(database: Database) -> Front:
    """A group before the bot; Bob is its admin."""
    telegram = FakeApi(admins={BOB.id})
    desk = desk_for(database, telegram, Clock())
    features = (rounds, reasons, voids, members)
    return Front(desk, telegram, [handler for feature in features for handler in feature.handlers(desk)])


async def asked(front: Front, *votes: tuple[Person, int]) -> int:
    """A round with these votes, its result told; its number."""
    study = Study(cast("Any", front.desk.write).__self__, now=NOON)
    study.messages = 100 + next(front.numbers)
    opened, poll = await study.poll()
    for person, choice in votes:
        await study.vote(person, poll, choice)
    await study.finish(opened)
    return opened.round.id


async def points(front: Front) -> dict[str, int]:
    """The board's points by name."""
    return {row.name: row.points for row in await front.desk.read(scores.top, GROUP.id, ALL)}


async def test_an_admin_voids_a_round_and_takes_it_back(front: Front) -> None:
    """By replying to the poll; the message offers the way back, and anonymous admins may, too."""
    number = await asked(front, (ADA, RIGHT), (LIN, RIGHT))
    reply: dict[str, Any] = {"reply_to_message": {"message_id": 500 + number, "date": 1, "chat": chat_json(GROUP)}}
    await front.says("/void", person=BOB, **reply)
    assert front.telegram.sent()[-1].text == "这一题作废了：「a1 问什么？」，已从榜上扣除 20 分。"
    assert await points(front) == {}
    await front.presses(pack(Verb.VOID, number, 0), person=BOB)
    assert front.telegram.sent("editMessageText")[-1].text.startswith("这一题恢复了")
    assert await points(front) == {"Ada": 10, "Lin": 10}
    await front.says("/void", sender_chat=chat_json(GROUP), message_id=10_000)
    assert await points(front) == {}


async def test_nobody_else_may(front: Front) -> None:
    """A sentence for the command, a toast for the button, and the points stay."""
    number = await asked(front, (ADA, RIGHT), (LIN, RIGHT))
    await front.says("/void", person=ADA)
    assert front.telegram.sent()[-1].text == "只有管理员能作废一题。"
    await front.presses(pack(Verb.VOID, number, 1), person=ADA)
    assert front.toasts() == ["只有管理员能作废一题。"]
    assert await points(front) == {"Ada": 10, "Lin": 10}


async def test_what_is_no_round_cannot_be_voided(front: Front) -> None:
    """A reply to anything else says how; a broken button is too old."""
    reply: dict[str, Any] = {"reply_to_message": {"message_id": 4, "date": 1, "chat": chat_json(GROUP)}}
    await front.says("/void", person=BOB, **reply)
    await front.presses("1v:1", person=BOB)
    assert front.telegram.sent()[-1].text.startswith("没找到要作废的题")
    assert front.toasts() == ["这个按钮太旧了，重新发命令吧。"]


async def test_in_a_thread_every_message_replies_to_its_first(front: Front) -> None:
    """That is no reply to anything: the last poll is meant."""
    await asked(front, (ADA, RIGHT), (LIN, RIGHT))
    first = {
        "message_id": 3,
        "date": 1,
        "chat": chat_json(GROUP),
        "forum_topic_created": {"name": "t", "icon_color": 1},
    }
    await front.says(
        "/void", person=BOB, reply_to_message=first, message_thread_id=3, is_topic_message=True, message_id=9_999
    )
    assert await points(front) == {}


async def test_every_point_can_be_explained(front: Front) -> None:
    """A line a round with what it earned and why not more; the sum is the board's."""
    await asked(front, (ADA, RIGHT), (LIN, RIGHT))
    await asked(front, (ADA, WRONG), (LIN, RIGHT))
    await front.desk.write(_void_last, front)
    await asked(front, (ADA, RIGHT))
    await front.says("/why")
    told = front.telegram.sent()[-1].text.split("\n")
    assert told == [
        "读书小组 · 本周 · 你的 30 分",
        "03-02  ✓ a3 问什么？ +20",
        "03-02  · a2 问什么？，已作废",
        "03-02  ✓ a1 问什么？ +10",
    ]
    assert (await points(front))["Ada"] == 30


def _void_last(tx: Any, front: Front) -> None:
    flow.void(tx, front.desk.library(), BOB, GROUP, 10_000, None, NOON, front.desk.defaults)


async def test_alone_and_again_are_explained_too(front: Front) -> None:
    """What is kept until somebody else answers, and what was right a moment ago."""
    for _ in range(6):
        await asked(front, (ADA, RIGHT))
    await front.says("/why")
    told = front.telegram.sent()[-1].text
    assert told.startswith("读书小组 · 本周 · 你的 0 分\n03-02  ✓ a1 问什么？，7 天内答对过，不计分")
    assert "03-02  ✓ a1 问什么？，10 分先记下：本周还没有别人作答" in told


async def test_pages_belong_to_who_asked(front: Front) -> None:
    """Eight a page; somebody else's press gets a toast, and in private the group is named by the button."""
    for _ in range(11):
        await asked(front, (ADA, WRONG), (LIN, RIGHT))
    await front.says("/why")
    keyboard = front.telegram.sent()[-1].fields["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in keyboard[-1]] == ["›"]
    await front.presses(keyboard[-1][0]["callback_data"], person=LIN)
    assert front.toasts() == ["这是别人的。发 /why 看你自己的"]
    await front.presses(keyboard[-1][0]["callback_data"])
    page = front.telegram.sent("editMessageText")[-1]
    assert len(page.text.split("\n")) == 1 + 3
    home = Chat(ADA.id, "private", "Ada")
    await front.presses(pack(Verb.WHY, 0, 1, GROUP.id), chat=home)
    labels = [
        button["text"] for row in front.telegram.calls[-1].fields["reply_markup"]["inline_keyboard"] for button in row
    ]
    assert labels == ["今天", "本周", "本月", "全部", "‹", "返回"]
    await front.presses(pack(Verb.WHY, 0, 0, -999), chat=home)
    assert front.toasts()[-1] == "这个按钮太旧了，重新发命令吧。"
    await front.says("/why", chat=home)
    assert front.telegram.sent()[-1].text == "在群里发 /why，或者发 /leaderboard 选一个群。"


async def is_here(front: Front, person: Person) -> bool | None:
    """What is known of the person's place in the group."""
    known = await front.desk.read(known_members.find, GROUP.id, person.id)
    return known.here if known else None


async def test_coming_and_going_is_heard(front: Front) -> None:
    """By the messages that tell of it, and by chat_member where the bot is an administrator; bots are nobody."""
    await asked(front, (ADA, RIGHT), (BOB, RIGHT), (LIN, RIGHT))
    message = {"message_id": 9, "date": 1, "chat": chat_json(GROUP), "from": user_json(ADA)}
    await front.update(message=message | {"left_chat_member": user_json(ADA)})
    robot = user_json(Person(77, "Robot")) | {"is_bot": True}
    await front.update(message=message | {"new_chat_members": [user_json(LIN), robot]})
    await front.update(chat_member=changed(BOB, "member", "left"))
    assert [await is_here(front, person) for person in (ADA, BOB, LIN, Person(77, ""))] == [False, False, True, None]
    await front.update(chat_member=changed(BOB, "left", "administrator"))
    assert await is_here(front, BOB)


async def test_a_stranger_who_leaves_is_not_kept(front: Front) -> None:
    """Nobody is written down only for having left."""
    stranger = Person(55, "Zoe")
    await front.update(chat_member=changed(stranger, "member", "left"))
    assert await is_here(front, stranger) is None


@pytest.mark.parametrize(
    ("status", "counted"), [("left", False), ("kicked", False), ("member", True), ("creator", True)]
)
async def test_a_vote_is_a_member_s_or_it_does_not_count(front: Front, status: str, counted: bool) -> None:
    """Telegram is asked once, and what it said is kept."""
    front.telegram.status = status
    await front.says("/quiz")
    poll = f"poll{front.telegram.calls.index(front.telegram.sent('sendPoll')[-1]) + 1001}"
    await front.votes(poll, RIGHT, person=LIN)
    await front.votes(poll, RIGHT, person=LIN)
    assert ("Lin" in await points(front)) == counted
    assert await is_here(front, LIN) == counted
    assert len(front.telegram.sent("getChatMember")) == (1 if counted else 2)


def changed(person: Person, old: str, new: str) -> dict[str, Any]:
    """A chat_member update."""

    return {
        "chat": chat_json(GROUP),
        "from": user_json(BOB),
        "date": 1,
        "old_chat_member": member_json(old, person.id),
        "new_chat_member": member_json(new, person.id),
    }
