"""Ada writes: plain messages, edits, voice notes and presses go to the handlers, and what comes back is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from telegram import Update

from bot.core.bank import Library
from bot.flows import asking, learners, practice
from bot.flows.asking import Asked
from bot.store.database import Database
from bot.tg import chats, typed
from bot.tg import practice as private
from bot.tg.desk import Desk
from tests.group_bench import Clock, desk_for
from tests.practice_bench import ADA, caller
from tests.tg.fake_api import Call, FakeApi
from tests.tg.phone import ADA as USER
from tests.tg.phone import PRIVATE
from tests.typed_bench import BANK

Json = dict[str, Any]
QUESTION = 500  # the message of the question


class Pen:
    """Her phone, with a question in words in it."""

    def __init__(self, desk: Desk, telegram: FakeApi, clock: Clock) -> None:
        self.desk, self.telegram, self.clock = desk, telegram, clock
        self.routes = replace(private.routes(desk, typed.regrader(desk)) | typed.routes(desk), username="kaoguan_bot")
        self.handlers = [*typed.handlers(desk), *chats.handlers(desk), *chats.last_resort(desk, typed.listener(desk))]
        self.updates = 0

    async def asked(self, mode: str = "typed", wanted: str = "注意力") -> Asked:
        """A question that stands in her chat."""
        here = caller(self.clock(), ADA, self.desk.library())
        await self.desk.write(learners.change, here, "mode", mode)
        put = await self.desk.write(practice.quiz, here, wanted, 1 + self.updates, None)
        assert isinstance(put, Asked)
        await self.desk.write(asking.posted, put.round.id, QUESTION)
        return put

    async def says(self, text: str, message_id: int, **more: Any) -> None:
        """A plain message."""
        await self._update(message=self._message(message_id) | {"text": text} | more)

    async def sends(self, message_id: int, **media: Any) -> None:
        """Something without words."""
        await self._update(message=self._message(message_id) | media)

    async def edits(self, text: str, message_id: int, chat: Json = PRIVATE) -> None:
        """An edited message."""
        await self._update(edited_message=self._message(message_id, chat) | {"text": text, "edit_date": 2})

    async def taps(self, label: str, message_id: int | None = None) -> None:
        """Press the button of the newest keyboard that says so."""
        rows = self._shown()[-1].fields["reply_markup"]["inline_keyboard"]
        (data,) = [button["callback_data"] for row in rows for button in row if button["text"].startswith(label)]
        await self.presses(data, message_id or self.newest())

    async def presses(self, data: str, message_id: int) -> None:
        """Press a button of the bot's message."""
        message = self._message(message_id) | {"text": "?", "date": 1}
        query = {"id": f"q{self.updates}", "from": USER, "chat_instance": "1", "data": data, "message": message}
        await self._update(callback_query=query)

    def last(self, method: str = "sendMessage") -> Call:
        """The last accepted request of a method."""
        return self.telegram.sent(method)[-1]

    def labels(self) -> list[list[str]]:
        """The newest keyboard."""
        rows = self._shown()[-1].fields["reply_markup"]["inline_keyboard"]
        return [[button["text"] for button in row] for row in rows]

    def newest(self) -> int:
        """The number of the message with the newest keyboard."""
        call = self._shown()[-1]
        return int(call.fields.get("message_id", 0)) or 1001 + self.telegram.calls.index(call)

    def methods(self) -> list[str]:
        """What was called, in order."""
        return [call.method for call in self.telegram.calls if call.method != "getMe"]

    async def _update(self, **what: Any) -> None:
        self.updates += 1
        payload = {"update_id": self.updates, **what}
        if routed := self.routes.find(payload):
            await routed.handle()
            return
        bot = self.desk.delivery._bot
        await bot.initialize()
        update = Update.de_json(payload, bot)
        for handler in self.handlers:
            wanted = handler.check_update(update)
            if wanted is not None and wanted is not False:
                await handler.callback(update, cast("Any", None))
                return
        raise AssertionError("nobody takes it")

    def _shown(self) -> list[Call]:
        return [call for call in self.telegram.calls if "reply_markup" in call.fields]

    def _message(self, message_id: int, chat: Json = PRIVATE) -> Json:
        return {"message_id": message_id, "date": 1, "chat": chat, "from": USER}


def pen_of_ada(database: Database, bank: Library = BANK) -> Pen:
    """At noon, with that bank behind the bot."""
    telegram, clock = FakeApi(), Clock()
    return Pen(desk_for(database, telegram, clock, bank), telegram, clock)
