"""Private practice through the handlers: what is sent, edited and toasted, also when updates come twice."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from telegram.error import NetworkError, TimedOut

from bot.flows import forgetting
from bot.store.database import Database
from tests.practice_bench import LIBRARY, NOON, QUESTIONS, library
from tests.tg.fake_api import Call, nothing
from tests.tg.phone import GROUP, Phone, phone_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

LONG = "\n\n".join(f"第 {number} 句话说的是方差。" for number in range(700))


def lost(method: str) -> Callable[[Call], None]:
    """The connection breaks off at every request of that method."""

    def breaks(call: Call) -> None:
        if call.method == method:
            raise NetworkError("connection lost")

    return breaks


@pytest.fixture
async def phone(database: Database) -> Phone:
    """Ada with the bench's bank."""
    return await phone_of_ada(database, LIBRARY)


async def right_letter(phone: Phone) -> str:
    """The letter of the right choice (index 2) in the last question."""
    return next(line[0] for line in phone.last().text.splitlines() if line.endswith("选项 2"))


async def test_question_and_answer(phone: Phone) -> None:
    """/quiz sends one message; a tap edits that message, answers the press once and sends nothing more."""
    await phone.say("/quiz")
    assert phone.last().text.startswith("注意力 · 难度 1/3\na1 问什么？\nA. ")
    asked = phone.question_id()
    await phone.tap(await right_letter(phone))
    assert [call.method for call in phone.telegram.calls] == ["sendMessage", "editMessageText", "answerCallbackQuery"]
    assert phone.last("editMessageText").fields["message_id"] == asked
    assert "对\na1 的解析。" in phone.last("editMessageText").text
    assert phone.toasts() == [""]


async def test_second_tap(phone: Phone) -> None:
    """Another tap shows the same result and says that it was answered."""
    await phone.say("/quiz")
    question = phone.question_id()
    await phone.press("1a:1:0", question)
    await phone.press("1a:1:1", question)
    first, second = phone.telegram.sent("editMessageText")
    assert first.fields == second.fields
    assert phone.toasts() == ["", "这题已经答过了"]


async def test_redelivered_command(phone: Phone) -> None:
    """The same /quiz again sends no second question: it shows the one there is, or its result."""
    await phone.say("/quiz")
    await phone.say("/quiz")
    assert len(phone.telegram.sent()) == 1
    assert phone.last("editMessageText").text == phone.last().text
    await phone.tap("A")
    result = phone.last("editMessageText")
    await phone.say("/quiz")
    assert phone.last("editMessageText").fields == result.fields
    assert len(phone.telegram.sent()) == 1


async def test_send_without_a_reply(phone: Phone) -> None:
    """A question whose send broke off is sent again for the redelivered update: one round."""
    phone.telegram.after = lost("sendMessage")
    with pytest.raises(NetworkError):
        await phone.say("/quiz")
    phone.telegram.after = nothing
    await phone.say("/quiz")
    first, second = phone.telegram.sent()
    assert first.fields == second.fields


async def test_edit_that_failed(phone: Phone) -> None:
    """An answer whose edit broke off counts; the redelivered press shows its result."""
    await phone.say("/quiz")
    phone.telegram.trouble = lost("editMessageText")
    with pytest.raises(NetworkError):
        await phone.tap("A")
    phone.telegram.trouble = nothing
    await phone.tap("B")
    assert "选了 A" in phone.last("editMessageText").text


async def test_next(phone: Phone) -> None:
    """Next sends the next question; pressed again it points at it; once that is answered too it points at /quiz."""
    await phone.say("/quiz")
    first = phone.question_id()
    await phone.tap("A")
    await phone.tap("下一题")
    await phone.press("1n:1", first)
    assert [call.text.splitlines()[1] for call in phone.telegram.sent()] == ["a1 问什么？", "a2 问什么？"]
    assert phone.toasts() == ["", "", "下一题已经在下面了"]
    await phone.press("1a:2:0")
    await phone.press("1n:1", first)
    assert phone.toasts()[-1].endswith("/quiz")
    assert len(phone.telegram.sent()) == 2


async def test_next_after_the_question_was_deleted(phone: Phone) -> None:
    """A question its reader has deleted is sent anew."""
    await phone.say("/quiz")
    first = phone.question_id()
    await phone.press("1a:1:0")
    await phone.press("1n:1")
    phone.telegram.trouble = lambda call: (
        (400, "Bad Request: message to edit not found") if call.method == "editMessageText" else None
    )
    await phone.press("1n:1", first)
    assert [call.text.splitlines()[1] for call in phone.telegram.sent()] == [
        "a1 问什么？",
        "a2 问什么？",
        "a2 问什么？",
    ]


async def test_guessed_and_too_easy(phone: Phone) -> None:
    """After a right answer both buttons change the line about when it comes back, and mark themselves."""
    await phone.say("/quiz")
    await phone.tap(await right_letter(phone))
    for label, line in (("其实是猜的", "明天再问"), ("太简单", "8 天后再问"), ("太简单", "8 天后再问")):
        await phone.tap(label)
        assert line in phone.last("editMessageText").text.splitlines()[-1]
        assert [button["text"] for button in phone.buttons() if button["text"].endswith("✓")] == [f"{label} ✓"]


async def test_recall(phone: Phone) -> None:
    """Reveal, rate, rate otherwise: all in the one message."""
    await phone.say("/quiz 训练")
    await phone.tap("看答案")
    assert "r1 的完整答案。" in phone.last("editMessageText").text
    await phone.tap("困难")
    await phone.tap("良好")
    assert phone.last("editMessageText").text.splitlines()[-1].startswith("2 天后再问")
    assert len(phone.telegram.sent()) == 1


