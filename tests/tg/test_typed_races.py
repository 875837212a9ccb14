"""The minute tick grades what nobody said was all, while its person edits it: one grade is shown, that of the edit."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.flows import typed as flow
from bot.flows import writing
from bot.store.database import Database
from bot.tg import typed
from bot.tg.alone import Alone
from bot.tg.desk import Desk
from tests.tg.pen import Pen, pen_of_ada
from tests.typed_bench import PARTLY

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both

MORE = f"{PARTLY}梯度接近 0，训练就学不动。"
SILENCE = timedelta(minutes=2, seconds=1)


class Gate:
    """A desk's writes, of which those of one use case stand still, before or after they are done."""

    def __init__(self, desk: Desk, at: Callable[..., Any], *, done: bool) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()
        self._write, self._at, self._done = desk.write, at, done

    async def __call__(self, use_case: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """As Database.write."""
        if use_case is not self._at:
            return await self._write(use_case, *args, **kwargs)
        found = await self._write(use_case, *args, **kwargs) if self._done else None
        self.reached.set()
        await self.opened.wait()
        return found if self._done else await self._write(use_case, *args, **kwargs)


def grades(pen: Pen) -> dict[int, str]:
    """What each of the bot's messages says in the end, of those that show a grade."""
    shown = {}
    for at, call in enumerate(pen.telegram.calls):
        if call.method == "sendMessage":
            shown[1001 + at] = call.text
        elif call.method == "editMessageText":
            shown[call.fields["message_id"]] = call.text
    return {number: text for number, text in shown.items() if text.startswith("说到了")}


async def silent(database: Database, *, noted: bool) -> Pen:
    """Ada has written, and then nothing for two minutes; `noted`: she was asked whether there is more."""
    pen = pen_of_ada(database)
    asked = await pen.asked()
    await pen.says(PARTLY, 600)
    if not noted:
        await pen.desk.write(flow.noted, asked.round.id, None)
    pen.clock.now += SILENCE
    return pen


async def beside(pen: Pen, gate: Gate, edit: Callable[[], Awaitable[None]], *, alone: Alone | None = None) -> None:
    """The tick goes to the gate; the edit begins; the gate opens. With an `alone` of its own the tick is another
    process's."""
    ticking = asyncio.ensure_future(
        typed.tick(replace(pen.desk, write=gate, alone=pen.desk.alone if alone is None else alone))
    )
    async with asyncio.timeout(5):
        await gate.reached.wait()
    editing = asyncio.ensure_future(edit())
    await asyncio.wait({editing}, timeout=0.5)
    gate.opened.set()
    async with asyncio.timeout(5):
        await asyncio.gather(ticking, editing)


@pytest.mark.parametrize("noted", [True, False])
async def test_the_edit_comes_between_the_taking_and_the_grading(database: Database, noted: bool) -> None:
    """What the tick has taken is not what stands there any more: it says nothing."""
    pen = await silent(database, noted=noted)
    await beside(pen, Gate(pen.desk, flow.close_overdue, done=True), lambda: pen.edits(MORE, 600))
    (grade,) = grades(pen).values()
    assert grade.startswith("说到了 3/3")


@pytest.mark.parametrize("noted", [True, False])
async def test_the_edit_comes_while_the_old_grade_is_shown(database: Database, noted: bool) -> None:
    """It waits until it is known which message that is, and grades anew there."""
    pen = await silent(database, noted=noted)
    await beside(pen, Gate(pen.desk, flow.told, done=False), lambda: pen.edits(MORE, 600))
    (grade,) = grades(pen).values()
    assert grade.startswith("说到了 3/3")
    assert len(pen.desk.alone) == 0


@pytest.mark.parametrize("noted", [True, False])
@pytest.mark.parametrize(("at", "done"), [(writing.keep, True), (flow.told, False)])
async def test_another_process_shows_what_an_edit_has_overtaken(
    database: Database, noted: bool, at: Callable[..., Any], done: bool
) -> None:
    """It may be too late to notice before: then the next tick of either makes it right, in every message."""
    pen = await silent(database, noted=noted)
    await beside(pen, Gate(pen.desk, at, done=done), lambda: pen.edits(MORE, 600), alone=Alone())
    await typed.tick(pen.desk)
    shown = grades(pen)
    assert len(shown) == (1 if noted else 2)
    assert all(grade.startswith("说到了 3/3") for grade in shown.values())
    calls = len(pen.telegram.calls)
    await typed.tick(pen.desk)
    assert len(pen.telegram.calls) == calls


async def test_what_another_process_has_sent_meanwhile_is_made_the_same(database: Database) -> None:
    """Neither knew of the other's message when it sent its own."""
    pen = await silent(database, noted=False)
    other = Gate(pen.desk, flow.told, done=False)
    ticking = asyncio.ensure_future(typed.tick(replace(pen.desk, write=other, alone=Alone())))
    async with asyncio.timeout(5):
        await other.reached.wait()
    mine = Gate(pen.desk, writing.keep, done=True)
    here = Pen(replace(pen.desk, write=mine), pen.telegram, pen.clock)
    editing = asyncio.ensure_future(here.edits(MORE, 600))
    async with asyncio.timeout(5):
        await mine.reached.wait()
    other.opened.set()
    async with asyncio.timeout(5):
        await ticking
    mine.opened.set()
    async with asyncio.timeout(5):
        await editing
    first, second = grades(pen).values()
    assert first == second
    assert first.startswith("说到了 3/3")


async def test_nobody_is_held_up_by_another_round(backend: str) -> None:
    """A lock is about one number, and is forgotten with the last who needs it."""
    alone = Alone()
    async with alone.about(1), alone.about(2):
        assert len(alone) == 2
        assert alone.about(1).locked()
        assert not alone.about(3).locked()
    gc.collect()
    assert len(alone) == 0
