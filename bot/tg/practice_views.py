"""How private practice looks: results, and nothing due."""

from __future__ import annotations

from datetime import datetime

from bot.core.bank import Library
from bot.core.review import Rating
from bot.core.text import NOTHING, Text, join, lines
from bot.core.topics import title_about
from bot.flows.answers import GUESSED, TOO_EASY, Result
from bot.flows.asking import NothingDue
from bot.flows.portions import Portion
from bot.tg.buttons import Button, Verb, pack
from bot.tg.question_views import (
    CHOSEN,
    Views,
    answer_view,
    comes_back,
    judged,
    leech,
    leech_rows,
    next_button,
    portion_text,
    ratings,
)
from bot.tg.views import Rows, View
from bot.tg.words import Words


def result_view(words: Words, result: Result, rows: Rows | None = None) -> Views:
    """An answered round: what was chosen, what is right and why, the whole answer, what comes next; with other
    `rows` of buttons than the usual ones, if given."""
    rows, tail = rows or _rows(words, result), lines(leech(words, result), comes_back(words, result))
    if result.right is None:
        return answer_view(words, result.asked, tail, rows)
    text, rest = judged(words, result.asked, result.choice, tail)
    return View(text, rows), rest


def nothing_view(words: Words, nothing: NothingDue, library: Library, now: datetime) -> View:
    """Why there is no question, and when there is one again."""
    language = nothing.language
    if not library.refs:
        return View(words(language, "practice-empty"))
    if nothing.portion is not None and not nothing.waiting:
        return View(_nothing_left(words, nothing, nothing.portion, now))
    values: dict[str, Text | str | int] = {"count": nothing.waiting, "number": str(nothing.waiting)}
    key = "practice-waiting" if nothing.waiting else "practice-nothing"
    if nothing.portion is not None:
        key += "-else"
    elif nothing.about:
        key += "-about"
        values["topic"] = title_about(library, nothing.about, language)
    comes = words(language, "practice-next-at", when=_when(words, nothing, now)) if nothing.next_at else ""
    others = words(language, "practice-other-topics") if key.endswith("-about") and len(library.topics) > 1 else ""
    return View(lines(join(" " if language == "en" else "", (words(language, key, **values), comes)), others))


def _nothing_left(words: Words, nothing: NothingDue, portion: Portion, now: datetime) -> Text:
    """The portion is done: what is due beside it, else when the next review comes."""
    language = nothing.language
    if portion.more or portion.postponed or portion.daily:
        return portion_text(words, language, portion)
    if nothing.next_at is None:
        return words(language, "practice-review-none")
    comes = words(language, "practice-next-at", when=_when(words, nothing, now))
    return join(" " if language == "en" else "", (words(language, "practice-reviewed"), comes))


def _rows(words: Words, result: Result) -> Rows:
    """What most people want; the rest is behind the last button."""
    portion = result.asked.portion
    row = [next_button(words, result.asked)] if portion is None or portion.left else []
    if result.right:
        row.append(_button(words, result, "practice-guessed", Verb.GUESSED, GUESSED))
        row.append(_button(words, result, "practice-easy", Verb.EASY, TOO_EASY))
    row.append(Button("…", pack(Verb.MORE, result.asked.round.id, 1)))
    rated = (ratings(words, result.asked, result.rating),) if result.right is None else ()
    return (*rated, tuple(row), *leech_rows(words, result))


def _button(words: Words, result: Result, key: str, verb: Verb, means: Rating) -> Button:
    label = words.said(result.asked.language, key) + (CHOSEN if result.rating is means else "")
    return Button(label, pack(verb, result.asked.round.id))


def _when(words: Words, nothing: NothingDue, now: datetime) -> Text:
    """The local day of the next question, and its time where it comes by itself or later today."""
    if nothing.next_at is None:
        return NOTHING
    at = nothing.next_at.astimezone(nothing.zone)
    days = (at.date() - now.astimezone(nothing.zone).date()).days
    key = {0: "today", 1: "tomorrow" if nothing.pushed else "next-day"}.get(days, "later")
    return words(nothing.language, f"practice-when-{key}", time=f"{at:%H:%M}", month=at.month, day=str(at.day))
