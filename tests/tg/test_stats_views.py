"""A person's numbers and the topics as messages."""

from dataclasses import replace

from bot.core.streaks import NO_STREAK, Streak
from bot.flows.stats import Stats, TopicCount, Topics
from bot.tg.stats_views import stats_view, topics_view
from bot.tg.words import Words
from tests.practice_bench import TOPICS

WORDS = Words()
STATS = Stats(
    "zh",
    answered=12,
    graded=10,
    right=7,
    streak=Streak(3, 0),
    due_today=2,
    due_week=9,
    topics=(TopicCount(0, TOPICS[0], 5, 6), TopicCount(1, TOPICS[1], 2, 4)),
)


def test_stats() -> None:
    """Answered, right of how many, the streak, what is due, and topic by topic."""
    assert stats_view(WORDS, STATS).text.text.splitlines() == [
        "答了 12 次，其中选择题 10 次，答对 7 次",
        "连续 3 天",
        "今天到期 2 题，七天内 9 题",
        "各主题答对 / 作答：",
        "注意力 5/6",
        "BERT 家族 2/4",
    ]


def test_stats_in_english() -> None:
    """The same for English readers; one day is a day."""
    single = Stats("en", answered=1, graded=1, right=1, streak=Streak(1, 0), due_today=0, due_week=1, topics=())
    assert stats_view(WORDS, single).text.text.splitlines() == [
        "1 answered, 1 right",
        "Streak: 1 day",
        "Due: 0 today, 1 within seven days",
    ]


def test_a_freeze_is_told() -> None:
    """How many days more the streak may miss."""
    assert "连续 14 天，可再缺 2 天" in stats_view(WORDS, replace(STATS, streak=Streak(14, 2))).text.text
    english = stats_view(WORDS, replace(STATS, language="en", streak=Streak(7, 1))).text.text
    assert "Streak: 7 days, 1 day may be missed" in english


def test_stats_without_choices() -> None:
    """Ratings of oneself are no grades; a streak that is broken is not mentioned."""
    recalled = Stats("zh", answered=4, graded=0, right=0, streak=NO_STREAK, due_today=0, due_week=4, topics=())
    assert stats_view(WORDS, recalled).text.text.splitlines() == ["答了 4 次，都是自评题", "今天到期 0 题，七天内 4 题"]


def test_no_answers_yet() -> None:
    """Who has answered nothing is told how to begin."""
    empty = Stats("en", answered=0, graded=0, right=0, streak=NO_STREAK, due_today=0, due_week=0, topics=())
    assert stats_view(WORDS, empty).text.text == "No answers yet. Start with one: /quiz"


def test_topics() -> None:
    """Each topic is a button with how many of its questions were answered."""
    topics = Topics("en", (TopicCount(0, TOPICS[0], 2, 3), TopicCount(2, TOPICS[2], 0, 1)))
    view = topics_view(WORDS, topics)
    assert [[(b.label, b.data) for b in row] for row in view.rows] == [
        [("Attention 2/3", "1q:0"), ("Training 0/1", "1q:2")]
    ]
    assert topics_view(WORDS, Topics("zh", ())).text.text == "题库里还没有题。"
