"""A board read from lines kept in the answers' own transactions, beside the same board counted from the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from time import thread_time

from bench.large import SMALL, Size, large_database
from bench.report import Figure
from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.store import scores
from bot.store.database import Tx, open_database

_MIDDLE = Size(20_000, 200, 4_000, 200_000)
_ASKED = Ref("made", "q")  # the one question of bench.large
_LOOKS = 20
Look = Callable[[Tx, int, int], scores.Score]


def aggregates(rounds: int, small: bool) -> Iterable[Figure]:
    """The largest group's top ten and one's own rank, of all time: the same lines both ways."""
    path = large_database(SMALL if small else _MIDDLE)
    kept, counted = asyncio.run(_measured(f"sqlite:///{path}", rounds))
    yield Figure("steps", "a board kept with the answers", kept, "ms", note="the thread's own time, mean of 20")
    yield Figure("steps", "the same board, counted", counted, "ms")
    ratios = tuple(b / a for a, b in zip(kept, counted, strict=True))
    yield Figure("steps", "aggregates undone: processor, board", ratios, "x")


async def _measured(url: str, rounds: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    async with open_database(url) as db:
        chat_id, person_id = await db.read(_somebody)
        took: dict[Look, list[float]] = {_kept: [], _counted: []}
        assert await db.read(_kept, chat_id, person_id) == await db.read(_counted, chat_id, person_id)
        for _ in range(rounds):
            for look, samples in took.items():
                samples.append(await db.read(_ms, look, chat_id, person_id))
    return tuple(took[_kept]), tuple(took[_counted])


def _kept(tx: Tx, chat_id: int, person_id: int) -> scores.Score:
    """The first ten, and one's own line."""
    assert scores.top(tx, chat_id, Period.ALL)
    mine = scores.own(tx, chat_id, Period.ALL, person_id)
    assert mine is not None
    return mine


def _counted(tx: Tx, chat_id: int, person_id: int) -> scores.Score:
    """The bot's own recount, which it needs for boards of single topics: all lines, so one's own is among them."""
    return next(line for line in scores.about(tx, chat_id, [_ASKED], None) if line.person_id == person_id)


def _ms(tx: Tx, look: Look, chat_id: int, person_id: int) -> float:
    began = thread_time()
    for _ in range(_LOOKS):
        look(tx, chat_id, person_id)
    return (thread_time() - began) / _LOOKS * 1000


def _somebody(tx: Tx) -> tuple[int, int]:
    """The largest group, and who stands somewhere on its board."""
    whole = "SELECT chat_id FROM turnouts WHERE period = 0 AND chat_id < 0 ORDER BY people DESC LIMIT 1"
    chat_id = tx.exec_driver_sql(whole).scalar_one()
    listed = "SELECT person_id FROM scores WHERE chat_id = ? AND period = 0 AND listed ORDER BY points LIMIT 1 OFFSET 7"
    return chat_id, tx.exec_driver_sql(listed, (chat_id,)).scalar_one()
