"""Updates dealt with as Telegram writes them, without the library's objects: private practice, and votes.

They are what most updates are, and making objects of one costs more than all that is done about it. Whatever fits no
route, or is not written as it should be, goes the library's way.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from bot.core.people import Person
from bot.tg.buttons import Verb, unpack
from bot.tg.lanes import Key
from bot.tg.raw_visits import Json, person_of, visit_of
from bot.tg.visits import Visit

Command = Callable[[Visit], Awaitable[None]]
Pressed = Callable[[Visit, tuple[int, ...]], Awaitable[None]]
Voted = Callable[[str, Person, int], Awaitable[None]]
"""Takes the poll's id, who voted, and the original index of what they chose."""


async def nothing() -> None:
    """What is done about a vote that is nobody's."""


@dataclass(frozen=True, slots=True)
class Routed:
    """An update that has its route: `handle` deals with it, in the lanes of `keys` (see lanes)."""

    update_id: int
    keys: frozenset[Key]
    handle: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Routes:
    """Commands and presses in private, by name and verb (with how many numbers it has), and votes anywhere."""

    commands: Mapping[str, Command] = field(default_factory=dict)
    presses: Mapping[Verb, tuple[int, Pressed]] = field(default_factory=dict)
    voted: Voted | None = None
    username: str = ""  # of the bot, lower case: /quiz@somebody_else is not ours

    def __or__(self, more: Routes) -> Routes:
        """Both together."""
        commands, presses = {**self.commands, **more.commands}, {**self.presses, **more.presses}
        return replace(self, commands=commands, presses=presses)

    def find(self, payload: Json) -> Routed | None:
        """The route of a raw update; None if it has none."""
        try:
            if "callback_query" in payload:
                return self._press(payload["update_id"], payload["callback_query"])
            if "message" in payload:
                return self._command(payload["update_id"], payload["message"])
            return self._vote(payload["update_id"], payload["poll_answer"])
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            return None  # the library says what is wrong with it

    def _command(self, update_id: int, message: Json) -> Routed | None:
        chat, text = message["chat"], message.get("text", "")
        if not text.startswith("/") or chat["type"] != "private" or "sender_chat" in message:
            return None
        mark = message["entities"][0]
        name, _at, whose = text[1 : mark["length"]].lower().partition("@")
        action = self.commands.get(name)
        if action is None or mark["type"] != "bot_command" or mark["offset"] or whose not in {"", self.username}:
            return None
        came = visit_of(message, message["from"])
        return _routed(update_id, came, partial(action, came))

    def _press(self, update_id: int, query: Json) -> Routed | None:
        message, pressed = query["message"], unpack(query.get("data"))
        if pressed is None or message["chat"]["type"] != "private":
            return None
        count, action = self.presses.get(pressed.verb, (-1, None))
        if action is None or count != len(pressed.numbers) or min(pressed.numbers, default=0) < 0:
            return None
        came = visit_of(message, query["from"], query["id"])
        return _routed(update_id, came, partial(action, came, pressed.numbers))

    def _vote(self, update_id: int, answer: Json) -> Routed | None:
        """Anonymous admins and channels are nobody's person, and a retracted vote chooses nothing: no more is done."""
        poll_id, chosen = answer["poll_id"], answer["option_ids"]
        if self.voted is None or not isinstance(poll_id, str):
            return None
        if "voter_chat" in answer or answer["user"]["is_bot"] or not chosen:
            return Routed(update_id, frozenset(), nothing)
        voter = person_of(answer["user"])
        keys = frozenset({("person", voter.id)})
        return Routed(update_id, keys, partial(self.voted, poll_id, voter, _index(chosen[0])))


def _routed(update_id: int, came: Visit, handle: Callable[[], Awaitable[None]]) -> Routed:
    who = came.person.id if came.person else came.chat.id
    return Routed(update_id, frozenset({("chat", came.chat.id), ("person", who)}), handle)


def _index(chosen: object) -> int:
    if type(chosen) is not int or not 0 <= chosen < 100:
        raise TypeError("no choice's index")
    return chosen
