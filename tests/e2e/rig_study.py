"""People who study in private: answers in words, interviews, undoing, laying aside; whether the bot is there or not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from tests.e2e.rig_crowd import Crowd, buttons_of, parted

Json = dict[str, Any]
ANSWER = "答"  # what answers in words begin with, and nothing else
LAST = ("说完了", "done")
_SAID = ("答一：甲。", "答二：乙。", "答：甲，还有乙。", "答：不知道。", "答：甲和乙都有，最后是丙。", "答：想不起来了")
_WANTS_WORDS = frozenset({"r", "td", "tx", "tr", "ts", "to", "id"})
_INTERVIEWS = ("/interview 2", "/interview 主题0 1", "/interview 1", "/interview")
_EDITED = 8  # of one's own newest answers
_LATELY = 10  # of the bot's newest messages, whose buttons are pressed


class Study:
    """Some of what a crowd does."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._draw = crowd.draw
        crowd.ways += [self.act, self.act, self.act]

    async def act(self, person: Person, _group: ChatHandle) -> None:
        """One thing, some more often."""
        often: tuple[Callable[[Person], Awaitable[Any]], ...]
        often = (self._write, self._write, self._grade, self._grade, self._in_words, self._judge)
        rarely = (self._edit, self._edit, self._interview, self._undo, self._lay_aside, self._review, self._aloud)
        await self._draw.choice(often if self._draw.random() < 0.7 else rarely)(person)

    async def _in_words(self, person: Person) -> None:
        """Ask for a question in words, or with its choices after all."""
        if not await self._press(person, "tw"):
            await self._crowd.say(person, None, "/quiz 主题0")

    async def _write(self, person: Person) -> None:
        """A piece or two of an answer, as a reply or plainly; sometimes with the word that it is all."""
        asked = [one for one in self._crowd.last(person.id, 6) if _verbs(one) & _WANTS_WORDS]
        if not asked or not self._crowd.free(person.id):
            return
        reply = self._draw.choice(asked).id if self._draw.random() < 0.6 else None
        for _ in range(self._draw.choice((1, 1, 2))):
            over = f"\n{self._draw.choice(LAST)}" if self._draw.random() < 0.2 else ""
            await person.send(None, self._draw.choice(_SAID) + over, reply_to=reply)
            self._crowd.done["a piece"] += 1
        if self._draw.random() < 0.2:
            await person.send(None, self._draw.choice(LAST))

    async def _grade(self, person: Person) -> None:
        """That is all; a rating; another one."""
        if not await self._press(person, "td", "tx", "id"):
            await self._press(person, "tr", "r", "t")

    async def _judge(self, person: Person) -> None:
        """I did say that; how an interview is rated, and its plan, or its end before its time."""
        ways = (("ts", "to"), ("ir",), ("ip",), ("ir", "ip"), ("ie",))
        await self._press(person, *self._draw.choice(ways))

    async def _edit(self, person: Person) -> None:
        """One's own message, before the grade or after it."""
        mine = self._crowd.playground.mini.world.chats[person.id].messages
        own = (sent for sent in reversed(mine.values()) if sent.sender["id"] == person.id)
        said = [sent for sent, _number in zip(own, range(_EDITED), strict=False)]
        pieces = [sent for sent in said if str(sent.body.get("text", "")).startswith(ANSWER)]
        if pieces and self._crowd.free(person.id):
            where = {"chat": {"id": person.id}, "message_id": self._draw.choice(pieces).id}
            with suppress(NotPossibleError):
                await person.edit(where, self._draw.choice(_SAID))
                self._crowd.done["a piece edited"] += 1

    async def _interview(self, person: Person) -> None:
        await self._crowd.say(person, None, self._draw.choice(_INTERVIEWS))

    async def _undo(self, person: Person) -> None:
        """By the command, or the button behind the dots."""
        if not await self._press(person, "undo"):
            await self._crowd.say(person, None, "/undo")

    async def _lay_aside(self, person: Person) -> None:
        """Not today, not any more, after all; and what is behind the dots."""
        if not await self._press(person, "wish", "bring", "easier"):
            await self._press(person, "more")

    async def _review(self, person: Person) -> None:
        await self._crowd.say(person, None, "/review")

    async def _aloud(self, person: Person) -> None:
        """Said, not written."""
        if self._draw.random() < 0.3 and self._crowd.free(person.id):
            await person.upload("said.ogg", b"x")
            self._crowd.done["said aloud"] += 1

    async def _press(self, person: Person, *verbs: str) -> bool:
        """Once, or twice in a hurry."""
        return await self._crowd.press(person, person.id, verbs, times=self._draw.choice((1, 1, 2)), most=_LATELY)


def _verbs(sent: Any) -> set[str]:
    return {parted(data)[0] for _where, data in buttons_of(sent)}
