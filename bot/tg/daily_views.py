"""How the daily hour looks: what it is, and what to press or type to change it."""

from __future__ import annotations

from datetime import timedelta

from bot.core.hours import clock
from bot.core.people import find_zone
from bot.core.text import NOTHING, Text, lines
from bot.core.zones import zone_title
from bot.flows.daily import Plan
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import View, labels, name
from bot.tg.words import Words

HOURS = (8 * 60, 12 * 60 + 30, 21 * 60)
NEVER = -1


def plan_view(words: Words, plan: Plan) -> View:
    """When the chat is pushed and when next; hours to press."""
    zone = zone_title(plan.zone, plan.language)
    if plan.minute is None:
        text = words(plan.language, "daily-never", zone=zone)
    else:
        text = lines(words(plan.language, "daily-at", time=clock(plan.minute), zone=zone), _next(words, plan))
    ticks = {plan.minute: " ✓"}
    minutes = sorted({*HOURS, *([] if plan.minute is None else [plan.minute])})
    buttons = [Button(clock(minute) + ticks.get(minute, ""), pack(Verb.HOUR, minute)) for minute in minutes]
    buttons.append(Button(words.said(plan.language, "daily-off"), pack(Verb.HOUR, NEVER)))
    return View(text, labels(buttons, 4))


def mistake_view(words: Words, plan: Plan, typed: str) -> View:
    """What was typed is no hour; how to write one."""
    return View(words(plan.language, "daily-mistake", typed=name(typed)))


def _next(words: Words, plan: Plan) -> Text:
    """The day and hour of the next push as the chat's clocks will show it."""
    zone = find_zone(plan.zone)
    if plan.next_at is None or zone is None:
        return NOTHING
    local, today = plan.next_at.astimezone(zone), plan.now.astimezone(zone).date()
    days = {today: "daily-next-today", today + timedelta(days=1): "daily-next-tomorrow"}
    key = days.get(local.date(), "daily-next-on")
    return words(plan.language, key, time=f"{local:%H:%M}", date=f"{local:%m-%d}")
