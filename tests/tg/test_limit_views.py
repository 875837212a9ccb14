"""What is over the limit of a day, as it is told where a portion is done, and in the study settings."""

from __future__ import annotations

import pytest

from bot.core.bank import Language
from bot.core.learners import Done, Learner
from bot.flows.learners import Study
from bot.flows.portions import Portion
from bot.tg.learners_views import study_view
from bot.tg.question_views import portion_text
from bot.tg.words import Words


@pytest.mark.parametrize(
    ("language", "portion", "said"),
    [
        ("zh", Portion(0, 4), "今天的做完了 · 4 题留到之后"),
        ("zh", Portion(0, 4, more=17), "这几题做完了 · 到期的还有 17 题：/review · 4 题留到之后"),
        ("zh", Portion(0, 0, more=17), "这几题做完了 · 到期的还有 17 题：/review"),
        ("zh", Portion(2, 4, more=17), "还剩 2 题"),
        ("en", Portion(0, 1), "Done for today · 1 left for later"),
        ("en", Portion(0, 4, more=1), "These are done · 1 more is due: /review · 4 left for later"),
        ("en", Portion(0, 0), "Done for today"),
        ("en", Portion(1, 4), "1 question left"),
    ],
)
def test_what_is_left_for_later_is_told_when_the_portion_is_done(
    language: Language, portion: Portion, said: str
) -> None:
    """And never before."""
    assert portion_text(Words(), language, portion).text == said


@pytest.mark.parametrize(
    ("language", "postponed", "said"),
    [
        ("zh", 4, "超出每天复习上限的 4 题留到之后"),
        ("en", 4, "4 reviews are over the day’s limit and left for later"),
        ("en", 1, "1 review is over the day’s limit and left for later"),
    ],
)
def test_the_settings_tell_what_is_over_the_limit(language: Language, postponed: int, said: str) -> None:
    """Below what was answered; where nothing is over it, nothing is said of it."""
    over, within = (
        study_view(Words(), Study(language, Learner(), Done(1, 60), left, reminder=None, hour=None)).text.text
        for left in (postponed, 0)
    )
    assert over == f"{within}\n{said}"


@pytest.mark.parametrize(
    ("language", "answered", "optimized", "parameters", "said"),
    [
        ("zh", 12, None, None, "遗忘曲线：通用的（答满 150 次后照你的来拟合，现在 12 次）"),
        ("zh", 150, None, None, "遗忘曲线：通用的（一天之内照你的来拟合）"),
        ("en", 150, None, None, "Forgetting curve: the usual one (fitted to you within a day)"),
        ("zh", 170, 160, (0.1,), "遗忘曲线：照你的 160 次作答拟合"),
        ("zh", 170, 160, None, "遗忘曲线：通用的（照你的 160 次作答拟合过，并不更准）"),
        ("en", 12, None, None, "Forgetting curve: the usual one (fitted to you after 150 answers, so far 12)"),
        ("en", 170, 160, (0.1,), "Forgetting curve: fitted to 160 answers of yours"),
        ("en", 170, 160, None, "Forgetting curve: the usual one (fitted to your 160 answers it foretold no better)"),
    ],
)
def test_the_settings_tell_by_whose_memory_reviews_are_planned(
    language: Language, answered: int, optimized: int | None, parameters: tuple[float, ...] | None, said: str
) -> None:
    """Where FSRS is fitted at all."""
    learner = Learner(parameters=parameters)
    study = Study(language, learner, Done(0, 0), 0, reminder=None, hour=None, answered=answered, optimized=optimized)
    lines = study_view(Words(), study, fits=True).text.text.splitlines()
    assert said in lines
    assert study_view(Words(), study).text.text.splitlines() == [line for line in lines if line != said]
