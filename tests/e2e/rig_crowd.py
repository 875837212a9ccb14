"""People who use the bot at random, whether it is there or not."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from random import Random
from typing import Any

from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground

Json = dict[str, Any]
_PRACTICE = frozenset("angert")  # the verbs of buttons in private that this crowd presses
_ROOM = 30  # updates that may wait for the bot before people pause


class Crowd:
    """Everything is drawn from one seeded source."""

    def __init__(self, playground: Playground, draw: Random, people: list[Person], groups: list[ChatHandle]) -> None:
        self._playground = playground
        self._draw = draw
        self._people = people
        self._groups = groups
        self._welcome = asyncio.Event()

    async def live(self) -> None:
        """Act again and again, until cancelled; only between `wake` and `rest`."""
        while True:
            await self._welcome.wait()
            if len(self._playground.updates.pending) < _ROOM:
                await self.act()
            await asyncio.sleep(self._draw.uniform(0.0, 0.06))

    async def pounce(self) -> None:
        """Somebody votes the very moment a poll appears, before the bot has heard that it has sent it."""
        seen = 0
        while True:
            await self._playground.mini.events.change(0.05)
            polls = list(self._playground.mini.world.polls)
            for poll_id in polls[seen:]:
                with suppress(NotPossibleError):
                    await self._draw.choice(self._people).vote(poll_id, self._draw.randrange(4))
            seen = len(polls)

    def wake(self) -> None:
        """Go on."""
        self._welcome.set()

    def rest(self) -> None:
        """Do nothing for now."""
        self._welcome.clear()

    async def act(self) -> None:
        """One person does one thing; what the apps would not let them is not done."""
        person, group = self._draw.choice(self._people), self._draw.choice(self._groups)
        with suppress(NotPossibleError):
            await self._draw.choice((self._private, self._private, self._vote, self._group))(person, group)

    async def vote(self) -> None:
        """Somebody votes somewhere."""
        with suppress(NotPossibleError):
            await self._vote(self._draw.choice(self._people), self._draw.choice(self._groups))

    async def _private(self, person: Person, _group: ChatHandle) -> None:
        buttons = _buttons(person.chat.from_bot[-3:])
        if not buttons or self._draw.random() < 0.15:
            await person.send(None, self._draw.choice(("/quiz", "/quiz", "/quiz 混合", "/stats")))
            return
        message, data = self._draw.choice(buttons)
        for _ in range(self._draw.choice((1, 1, 1, 2))):
            await person.press(message, data)

    async def _vote(self, person: Person, group: ChatHandle) -> None:
        polls = [one for one in group.polls[-6:] if not one["poll"]["is_closed"]]
        fresh = [one for one in polls if str(person.id) not in one["poll"]["votes"]]
        if fresh:
            await person.vote(self._draw.choice(fresh), self._draw.randrange(4))

    async def _group(self, person: Person, group: ChatHandle) -> None:
        flips = [(message, data) for message, data in _buttons(group.from_bot[-3:], frozenset("c"))]
        if flips and self._draw.random() < 0.3:
            message, data = self._draw.choice(flips)
            await person.press(message, data)
        elif self._draw.random() < 0.25:
            await person.send(group, self._draw.choice(("/quiz", "/quiz", "/leaderboard")))


def _buttons(messages: list[Json], verbs: frozenset[str] = _PRACTICE) -> list[tuple[Json, str]]:
    rows = [(message, message.get("reply_markup", {}).get("inline_keyboard", [])) for message in messages]
    found = [(message, button["callback_data"]) for message, many in rows for row in many for button in row]
    return [(message, data) for message, data in found if data[1] in verbs]
