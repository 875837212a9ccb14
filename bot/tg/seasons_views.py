"""How a season's end looks, and the hall of fame."""

from __future__ import annotations

import re

from bot.core.bank import Language
from bot.core.calendar import Period
from bot.core.markdown import plain, render
from bot.core.text import NOTHING, Text, lines
from bot.flows.boards import Span
from bot.flows.seasons import Closing, Hall, Missed
from bot.tg.buttons import Button, Verb, pack
from bot.tg.phrases import days_text, streak_text
from bot.tg.views import View, name, short
from bot.tg.words import Words

_SENTENCE = re.compile(r".+?(?:[。！？]|[.!?](?=\s|$)|$)", re.DOTALL)
_SHOWN = 3  # of a podium in the hall
_PROMPT, _CHOICE, _ADVICE, _REFERENCE = 36, 40, 120, 70


def closing_view(words: Words, closing: Closing) -> View:
    """The podium, what is notable, how many took part, what was missed most; folded, what to learn from it."""
    language = closing.language
    text = lines(
        _title(words, closing).bold(),
        *(_place(words, language, line.rank, line.name, line.points) for line in closing.podium),
        words(language, "seasons-tied", count=closing.tied, number=str(closing.tied)) if closing.tied else NOTHING,
        _notable(words, closing),
        _part(words, closing),
        streak_text(words, language, "boards-group-streak", closing.streak) if closing.streak.length > 1 else NOTHING,
        words(language, "seasons-missed").bold() if closing.missed else NOTHING,
        *(_missed(words, language, at, missed) for at, missed in enumerate(closing.missed, 1)),
        lines(*(_lesson(words, language, at, one) for at, one in enumerate(closing.missed, 1))).quote(folded=True),
    )
    if not closing.missed:
        return View(text)
    label = words.said(language, "seasons-button-again", count=len(closing.missed), number=str(len(closing.missed)))
    return View(text, ((Button(label, pack(Verb.AGAIN, closing.season.period.key)),),))


def hall_view(words: Words, hall: Hall) -> View:
    """A line a season, newest first, and the way back to the board."""
    language, rows = hall.language, []
    for period, podium in hall.podiums:
        won = " · ".join(f"{name(place.name)} {place.points}" for place in podium[:_SHOWN])
        rows.append(words(language, "seasons-hall-row", when=_when(words, language, period), won=won))
    title = words(language, "boards-hall").bold()
    back = Button(words.said(language, "button-back"), pack(Verb.BOARD, Span.WEEK, 0))
    return View(lines(title, *(rows or [words(language, "seasons-hall-empty")])), ((back,),))


def _title(words: Words, closing: Closing) -> Text:
    when = _when(words, closing.language, closing.season.period)
    return words(closing.language, "seasons-week" if _is_week(closing.season.period) else "seasons-month", when=when)


def _when(words: Words, language: Language, period: Period) -> str:
    if period.days is None:
        return ""
    first, last = period.days
    if _is_week(period):
        return days_text(words, language, first, last)
    month = words.said(language, "month-name", month=first.month)
    return words.said(language, "seasons-month-of", month=month, year=str(first.year))


def _is_week(period: Period) -> bool:
    return period.days is not None and Period.week(period.days[0]) == period


def _place(words: Words, language: Language, rank: int, who: str, points: int) -> Text:
    return words(language, "boards-place", rank=str(rank), name=name(who), points=str(points))


def _notable(words: Words, closing: Closing) -> Text:
    """One line: who improved most, and whose streak is the longest."""
    language, said = closing.language, []
    for key, notable in (("seasons-improved", closing.improved), ("seasons-longest", closing.longest)):
        if notable:
            who, number = name(notable.name), str(notable.number)
            said.append(words.said(language, key, name=who, number=number))
    return Text(" · ".join(said))


def _part(words: Words, closing: Closing) -> Text:
    before = ""
    if closing.people_before:
        before = words.said(closing.language, "seasons-before", people=str(closing.people_before))
    counts = {"rounds": str(closing.rounds), "people": str(closing.people)}
    return words(closing.language, "seasons-part", count=closing.rounds, before=before, **counts)


def _missed(words: Words, language: Language, at: int, missed: Missed) -> Text:
    """Which question, and how many got it wrong."""
    prompt = short(plain(missed.question.prompt), _PROMPT)
    counts = {"wrong": str(missed.wrong), "answered": str(missed.answered)}
    return words(language, "seasons-missed-row", at=str(at), prompt=prompt, **counts)


def _lesson(words: Words, language: Language, at: int, missed: Missed) -> Text:
    """What misled, and one line to learn from with where it stands."""
    advice = _advice(words, language, missed)
    choices = missed.question.choices
    if missed.tempting is None or missed.tempting >= len(choices):
        return words(language, "seasons-lesson", at=str(at), advice=advice)
    choice = short(plain(choices[missed.tempting].text), _CHOICE)
    return words(language, "seasons-lesson-lure", at=str(at), choice=choice, advice=advice)


def _advice(words: Words, language: Language, missed: Missed) -> Text:
    explanation = render(missed.question.explanation or missed.question.answer).text.strip()
    first = _SENTENCE.match(explanation)
    sentence = short(first.group() if first else "", _ADVICE)
    reference = render(missed.question.references).text.strip().split("\n")[0].lstrip("•-– ")
    if not reference:
        return Text(sentence)
    return words(language, "seasons-advice", advice=sentence, source=short(reference, _REFERENCE))
