"""Answers in writing through the handlers: what is sent, edited and toasted, also twice, late, or cut short."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.core.bank import Library
from bot.store import marks
from bot.store.database import Database
from bot.tg import typed
from tests.tg.fake_api import Call, nothing
from tests.tg.pen import QUESTION, Pen, pen_of_ada
from tests.tg.phone import GROUP
from tests.typed_bench import BANK, GRADED, PARTLY

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

VOICE = {"voice": {"file_id": "v", "file_unique_id": "v1", "duration": 3}}
MEDIA: list[dict[str, Any]] = [
    VOICE,
    {"audio": {"file_id": "a", "file_unique_id": "a1", "duration": 3}},
    {"video_note": {"file_id": "n", "file_unique_id": "n1", "length": 240, "duration": 3}},
    {"photo": [{"file_id": "p", "file_unique_id": "p1", "width": 90, "height": 90}]},
    {"video": {"file_id": "m", "file_unique_id": "m1", "width": 90, "height": 90, "duration": 3}},
    {"document": {"file_id": "d", "file_unique_id": "d1", "mime_type": "image/heic"}},
    {"document": {"file_id": "d", "file_unique_id": "d1", "mime_type": "audio/flac"}},
]
FILE = {"file_id": "f", "file_unique_id": "f1"}


@pytest.fixture
def pen(database: Database) -> Pen:
    """Ada's."""
    return pen_of_ada(database)


def breaks(method: str) -> Any:
    """The connection breaks off after every request of that method."""

    def trouble(call: Call) -> None:
        if call.method == method:
            raise NetworkError("connection lost")

    return trouble


async def test_the_note_becomes_the_grade(pen: Pen) -> None:
    """One message below the answer: more?, the grade, the rating; every press is answered once."""
    await pen.asked()
    await pen.says(PARTLY, 600)
    assert pen.last().text == "记下了。还有就接着发，没有就点「说完了」；两分钟没有下文，我就当说完了。"
    await pen.taps("说完了")
    assert pen.last("editMessageText").text.splitlines() == [
        "说到了 2/3 · 说到一部分",
        "✓ 方差随 d_k 增大 —「维度大时方差变大」",
        "✓ softmax 饱和 —「softmax 就会饱和」",
        "✗ 漏了：梯度消失",
        "这一份我没有把握，请自己再对一遍。",
        "a1 的完整答案。",
        "",
        "参考",
        "• a1 et al., 2017",
        "建议：困难",
    ]
    assert pen.labels() == [["重来", "困难 ✓", "良好", "简单"], ["我说过这点"]]
    await pen.taps("良好")
    assert pen.last("editMessageText").text.splitlines()[-1] == "2 天后再问 · 还有 2 题没答过"
    assert pen.labels() == [["重来", "困难", "良好 ✓", "简单"], ["下一题"]]
    assert pen.methods() == ["sendMessage", *(["editMessageText", "answerCallbackQuery"] * 2)]


async def test_i_did_say_that(pen: Pen) -> None:
    """It counts at once, with its button turned round, and the sentence is kept."""
    await pen.asked()
    await pen.says("维度大时方差变大。softmax 就会饱和。然后导数没了，学不动。", 600)
    await pen.taps("说完了")
    for _ in range(2):
        await pen.presses("1to:1:2:1", pen.newest())
    assert "✓ 梯度消失 — 你说过" in pen.last("editMessageText").text
    assert pen.labels() == [["重来", "困难", "良好 ✓", "简单"], ["我说过这点"]]
    await pen.taps("我说过这点")
    assert pen.labels() == [["没说过：梯度消失"], ["返回"]]
    await pen.taps("返回")
    await pen.taps("我说过这点")
    (said,) = await pen.desk.read(marks.sayings)
    assert (said.point, said.people) == ("gradient", 1)
    await pen.taps("没说过")
    assert "✗ 漏了：梯度消失" in pen.last("editMessageText").text
    assert await pen.desk.read(marks.sayings) == ()


async def test_several_messages_end_with_a_word(pen: Pen) -> None:
    """One note; the grade comes below them, in reply to the question, and the note has no button any more."""
    await pen.asked()
    await pen.says("维度大时方差变大。", 600)
    await pen.says("softmax 就会饱和。", 1200)
    await pen.says("说完了", 1201)
    assert len(pen.telegram.sent()) == 2
    assert pen.last("editMessageText").text == "记下了，点评在下面。"
    assert "reply_markup" not in pen.last("editMessageText").fields
    assert pen.last().text.startswith("说到了 2/3")
    assert pen.last().fields["reply_parameters"]["message_id"] == QUESTION


