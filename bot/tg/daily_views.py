"""How the daily hours look: what they are, what to press or type to change them, and what is said of them unasked."""

from __future__ import annotations

from datetime import timedelta
from enum import IntEnum

from bot.core.bank import Language, Library
from bot.core.hours import clock
from bot.core.people import find_zone
from bot.core.slots import APART, MOST, Hour, too_close
from bot.core.text import NOTHING, Text, lines
from bot.core.topics import Unknown, title_about
from bot.core.zones import zone_title
from bot.flows.complaints import Complaint
from bot.flows.daily import Plan
from bot.flows.pushing import SILENCE
from bot.tg.buttons import Button, Verb, pack
from bot.tg.phrases import unreminded
from bot.tg.views import Rows, View, labels, name
from bot.tg.words import Words

HOURS = (8 * 60, 12 * 60 + 30, 21 * 60)
NEVER = -1
_SETTINGS = 1  # the page of /settings that leads here


class Do(IntEnum):
    """What a button does to a group's hours; the numbers that follow are named behind each."""

    SHOW = 0
    SLOT = 1  # minute: show that hour
    KIND = 2  # minute, 1 for a card
    DAYS = 3  # minute, 1 for weekdays only
    DROP = 4  # minute
    ADD = 5  # minute
    PINS = 6  # 1 to pin
    RESUME = 7


def plan_view(words: Words, plan: Plan, library: Library) -> View:
    """When the chat is pushed, what, and when next; what to press."""
    hours = (_hour_line(words, plan, hour, library) for hour in plan.hours)
    text = lines(*hours, _state(words, plan), unreminded(words, plan.language, plan.unreminded))
    return View(text, _hours(words, plan) if plan.chat.private else _group_rows(words, plan))


def hour_view(words: Words, plan: Plan, hour: Hour, library: Library) -> View:
    """One of a group's hours, with all that can be changed of it."""
    language, minute = plan.language, hour.minute
    card = hour.kind == "card"
    kept = [*(["daily-weekdays"] if hour.weekdays else []), *(["daily-card"] if card else [])]
    rest = "".join(f" {words.said(language, key)}" for key in kept)  # what is not said again is gone
    hint = words(language, "daily-hour-hint", time=clock(minute), rest=rest)
    text = lines(_hour_line(words, plan, hour, library), hint)
    rows = (
        (
            _tick(words.said(language, "daily-quiz"), not card, Do.KIND, minute, 0),
            _tick(words.said(language, "daily-card"), card, Do.KIND, minute, 1),
        ),
        (
            _tick(words.said(language, "daily-every-day"), not hour.weekdays, Do.DAYS, minute, 0),
            _tick(words.said(language, "daily-weekdays"), hour.weekdays, Do.DAYS, minute, 1),
        ),
        (
            Button(words.said(language, "daily-drop"), pack(Verb.DAILY, Do.DROP, minute)),
            Button(words.said(language, "button-back"), pack(Verb.DAILY, Do.SHOW)),
        ),
    )
    return View(text, rows)


def mistake_view(words: Words, plan: Plan, typed: str) -> View:
    """What was typed is no hour; how to write one."""
    key = "daily-mistake" if plan.chat.private else "daily-mistake-group"
    return View(words(plan.language, key, typed=name(typed)))


def unknown_view(words: Words, plan: Plan, unknown: Unknown) -> View:
    """Beside the hour stands what is no topic; those it may have been meant for."""
    close = words.said(plan.language, "list-comma").join(topic.named(plan.language) for topic in unknown.close)
    key = "daily-unknown-close" if close else "daily-unknown"
    return View(words(plan.language, key, wanted=name(unknown.wanted), close=close))


def refusal(words: Words, plan: Plan) -> Text:
    """Why an hour was not taken; short enough for a toast."""
    hours = words.said(plan.language, "list-comma").join(clock(hour.minute) for hour in plan.hours)
    key = "daily-many" if plan.refused == "many" else "daily-close"
    return words(plan.language, key, hours=hours, most=MOST, apart=APART)


