"""A person's progress as a picture shows it: every word and number, ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.core.bank import Language, Topic
from bot.core.retention import Kept
from bot.core.streaks import Streak
from bot.flows.progress import WINDOWS, Progress, TopicMemory
from bot.pictures.sheet import THEMES, Ahead, Bar, Mastery, Sheet, Theme, Tile, Year
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import Rows
from bot.tg.words import Words

_TOPICS = 6  # drawn: more would make the picture higher than a phone
_UNKNOWN = "—"
_NAMED = (1, 3, 5)  # weekdays that are written
_DAY = timedelta(days=1)


def theme_of(progress: Progress) -> Theme:
    """What the person has chosen, else light."""
    return "dark" if progress.theme == "dark" else "light"


def theme_button(words: Words, language: Language, theme: Theme) -> Rows:
    """What is under the picture: the other theme."""
    other: Theme = "light" if theme == "dark" else "dark"
    label = words.said(language, f"progress-theme-{other}")
    return ((Button(label, pack(Verb.THEME, THEMES.index(other))),),)


def sheet_of(words: Words, progress: Progress, streak: Streak, *, chinese: bool) -> Sheet:
    """The picture's words and numbers; in English where no font has Chinese."""
    said = _Said(words, progress.language if chinese else "en", chinese)
    kept = zip(WINDOWS, progress.kept, strict=True)
    tiles = (said.streak(streak), *(said.kept(days, part) for days, part in kept))
    return Sheet(tiles, said.year(progress), said.ahead(progress), said.mastery(progress.topics))


class _Said:
    """The sections of a sheet in one language."""

    def __init__(self, words: Words, language: Language, chinese: bool) -> None:  # noqa: FBT001 - passed on
        self._words = words
        self._language = language
        self._chinese = chinese

    def streak(self, streak: Streak) -> Tile:
        """Days in a row, and how many more may be missed."""
        none = self._said("progress-spare-none")
        spare = self._count("progress-spare", "days", streak.freezes) if streak.freezes else none
        return Tile(self._said("progress-streak"), self._count("progress-days", "days", streak.length), spare)

    def kept(self, days: int, kept: Kept) -> Tile:
        """True retention, with its n."""
        reviews = self._count("progress-reviews", "reviews", kept.reviews)
        share = _UNKNOWN if kept.percent is None else f"{kept.percent}%"
        return Tile(self._said("progress-kept", days=str(days)), share, reviews)

    def year(self, progress: Progress) -> Year:
        """A year of study days."""
        reviews, days = sum(progress.reviewed), sum(map(bool, progress.reviewed))
        note = (self._count("progress-reviews", "reviews", reviews), self._count("progress-days", "days", days))
        return Year(
            self._said("progress-year"),
            " · ".join(note),
            progress.first,
            progress.reviewed,
            tuple(self._said("month-name", month=month) for month in range(1, 13)),
            tuple(self._said("progress-weekday", day=day) if day in _NAMED else "" for day in range(1, 8)),
            self._said("progress-less"),
            self._said("progress-more"),
        )

    def ahead(self, progress: Progress) -> Ahead:
        """The reviews of the next days."""
        days = (str((progress.today + number * _DAY).day) for number in range(1, len(progress.ahead)))
        return Ahead(
            self._said("progress-ahead", days=str(len(progress.ahead))),
            self._count("progress-ahead-note", "reviews", sum(progress.ahead)),
            progress.ahead,
            (self._said("progress-today"), *days),
        )

    def mastery(self, topics: tuple[TopicMemory, ...]) -> Mastery:
        """Topic by topic, those that were begun first."""
        shown = sorted(topics, key=lambda one: not one.mature + one.young)[:_TOPICS]
        left = len(topics) - len(shown)
        more = self._count("progress-topics-more", "number", left) if left else ""
        legend = (self._said("progress-mature"), self._said("progress-young"), self._said("progress-new"))
        return Mastery(self._said("progress-topics"), legend, tuple(self._bars(shown)), more)

    def _bars(self, topics: Iterable[TopicMemory]) -> Iterable[Bar]:
        for one in topics:
            yield Bar(self._name(one.topic), one.mature, one.young, one.total, f"{one.mature}/{one.total}")

    def _name(self, topic: Topic) -> str:
        return topic.named(self._language) if self._chinese else topic.title.get("en", topic.id)

    def _said(self, key: str, **values: str | int) -> str:
        return self._words.said(self._language, key, **values)

    def _count(self, key: str, name: str, number: int) -> str:
        return self._said(key, count=number, **{name: f"{number:,}"})
