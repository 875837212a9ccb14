"""A study group, its people, and what they do there, for the tests of rounds, boards and pushes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, cast

from telegram import Update
from telegram.ext import BaseHandler, BaseRateLimiter

from bot.core.bank import Library
from bot.core.people import Chat, Person
from bot.flows import closing, opening, results, rounds
from bot.flows.opening import Opening
from bot.flows.results import Result
from bot.flows.voting import Verdict
from bot.store.database import Database
from bot.tg import rounds as group_rounds
from bot.tg.delivery import Delivery
from bot.tg.desk import Desk
from bot.tg.words import Words
from tests.practice_bench import ADA, BOB, DEFAULTS, LIBRARY, NOON
from tests.tg.fake_api import FakeApi, fake_bot

GROUP = Chat(-100, "supergroup", "读书小组")
LIN = Person(9, "Lin", None, "zh")
RIGHT, WRONG = 2, 0  # of each question's choices
TEN_MINUTES = timedelta(minutes=10)
__all__ = [
    "ADA",
    "BOB",
    "DEFAULTS",
    "GROUP",
    "LIBRARY",
    "LIN",
    "NOON",
    "RIGHT",
    "TEN_MINUTES",
    "WRONG",
    "Clock",
    "Front",
    "Study",
    "desk_for",
]


@dataclass
class Clock:
    """A clock that stands still until a test moves it; UTC."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """The instant."""
        return self.now

    def at(self, *parts: int) -> None:
        """Move to this UTC instant."""
        self.now = datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@dataclass
class Study:
    """The group's doings as transactions."""

    database: Database
    library: Library = LIBRARY
    now: datetime = NOON
    messages: int = field(default=0)

    async def quiz(
        self, message_id: int | None = None, *, wanted: str = "", chat: Chat = GROUP, thread: int | None = None
    ) -> Any:
        """`/quiz` by Ada; a new message unless one is named."""
        self.messages += 1
        return await self.database.write(
            rounds.ask,
            self.library,
            ADA,
            chat,
            message_id=message_id or self.messages,
            thread_id=thread,
            wanted=wanted,
            now=self.now,
            defaults=DEFAULTS,
        )

    async def posted(self, opened: Opening, poll_id: str | None = None) -> str:
        """Telegram has taken the round's poll; the poll's id."""
        poll = poll_id or f"poll{opened.round.id}"
        number = 500 + opened.round.id
        await self.database.write(opening.posted, opened.round.id, number, poll, self.now, DEFAULTS)
        return poll

    async def poll(self, **asked: Any) -> tuple[Opening, str]:
        """A round that stands in the chat, and its poll's id."""
        opened = await self.quiz(**asked)
        assert isinstance(opened, Opening)
        return opened, await self.posted(opened)

    async def vote(self, person: Person, poll_id: str, choice: int, *, here: bool | None = True) -> Any:
        """One vote as Telegram reports it, and what it says when asked whether the person is in the group."""
        verdict = Verdict(here)
        return await self.database.write(rounds.vote, person, poll_id, choice, self.now, DEFAULTS, verdict)

    async def result(self, opened: Opening) -> Result:
        """How the round stands."""
        result = await self.database.read(results.result, self.library, opened.round.id, self.now, DEFAULTS)
        assert result is not None
        return result

    async def finish(self, opened: Opening) -> None:
        """Close the round, its result told."""
        await self.database.write(closing.closed, opened.round.id, 900 + opened.round.id, self.now)


@dataclass
class Front:
    """What people do in front of the bot, as updates; `handlers` are those of the features under test."""

    desk: Desk
    telegram: FakeApi
    handlers: list[BaseHandler[Any, Any, Any]]
    numbers: Any = field(default_factory=lambda: count(1))

    async def update(self, **what: Any) -> bool:
        """One update, handled by the first handler that wants it; False: none does."""
        bot = self.desk.delivery._bot
        await bot.initialize()
        payload = {"update_id": next(self.numbers), **what}
        if routed := group_rounds.routes(self.desk).find(payload):
            await routed.handle()
            return True
        update = Update.de_json(payload, bot)
        for handler in self.handlers:
            wanted = handler.check_update(update)
            if wanted is not None and wanted is not False:
                await handler.callback(update, cast("Any", None))
                return True
        return False

    async def says(self, text: str, person: Person = ADA, chat: Chat = GROUP, **more: Any) -> bool:
        """A message; a leading slash makes it a command."""
        end = len(text.split(maxsplit=1)[0])
        entities = [{"type": "bot_command", "offset": 0, "length": end}] if text.startswith("/") else []
        message = {"message_id": next(self.numbers), "date": 0, "text": text, "entities": entities}
        return await self.update(message=message | {"chat": chat_json(chat), "from": user_json(person)} | more)

    async def presses(self, data: str, person: Person = ADA, chat: Chat = GROUP, message_id: int = 77) -> bool:
        """A press on a button of the bot's message."""
        message = {"message_id": message_id, "date": 1, "text": "?", "chat": chat_json(chat)}
        query = {"id": "q", "from": user_json(person), "chat_instance": "1", "data": data, "message": message}
        return await self.update(callback_query=query)

    async def votes(self, poll_id: str, *choices: int, person: Person = ADA, **more: Any) -> bool:
        """A vote as Telegram tells it."""
        answer = {"poll_id": poll_id, "option_ids": choices, "option_persistent_ids": [str(at) for at in choices]}
        return await self.update(poll_answer=answer | {"user": user_json(person)} | more)

    def toasts(self) -> list[str]:
        """What presses were answered with."""
        return [call.text for call in self.telegram.sent("answerCallbackQuery")]


def chat_json(chat: Chat) -> dict[str, Any]:
    """A chat as Telegram writes it."""
    return {"id": chat.id, "type": chat.kind, "first_name" if chat.private else "title": chat.title}


def user_json(person: Person) -> dict[str, Any]:
    """A user as Telegram writes them."""
    code = {"language_code": person.language_code} if person.language_code else {}
    return {"id": person.id, "is_bot": False, "first_name": person.name} | code


def desk_for(
    database: Database,
    telegram: FakeApi,
    clock: Clock,
    library: Library = LIBRARY,
    limits: BaseRateLimiter[Any] | None = None,
) -> Desk:
    """A desk whose network is `telegram`; moves and losses are written down as the bot does."""
    from bot.flows import chats  # noqa: PLC0415 - only the tests of tg need it

    async def moved(old_id: int, new_id: int) -> None:
        await database.write(chats.move, old_id, new_id, clock(), DEFAULTS)

    async def gone(chat_id: int) -> None:
        await database.write(chats.rest, chat_id, clock())

    delivery = Delivery(fake_bot(telegram, limits), moved=moved, gone=gone)
    work: tuple[Any, Any] = (database.write, database.read)
    return Desk(*work, lambda: library, clock, Words(), delivery, DEFAULTS)
