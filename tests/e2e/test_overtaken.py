"""Quick presses on one message, with Telegram's limits on: the last one is shown, and none before it late."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.flows.boards import EVERYBODY, Span
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from bot.tg.buttons import Verb, pack
from tests.e2e.acting import labels, say, settled, tap

SPANS = (Span.DAY, Span.MONTH, Span.ALL, Span.WEEK) * 2 + (Span.MONTH, Span.WEEK, Span.MONTH, Span.ALL)


@pytest.fixture(autouse=True)
def limits(playground: Playground) -> None:
    """As strict as Telegram."""
    playground.mini.switch_limits(on=True)


async def test_twelve_presses_on_a_board_in_private_are_few_edits(
    playground: Playground, bot: Running, zhou: Person
) -> None:
    """Each is answered, and the message ends as the last one wants."""
    own = await tap(playground, zhou, await say(playground, zhou, "/me"), pack(Verb.WORLDWIDE, 1))
    board = await tap(playground, zhou, own, pack(Verb.BOARD, Span.WEEK, EVERYBODY))
    await quickly(playground, zhou, zhou.chat, [pack(Verb.BOARD, span, EVERYBODY) for span in SPANS], board)


async def test_and_so_are_those_on_a_group_s_board(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle
) -> None:
    """A group takes twenty messages a minute; its results are among them."""
    board = await say(playground, zhou, "/leaderboard", group)
    await quickly(playground, zhou, group, [pack(Verb.BOARD, span, 0) for span in SPANS], board)


async def quickly(
    playground: Playground, person: Person, chat: ChatHandle, buttons: list[str], board: dict[str, object]
) -> None:
    """Press them all at once; see few edits, the last one's, and an answer to each press."""
    toasts, edits = len(person.toasts), len(playground.record.of("editMessageText"))
    for button in buttons:
        await person.press(board, button)
    await playground.wait_for(lambda: len(person.toasts) == toasts + len(buttons), timeout=30)
    await settled(playground)
    (ticked,) = [label for label in labels(chat.message(int(str(board["message_id"])))) if "✓" in label]
    assert ticked.startswith("全部")
    assert 1 <= len(playground.record.of("editMessageText")) - edits <= 3
