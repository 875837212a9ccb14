"""What a press only shows is not shown if a newer press of the same person waits that shows something instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.people import Chat
from bot.flows import boards as flow
from bot.flows.boards import EVERYBODY, Span
from bot.store.database import Database
from bot.tg import boards, chats, daily
from bot.tg.buttons import Verb, pack
from bot.tg.chats_views import Field, Page
from bot.tg.daily_views import Do
from bot.tg.desk import Desk
from tests.group_bench import ADA, GROUP, Clock, Front, desk_for
from tests.tg.fake_api import FakeApi

PRIVATE = Chat(ADA.id, "private", ADA.name)
BOARD, ZONE = pack(Verb.BOARD, Span.DAY, 0), pack(Verb.SETTINGS, Page.ZONE)
WORLD, MINE = pack(Verb.BOARD, Span.DAY, EVERYBODY), pack(Verb.MINE)
HOURS = pack(Verb.DAILY, Do.SHOW)


@pytest.fixture
def desk(database: Database) -> Desk:
    """Before anything is pressed."""
    return desk_for(database, FakeApi(), Clock())


async def edits(database: Database, desk: Desk, pressed: str, newer: tuple[str, ...], chat: Chat) -> int:
    """How often the message was edited for the press, which was answered, while the newer ones waited."""
    telegram = FakeApi()
    delivery = desk_for(database, telegram, Clock()).delivery
    busy = replace(desk, delivery=delivery, newer=lambda _update_id: newer)
    handlers = [*boards.handlers(busy), *chats.handlers(busy), *daily.handlers(busy)]
    front = Front(busy, telegram, handlers)
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
    ],
)
async def test_a_newer_view_takes_the_edit_over(
    database: Database, desk: Desk, pressed: str, newer: tuple[str, ...], chat: Chat
) -> None:
    """Without it the message is edited; with it the press is answered, no more."""
    await desk.write(flow.join, ADA, PRIVATE, desk.clock(), desk.defaults, worldwide=True)
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
        (pack(Verb.HOUR, 540), (HOURS,), PRIVATE),
    ],
)
async def test_what_may_edit_nothing_takes_nothing_over(
    database: Database, desk: Desk, pressed: str, newer: tuple[str, ...], chat: Chat
) -> None:
    """Nor is a press that changes something ever passed over."""
    await desk.write(flow.join, ADA, PRIVATE, desk.clock(), desk.defaults, worldwide=True)
    assert await edits(database, desk, pressed, newer, chat) == 1
