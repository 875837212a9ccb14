"""People who use the bot at random, whether it is there or not: everything that it can do."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from bot.playground.world import Message
from tests.e2e.rig_aim import Aim

Json = dict[str, Any]
_ROOM = 60  # updates that may wait for the bot before people pause
_CALLS = 100  # to one chat in one life
LOOKING = tuple("angertqbmioyjk")  # verbs of buttons that anybody presses
SETTING = tuple("hsw")
_VERB = re.compile(r"\d([a-z]+)")


@dataclass
class Cast:
    """Who is there. Everybody is in every group, whose founder is the first person; in `silent` ones nobody votes."""

    people: list[Person]
    groups: list[ChatHandle]
    silent: set[int] = field(default_factory=set)
    wanderers: list[Person] = field(default_factory=list)

    @property
    def founder(self) -> Person:
        """The admin of every group."""
        return self.people[0]


Way = Callable[[Person, ChatHandle], Awaitable[None]]
"""What somebody does, in private or in that group."""


class Crowd:
    """Everything is drawn from one seeded source. `done` counts what was done, by its name."""

    def __init__(self, playground: Playground, draw: Random, cast: Cast, aim: Aim, pause_s: float) -> None:
        """`pause_s` lies between two acts, on average."""
        self.playground = playground
        self.draw = draw
        self.cast = cast
        self.done: Counter[str] = Counter()
        self._pause_s = pause_s
        self._aim = aim
        self._welcome = asyncio.Event()
        self.ways: list[Way] = [self._private, self._private, self.vote, self._group]

    async def live(self) -> None:
        """Act again and again, until cancelled; only between `wake` and `rest`."""
        while True:
            await self._welcome.wait()
            if len(self.playground.updates._queue) < _ROOM:
                await self.act()
            await asyncio.sleep(self.draw.uniform(0.0, 2 * self._pause_s))

    async def pounce(self) -> None:
        """Somebody votes the very moment a poll appears, before the bot has heard that it has sent it."""
        seen = 0
        while True:
            await self.playground.mini.events.change(0.05)
            polls = list(self.playground.mini.world.polls.items())
            for poll_id, sent in polls[seen:]:
                await self._first_vote(poll_id, sent)
            seen = len(polls)

    async def _first_vote(self, poll_id: str, sent: Message) -> None:
        if sent.chat_id not in self.cast.silent:
            with suppress(NotPossibleError):
                await self.draw.choice(self.cast.people).vote(poll_id, self.draw.randrange(4))
                self.done["vote at once"] += 1

    def wake(self) -> None:
        """Go on."""
        self._welcome.set()

    def rest(self) -> None:
        """Do nothing for now."""
        self._welcome.clear()

    async def act(self) -> None:
        """One person does one thing; what the apps would not let them is not done."""
        person, group = self.draw.choice(self.cast.people), self.draw.choice(self.cast.groups)
        with suppress(NotPossibleError):
            await self.draw.choice(self.ways)(person, group)

    async def vote(self, person: Person, group: ChatHandle) -> None:
        """Somebody votes somewhere, in a poll of the last ones."""
        if group.id in self.cast.silent:
            return
        polls = [one.poll for one in self.last(group.id, 80) if one.poll is not None]
        fresh = [poll for poll in polls[:6] if not poll.closed and person.id not in poll.votes]
        if fresh:
            await person.vote(self.draw.choice(fresh).id, self.draw.randrange(4))
            self.done["vote"] += 1

    def free(self, chat_id: int) -> bool:
        """Whether the bot has not been made to say too much there already."""
        return self._aim.by_chat[chat_id] < _CALLS

    def last(self, chat_id: int, most: int) -> list[Message]:
        """The bot's newest messages in the chat, the newest first."""
        chat, bot = self.playground.mini.world.chats[chat_id], self.playground.mini.world.bot["id"]
        newest = (chat.messages[number] for number in reversed(chat.messages))
        mine = (sent for sent in newest if sent.sender["id"] == bot)
        return [sent for sent, _number in zip(mine, range(most), strict=False)]

    async def say(self, person: Person, chat: ChatHandle | None, text: str, **more: Any) -> None:
        """Write, if the chat has room for an answer."""
        if self.free(person.id if chat is None else chat.id):
            await person.send(chat, text, **more)
            self.done[f"{text.split(maxsplit=1)[0]} in {'private' if chat is None else 'a group'}"] += 1

    async def press(
        self, person: Person, chat_id: int, verbs: Collection[str], *, times: int = 1, most: int = 4
    ) -> bool:
        """Press one of the newest buttons with one of these verbs, if there is any; whether so."""
        found = [one for sent in self.last(chat_id, most) for one in buttons_of(sent) if parted(one[1])[0] in verbs]
        if not found or not self.free(chat_id):
            return False
        message, data = self.draw.choice(found)
        for _ in range(times):
            await person.press(message, data)
        self.done[f"button {parted(data)[0]} in {'private' if chat_id > 0 else 'a group'}"] += times
        return True

    async def _private(self, person: Person, _group: ChatHandle) -> None:
        times = self.draw.choice((1, 1, 1, 2))
        if self.draw.random() < 0.8 and await self.press(person, person.id, LOOKING, times=times):
            return
        asked = self.draw.choice(("/quiz", "/quiz", "/quiz", "/quiz 主题1", "/topics", "/stats", "/me", "/leaderboard"))
        more = self.draw.choice(("/why", "/help", "/start", "/nonsense", "/hide", "hm"))
        await self.say(person, None, asked if self.draw.random() < 0.85 else more)

    async def _group(self, person: Person, group: ChatHandle) -> None:
        if self.draw.random() < 0.4 and await self.press(person, group.id, tuple("cbmkyozv")):
            return
        if self.draw.random() < 0.5:
            said = ("/quiz", "/quiz", "/quiz 主题2", "/leaderboard", "/leaderboard 主题1", "/me", "/why", "/help")
            await self.say(person, group, self.draw.choice(said))


def parted(data: str) -> tuple[str, tuple[int, ...]]:
    """A button's verb and its numbers; nothing of what is none of the bot's."""
    name, *numbers = data.split(":")
    found = _VERB.fullmatch(name)
    return (found[1], tuple(map(int, numbers))) if found else ("", ())


def buttons_of(sent: Message) -> list[tuple[Json, str]]:
    """Each button under a message, as what is pressed where."""
    rows = (sent.markup or {}).get("inline_keyboard", [])
    where = {"chat": {"id": sent.chat_id}, "message_id": sent.id}
    return [(where, button["callback_data"]) for row in rows for button in row if "callback_data" in button]