async def test_silence_ends_it(pen: Pen) -> None:
    """The minute tick does, two minutes after the last piece, once."""
    await pen.asked()
    await pen.says(PARTLY, 600)
    for minutes in (1, 1, 1, 3):
        pen.clock.now += timedelta(minutes=minutes)
        await typed.tick(pen.desk)
    assert pen.methods() == ["sendMessage", "editMessageText"]


async def test_an_edit_shows_the_new_grade_where_the_old_one_stood(pen: Pen) -> None:
    """One before the end shows nothing; a group's is nobody's, and one without words changes nothing."""
    await pen.asked()
    await pen.says("softmax", 600)
    await pen.edits("softmax 就会饱和。", 600)
    assert pen.methods() == ["sendMessage"]
    await pen.taps("说完了")
    await pen.edits(PARTLY, 600)
    assert pen.last("editMessageText").text.startswith("说到了 2/3")
    calls = len(pen.telegram.calls)
    await pen.edits("", 600)
    await pen.edits("不知道", 600, GROUP)
    assert len(pen.telegram.calls) == calls


async def test_everything_redelivered_sends_nothing_new(pen: Pen) -> None:
    """The message, the end, the rating: each shows what stands."""
    await pen.asked()
    for _ in range(2):
        await pen.says(PARTLY, 600)
    note = pen.newest()
    for _ in range(2):
        await pen.presses("1td:1", note)
    for _ in range(2):
        await pen.presses("1tr:1:2", note)
    await pen.says(PARTLY, 600)
    assert len(pen.telegram.sent()) == 1
    edited = pen.telegram.sent("editMessageText")
    assert edited[0].fields == edited[1].fields
    assert edited[2].fields == edited[3].fields


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "answerCallbackQuery"])
async def test_cut_off_anywhere_it_goes_on(pen: Pen, method: str) -> None:
    """Whatever call breaks off, the update that comes again ends where an unbroken one does."""
    await pen.asked()

    async def twice(step: Any) -> None:
        pen.telegram.after = breaks(method)
        try:
            await step()
        except NetworkError:
            pen.telegram.after = nothing
            await step()
        pen.telegram.after = nothing

    await twice(lambda: pen.says(PARTLY, 600))
    note = pen.newest()
    await twice(lambda: pen.presses("1td:1", note))
    await twice(lambda: pen.presses("1tr:1:2", note))
    assert pen.labels() == [["重来", "困难 ✓", "良好", "简单"], ["下一题"]]
    assert len(pen.telegram.sent()) == (2 if method == "sendMessage" else 1)


@pytest.mark.parametrize("media", MEDIA)
async def test_said_aloud(pen: Pen, media: dict[str, Any]) -> None:
    """The answer comes below, to be rated; there is no grade and no choice any more."""
    await pen.asked()
    await pen.sends(600, **media)
    assert "a1 的完整答案。" in pen.last().text
    assert pen.last().fields["reply_parameters"]["message_id"] == 600
    await pen.taps("良好")
    assert pen.labels() == [["重来", "困难", "良好 ✓", "简单"], ["下一题", "…"]]


async def test_other_things_get_the_usual_word(pen: Pen) -> None:
    """A sticker is no answer, nor is talk without a question, nor a voice note then."""
    sticker = {"file_id": "s", "file_unique_id": "s1", "type": "regular", "width": 9, "height": 9}
    gif = {"animation": FILE | {"width": 9, "height": 9, "duration": 1}, "document": FILE | {"mime_type": "video/mp4"}}
    for media in ({"sticker": sticker | {"is_animated": False, "is_video": False}}, gif, VOICE, {"text": "你好"}):
        await pen.sends(600 + len(pen.telegram.calls), **media)
        assert "/quiz" in pen.last().text


async def test_a_city_asked_for_is_a_city(pen: Pen) -> None:
    """And what is none is the answer."""
    await pen.asked()
    await pen.says("/start", 599, entities=[{"type": "bot_command", "offset": 0, "length": 6}])
    await pen.says("慕尼黑", 600)
    assert "慕尼黑" in pen.last().text
    await pen.says(PARTLY, 601)
    assert pen.last().text.startswith("记下了")


async def test_words_where_choices_wait(pen: Pen) -> None:
    """Are told what to tap, also within the hour after the zone was asked for; a city is one all the same."""
    await pen.says("/start", 598, entities=[{"type": "bot_command", "offset": 0, "length": 6}])
    await pen.asked("choice")
    await pen.says("B", 600)
    assert pen.last().text == "上面那题点选项作答；想打字，先点那题下面的「打字回答」。"
    await pen.says("慕尼黑", 601)
    assert "慕尼黑" in pen.last().text
    await pen.asked("choice", "BERT 家族")
    await pen.says(PARTLY, 602)
    assert pen.last().text == "上面那题点选项作答。"


