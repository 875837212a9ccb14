"""The pages that take turns on a board's message: boards, one's own standing, the rounds behind it, the hall."""

from __future__ import annotations

from bot.flows.boards import EVERYBODY, Span
from bot.tg.buttons import Press, Verb
from bot.tg.visits import Visit


def turns(newer: Press, came: Visit, group_id: int) -> bool:
    """Whether a press of who came surely shows one of these on the same message.

    In private that page is of the group `group_id` (EVERYBODY: of everybody's board), which was the presser's a moment
    ago; of another one the answer may be a toast alone.
    """
    private = came.chat.private
    match newer.verb, newer.numbers:
        case Verb.MINE, _:
            return private
        case Verb.HALL, _:
            return not private
        case Verb.BOARD, (*about,):
            return not private or about[1:] == [group_id]
        case Verb.WHY, (span, _page, number):
            return span in set(Span) and number == _owner(came, group_id)
    return False


def _owner(came: Visit, group_id: int) -> int | None:
    """Whose number a button of /why bears, where the press shows something: nothing is behind everybody's board."""
    if came.chat.private:
        return None if group_id == EVERYBODY else group_id
    return came.person.id if came.person else None
