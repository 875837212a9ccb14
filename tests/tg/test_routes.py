"""Routes take what is written as Telegram writes it, and see in it what the library's objects show."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.core.people import Person
from bot.tg.buttons import Verb
from bot.tg.desk import visit
from bot.tg.lanes import keys_of
from bot.tg.routes import Routes
from bot.tg.visits import Visit
from tests.tg.fake_telegram import message, press, vote

SEEN: list[Any] = []


async def _command(came: Visit) -> None:
    SEEN.append(came)


async def _pressed(came: Visit, numbers: tuple[int, ...]) -> None:
    SEEN.append((came, numbers))


async def _voted(poll_id: str, voter: Person, choice: int) -> None:
    SEEN.append((poll_id, voter, choice))


ROUTES = Routes({"quiz": _command}, {Verb.ANSWER: (2, _pressed)}, _voted, "kaoguan_bot")


def command(text: str, **more: Any) -> dict[str, Any]:
    """A command in private."""
    update = message(5, 7, text)
    mark = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    update["message"] |= {"entities": [mark]} | more
    return update


async def _taken(update: dict[str, Any]) -> Any:
    SEEN.clear()
    routed = ROUTES.find(update)
    assert routed is not None
    await routed.handle()
    return SEEN[0] if SEEN else None


@pytest.mark.parametrize(
    "update",
    [
        command("/quiz"),
        command("/quiz 注意力 机制"),
        command("/Quiz@Kaoguan_Bot\nbert"),
        command("/quiz", is_topic_message=True, message_thread_id=9),
        command("/quiz", message_thread_id=9),
        command("/quiz", reply_to_message={"message_id": 3, "date": 1, "chat": {"id": 7, "type": "private"}}),
        command("/quiz", chat={"id": 7, "type": "private", "first_name": "Ada", "last_name": "L", "username": "ada"}),
        {**command("/quiz"), "message": command("/quiz")["message"] | {"from": {
            "id": 7, "is_bot": False, "first_name": "Ада", "last_name": "L", "username": "a", "language_code": "ru"}}},
    ],
)  # fmt: skip
async def test_a_visit_is_the_same_either_way(update: dict[str, Any]) -> None:
    """Chat, person, thread, reply and argument are read as from the library's own objects, and so are the lanes."""
    theirs = Update.de_json(update, None)
    assert await _taken(update) == visit(theirs)
    routed = ROUTES.find(update)
    assert routed is not None
    assert routed.keys == keys_of(theirs)


async def test_a_press_is_the_same_either_way() -> None:
    """Its id too, by which a redelivered one is known."""
    update = press(5, 7, 7, "1a:12:3")
    theirs = Update.de_json(update, None)
    assert await _taken(update) == (visit(theirs), (12, 3))
    routed = ROUTES.find(update)
    assert routed is not None
    assert routed.keys == keys_of(theirs)


async def test_a_vote_is_the_same_either_way() -> None:
    """Who voted, where, and for what."""
    update = vote(5, 7, "p")
    theirs = Update.de_json(update, None)
    assert await _taken(update) == ("p", Person(7, "P7", None, None), 0)
    routed = ROUTES.find(update)
    assert routed is not None
    assert routed.keys == keys_of(theirs)


@pytest.mark.parametrize(
    "change",
    [
        {"option_ids": []},
        {"user": {"id": 1087968824, "is_bot": True, "first_name": "Group"}},
        {"voter_chat": {"id": -1, "type": "channel", "title": "C"}},
    ],
)
async def test_votes_of_nobody_count_for_nobody(change: dict[str, Any]) -> None:
    """Retracted, a bot's, or a channel's: they are taken, and nothing is done."""
    update = vote(5, 7, "p")
    update["poll_answer"] |= change
    assert await _taken(update) is None


@pytest.mark.parametrize(
    "update",
    [
        message(5, 7, "hello"),
        command("/other"),
        command("/quiz@somebody_else"),
        command("/quiz") | {"edited_message": {}, "message": None},
        message(5, -7, "/quiz"),
        command("/quiz", sender_chat={"id": -5, "type": "channel", "title": "C"}),
        command("/quiz", chat={"id": True, "type": "private", "first_name": "Ada"}),
        command("/quiz", chat={"id": 7, "type": "private", "first_name": 5}),
        command("/quiz", message_id="five"),
        command("/quiz", entities=None),
        press(5, 7, -7, "1a:12:3"),
        press(5, 7, 7, "1a:12"),
        press(5, 7, 7, "1a:12:-3"),
        press(5, 7, 7, "0a:12:3"),
        press(5, 7, 7, "1e:12"),
        {"update_id": 5, "callback_query": {"id": "q"}},
        {"update_id": 5, "poll_answer": {"poll_id": 4, "user": {}, "option_ids": [0]}},
        {"update_id": 5, "poll_answer": {"poll_id": "p", "user": {"id": 7, "is_bot": False}, "option_ids": ["a"]}},
        {"update_id": 5},
    ],
)
async def test_the_rest_goes_the_library_s_way(update: dict[str, Any]) -> None:
    """Whatever is no command, press or vote of ours, or is not written as Telegram writes it."""
    assert ROUTES.find(update) is None