async def test_without_a_rubric(pen: Pen) -> None:
    """Reference and rating of oneself, nothing suggested."""
    await pen.asked(wanted="BERT 家族")
    await pen.says("随便写", 600)
    await pen.taps("说完了")
    assert pen.last("editMessageText").text.startswith("这题没有评分要点，自己对照参考答案。\n")
    assert pen.labels() == [["重来", "困难", "良好", "简单"]]


async def test_garbage_is_too_old(pen: Pen) -> None:
    """A round of nobody's, a point there is not, a rating there is not."""
    await pen.asked()
    for data in ("1td:1", "1td:99", "1tr:99:1", "1to:99:0:1", "1ts:99:1", "1tw:1:7", "1tw:99:1"):
        await pen.presses(data, 700)
        assert pen.last("answerCallbackQuery").fields["text"] == "这个按钮太旧了，重新发命令吧。"
    await pen.says(PARTLY, 600)
    for data in ("1tr:1:1", "1tr:1:9", "1to:1:9:1", "1ts:1:1"):
        await pen.presses(data, 700)
        assert pen.last("answerCallbackQuery").fields["text"] == "这个按钮太旧了，重新发命令吧。"


async def test_the_question_left_the_bank_meanwhile(pen: Pen, database: Database) -> None:
    """The person is told so, and that it does not count."""
    await pen.asked()
    await pen.says(PARTLY, 600)
    gone = pen_of_ada(database, Library())
    await gone.says("还有", 601)
    assert gone.last().text.startswith("这道题刚从题库里撤下")
    await gone.presses("1td:1", 700)
    assert gone.last().text.startswith("这道题刚从题库里撤下")


async def test_a_deleted_grade_is_sent_again(pen: Pen) -> None:
    """Telegram refuses the edit: it comes below."""
    await pen.asked()
    await pen.says(PARTLY, 600)
    await pen.taps("说完了")
    pen.telegram.trouble = lambda call: (400, "message to edit not found") if call.method == "editMessageText" else None
    await pen.edits("不知道", 600)
    assert pen.last().text.startswith("说到了 0/3")


async def test_a_long_reference_goes_on_in_replies_once(database: Database) -> None:
    """All of it can be read, in one message and its replies."""
    answer = "\n\n".join(f"第 {number} 句话说的是方差。" for number in range(700))
    bank = BANK.banks[0]
    from dataclasses import replace  # noqa: PLC0415

    long = replace(bank, questions=tuple(replace(one, answer=answer) for one in (GRADED,)))
    pen = pen_of_ada(database, Library((long,)))
    await pen.asked()
    await pen.says(PARTLY, 600)
    for _ in range(2):
        await pen.presses("1td:1", 1001)
    replies = [call for call in pen.telegram.sent() if call.fields.get("reply_parameters")]
    shown = "".join(call.text for call in (pen.telegram.sent("editMessageText")[0], *replies))
    assert all(shown.count(f"第 {number} 句话") == 1 for number in range(700))


async def test_nothing_of_an_answer_is_logged(pen: Pen, capfd: pytest.CaptureFixture[str]) -> None:
    """Not even where telling its grade fails in the tick."""
    await pen.asked()
    await pen.says(PARTLY, 600)
    pen.clock.now += timedelta(minutes=2)
    pen.telegram.after = breaks("editMessageText")
    await typed.tick(pen.desk)
    told = "".join(capfd.readouterr())
    assert "饱和" not in told
    pen.telegram.after = nothing
    pen.clock.now += timedelta(minutes=2)
    await typed.tick(pen.desk)
    assert pen.labels()[0] == ["重来", "困难 ✓", "良好", "简单"]


async def test_words_to_a_recall_question(database: Database) -> None:
    """They stand right above the answer that they are held against, to be rated by oneself where nobody grades them."""
    pen = pen_of_ada(database)
    await pen.asked("recall", "BERT")
    await pen.says("我觉得是这样", 600)
    assert pen.last().text.startswith("记下了。")
    await pen.taps("说完了")
    shown = pen.last("editMessageText").text
    assert shown.startswith("这题没有评分要点，自己对照参考答案。\nb1 的完整答案。")
    await pen.taps("良好")
    assert "天后再问" in pen.last("editMessageText").text
