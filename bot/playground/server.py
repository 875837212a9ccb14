"""The playground as one object: `async with Playground() as playground:` serves the Bot API and the page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from bot.playground import membership, threads
from bot.playground.botapi import BotApi
from bot.playground.clock import PlaygroundClock
from bot.playground.crowd import Crowd
from bot.playground.defaults import DEFAULT, Cast, user
from bot.playground.errors import NotPossibleError
from bot.playground.faults import Faults
from bot.playground.handles import ChatHandle, Person
from bot.playground.latencies import Latencies
from bot.playground.limits import Limits
from bot.playground.load import Load
from bot.playground.miniature import Miniature
from bot.playground.pageapi import PageApi
from bot.playground.record import Record
from bot.playground.switchapi import SwitchApi
from bot.playground.updates import Updates
from bot.playground.world import Member

T = TypeVar("T")
HOST = "127.0.0.1"
_UPLOADS = 64 * 1024 * 1024  # bytes
_LOOK_AGAIN = 0.05  # real seconds; a predicate may look at more than the playground


class Playground:
    """Telegram in miniature.

    Port 0 is any free one; `token` fixes the only token let in; `limits` turns on 429s; with a `seed` identifiers and
    simulated members are the same every time; `cast` tells who is there; `first_message` is
    the number of the first one.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        clock: PlaygroundClock | None = None,
        token: str | None = None,
        limits: bool = False,
        keep: int = 100_000,
        seed: int | None = None,
        cast: Cast = DEFAULT,
        first_message: int = 1,
    ) -> None:
        self.clock = clock or PlaygroundClock()
        self.mini = Miniature(self.clock, limits=limits, keep=keep, seed=seed, cast=cast, first_message=first_message)
        self.crowd = Crowd(self.mini, seed or 0)
        self._load = Load(self.mini, seed or 0, cast.think) if cast.unseen else None
        self._tasks: list[asyncio.Task[None]] = []
        self.token = token or f"{self.mini.world.bot['id']}:playground-playground-playground-1"
        self._port = port
        self._runner: web.AppRunner | None = None
        self._app = web.Application(client_max_size=_UPLOADS)
        self._app.add_routes([*PageApi(self.mini).routes(), *SwitchApi(self.mini).routes()])
        bots = BotApi(self.mini, token)
        self._app.router.add_route("*", "/bot{token}/{method}", bots.handle)
        self._app.router.add_get("/file/bot{token}/{path}", bots.file)
        self._app.on_shutdown.append(self._send_away)
        self.clock.listen(self._show_clock)

    @property
    def url(self) -> str:
        """Where the page is; BOT_API_URL for a bot. Known once started."""
        return f"http://{HOST}:{self._port}"

    @property
    def record(self) -> Record:
        """What the bot called and what people did."""
        return self.mini.record

    @property
    def faults(self) -> Faults:
        """What is to go wrong."""
        return self.mini.faults

    @property
    def latencies(self) -> Latencies:
        """How long people wait for the bot."""
        return self.mini.latencies

    @property
    def limits(self) -> Limits:
        """Telegram's flood limits, on or off."""
        return self.mini.limits

    @property
    def updates(self) -> Updates:
        """What waits for the bot; tests redeliver and poison here."""
        return self.mini.updates

    async def start(self) -> Self:
        """Listen. Raises OSError when the port is taken."""
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = int(self._runner.addresses[0][1])
        lives = [self.clock.run(), *([self._load.live()] if self._load else [])]
        self._tasks = [asyncio.create_task(life) for life in lives]
        return self

    async def stop(self) -> None:
        """Close every connection."""
        for task in self._tasks:
            task.cancel()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.stop()

    def person(self, name: str | int) -> Person:
        """Somebody by first name or id. Raises NotPossibleError for a stranger."""
        for account in self.mini.world.accounts.values():
            if name in {account.id, account.user["first_name"]}:
                return Person(self.mini, account.id)
        raise NotPossibleError(f"There is no person {name!r}.")

    def add_person(self, name: str, language: str = "zh-hans") -> Person:
        """Somebody new, in no group yet."""
        user_id = max(self.mini.world.accounts) + 1
        self.mini.world.add_person(user(user_id, name, "", language))
        self.mini.events.publish("reset")
        return Person(self.mini, user_id)

    def chat(self, name: str | int) -> ChatHandle:
        """A chat by id or title. Raises NotPossibleError for an unknown one."""
        for chat in self.mini.world.chats.values():
            if name == chat.id or (chat.title and name == chat.title and chat.migrated_to is None):
                return ChatHandle(self.mini, chat)
        raise NotPossibleError(f"There is no chat {name!r}.")

    def add_group(self, title: str, *people: Person, supergroup: bool = False, bot: bool = True) -> ChatHandle:
        """A new group, its first person its founder. The bot, if in it, is not told."""
        base = -1_003_000_000_000 if supergroup else -4_300_000_000
        chat_id = base - next(self.mini.world.numbers)
        members = {person.id: Member("member" if index else "creator") for index, person in enumerate(people)}
        members |= {self.mini.world.bot["id"]: Member()} if bot else {}
        chat = self.mini.world.add_group(chat_id, title, members)
        self.mini.show_chat(chat)
        return ChatHandle(self.mini, chat)

    def member(
        self,
        chat: ChatHandle,
        who: Person | None,
        status: str,
        *,
        is_member: bool = True,
        is_anonymous: bool = False,
        **rights: bool,
    ) -> None:
        """Give a person (None: the bot) another place in a group; see `membership.change`."""
        user_id = self.mini.world.bot["id"] if who is None else who.id
        more = {"is_member": is_member, "is_anonymous": is_anonymous, **rights}
        membership.change(self.mini, chat.id, user_id, status, **more)

    def forum(self, chat: ChatHandle, *, on: bool = True) -> None:
        """Turn topic mode on or off in a supergroup."""
        threads.switch(self.mini, chat.id, on=on)

    def delete_group(self, chat: ChatHandle) -> None:
        """Delete a basic group; nobody is told."""
        self.mini.world.chat(chat.id).deleted = True

    def hide_members(self, chat: ChatHandle, *, hidden: bool = True) -> None:
        """Hide who is in a group from all but admins: getChatMember of others is then refused to a plain bot."""
        self.mini.world.chat(chat.id).hidden_members = hidden

    def slow_mode(self, chat: ChatHandle, seconds: int) -> None:
        """Let members, the bot too unless an admin, write once in so many seconds; 0 ends it."""
        place = self.mini.world.chat(chat.id)
        place.slow_mode = seconds
        self.mini.show_chat(place)

    def migrate(self, chat: ChatHandle) -> ChatHandle:
        """Make a supergroup of a group and return the new chat."""
        return self.chat(membership.migrate(self.mini, chat.id))

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 10) -> T:  # noqa: ASYNC109 - reads well
        """The predicate's first true value. Raises TimeoutError after `timeout` real seconds."""
        async with asyncio.timeout(timeout):
            while not (found := predicate()):
                await self.mini.events.change(_LOOK_AGAIN)
            return found

    async def _show_clock(self, now: datetime) -> None:
        self.mini.events.publish("clock", now=now.timestamp())
        for sent in self.mini.world.polls.values():
            if sent.poll is not None and sent.poll.closes_at is not None:
                self.mini.show(sent)

    async def _send_away(self, _app: Any) -> None:  # noqa: ANN401 - aiohttp's own application
        self.mini.events.close()
        self.mini.updates.close()