async def test_long_answer(database: Database) -> None:
    """What does not fit continues in replies, which a second tap does not repeat."""
    phone = await phone_of_ada(database, library(replace(QUESTIONS[0], answer=LONG)))
    await phone.say("/quiz")
    question = phone.question_id()
    for _ in range(2):
        await phone.press("1a:1:0", question)
    replies = phone.telegram.sent()[1:]
    shown = phone.last("editMessageText").text + "".join(call.text for call in replies)
    assert all(shown.count(sentence) == 1 for sentence in LONG.split("\n\n"))
    assert {call.fields["reply_parameters"]["message_id"] for call in replies} == {question}


async def test_topic_by_name_and_button(phone: Phone) -> None:
    """An unknown topic offers what may have been meant; its button asks from it."""
    await phone.say("/quiz atention")
    assert phone.last().text == "没有叫「atention」的主题。是不是："
    await phone.tap("注意力")
    assert phone.last().text.startswith("注意力 · 难度 1/3")


async def test_topics_and_stats(phone: Phone) -> None:
    """/topics lists buttons that ask; /stats tells the numbers."""
    await phone.say("/topics")
    assert phone.labels() == ["注意力 0/3", "BERT 家族 0/1", "训练 0/1"]
    await phone.tap("BERT")
    await phone.press("1a:1:0")
    await phone.say("/stats", 9)
    assert phone.last("sendPhoto").text.startswith("答了 1 次，答对 0 次")


async def test_nothing_due(database: Database) -> None:
    """Once all is answered the person learns when the next one comes."""
    phone = await phone_of_ada(database, library(QUESTIONS[0]))
    await phone.say("/quiz")
    await phone.press("1a:1:0")
    await phone.press("1n:1")
    assert phone.last().text.startswith("都问过了，今天没有到期的题。下一题")


async def test_lapsed_question(database: Database) -> None:
    """A tap on a question that has left the bank says so in its place."""
    phone = await phone_of_ada(database, LIBRARY)
    await phone.say("/quiz")
    question = phone.question_id()
    smaller = await phone_of_ada(database, library(QUESTIONS[3]))
    await smaller.press("1a:1:0", question)
    assert "题库" in smaller.last("editMessageText").text
    assert smaller.toasts() == [""]


@pytest.mark.parametrize("data", ["1a:1", "1a", "1a:1:2:3", "1n:-1", "1t:1", "1g:99999999999999999999", "2a:1:0"])
async def test_garbage_is_left_to_others(phone: Phone, data: str) -> None:
    """Presses that no button of this version makes are not taken here."""
    assert not await phone.press(data, 5)


@pytest.mark.parametrize("data", ["1a:77:0", "1g:77", "1e:77", "1r:77", "1t:77:3", "1n:77", "1q:77"])
async def test_unknown_rounds_are_too_old(phone: Phone, data: str) -> None:
    """A press on a round that does not exist gets one toast and changes nothing."""
    await phone.press(data, 5)
    assert [call.method for call in phone.telegram.calls] == ["answerCallbackQuery"]
    assert phone.toasts()[0]


async def test_groups_are_not_served_here(phone: Phone) -> None:
    """Commands and presses in a group are another feature's."""
    assert not await phone.say("/quiz", chat=GROUP)
    assert not await phone.press("1q:0", 5, chat=GROUP)


async def test_a_question_without_an_answer_from_telegram_is_given_up_after_three_messages(phone: Phone) -> None:
    """One sentence instead of a fourth; the buttons of those that arrived after all still work."""

    def lost(call: Call) -> None:
        if "reply_markup" in call.fields and call.method == "sendMessage":
            raise TimedOut

    phone.telegram.after = lost
    for _ in range(3):
        with pytest.raises(TimedOut):
            await phone.say("/quiz", 1)
    for _ in range(3):
        await phone.say("/quiz", 1)
    *copies, apology = phone.telegram.sent()
    assert len({call.text for call in copies}) == 1
    assert len(copies) == 3
    assert "没处理成" in apology.text
    await phone.tap("A")
    assert "a1 的解析。" in phone.last("editMessageText").text


async def test_a_long_answer_goes_on_once(database: Database) -> None:
    """Its second continuation is lost every time: the redelivered press does not begin anew."""
    phone = await phone_of_ada(database, library(replace(QUESTIONS[0], answer=LONG * 2)))
    await phone.say("/quiz")
    question = phone.question_id()
    sends = 0

    def breaks(call: Call) -> None:
        nonlocal sends
        sends += call.method == "sendMessage"
        if call.method == "sendMessage" and sends > 1:
            raise NetworkError("away")

    phone.telegram.trouble = breaks
    for _ in range(4):
        await phone.press("1a:1:0", question)
    assert len(phone.telegram.sent()) == 2


async def test_in_a_private_thread_everything_stays_there(database: Database) -> None:
    """Questions, that there are none left, and what follows a long answer."""
    phone = await phone_of_ada(database, library(replace(QUESTIONS[0], answer=LONG)))
    thread: dict[str, Any] = {"message_thread_id": 44, "is_topic_message": True}
    for number in (1, 2):
        await phone.say("/quiz", number, **thread)
    await phone.press("1a:1:0", 1001, **thread)
    assert len(phone.telegram.sent()) >= 3
    assert {call.fields.get("message_thread_id") for call in phone.telegram.sent()} == {44}


async def test_an_old_keyboard_after_forgetting(phone: Phone, database: Database) -> None:
    """The buttons of an erased question answer no new one, though the table was empty in between."""
    await phone.say("/quiz")
    old = phone.question_id()
    await database.write(forgetting.forget_person, 7, int(NOON.timestamp()))
    await phone.say("/quiz", 50)
    await phone.press("1a:1:0", old)
    assert not phone.telegram.sent("editMessageText")
    assert "太旧" in phone.toasts()[-1]
