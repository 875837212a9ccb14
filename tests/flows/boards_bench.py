"""What the tests of boards do again and again: a round with its votes, and how a board stands."""

from __future__ import annotations

from bot.core.people import Chat, Person
from bot.flows import boards
from bot.flows.boards import Board, Span
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, LIBRARY, LIN, Study

PEOPLE = (ADA, BOB, LIN, Person(10, "小周"))
HOME = Chat(ADA.id, "private", "Ada")
LATER = 10_000  # the number of a message below everything


async def board_of(study: Study, span: Span, caller: Person | None = ADA) -> Board:
    """The group's board as it stands."""
    found = await study.database.write(boards.board, LIBRARY, caller, GROUP, span, study.now, DEFAULTS)
    assert isinstance(found, Board)
    return found


async def scored(study: Study, *votes: tuple[Person, int]) -> int:
    """One round of the group's with these votes; its number."""
    opened, poll = await study.poll()
    for who, choice in votes:
        await study.vote(who, poll, choice)
    await study.finish(opened)
    return opened.round.id


async def points_of(study: Study, span: Span = Span.ALL) -> dict[str, int]:
    """The board's points by name."""
    return {row.name: row.points for row in (await board_of(study, span, None)).rows}
