"""How a person's numbers and the topics look."""

from __future__ import annotations

from bot.core.bank import Language
from bot.core.text import NOTHING, Text, lines
from bot.flows.progress import WINDOWS, Progress
from bot.flows.stats import Stats, TopicCount, Topics
from bot.tg.buttons import Button, Verb, pack
from bot.tg.phrases import streak_text
from bot.tg.views import View, labels
from bot.tg.words import Words

CAPTION_LIMIT = 1024  # units under a picture
_TOPICS = 50  # buttons; more topics are named after /quiz
_LINES = 12  # topics named in the numbers: more would not fit a phone's screen


def no_stats_view(words: Words, language: Language) -> View:
    """Who has answered nothing is told how to begin."""
    return View(words(language, "practice-stats-none"))


def stats_texts(words: Words, stats: Stats, progress: Progress) -> tuple[Text, ...]:
    """The person's numbers, each with its n, in words: all that stands in the picture, for whoever cannot see it. The
    first text fits under a picture; where not all does, the topics are another one."""
    due = {"today": progress.ahead[0], "week": sum(progress.ahead[:7]), "ahead": sum(progress.ahead)}
    head = (
        _answered(words, stats),
        _year(words, progress),
        streak_text(words, stats.language, "practice-stats-streak", stats.streak),
        words(stats.language, "practice-stats-freeze") if stats.streak.length else NOTHING,
        _kept(words, progress),
        words(stats.language, "practice-stats-due", **{name: str(number) for name, number in due.items()}),
        _memory(words, progress),
    )
    topics = _by_topic(words, stats)
    whole = lines(*head, *topics)
    return (whole,) if whole.units <= CAPTION_LIMIT else (lines(*head), lines(*topics))


def topics_view(words: Words, topics: Topics) -> View:
    """Every topic as a button that asks from it."""
    if not topics.counts:
        return View(words(topics.language, "practice-empty"))
    buttons = [
        Button(
            words.said(topics.language, "practice-topics-button", **_values(topics, count)),
            pack(Verb.TOPIC, count.position),
        )
        for count in topics.counts[:_TOPICS]
    ]
    return View(words(topics.language, "practice-topics"), labels(buttons, 2))


def _answered(words: Words, stats: Stats) -> Text:
    if not stats.answered:
        return NOTHING
    if not stats.graded:
        return words(stats.language, "practice-stats-recalled", answered=str(stats.answered))
    if stats.graded == stats.answered:
        return words(stats.language, "practice-stats-graded", graded=str(stats.graded), right=str(stats.right))
    numbers = {"answered": str(stats.answered), "graded": str(stats.graded), "right": str(stats.right)}
    return words(stats.language, "practice-stats-answered", **numbers)


def _year(words: Words, progress: Progress) -> Text:
    """What the picture says of the year, in words."""
    days, reviews, brought = sum(map(bool, progress.reviewed)), sum(progress.reviewed), progress.brought
    if not days:
        return NOTHING
    told = {
        "reviews": words.said(progress.language, "progress-reviews", count=reviews, reviews=f"{reviews:,}"),
        "days": words.said(progress.language, "progress-days", count=days, days=str(days)),
    }
    if brought:
        return words(progress.language, "practice-stats-year-brought", **told, brought=f"{brought:,}")
    return words(progress.language, "practice-stats-year", **told)


def _kept(words: Words, progress: Progress) -> Text:
    """True retention, where anything was reviewed."""
    parts = [
        words.said(
            progress.language,
            "practice-stats-kept-part",
            days=str(days),
            share=f"{kept.percent}%",
            reviews=f"{kept.reviews:,}",
        )
        for days, kept in zip(WINDOWS, progress.kept, strict=True)
        if kept.percent is not None
    ]
    listed = words.said(progress.language, "list-comma").join(parts)
    return words(progress.language, "practice-stats-kept", parts=listed) if parts else NOTHING


def _memory(words: Words, progress: Progress) -> Text:
    """How many questions are mature, young and new."""
    mature, young = (sum(topic.mature for topic in progress.topics), sum(topic.young for topic in progress.topics))
    new = sum(topic.total for topic in progress.topics) - mature - young
    numbers = {"mature": str(mature), "young": str(young), "new": str(new)}
    return words(progress.language, "practice-stats-memory", **numbers)


def _by_topic(words: Words, stats: Stats) -> list[Text]:
    rows = [words(stats.language, "practice-stats-topic", **_values(stats, c)) for c in stats.topics[:_LINES]]
    return [words(stats.language, "practice-stats-topics"), *rows] if rows else []


def _values(of: Stats | Topics, count: TopicCount) -> dict[str, Text | str | int]:
    return {"topic": count.topic.named(of.language), "done": str(count.done), "total": str(count.total)}
