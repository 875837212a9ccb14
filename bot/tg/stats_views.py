"""How a person's numbers and the topics look."""

from __future__ import annotations

from bot.core.text import Text, lines
from bot.flows.stats import Stats, TopicCount, Topics
from bot.tg.buttons import Button, Verb, pack
from bot.tg.phrases import streak_text
from bot.tg.views import View, labels
from bot.tg.words import Words

_TOPICS = 50  # buttons; more topics are named after /quiz
_LINES = 12  # topics named in the numbers: more would not fit a phone's screen


def stats_view(words: Words, stats: Stats) -> View:
    """The person's numbers, each with its n."""
    if not stats.answered:
        return View(words(stats.language, "practice-stats-none"))
    due = words(stats.language, "practice-stats-due", today=str(stats.due_today), week=str(stats.due_week))
    streak = streak_text(words, stats.language, "practice-stats-streak", stats.streak)
    return View(lines(_answered(words, stats), streak, due, *_by_topic(words, stats)))


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
    if not stats.graded:
        return words(stats.language, "practice-stats-recalled", answered=str(stats.answered))
    if stats.graded == stats.answered:
        return words(stats.language, "practice-stats-graded", graded=str(stats.graded), right=str(stats.right))
    numbers = {"answered": str(stats.answered), "graded": str(stats.graded), "right": str(stats.right)}
    return words(stats.language, "practice-stats-answered", **numbers)


def _by_topic(words: Words, stats: Stats) -> list[Text]:
    rows = [words(stats.language, "practice-stats-topic", **_values(stats, c)) for c in stats.topics[:_LINES]]
    return [words(stats.language, "practice-stats-topics"), *rows] if rows else []


def _values(of: Stats | Topics, count: TopicCount) -> dict[str, Text | str | int]:
    return {"topic": count.topic.named(of.language), "done": str(count.done), "total": str(count.total)}
