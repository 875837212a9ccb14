"""Answers in writing, from the settings to the rating, as Telegram sees them, with the shipped bank."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import Running
from bot.core.bank import Language
from bot.playground.handles import Person
from bot.playground.server import Playground
from tests.e2e.acting import labels, right_letter, say, settled, shown, styled, tap
from tests.referee import judge

Json = dict[str, Any]
WAY: dict[str, tuple[str, ...]] = {
    "小周": ("学习", "作答方式", "打字"),
    "Ada": ("Study", "Answering", "In writing"),
}


async def in_writing(playground: Playground, person: Person) -> None:
    """Choose so in the settings."""
    page = await say(playground, person, "/settings")
    for button in WAY[person.user["first_name"]]:
        page = await tap(playground, person, page, button)


def good_answer(bot: Running, question: Json, language: Language) -> str:
    """An answer that makes some points, by the authors' own samples in that language."""
    rubric = bot.desk.library().rubric(shown(bot, question["text"]).ref)
    assert rubric is not None
    chinese = language == "zh"
    samples = [one for one in rubric.samples if any("\u4e00" <= char <= "\u9fff" for char in one.answer) == chinese]
    return max(samples, key=lambda one: one.least).answer


@pytest.mark.parametrize(
    ("name", "language", "done", "good", "suggests"),
    [("小周", "zh", "说完了", "良好", "建议：良好"), ("Ada", "en", "Done", "Good", "Suggested: Good")],
)
async def test_written_graded_and_rated(
    playground: Playground, bot: Running, name: str, language: Language, done: str, good: str, suggests: str
) -> None:
    """The note becomes the grade, with the person's own words and the reference folded; a tap confirms it."""
    person = playground.person(name)
    await in_writing(playground, person)
    question = await say(playground, person, "/quiz")
    answer = good_answer(bot, question, language)
    note = await say(playground, person, answer)
    assert labels(note) == [done]
    graded = await tap(playground, person, note, done)
    assert "✓ " in graded["text"]
    assert suggests in graded["text"]
    assert styled(graded, "expandable_blockquote")
    assert f"{good} ✓" in labels(graded)
    rated = await tap(playground, person, graded, f"{good} ✓")
    assert suggests not in rated["text"]
    assert labels(rated)[-1] in {"下一题", "Next"}
    again = await tap(playground, person, rated, labels(rated)[0])
    assert f"{labels(rated)[0]} ✓" in labels(again)
    judge(playground.record)


async def test_an_edit_is_graded_anew_until_the_rating(playground: Playground, bot: Running) -> None:
    """In the message that shows the grade; afterwards it is said that it comes too late."""
    zhou = playground.person("小周")
    await in_writing(playground, zhou)
    question = await say(playground, zhou, "/quiz")
    graded = await say(playground, zhou, "不知道")
    assert "不知道也没关系" in graded["text"]
    assert "重来 ✓" in labels(graded)
    own = next(one for one in reversed(zhou.chat.messages) if one.get("text") == "不知道")
    await zhou.edit(own, good_answer(bot, question, "zh"))
    await playground.wait_for(lambda: "良好 ✓" in labels(zhou.chat.message(graded["message_id"])))
    graded = zhou.chat.message(graded["message_id"])
    rated = await tap(playground, zhou, graded, "良好 ✓")
    await zhou.edit(own, "不知道")
    await settled(playground)
    late = zhou.chat.message(rated["message_id"])
    assert late["text"] == rated["text"] + "\n评分之后改的不算。想算上：/undo，再改一次。"
    assert labels(late) == labels(rated)
    judge(playground.record)


async def test_several_messages_and_silence(playground: Playground, bot: Running) -> None:
    """Two minutes after the last of them the grade comes by itself, below them, and the note has no button."""
    zhou = playground.person("小周")
    await in_writing(playground, zhou)
    await say(playground, zhou, "/quiz")
    note = await say(playground, zhou, "softmax 就会饱和。")
    await zhou.send(None, "梯度就消失了。")
    await settled(playground)
    await playground.clock.advance(181)
    await playground.wait_for(lambda: "建议" in zhou.chat.last["text"])
    assert labels(zhou.chat.message(note["message_id"])) == []
    assert zhou.chat.last["message_id"] > note["message_id"] + 1
    judge(playground.record)


async def test_i_did_say_that(playground: Playground, bot: Running) -> None:
    """A missed point counts at once, and can be given back."""
    zhou = playground.person("小周")
    await in_writing(playground, zhou)
    await say(playground, zhou, "/quiz")
    note = await say(playground, zhou, "我觉得这样训练会更稳定一些，数值不会太夸张。")
    graded = await tap(playground, zhou, note, "说完了")
    points = await tap(playground, zhou, graded, "我说过这点")
    claim = next(label for label in labels(points) if label.startswith("我说过："))
    claimed = await tap(playground, zhou, points, claim)
    assert "你说过" in claimed["text"]
    claimed = await tap(playground, zhou, claimed, "我说过这点")
    assert claim.replace("我说过", "没说过") in labels(claimed)
    back = await tap(playground, zhou, claimed, claim.replace("我说过", "没说过"))
    assert back["text"] == graded["text"]
    judge(playground.record)


async def test_under_a_question_one_asks_for_words_or_choices(playground: Playground, bot: Running) -> None:
    """The same message, back and forth; the choices are the same ones."""
    zhou = playground.person("小周")
    question = await say(playground, zhou, "/quiz")
    assert labels(question) == ["A", "B", "C", "D", "…", "打字回答"]
    in_words = await tap(playground, zhou, question, "打字回答")
    assert labels(in_words) == ["看答案", "给我选项", "…"]
    assert "A. " not in in_words["text"]
    back = await tap(playground, zhou, in_words, "给我选项")
    assert back["text"] == question["text"]
    answered = await tap(playground, zhou, back, right_letter(bot, back))
    assert "✓" in answered["text"]


async def test_plain_talk_stays_what_it_was(playground: Playground, bot: Running) -> None:
    """Without a question in words: one helpful line; an edited command asks nothing again."""
    zhou = playground.person("小周")
    hint = await say(playground, zhou, "你好")
    assert "/quiz" in hint["text"]
    await say(playground, zhou, "/quiz")
    own = next(one for one in reversed(zhou.chat.messages) if one.get("text") == "/quiz")
    before = len(zhou.chat.from_bot)
    await zhou.edit(own, "/quiz 注意力")
    await settled(playground)
    assert len(zhou.chat.from_bot) == before


@pytest.mark.parametrize(
    ("name", "kind"), [("a.ogg", ""), ("a.png", ""), ("a.mp3", ""), ("a.mp4", "video_note"), ("a.png", "document")]
)
async def test_said_aloud(playground: Playground, bot: Running, name: str, kind: str) -> None:
    """A recording or a picture shows the answer, to be rated by oneself."""
    zhou = playground.person("小周")
    await in_writing(playground, zhou)
    await say(playground, zhou, "/quiz")
    before = len(zhou.chat.from_bot)
    await zhou.upload(name, b"x", kind=kind)
    await playground.wait_for(lambda: len(zhou.chat.from_bot) > before)
    await settled(playground)
    rated = await tap(playground, zhou, zhou.chat.last, "良好")
    assert "良好 ✓" in labels(rated)
    judge(playground.record)
