"""The boards as people see them in the end, held against a recount from the raw answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.e2e.rig import Rig
from tests.e2e.rig_crowd import Cast
from tests.e2e.rig_tables import Row

Line = tuple[int, int, int]  # points, right, answered
_LINE = re.compile(r"\d+  .+?(?:　|  )(\d+)(?:（| \()(\d+)/(\d+)(?:）|\))")
_ZONE, _DAY_START, _SHOWN = "Asia/Shanghai", timedelta(hours=4), 10
_AT_ONCE = 10  # boards that the founder asks for: of one person thirty updates may wait


async def boards_seen(rig: Rig, cast: Cast) -> dict[int, list[Line]]:
    """The lines of this week's board in each group that the bot is in, as its founder is shown them."""
    world = rig.playground.mini.world
    groups = [group for group in cast.groups if world.bot_member(world.chats[group.id]).present]
    for first in range(0, len(groups), _AT_ONCE):
        for group in groups[first : first + _AT_ONCE]:
            await cast.founder.send(group, "/leaderboard")
        await rig.quiet()
    return {group.id: _lines(group.texts[-1]) for group in groups}


def _lines(text: str) -> list[Line]:
    """The ranked lines of a board; one's own below them is left out."""
    shown = text.partition("\n…")[0].splitlines()
    return [(int(one[1]), int(one[2]), int(one[3])) for one in map(_LINE.fullmatch, shown) if one]


def differ(seen: dict[int, list[Line]], tables: dict[str, list[Row]], now: datetime) -> Iterator[str]:
    """Sentences about boards on which people see something else than the answers add up to."""
    for chat_id, lines in seen.items():
        wanted = _board(tables, chat_id, now)
        first = [points for points, _right, _answered in wanted[:_SHOWN]]
        if [points for points, _right, _answered in lines] != first or not set(lines) <= set(wanted):
            yield f"boards differ: {chat_id} shows {lines}, counted {wanted}"


def _board(tables: dict[str, list[Row]], chat_id: int, now: datetime) -> list[Line]:
    """This week's lines, best first, of whoever is neither hidden nor gone."""
    zone = next((row["timezone"] for row in tables["chats"] if row["id"] == chat_id), None)
    today = (now.astimezone(ZoneInfo(zone or _ZONE)).replace(tzinfo=None) - _DAY_START).date()
    hidden = {row["id"] for row in tables["people"] if row["hidden"]}
    hidden |= {row["person_id"] for row in tables["members"] if row["chat_id"] == chat_id and not row["here"]}
    rounds = {row["id"] for row in tables["rounds"] if row["chat_id"] == chat_id and row["voided_at"] is None}
    sums: dict[int, Line] = {}
    for row in tables["answers"]:
        this_week = date.fromordinal(row["day"]).isocalendar()[:2] == today.isocalendar()[:2]
        if row["round_id"] in rounds and row["person_id"] not in hidden and this_week:
            points, right, answered = sums.get(row["person_id"], (0, 0, 0))
            earned = 0 if row["held"] else row["points"]
            sums[row["person_id"]] = (points + earned, right + bool(row["right"]), answered + 1)
    return sorted(sums.values(), reverse=True)
