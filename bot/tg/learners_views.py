"""A person's study settings: what holds, and a page of choices for each."""

from __future__ import annotations

from enum import IntEnum, unique

from bot.core.bank import Language
from bot.core.hours import clock
from bot.core.learners import MODES, NEW_A_DAY, PORTIONS, REMINDERS, RETENTIONS, REVIEWS_A_DAY
from bot.core.optimizing import ENOUGH
from bot.core.text import NOTHING, Text, lines
from bot.flows.learners import Study
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import View, labels
from bot.tg.words import Words

NO_LIMIT = -1
Value = int | str | bool | None
_SETTINGS = 1  # the page of /settings that leads here


@unique
class Field(IntEnum):
    """What a page chooses; its place is what buttons say."""

    RETENTION = 0
    NEW = 1
    REVIEWS = 2
    MODE = 3
    OPINIONS = 4
    PORTION = 5
    REMINDER = 6


NAMES = {
    Field.RETENTION: "retention",
    Field.NEW: "new_a_day",
    Field.REVIEWS: "reviews_a_day",
    Field.MODE: "mode",
    Field.OPINIONS: "opinions",
    Field.PORTION: "portion",
    Field.REMINDER: "reminder",
}
CHOICES: dict[Field, tuple[Value, ...]] = {
    Field.RETENTION: RETENTIONS,
    Field.NEW: NEW_A_DAY,
    Field.REVIEWS: REVIEWS_A_DAY,
    Field.MODE: MODES,
    Field.OPINIONS: (False, True),
    Field.PORTION: PORTIONS,
    Field.REMINDER: (None, *REMINDERS),
}


def fields(adviser: str) -> tuple[Field, ...]:
    """What there is to choose; second opinions only where the operator has set who gives them."""
    return tuple(field for field in Field if adviser or field is not Field.OPINIONS)


def study_view(words: Words, study: Study, adviser: str = "", *, fits: bool = False) -> View:
    """How the person studies, and what of today is left for tomorrow. `adviser` is the host of second opinions; `fits`:
    FSRS is fitted to who has answered enough."""
    language = study.language
    today = words(language, "study-today", new=str(study.done.new), reviews=str(study.done.reviews))
    left = words(language, "study-postponed", count=study.postponed, number=str(study.postponed))
    text = lines(
        words(language, "study-title").bold(),
        *(line(words, study, field) for field in fields(adviser)),
        _memory(words, study) if fits else NOTHING,
        today,
        left if study.postponed else NOTHING,
    )
    named = ((field, words.said(language, f"study-button-{_key(field)}")) for field in fields(adviser))
    pages = labels((Button(name, pack(Verb.LEARN, field)) for field, name in named), 2)
    suspended = Button(words.said(language, "study-button-suspended"), pack(Verb.SUSPENDED, 0))
    return View(text, (*pages, (suspended, _back(words, language, pack(Verb.SETTINGS, _SETTINGS)))))


def field_view(words: Words, study: Study, field: Field, adviser: str = "") -> View:
    """What one setting means, and what may be chosen; for second opinions, to whom answers go."""
    language, now = study.language, _now(study, field)
    buttons = (
        Button(
            _label(words, language, field, value) + (" ✓" if value == now else ""),
            pack(Verb.LEARN, field, _number(field, value)),
        )
        for value in _choices(study, field)
    )
    rows = labels(buttons, 5)
    text = _ask(words, study, field, adviser)
    return View(text, (*rows, (_back(words, language, pack(Verb.LEARN)),)))


def _memory(words: Words, study: Study) -> Text:
    """By whose memory reviews are planned."""
    if study.optimized is None and study.answered >= ENOUGH:
        return words(study.language, "study-memory-soon")
    if study.optimized is None:
        numbers = {"answered": str(study.answered), "enough": str(ENOUGH)}
        return words(study.language, "study-memory-early", **numbers)
    own = "own" if study.learner.parameters else "usual"
    return words(study.language, f"study-memory-{own}", answered=str(study.optimized))


def line(words: Words, study: Study, field: Field) -> Text:
    """What holds; short enough for a toast."""
    value = _label(words, study.language, field, _now(study, field))
    return words(study.language, f"study-{_key(field)}", value=value)


def refusal(words: Words, study: Study) -> Text:
    """Why there is no reminder at an hour that somebody asked for; short enough for a toast."""
    if study.hour is None:
        return words(study.language, "study-reminder-unpushed")
    return words(study.language, "study-reminder-early", time=clock(study.hour))


def meant(numbers: tuple[int, ...], adviser: str = "") -> tuple[Field, Value] | None:
    """The field and value that a button chooses; None for what is on no button of this version."""
    if len(numbers) != 2 or numbers[0] not in fields(adviser):
        return None
    field = Field(numbers[0])
    chosen = (value for value in CHOICES[field] if _number(field, value) == numbers[1])
    return next(((field, value) for value in chosen), None)


def _choices(study: Study, field: Field) -> tuple[Value, ...]:
    """What the page offers: a reminder is only one after the push."""
    return (None, *study.reminders) if field is Field.REMINDER else CHOICES[field]


def _ask(words: Words, study: Study, field: Field, adviser: str) -> Text:
    """What the page asks, or why there is nothing to choose."""
    if field is Field.REMINDER and study.hour is None:
        return words(study.language, "study-reminder-unpushed")
    if field is Field.REMINDER and not study.reminders and study.hour is not None:
        return words(study.language, "study-reminder-late", time=clock(study.hour))
    host = {"host": adviser} if field is Field.OPINIONS else {}
    return words(study.language, f"study-ask-{_key(field)}", **host)


def _number(field: Field, value: Value) -> int:
    """What a button says: the number itself (yes is 1), or a word's place."""
    return CHOICES[field].index(value) if isinstance(value, str) else NO_LIMIT if value is None else int(value)


def _now(study: Study, field: Field) -> Value:
    value: Value = study.reminder if field is Field.REMINDER else getattr(study.learner, NAMES[field])
    return value


def _label(words: Words, language: Language, field: Field, value: Value) -> str:
    if isinstance(value, str):
        return words.said(language, f"study-mode-{value}")
    if isinstance(value, bool):
        return words.said(language, f"study-opinions-{'on' if value else 'off'}")
    if value is None:
        return words.said(language, "study-no-reminder" if field is Field.REMINDER else "study-no-limit")
    if field is Field.REMINDER:
        return clock(value)
    return f"{value}%" if field is Field.RETENTION else str(value)


def _key(field: Field) -> str:
    return NAMES[field].replace("_", "-")


def _back(words: Words, language: Language, data: str) -> Button:
    return Button(words.said(language, "button-back"), data)
