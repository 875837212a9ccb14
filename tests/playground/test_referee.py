"""The referee proves itself: spoilt requests and answers are refused, good ones pass."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from tests.referee import answer_complaints, judge, request_complaints

Json = dict[str, Any]
TEXT = {"chat_id": "1", "text": "hello"}
POLL = {
    "chat_id": "1",
    "question": "q",
    "options": json.dumps([{"text": "a"}, {"text": "b"}]),
    "type": "quiz",
    "correct_option_ids": "[1]",
}


def entities(*given: tuple[str, int, int]) -> str:
    return json.dumps([{"type": kind, "offset": offset, "length": length} for kind, offset, length in given])


def keyboard(*buttons: Json) -> str:
    return json.dumps({"inline_keyboard": [list(buttons)]})


SPOILT: dict[str, tuple[str, Json, str]] = {
    "a method nobody knows": ("sendTelepathy", TEXT, "no such method"),
    "a chat that is none": ("sendMessage", TEXT | {"chat_id": "None"}, "names no chat"),
    "an unknown parameter": ("sendMessage", TEXT | {"colour": "red"}, "colour: unknown field"),
    "a missing parameter": ("sendMessage", {"chat_id": "1"}, "text"),
    "a number that is none": ("sendMessage", TEXT | {"message_thread_id": "one"}, "no JSON"),
    "Python's True": ("sendMessage", TEXT | {"protect_content": "True"}, "no JSON"),
    "broken JSON": ("sendMessage", TEXT | {"entities": "[{"}, "no JSON"),
    "an unknown field deep inside": (
        "sendMessage",
        TEXT | {"reply_markup": keyboard({"text": "A", "callback_data": "a", "colour": "red"})},
        "reply_markup.inline_keyboard.0.0.colour: unknown field",
    ),
    "an outdated parameter": ("sendMessage", TEXT | {"reply_to_message_id": "5"}, "outdated"),
    "an empty text": ("sendMessage", TEXT | {"text": " \n"}, "text is empty"),
    "a text too long": ("editMessageText", TEXT | {"message_id": "1", "text": "x" * 4097}, "longer than 4096"),
    "an entity beyond the text": ("sendMessage", TEXT | {"entities": entities(("bold", 4, 2))}, "fits no characters"),
    "an entity through an emoji": (
        "sendMessage",
        TEXT | {"text": "👉👉", "entities": entities(("bold", 1, 2))},
        "fits no characters",
    ),
    "too many entities": ("sendMessage", TEXT | {"entities": entities(*[("bold", 0, 1)] * 101)}, "more than 100"),
    "a quote in a quote": (
        "sendMessage",
        TEXT | {"entities": entities(("blockquote", 0, 5), ("expandable_blockquote", 1, 2))},
        "a quote in a quote",
    ),
    "bold code": ("sendMessage", TEXT | {"entities": entities(("bold", 0, 5), ("code", 1, 2))}, "code that meets"),
    "data over 64 bytes": (
        "sendMessage",
        TEXT | {"reply_markup": keyboard({"text": "A", "callback_data": "二" * 22})},
        "outside 1-64 bytes",
    ),
    "a button with two actions": (
        "sendMessage",
        TEXT | {"reply_markup": keyboard({"text": "A", "callback_data": "a", "url": "https://example.org"})},
        "a button with 2 actions",
    ),
    "nine buttons in a row": (
        "sendMessage",
        TEXT | {"reply_markup": keyboard(*[{"text": "A", "callback_data": "a"}] * 9)},
        "a row of 9 buttons",
    ),
    "a question too long": ("sendPoll", POLL | {"question": "x" * 301}, "longer than 300"),
    "an option too long": ("sendPoll", POLL | {"options": json.dumps(["x" * 101, "b"])}, "outside 1-100"),
    "a right answer that is no option": ("sendPoll", POLL | {"correct_option_ids": "[2]"}, "not increasing within"),
    "two right answers to one": ("sendPoll", POLL | {"correct_option_ids": "[0, 1]"}, "several right options"),
    "an explanation of four lines": ("sendPoll", POLL | {"explanation": "1\n2\n3\n4"}, "more than 3 lines"),
    "two ways to close": ("sendPoll", POLL | {"open_period": "60", "close_date": "1900000000"}, "both open_period"),
    "a toast too long": ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "longer than 200"),
    "a command in capitals": (
        "setMyCommands",
        {"commands": json.dumps([{"command": "Quiz", "description": "x"}])},
        "a command called 'Quiz'",
    ),
    "an update nobody knows": ("getUpdates", {"allowed_updates": '["telepathy"]'}, "unknown updates"),
    "a name too long": ("setMyName", {"name": "x" * 65}, "longer than 64"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_request_is_refused(name: str) -> None:
    """Every way to spoil a request is found, and nothing else is complained about."""
    method, params, words = SPOILT[name]
    found = request_complaints(method, params)
    assert len(found) == 1
    assert words in found[0]


def test_good_requests_pass() -> None:
    """What the spoilt ones were before they were spoilt."""
    assert request_complaints("sendMessage", TEXT) == []
    assert request_complaints("sendPoll", POLL) == []
    nested = entities(("expandable_blockquote", 0, 5), ("bold", 0, 3), ("italic", 1, 1), ("code", 4, 1))
    assert request_complaints("sendMessage", TEXT | {"entities": nested}) == []
    upload = {"file_name": "x.txt", "mime_type": "text/plain", "file_size": 1}
    assert request_complaints("sendDocument", {"chat_id": "1", "document": "attach://part", "part": upload}) == []


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda poll: poll.pop("allows_revoting"), ("aiogram", "PTB")),
        (lambda poll: poll["options"][0].pop("persistent_id"), ("aiogram", "PTB")),
        (lambda poll: poll.update(votes={}), ("votes: unknown field",) * 2),
        (lambda poll: poll["options"][0].update(emoji="x"), ("options.0.emoji: unknown field",) * 2),
    ],
)
def test_a_spoilt_answer_is_refused(spoil: Any, words: tuple[str, ...]) -> None:
    """A field too few or too many, at any depth, is found by one library or both."""
    option = {"persistent_id": "p", "text": "a", "voter_count": 0}
    poll = {"id": "1", "question": "q", "options": [option], "total_voter_count": 0, "is_closed": False}
    poll |= {"is_anonymous": False, "type": "regular", "allows_multiple_answers": False}
    poll |= {"allows_revoting": True, "members_only": False}
    assert answer_complaints("stopPoll", {"ok": True, "result": poll}) == []
    spoil(poll)
    found = answer_complaints("stopPoll", {"ok": True, "result": poll})
    assert found
    assert any(word in complaint for complaint in found for word in words)


@pytest.mark.provokes("the referee is to find it")
async def test_a_record_is_judged_whole(playground: Playground, call: Any, group: ChatHandle, ada: Person) -> None:
    """One bad call among good ones fails the game; a poisoned update is left aside when it is named."""
    await call("sendMessage", {"chat_id": group.id, "text": "fine"})
    await ada.send(group, "/quiz")
    await call("getUpdates", {})
    judge(playground.record)
    playground.updates.repeat({"update_id": 1, "message": {"nonsense": True}})
    await call("getUpdates", {})
    judge(playground.record, poisoned={1})
    with pytest.raises(AssertionError, match="getUpdates"):
        judge(playground.record)
    await call("sendMessage", {"chat_id": group.id, "text": "fine", "colour": "red"})
    with pytest.raises(AssertionError, match=r"sendMessage \(call \d+\): colour: unknown field"):
        judge(playground.record, poisoned={1})
