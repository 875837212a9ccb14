"""A person's numbers and the topics as messages."""

from dataclasses import replace
from datetime import date

from bot.core.bank import Topic
from bot.core.retention import Kept
from bot.core.streaks import NO_STREAK, Streak
from bot.flows.progress import Progress, TopicMemory
from bot.flows.stats import Stats, TopicCount, Topics
from bot.tg.stats_views import no_stats_view, stats_texts, topics_view
from bot.tg.words import Words
from tests.practice_bench import TOPICS

WORDS = Words()
STATS = Stats(
    "zh",
    answered=12,
    graded=10,
    right=7,
    streak=Streak(3, 0),
    topics=(TopicCount(0, TOPICS[0], 5, 6), TopicCount(1, TOPICS[1], 2, 4)),
)
PROGRESS = Progress(
    "zh",
    None,
    today=date(2026, 3, 3),
    first=date(2026, 3, 2),
    reviewed=(8, 4),
    brought=0,
    kept=(Kept(0, 0), Kept(8, 7)),
    ahead=(2, 1, 0, 4, 0, 0, 2, 6),
    topics=(TopicMemory(TOPICS[0], 1, 2, 6), TopicMemory(TOPICS[1], 0, 3, 4)),
)


def told(stats: Stats = STATS, **changed: object) -> list[str]:
    """The lines of the numbers, where all fit under the picture."""
    (text,) = stats_texts(WORDS, stats, replace(PROGRESS, language=stats.language, **changed))  # type: ignore[arg-type]
    return text.text.splitlines()


def test_stats() -> None:
    """Answered, right of how many, days, the streak and what a freeze is, retention, what is due, topic by topic."""
    assert told() == [
        "答了 12 次，其中选择题 10 次，答对 7 次",
        "过去一年复习 12 次，学习 2 天",
        "连续 3 天",
        "每连续学习 7 天攒下一天可缺，最多两天；缺一天用掉一天，连续不断。",
        "记住率：近 90 天 88%（复习 8 次）",
        "今天到期 2 题，七天内 9 题，十四天内 15 题",
        "记牢 1 题，在记 5 题，没问过 4 题",
        "各主题答对 / 作答：",
        "注意力 5/6",
        "BERT 家族 2/4",
    ]


def test_stats_in_english() -> None:
    """The same for English readers; one day is a day."""
    single = Stats("en", answered=1, graded=1, right=1, streak=Streak(1, 0), topics=())
    assert told(single, reviewed=(0, 1), kept=(Kept(200, 180), Kept(1300, 1235))) == [
        "1 answered, 1 right",
        "Past year: 1 review on 1 day",
        "Streak: 1 day",
        "Every seven days in a row earn one you may miss, two at most; miss it, and the streak goes on.",
        "Retention: 90% of 200 in 30 days, 95% of 1,300 in 90 days",
        "Due: 2 today, 9 within seven days, 15 within fourteen",
        "Questions: 1 mature, 5 young, 4 new",
    ]


def test_what_was_imported_is_told() -> None:
    """The year counts it, as the picture does; the answers above are those given here."""
    lines = told(reviewed=(1500, 4), brought=1492)
    assert lines[:2] == [
        "答了 12 次，其中选择题 10 次，答对 7 次",
        "过去一年复习 1,504 次，学习 2 天，其中 1,492 次是导入的",
    ]
    alone = Stats("en", answered=0, graded=0, right=0, streak=NO_STREAK, topics=())
    assert told(alone, reviewed=(2, 0), brought=2)[0] == "Past year: 2 reviews on 1 day, 2 of them imported"


def test_a_freeze_is_told() -> None:
    """How many days more the streak may miss."""
    assert "连续 14 天，可再缺 2 天" in told(replace(STATS, streak=Streak(14, 2)))
    assert "Streak: 7 days, 1 day may be missed" in told(replace(STATS, language="en", streak=Streak(7, 1)))


def test_stats_without_choices() -> None:
    """Ratings of oneself are no grades; a streak that is broken is not mentioned, nor what nobody has reviewed."""
    recalled = Stats("zh", answered=4, graded=0, right=0, streak=NO_STREAK, topics=())
    assert told(recalled, kept=(Kept(0, 0), Kept(0, 0))) == [
        "答了 4 次，都是自己评分的",
        "过去一年复习 12 次，学习 2 天",
        "今天到期 2 题，七天内 9 题，十四天内 15 题",
        "记牢 1 题，在记 5 题，没问过 4 题",
    ]


def test_topics_that_do_not_fit_under_the_picture_are_a_text_of_their_own() -> None:
    """A caption has at most 1,024 units."""
    long = tuple(TopicCount(at, Topic(f"t{at}", {"zh": "很长的名字" * 18}), 1, 2) for at in range(12))
    caption, rest = stats_texts(WORDS, replace(STATS, topics=long), PROGRESS)
    assert caption.text.splitlines()[-1] == "记牢 1 题，在记 5 题，没问过 4 题"
    assert rest.text.splitlines()[0] == "各主题答对 / 作答："
    assert len(rest.text.splitlines()) == 13


def test_no_answers_yet() -> None:
    """Who has answered nothing is told how to begin."""
    assert no_stats_view(WORDS, "en").text.text == "No answers yet. Start with one: /quiz"


def test_topics() -> None:
    """Each topic is a button with how many of its questions were answered."""
    topics = Topics("en", (TopicCount(0, TOPICS[0], 2, 3), TopicCount(2, TOPICS[2], 0, 1)))
    view = topics_view(WORDS, topics)
    assert [[(b.label, b.data) for b in row] for row in view.rows] == [
        [("Attention 2/3", "1q:0"), ("Training 0/1", "1q:2")]
    ]
    assert topics_view(WORDS, Topics("zh", ())).text.text == "题库里还没有题。"
