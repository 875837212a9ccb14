"""What changes the ground under the bot: settings, voids, people and the bot coming and going, moves, erasures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from tests.e2e.rig_crowd import SETTING, Cast, Crowd

_MOST_GROUPS = 40
_ZONES = ("Berlin", "New York", "上海", "Asia/Tokyo", "上海")
_HOURS: tuple[str, ...] = ("/daily 13:00", "/daily 19:30", "/daily 19:30 card", "/daily 07:00 weekdays")
_HOURS += (
    "/daily 13:00 主题1",
    "/daily 13:00 off",
    "/daily off",
    "/daily pin",
    "/daily unpin",
    "/daily 2:15",
    "/daily 25:00",
)
_OWN = ("/daily 10:00", "/daily 21:00", "/daily 02:15", "/daily off", "/daily", "/settings", "/timezone")


class Upheaval:
    """Some of a crowd: `fickle` people and groups change their settings; `moving` groups become supergroups once,
    `leaving` ones throw the bot out and take it back; those of `gone` have themselves erased, once each."""

    def __init__(self, crowd: Crowd, fickle: Cast, moving: list[ChatHandle], gone: Cast) -> None:
        self._crowd = crowd
        self._draw = crowd.draw
        self._fickle = fickle
        self._moving = moving
        self._gone = gone
        self._playground = crowd.playground

    async def act(self) -> None:
        """One thing; what the apps would not let people is not done."""
        often: tuple[Callable[[], Awaitable[None]], ...] = (
            self._settings,
            self._settings,
            self._admin,
            self._admin,
            self._void,
        )
        rarely: tuple[Callable[[], Awaitable[None]], ...] = (
            self._wander,
            self._rename,
            self._block,
            self._throw_out,
            self._zone,
            self._forget,
        )
        rarely += (self._forget, self._forget_group, self._forget_group)
        ways = often if self._draw.random() < 0.75 else rarely
        with suppress(NotPossibleError):
            await self._draw.choice(ways)()

    async def move(self) -> None:
        """A group becomes a supergroup; where none is left that could, people found one that will, or be erased."""
        if not self._moving:
            return await self._found()
        old = self._moving.pop()
        new = self._playground.migrate(old)
        for cast in (self._crowd.cast, self._fickle, self._gone):
            cast.groups[:] = [new if group.id == old.id else group for group in cast.groups]
        self._crowd.done["a group moved"] += 1
        return None

    async def _found(self) -> None:
        number = len(self._crowd.cast.groups)
        if number < _MOST_GROUPS:
            group = self._playground.add_group(f"新组 {number}", *self._crowd.cast.people)
            self._crowd.cast.groups.append(group)
            (self._gone.groups if number % 3 == 0 else self._moving).append(group)
            await self._crowd.cast.founder.send(group, "/daily 10:00")
            self._crowd.done["a group founded"] += 1

    async def _settings(self) -> None:
        person = self._draw.choice(self._fickle.people)
        if self._draw.random() < 0.5 and await self._crowd.press(person, person.id, SETTING, most=6):
            return
        await self._crowd.say(person, None, self._draw.choice((*_OWN, "/language en", "/language 中文", "/hide")))

    async def _zone(self) -> None:
        person, group = self._draw.choice(self._fickle.people), self._draw.choice(self._fickle.groups)
        place = self._draw.choice(_ZONES)
        await self._crowd.say(person, None, self._draw.choice((f"/timezone {place}", "/timezone", place)))
        await self._crowd.say(self._fickle.founder, group, f"/timezone {place}")

    async def _admin(self) -> None:
        group = self._draw.choice(self._fickle.groups)
        if self._draw.random() < 0.5 and await self._crowd.press(self._fickle.founder, group.id, tuple("dsw"), most=6):
            return
        said = (*_HOURS, "/daily", "/settings", "/language en", "/language 中文")
        await self._crowd.say(self._fickle.founder, group, self._draw.choice(said))

    async def _void(self) -> None:
        group = self._draw.choice(self._crowd.cast.groups)
        polls = [sent for sent in self._crowd.last(group.id, 30) if sent.poll is not None]
        if self._draw.random() < 0.5 and await self._crowd.press(self._fickle.founder, group.id, "v"):
            return
        reply = self._draw.choice(polls).id if polls and self._draw.random() < 0.8 else None
        await self._crowd.say(self._fickle.founder, group, "/void", reply_to=reply)

    async def _wander(self) -> None:
        person, group = self._draw.choice(self._crowd.cast.wanderers), self._draw.choice(self._crowd.cast.groups)
        inside = self._playground.mini.world.chats[group.id].members[person.id].present
        await (person.leave(group) if inside else person.join(group))
        self._crowd.done["came or went"] += 1

    async def _rename(self) -> None:
        person = self._draw.choice(self._crowd.cast.people)
        await person.rename(person.user["first_name"].split("·")[0] + f"·{self._draw.randrange(90)}")
        await self._fickle.founder.retitle(self._draw.choice(self._fickle.groups), f"小组 {self._draw.randrange(99)}")

    async def _block(self) -> None:
        person: Person = self._draw.choice(self._fickle.people[1:])
        blocked = self._playground.mini.world.accounts[person.id].blocked
        await (person.unblock() if blocked else person.block())
        self._crowd.done["blocked or unblocked"] += 1

    async def _throw_out(self) -> None:
        group = self._draw.choice(self._fickle.groups)
        inside = self._playground.mini.world.bot_member(self._playground.mini.world.chats[group.id]).present
        self._playground.member(group, None, "kicked" if inside else self._draw.choice(("member", "administrator")))
        self._crowd.done["threw the bot out or took it back"] += 1

    async def _forget(self) -> None:
        if self._gone.people and await self._erase(self._gone.people[-1], None):
            self._gone.people.pop()

    async def _forget_group(self) -> None:
        if self._gone.groups and await self._erase(self._crowd.cast.founder, self._gone.groups[-1]):
            self._gone.groups.pop()

    async def _erase(self, person: Person, group: ChatHandle | None) -> bool:
        """Ask to be forgotten, or press the button that the answer to that has; whether that was the last one."""
        chat_id = group.id if group else person.id
        sure = "1f:2:" if group else "1f:1:"
        for sent in self._crowd.last(chat_id, 8):
            for row in (sent.markup or {}).get("inline_keyboard", []):
                for data in (button.get("callback_data", "") for button in row):
                    if data.startswith((sure, "1f:1:")):
                        await person.press({"chat": {"id": chat_id}, "message_id": sent.id}, data)
                        self._crowd.done[f"{'group' if group else 'person'} erased"] += data.startswith(sure)
                        return bool(data.startswith(sure))
        await person.send(group, "/forget")
        return False
