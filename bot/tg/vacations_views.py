"""How a vacation looks."""

from __future__ import annotations

from datetime import timedelta

from bot.core.text import NOTHING, Text, lines
from bot.core.vacations import LONGEST
from bot.flows.vacations import Away, Unclear
from bot.tg.buttons import Button, Verb, pack
from bot.tg.phrases import weekday_text
from bot.tg.views import Rows, View, labels, name
from bot.tg.words import Words

SHOW, OPEN, BACK = 0, LONGEST + 1, LONGEST + 2  # what a button says besides a number of days
_DAYS = (3, 7, 14)
BUTTONS: dict[int, int | None] = {SHOW: 0, OPEN: None, BACK: 0, **{days: days for days in _DAYS}}
"""What each number chooses: so many days, 0 for back, None until further notice."""
_SETTINGS = 1  # the page of /settings that leads here


def vacation_view(words: Words, away: Away) -> View:
    """Whether the person is away, and what that means; or for how long they want to be."""
    language = away.language
    rules = words(language, "vacation-rules")
    ask = words(language, "vacation-ask") if away.vacation is None else NOTHING
    back = Button(words.said(language, "settings-title"), pack(Verb.SETTINGS, _SETTINGS))
    return View(lines(_status(words, away), rules, ask), (*_choices(words, away), (back,)))


def unclear_view(words: Words, unclear: Unclear, typed: str) -> View:
    """Why what was typed is no vacation, and how one is written."""
    language, furthest = unclear.language, unclear.today + timedelta(days=LONGEST - 1)
    date = f"{furthest:%Y-%m-%d}"
    return View(words(language, f"vacation-{unclear.why.why}", typed=name(typed), most=str(LONGEST), date=date))


def _status(words: Words, away: Away) -> Text:
    language, vacation = away.language, away.vacation
    if vacation is None:
        return _piled(words, away) if away.due else words(language, "vacation-none")
    if vacation.last is None:
        return words(language, "vacation-open")
    ends = [weekday_text(words, language, day, away.today) for day in dict.fromkeys((vacation.first, vacation.last))]
    days = words.said(language, "days-years", first=ends[0], last=ends[-1]) if len(ends) > 1 else ends[0]
    return words(language, "vacation-now" if away.now else "vacation-planned", days=days)


def _piled(words: Words, away: Away) -> Text:
    """How much of what piled up is still there, and what of it is left for today."""
    key = (
        "vacation-piled-done"
        if not away.portion
        else "vacation-piled"
        if away.portion < away.due
        else "vacation-piled-last"
    )
    values = {"due": str(away.due), "days": str(away.days), "each": str(away.portion)}
    return words(away.language, key, count=away.due, **values)


def _choices(words: Words, away: Away) -> Rows:
    language = away.language
    if away.vacation is not None:
        key = "vacation-button-back" if away.now else "vacation-button-cancel"
        return ((Button(words.said(language, key), pack(Verb.AWAY, BACK)),),)
    days = [Button(words.said(language, "vacation-button-days", days=str(n)), pack(Verb.AWAY, n)) for n in _DAYS]
    return labels([*days, Button(words.said(language, "vacation-button-open"), pack(Verb.AWAY, OPEN))], 4)
