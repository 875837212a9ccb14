"""Plays a scenario: each step when the bot is done with the one before, told to the page as it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from bot.playground.scenario import Scenario, Step, moment
from bot.playground.server import Playground
from bot.playground.switching import named

Json = dict[str, Any]
_PATIENCE = 10.0  # real seconds for the bot to bring what a step needs
_LETTERS = "ABCDEFGHIJKL"


class Player:
    """`tell` gets a sentence, `path:line: …`, for every step that could not be done; the others are done."""

    def __init__(self, playground: Playground, scenario: Scenario, tell: Callable[[str], None]) -> None:
        self._playground = playground
        self._scenario = scenario
        self._tell = tell
        self._again = asyncio.Event()
        self._cast: dict[str, Person] = {}
        playground.mini.events.listen(self._heard)

    async def live(self) -> None:
        """Play once somebody looks, and again after every reset, until cancelled."""
        await self._playground.mini.events.watched()
        while True:
            await self.play()
            await self._again.wait()

    async def play(self) -> None:
        """From the first step to the last, or to a reset."""
        self._again.clear()
        self._cast = {part.name: self._playground.person(part.name) for part in self._scenario.cast.people}
        for number, step in enumerate(self._scenario.steps, 1):
            await self._playground.mini.going.wait()
            if self._again.is_set():
                return
            self._show(number, step)
            await self._try(step)
            await self._playground.updates.confirmed(_PATIENCE)
            await asyncio.sleep(self._scenario.pace)
        self._playground.mini.tell_scenario()

    def _heard(self, event: Json) -> None:
        if event["kind"] == "reset" and event.get("anew"):
            self._again.set()

    def _show(self, number: int, step: Step) -> None:
        """What the page's strip says."""
        where = {"title": self._scenario.title, "step": number, "of": len(self._scenario.steps)}
        self._playground.mini.tell_scenario(**where, who=step.who, verb=step.verb, words=step.words)

    async def _try(self, step: Step) -> None:
        try:
            await self._do(step)
        except NotPossibleError as refused:
            self._tell(f"{self._scenario.path}:{step.line}: {refused}")
        except TimeoutError:
            self._tell(f"{self._scenario.path}:{step.line}: The bot brought nothing to do this with: {step}.")

    async def _do(self, step: Step) -> None:
        if step.verb == "clock":
            clock = self._playground.clock
            await clock.jump_to(moment(step.words, clock.now(), self._scenario.zone))
        elif step.verb == "pause":
            await asyncio.sleep(float(step.words))
        elif step.who:
            await self._act(self._cast[step.who], step)
        else:
            self._switch(step)

    def _switch(self, step: Step) -> None:
        """What goes wrong from here on, and what no longer does."""
        playground, words = self._playground, step.words
        if step.verb == "fault":
            fault = named(words)
            playground.faults.add(fault.method, fault.count, kind=fault.kind, seconds=fault.seconds)
        elif step.verb == "calm":
            playground.faults.clear()
        elif step.verb == "limits":
            playground.mini.switch_limits(on=words == "on")
        else:
            playground.updates.redeliver(int(words))

    async def _act(self, who: Person, step: Step) -> None:
        group, words, playground = self._group, step.words, self._playground
        doing: dict[str, Callable[[], Awaitable[object]]] = {
            "says": lambda: who.send(group, words),
            "tells": lambda: who.send(None, words),
            "presses": lambda: self._press(who, group, words),
            "taps": lambda: self._press(who, who.chat, words),
            "votes": lambda: self._vote(who, words),
            "joins": lambda: who.join(group),
            "leaves": lambda: who.leave(group),
            "renames": lambda: who.rename(words),
            "titles": lambda: who.retitle(group, words),
        }
        if step.verb in doing:
            await doing[step.verb]()
        elif step.verb == "upgrades":
            playground.migrate(group)
        else:
            playground.member(group, self._cast[words], {"promotes": "administrator", "demotes": "member"}[step.verb])

    @property
    def _group(self) -> ChatHandle:
        """The one group there is, as it stands after an upgrade."""
        chats = [chat for chat in self._playground.mini.world.chats.values() if not chat.private]
        return self._playground.chat(next(chat.id for chat in chats if chat.migrated_to is None))

    async def _press(self, who: Person, chat: ChatHandle, label: str) -> None:
        """Press the newest button that begins with the label."""
        await who.press(await self._playground.wait_for(lambda: _with_button(chat, label), _PATIENCE), label)

    async def _vote(self, who: Person, words: str) -> None:
        message = await self._playground.wait_for(lambda: _open_poll(self._group, who), _PATIENCE)
        right: list[int] = message["poll"]["correct_option_ids"]
        wrong = [index for index in range(len(message["poll"]["options"])) if index not in right]
        chosen = {"right": right, "wrong": wrong[:1]}.get(words) or [_LETTERS.find(words)]
        await who.vote(message, *chosen)


def _with_button(chat: ChatHandle, label: str) -> Json:
    """The newest message of the bot with such a button; {} without one."""
    for message in reversed(chat.from_bot):
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if any(button["text"].startswith(label) for row in rows for button in row):
            return message
    return {}


def _open_poll(group: ChatHandle, who: Person) -> Json:
    """The newest poll that this person can still answer; {} without one."""
    for message in reversed(group.polls):
        if not message["poll"]["is_closed"] and str(who.id) not in message["poll"]["votes"]:
            return message
    return {}
