"""How rounds and hours read, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.bank import Language, Topic
from bot.core.people import Chat
from bot.core.slots import Hour
from bot.core.topics import Unknown
from bot.flows.daily import Plan
from bot.flows.results import Result, Standing, Winner
from bot.flows.rounds import Busy, Flipped, NoQuestion
from bot.store.rounds import Round
from bot.store.scores import Score
from bot.tg import daily_views, rounds_views
from bot.tg.posting import poll_view
from bot.tg.words import Words
from tests.group_bench import NOON
from tests.practice_bench import LIBRARY, choice_question

WORDS = Words()
QUESTION = choice_question("x", "attention", 2)
ROUND = Round(1, -100, None, QUESTION.ref, "poll", "m1", "zh", "", 2, 15, "closing", NOON, NOON, None, 9, "p", None, 1)


def result(language: Language, right: int, answered: int, tempting: int | None = None) -> Result:
    """How a poll ended in which so many were right."""
    rightly = tuple(Winner(f"P{number}", 15) for number in range(right))
    board = (Score(1, 1, "P1", 1060, 3, 3), Score(2, 2, "P2", 15, 1, 1), Score(3, 3, "P3", 0, 0, 1))
    leaders = tuple(Standing(score, up) for score, up in zip(board, (0, 3, 0), strict=True))
    return Result(ROUND, QUESTION, "注意力", language, answered, rightly, tempting, leaders)


@pytest.mark.parametrize(
    ("language", "right", "line"),
    [
        ("zh", 1, "✓ P0（+15）"),
        ("zh", 2, "✓ P0、P1（各 +15）"),
        ("en", 1, "✓ P0 (+15)"),
        ("en", 2, "✓ P0, P1 (+15 each)"),
        ("en", 12, "✓ P0, P1, P2, P3, P4, P5, P6, P7, P8, P9 and 2 more (+15 each)"),
        ("zh", 12, "✓ P0、P1、P2、P3、P4、P5、P6、P7、P8、P9 等 12 人（各 +15）"),
    ],
)
def test_who_was_right(language: Language, right: int, line: str) -> None:
    """One alone, some, and more than ten."""
    (view,) = rounds_views.result_views(WORDS, result(language, right, 20))
    assert line in view.text.text.split("\n")


def test_the_week_s_first_have_points() -> None:
    """Three at most, without separators in numbers, nobody with nothing."""
    (view,) = rounds_views.result_views(WORDS, result("en", 1, 4))
    assert view.text.text.endswith("This week: P1 1060 · P2 15 ↑3")
    (view,) = rounds_views.result_views(WORDS, replace(result("zh", 1, 4), past=True))
    assert view.text.text.endswith("上周：P1 1060 · P2 15 ↑3")


def test_what_each_right_answer_earned() -> None:
    """Those who earned the same on one line; who is hidden is counted, not named."""
    right = (
        Winner("Ada", 15),
        Winner("Eve", 15, hidden=True),
        Winner("Lin", 0),
        Winner("Bob", 15, held=True),
        Winner("X", 0, hidden=True),
    )
    (view,) = rounds_views.result_views(WORDS, replace(result("zh", 0, 5), right=right))
    assert view.text.text.split("\n")[1:4] == [
        "✓ Ada 等 2 人（各 +15）",
        "✓ Lin 等 2 人（7 天内答对过，不再计分）",
        "✓ Bob（+15，先记下：本周有第二个人作答就算数）",
    ]
    voided = replace(result("en", 0, 2), right=(right[1],), round=replace(ROUND, voided_at=NOON))
    (view,) = rounds_views.result_views(WORDS, voided)
    assert "✓ 1 person (this round is void: no points)" in view.text.text


def test_a_result_shows_one_symbol_and_no_letter() -> None:
    """Choices were shuffled for each person, so the tempting one is quoted."""
    (view,) = rounds_views.result_views(WORDS, result("zh", 1, 4, tempting=0))
    assert "最容易误选「x 的选项 0」。" in view.text.text
    assert view.text.text.count("✓") == 1


def test_a_long_answer_goes_on_in_further_messages() -> None:
    """Each within Telegram's limit, nothing lost."""
    long = replace(QUESTION, answer="\n\n".join(f"第 {number} 段。" * 20 for number in range(60)))
    views = rounds_views.result_views(WORDS, replace(result("zh", 1, 4), question=long))
    assert len(views) > 1
    assert all(view.text.units <= 4096 for view in views)
    assert "第 59 段。" in views[-1].text.text


def test_a_result_without_its_question_still_counts() -> None:
    """It left the bank while the poll was open."""
    (view,) = rounds_views.result_views(WORDS, replace(result("zh", 1, 4), question=None))
    assert view.text.text.startswith("注意力 · 4 人作答，1 人答对")


def test_an_explanation_too_long_for_a_poll_is_left_to_the_result() -> None:
    """Telegram takes 200 characters and two line feeds."""
    for explanation in ("长" * 201, "a\n\nb\n\nc\n\nd"):
        assert not poll_view(replace(QUESTION, explanation=explanation)).explanation
    assert poll_view(QUESTION).explanation


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_other_sentences(language: Language) -> None:
    """Each is one line and names what it is about."""
    busy = Busy(5, NOON, ZoneInfo("Asia/Shanghai"), language)
    attention = Topic("attention", {"zh": "注意力", "en": "Attention"})
    texts = {
        "12:00": rounds_views.busy_view(WORDS, busy),
        "attn": rounds_views.no_question_view(WORDS, NoQuestion(language, Unknown("attn")), LIBRARY),
        attention.named(language): rounds_views.no_question_view(
            WORDS, NoQuestion(language, Unknown("attn", (attention,))), LIBRARY
        ),
        "": rounds_views.no_question_view(WORDS, NoQuestion(language), LIBRARY),
        "/quiz": rounds_views.forbidden_view(WORDS, language),
    }
    for named, view in texts.items():
        assert named in view.text.text
        assert "\n" not in view.text.text
    unknown = texts["attn"].text.text
    assert all(topic.named(language) in unknown for topic in LIBRARY.topics)
    (card,) = rounds_views.flipped_views(WORDS, Flipped(QUESTION, "T", language, told=False))
    assert card.text.text.startswith("T · ")
    assert ("only in Chinese" in card.text.text) == (language == "en")


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (0, "下一题：今天 12:05（时区：北京）", "Next: today at 12:05 (Beijing time)"),
        (1, "下一题：明天 12:05（时区：北京）", "Next: tomorrow at 12:05 (Beijing time)"),
        (2, "下一题：03-04 12:05（时区：北京）", "Next: 03-04 at 12:05 (Beijing time)"),
    ],
)
def test_when_the_next_question_comes(days: int, zh: str, en: str) -> None:
    """Today, tomorrow, or a date."""
    next_at = datetime(2026, 3, 2, 4, 5, tzinfo=UTC) + timedelta(days=days)
    plan = Plan(Chat(7, "private"), "zh", (Hour(725),), next_at, NOON, "Asia/Shanghai")
    assert daily_views.plan_view(WORDS, plan, LIBRARY).text.text.split("\n")[1] == zh
    assert daily_views.plan_view(WORDS, replace(plan, language="en"), LIBRARY).text.text.split("\n")[1] == en
