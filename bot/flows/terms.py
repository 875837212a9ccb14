"""When a group's weeks and months begin and when they are closed: at the group's own hour after their last day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.core.calendar import Period, moment
from bot.core.people import DAY_START, Chat, Defaults, zone_for
from bot.store import people, pushes, seasons
from bot.store.database import Tx

_NINE = 9 * 60  # where a group has no daily hour
_DAY = timedelta(days=1)


def begin(tx: Tx, chat_id: int, chat: Chat | None, day: date, defaults: Defaults) -> None:
    """There was an answer on that study day: its week and its month will be closed."""
    for period in (Period.week(day), Period.month(day)):
        if seasons.find(tx, chat_id, period) is None:
            seasons.begin(tx, chat_id, period, closes_at(tx, chat_id, chat, period, defaults))


def closes_at(tx: Tx, chat_id: int, chat: Chat | None, period: Period, defaults: Defaults) -> datetime:
    """The group's first hour after the period's last study day is over (aware UTC).

    Raises ValueError for all time, which never ends.
    """
    if period.days is None:
        raise ValueError("all time never ends")
    minute = next((slot.minute for slot in pushes.slots_of(tx, chat_id)), _NINE)
    day_start = chat.day_start if chat else DAY_START
    after = period.days[1] + _DAY
    return moment(after + _DAY if minute < day_start * 60 else after, minute, zone_for(chat, defaults))


def replan(tx: Tx, chat_id: int, defaults: Defaults) -> None:
    """The chat's hours or its zone are others now: its seasons end by them."""
    chat = people.find_chat(tx, chat_id)
    for season in seasons.open_in(tx, chat_id):
        seasons.change(tx, season, "open", due_at=closes_at(tx, chat_id, chat, season.period, defaults))
