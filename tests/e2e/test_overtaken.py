"""Quick presses on one message, with Telegram's limits on: the last one is shown, and none before it late."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.flows.boards import EVERYBODY, Span
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from bot.tg.buttons import Verb, pack
from bot.tg.daily_views import Do
from tests.e2e.acting import Json, labels, say, settled, tap

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
    shown = await quickly(playground, zhou, zhou.chat, [pack(Verb.BOARD, span, EVERYBODY) for span in SPANS], board)
    assert ticked(shown).startswith("全部")


async def test_and_so_are_those_on_a_group_s_board(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle
) -> None:
    """A group takes twenty messages a minute; its results are among them."""
    board = await say(playground, zhou, "/leaderboard", group)
    shown = await quickly(playground, zhou, group, [pack(Verb.BOARD, span, 0) for span in SPANS], board)
    assert ticked(shown).startswith("全部")


async def test_and_those_between_a_board_and_the_hall_of_fame(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle
) -> None:
    """There and back, on one message."""
    board = await say(playground, zhou, "/leaderboard", group)
    back_and_forth = [pack(Verb.HALL), pack(Verb.BOARD, Span.WEEK, 0)] * 6 + [pack(Verb.HALL)]
    shown = await quickly(playground, zhou, group, back_and_forth, board)
    assert shown["text"].startswith("名人堂")


async def test_and_those_on_the_rounds_behind_one_s_points(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle
) -> None:
    """/why has a page a span."""
    why = await say(playground, zhou, "/why", group)
    shown = await quickly(playground, zhou, group, [pack(Verb.WHY, span, 0, zhou.id) for span in SPANS], why)
    assert "全部" in shown["text"].split("\n")[0]


async def test_and_those_on_a_group_s_hours(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle
) -> None:
    """Each hour has a page."""
    await say(playground, zhou, "/daily 09:00", group)
    hours = await say(playground, zhou, "/daily 10:00", group)
    pages = [pack(Verb.DAILY, Do.SLOT, minute) for minute in (540, 600) * 6]
    shown = await quickly(playground, zhou, group, pages, hours)
    assert "10:00" in shown["text"]
    assert "09:00" not in shown["text"]


async def quickly(playground: Playground, person: Person, chat: ChatHandle, buttons: list[str], message: Json) -> Json:
    """Press them all at once; see few edits, and an answer to each press. The message as it looks then."""
    toasts, edits = len(person.toasts), len(playground.record.of("editMessageText"))
    for button in buttons:
        await person.press(message, button)
    await playground.wait_for(lambda: len(person.toasts) == toasts + len(buttons), timeout=30)
    await settled(playground)
    assert 1 <= len(playground.record.of("editMessageText")) - edits <= 3
    return chat.message(message["message_id"])


def ticked(message: Json) -> str:
    """The label of the span that is shown."""
    (label,) = [label for label in labels(message) if "✓" in label]
    return label
