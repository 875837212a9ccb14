"""Load: people whom the page does not show practise in private, each with think time, for as long as it runs."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from functools import partial
from random import Random

from bot.playground import actions
from bot.playground.errors import NotPossibleError
from bot.playground.miniature import Miniature
from bot.playground.world import Message

ASKS = "/quiz"
ONWARD = ("下一题", "Next")  # what the button begins with that brings the next question
_PATIENCE = 60.0  # real seconds until somebody believes that no answer comes
_ROOM = 5000  # updates that may wait for the bot
_SPREAD, _SHORTEST, _LONGEST = 0.7, 0.1, 10.0  # of the log-normal; its ends, in medians
_REST = 5.0  # thoughts, between two sittings
_ROUNDS = 3.0  # thoughts, in a group between two questions
_LEAVES = 0.05  # of all times, so often somebody stops after a question


class Load:
    """The unseen people of the world, on real time: a jump of the clock makes nobody faster.

    What each chooses, and how long they think, follows from the seed and the person; `think` is the median in
    seconds of a log-normal. In each of their groups somebody asks for a poll again and again; who votes there,
    and when, is the crowd's matter.
    """

    def __init__(self, mini: Miniature, seed: int, think: float) -> None:
        self._mini = mini
        self._seed = seed
        self._think = think
        self._turns: dict[int, asyncio.Future[Message]] = {}
        self._anew = asyncio.Event()
        mini.watchers.append(self._spoke)
        mini.events.listen(self._heard)

    async def live(self) -> None:
        """Act from the moment a bot reads its updates, and again after every reset, until cancelled."""
        await self._mini.updates.read.wait()
        while True:
            self._anew.clear()
            async with asyncio.TaskGroup() as lives:
                tasks = [lives.create_task(self._practise(number, who)) for number, who in enumerate(self._people)]
                tasks += [lives.create_task(self._host(number, chat)) for number, chat in enumerate(self._groups)]
                await self._anew.wait()
                for task in tasks:
                    task.cancel()

    @property
    def _people(self) -> list[int]:
        return [one for one in self._mini.world.accounts if one in self._mini.world.unseen]

    @property
    def _groups(self) -> list[int]:
        return [
            one for one, chat in self._mini.world.chats.items() if one in self._mini.world.unseen and not chat.private
        ]

    def _heard(self, event: dict[str, object]) -> None:
        if event["kind"] == "reset" and event.get("anew"):
            self._anew.set()

    def _spoke(self, message: Message) -> None:
        turn = self._turns.get(message.chat_id)
        if turn is not None and not turn.done():
            turn.set_result(message)

    async def _practise(self, number: int, user_id: int) -> None:
        """Sitting after sitting; they do not all begin at once."""
        draw = Random(f"{self._seed}/practice/{number}")  # noqa: S311 - play, and to be repeatable
        await asyncio.sleep(draw.uniform(0, 4 * self._think))
        while True:
            ask = partial(actions.send, self._mini, user_id, user_id, ASKS)
            message = await self._do(user_id, ask)
            while message is not None and (data := _choice(message, draw)):
                await asyncio.sleep(self._thought(draw))
                message = await self._do(
                    user_id, partial(actions.press, self._mini, user_id, user_id, message.id, data)
                )
            await asyncio.sleep(_REST * self._thought(draw))

    async def _host(self, number: int, chat_id: int) -> None:
        """A group's first member asks for the next poll."""
        draw = Random(f"{self._seed}/host/{number}")  # noqa: S311 - play, and to be repeatable
        host = next(who for who in self._mini.world.chats[chat_id].members if who in self._mini.world.unseen)
        await asyncio.sleep(draw.uniform(0, _ROUNDS * self._think))
        while True:
            await self._do(chat_id, partial(actions.send, self._mini, host, chat_id, ASKS))
            await asyncio.sleep(_ROUNDS * self._thought(draw))

    def _thought(self, draw: Random) -> float:
        """Seconds."""
        median = self._think
        return min(max(draw.lognormvariate(math.log(median), _SPREAD), _SHORTEST * median), _LONGEST * median)

    async def _do(self, chat_id: int, act: Callable[[], object]) -> Message | None:
        """Do it, and return what the bot then says or changes in that chat; None when nothing comes.

        Nothing is done while they rest, or while the bot has more to read than it can.
        """
        await self._mini.busy.wait()
        if len(self._mini.updates) > _ROOM:
            return None
        turn = self._turns[chat_id] = asyncio.get_running_loop().create_future()
        try:
            act()
            async with asyncio.timeout(_PATIENCE):
                answer: Message | None = await turn
                return answer
        except (NotPossibleError, TimeoutError):
            return None
        finally:
            del self._turns[chat_id]


def _choice(message: Message, draw: Random) -> str:
    """The callback data of the button that is pressed: mostly onward, else a letter, else any; "" for none."""
    offered = [button for button in actions.buttons(message) if "callback_data" in button]
    onward = [button for button in offered if button["text"].startswith(ONWARD)]
    letters = [button for button in offered if len(button["text"]) == 1 and button["text"].isalpha()]  # not "…"
    if not offered or (onward and draw.random() < _LEAVES):
        return ""
    return str(draw.choice(onward or letters or offered)["callback_data"])
