"""An interview with the shipped bank, as Telegram sees it, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import Running
from bot.core.bank import Language
from bot.playground.server import Playground
from tests.e2e.acting import labels, say, settled, shown, styled, tap
from tests.referee import judge

Json = dict[str, Any]


def best_answer(bot: Running, question: Json, language: Language) -> str:
    """The best answer of the authors' samples in that language."""
    rubric = bot.desk.library().rubric(shown(bot, question["text"].splitlines()[-1]).ref)
    assert rubric is not None
    chinese = language == "zh"
    samples = [one for one in rubric.samples if any("\u4e00" <= char <= "\u9fff" for char in one.answer) == chinese]
    return max(samples, key=lambda one: one.least).answer


@pytest.mark.parametrize(
    ("name", "language", "done", "unknown", "over", "plan", "planned"),
    [
        ("小周", "zh", "说完了", "不知道", "面试结束", "排进复习", "已排进复习"),
        ("Ada", "en", "Done", "I don't know", "Interview over", "Plan the reviews", "Planned"),
    ],
)
async def test_an_interview(
    playground: Playground,
    bot: Running,
    name: str,
    language: Language,
    done: str,
    unknown: str,
    over: str,
    plan: str,
    planned: str,
) -> None:
    """Two questions: one answered well, one not known; the verdict, and the reviews with a tap."""
    person = playground.person(name)
    first = await say(playground, person, "/interview 2")
    assert labels(first)[0] == done
    await person.send(None, best_answer(bot, first, language))
    await settled(playground)
    before = len(person.chat.from_bot)
    await person.press(first, done)
    await playground.wait_for(lambda: len(person.chat.from_bot) > before)
    following = person.chat.from_bot[before]
    while "2/2" not in following["text"] and "2 of 2" not in following["text"]:  # asked on about a core point
        following = await say(playground, person, unknown)
    verdict = await say(playground, person, unknown)
    assert verdict["text"].startswith(over)
    assert styled(verdict, "expandable_blockquote")
    assert labels(verdict)[-1] == plan
    told = await tap(playground, person, verdict, plan)
    assert planned in told["text"]
    assert labels(told) == []
    judge(playground.record)
