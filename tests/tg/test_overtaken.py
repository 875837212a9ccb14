"""What a press only shows is not shown if a newer press of the same person waits that shows something instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.people import Chat
from bot.core.slots import Hour
from bot.flows import boards as flow
from bot.flows import daily as hours
from bot.flows.boards import EVERYBODY, Span
from bot.store.database import Database
from bot.tg import boards, chats, daily, reasons, seasons
from bot.tg.buttons import Verb, pack
from bot.tg.chats_views import Field, Page
from bot.tg.daily_views import Do
from bot.tg.desk import Desk
from tests.group_bench import ADA, BOB, GROUP, RIGHT, Clock, Front, Study, desk_for
from tests.tg.fake_api import FakeApi

FEATURES = (boards, chats, daily, reasons, seasons)
PRIVATE = Chat(ADA.id, "private", ADA.name)
BOARD, ZONE = pack(Verb.BOARD, Span.DAY, 0), pack(Verb.SETTINGS, Page.ZONE)
WORLD, MINE = pack(Verb.BOARD, Span.DAY, EVERYBODY), pack(Verb.MINE)
HOURS, HOUR = pack(Verb.DAILY, Do.SHOW), pack(Verb.DAILY, Do.SLOT, 540)
HALL, WEEK = pack(Verb.HALL), pack(Verb.BOARD, Span.WEEK, 0)
WHY, WHY_THERE = pack(Verb.WHY, Span.WEEK, 0, ADA.id), pack(Verb.WHY, Span.WEEK, 0, GROUP.id)
THERE = pack(Verb.BOARD, Span.WEEK, GROUP.id)


@pytest.fixture
async def desk(database: Database) -> Desk:
    """Before anything is pressed: Ada is on everybody's board, and in the group, which is asked at nine."""
    desk = desk_for(database, FakeApi(), Clock())
    await desk.write(flow.join, ADA, PRIVATE, desk.clock(), desk.defaults, worldwide=True)
    study = Study(database)
    _opened, poll = await study.poll()
    await study.vote(ADA, poll, RIGHT)
    await desk.write(hours.change, ADA, GROUP, Hour(540), None, desk.clock(), desk.defaults)
    return desk


async def edits(database: Database, desk: Desk, pressed: str, newer: tuple[str, ...], chat: Chat) -> int:
    """How often the message was edited for the press, which was answered, while the newer ones waited."""
    telegram = FakeApi(admins={ADA.id})
    delivery = desk_for(database, telegram, Clock()).delivery
    busy = replace(desk, delivery=delivery, newer=lambda _update_id: newer)
    front = Front(busy, telegram, [one for feature in FEATURES for one in feature.handlers(busy)])
    assert await front.presses(pressed, chat=chat)
    assert len(front.toasts()) == 1
    return len(telegram.sent("editMessageText"))


@pytest.mark.parametrize(
    ("pressed", "newer", "chat"),
    [
        (BOARD, (pack(Verb.BOARD, Span.ALL, 0),), GROUP),
        (BOARD, (pack(Verb.PLACE, Span.DAY, 0), pack(Verb.BOARD, Span.ALL, 2)), GROUP),
        (WORLD, (pack(Verb.BOARD, Span.ALL, EVERYBODY),), PRIVATE),
        (WORLD, (MINE,), PRIVATE),
        (MINE, (MINE,), PRIVATE),
        (ZONE, (pack(Verb.SETTINGS, Page.MAIN),), PRIVATE),
        (WHY, (pack(Verb.WHY, Span.DAY, 1, ADA.id),), GROUP),
        (WHY_THERE, (pack(Verb.WHY, Span.DAY, 1, GROUP.id),), PRIVATE),
        (WHY_THERE, (THERE,), PRIVATE),
        (WHY_THERE, (MINE,), PRIVATE),
        (THERE, (WHY_THERE,), PRIVATE),
        (WEEK, (HALL,), GROUP),
        (HALL, (WEEK,), GROUP),
        (HALL, (HALL,), GROUP),
        (HOURS, (HOUR,), GROUP),
        (HOUR, (HOURS,), GROUP),
        (HOUR, (pack(Verb.DAILY, Do.SLOT, 600),), GROUP),
    ],
)
async def test_a_newer_view_takes_the_edit_over(
    database: Database, desk: Desk, pressed: str, newer: tuple[str, ...], chat: Chat
) -> None:
    """Without it the message is edited; with it the press is answered, no more."""
    assert await edits(database, desk, pressed, (), chat) == 1
    assert await edits(database, desk, pressed, newer, chat) == 0


@pytest.mark.parametrize(
    ("pressed", "newer", "chat"),
    [
        (BOARD, (pack(Verb.PLACE, Span.DAY, 0),), GROUP),
        (BOARD, (MINE, "0b:1", "nonsense"), GROUP),
        (WORLD, (pack(Verb.BOARD, Span.DAY, GROUP.id),), PRIVATE),
        (MINE, (WORLD,), PRIVATE),
        (ZONE, (pack(Verb.SETTINGS, 99),), PRIVATE),
        (ZONE, (pack(Verb.SET, Page.MAIN, Field.LANGUAGE, 0),), PRIVATE),
        (pack(Verb.SET, Page.MAIN, Field.LANGUAGE, 0), (ZONE,), PRIVATE),
        (pack(Verb.HIDE, 1), (BOARD,), GROUP),
        (pack(Verb.HIDE, 1), (pack(Verb.HIDE, 0),), PRIVATE),
        (pack(Verb.WORLDWIDE, 1), (MINE,), PRIVATE),
        (pack(Verb.HOUR, 540), (HOURS,), PRIVATE),
        (WHY, (pack(Verb.WHY, Span.DAY, 0, BOB.id),), GROUP),
        (WHY, (pack(Verb.WHY, 9, 0, ADA.id), pack(Verb.WHY, Span.DAY)), GROUP),
        (WHY_THERE, (pack(Verb.WHY, Span.DAY, 0, -5),), PRIVATE),
        (WHY_THERE, (WORLD, pack(Verb.BOARD, Span.DAY)), PRIVATE),
        (WORLD, (pack(Verb.WHY, Span.DAY, 0, EVERYBODY),), PRIVATE),
        (MINE, (WHY_THERE,), PRIVATE),
        (HALL, (pack(Verb.PLACE, Span.DAY, 0), MINE), GROUP),
        (HOUR, (pack(Verb.DAILY, Do.KIND, 540, 1), pack(Verb.DAILY, Do.DROP, 540)), GROUP),
        (pack(Verb.DAILY, Do.KIND, 540, 1), (HOURS,), GROUP),
    ],
)
async def test_what_may_edit_nothing_takes_nothing_over(
    database: Database, desk: Desk, pressed: str, newer: tuple[str, ...], chat: Chat
) -> None:
    """Nor is a press that changes something ever passed over."""
    assert await edits(database, desk, pressed, newer, chat) == 1