def pausing_view(words: Words, language: Language) -> View:
    """Nobody has answered for long, so nothing is pushed; what wakes it."""
    return View(words(language, "daily-pausing", silent=SILENCE), ((_resume(words, language),),))


def trouble_view(words: Words, told: Complaint, *, private: bool) -> View:
    """What keeps a group's pushes away and what to do about it; in private with the group's name."""
    if not private:
        return View(words(told.language, f"trouble-{told.kind}", time=clock(told.minute)))
    what = words(told.admin_language, f"trouble-{told.kind}", time=clock(told.minute))
    return View(words(told.admin_language, "daily-in-group", group=name(told.chat.title), what=what))


def _hour_line(words: Words, plan: Plan, hour: Hour, library: Library) -> Text:
    days, kind = "weekdays" if hour.weekdays else "all", "few" if plan.chat.private else hour.kind
    line = words(plan.language, "daily-hour", days=days, time=clock(hour.minute), kind=kind)
    if hour.about is None:
        return line
    return words(plan.language, "daily-about", hour=line, about=title_about(library, hour.about, plan.language))


def _state(words: Words, plan: Plan) -> Text:
    """The day and hour of the next push as the chat's clocks will show it, or why there is none."""
    zone, title = find_zone(plan.zone), zone_title(plan.zone, plan.language)
    if not plan.hours:
        return words(plan.language, "daily-never", zone=title)
    if plan.chat.paused_at is not None:
        return words(plan.language, "daily-paused", silent=SILENCE)
    if plan.next_at is None or zone is None:
        return NOTHING
    local, today = plan.next_at.astimezone(zone), plan.now.astimezone(zone).date()
    days = {today: "daily-next-today", today + timedelta(days=1): "daily-next-tomorrow"}
    key = days.get(local.date(), "daily-next-on")
    return words(plan.language, key, time=f"{local:%H:%M}", date=f"{local:%m-%d}", zone=title)


def _hours(words: Words, plan: Plan) -> Rows:
    """A private chat's hour, to be chosen."""
    buttons = [
        Button(f"{clock(minute)} ✓" if plan.hour(minute) else clock(minute), pack(Verb.HOUR, minute))
        for minute in sorted({*HOURS, *(hour.minute for hour in plan.hours)})
    ]
    buttons.append(Button(words.said(plan.language, "daily-off"), pack(Verb.HOUR, NEVER)))
    return labels(buttons, 4)


def _group_rows(words: Words, plan: Plan) -> Rows:
    """A group's hours, each to its page; hours to add; the pin; the way back to the settings."""
    language, taken = plan.language, [hour.minute for hour in plan.hours]
    free = [minute for minute in HOURS if not any(too_close(minute, other) for other in taken)]
    room = free if len(taken) < MOST else []
    pins = _tick(words.said(language, "daily-pin"), plan.chat.pins, Do.PINS, int(not plan.chat.pins))
    below = [pins, Button(words.said(language, "button-back"), pack(Verb.SETTINGS, _SETTINGS))]
    if plan.chat.paused_at is not None:
        below.insert(0, _resume(words, language))
    return (
        *labels((Button(clock(minute), pack(Verb.DAILY, Do.SLOT, minute)) for minute in taken), 3),
        *labels((Button(f"+ {clock(minute)}", pack(Verb.DAILY, Do.ADD, minute)) for minute in room), 3),
        tuple(below),
    )


def _resume(words: Words, language: Language) -> Button:
    return Button(words.said(language, "daily-resume"), pack(Verb.DAILY, Do.RESUME))


def _tick(label: str, chosen: bool, *numbers: int) -> Button:  # noqa: FBT001
    return Button(f"{label} ✓" if chosen else label, pack(Verb.DAILY, *numbers))
