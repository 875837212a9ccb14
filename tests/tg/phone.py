"""Somebody's phone: their updates go to the handlers of practice, and what comes back is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram.ext import ExtBot

from bot.core.bank import Library
from bot.pictures.fonts import find_fonts
from bot.store.database import Database
from bot.tg import cramming, exams, mistakes, practice, progress, typed, vacations, withholding
from bot.tg.desk import Desk
from tests.group_bench import Clock, desk_for
from tests.tg.fake_api import Call, FakeApi, fake_bot

ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ada"}
GROUP = {"id": -100, "type": "supergroup", "title": "读书小组"}


class Phone:
    """Ada's phone: her updates go to the handlers, what comes back is kept by `telegram`."""

    def __init__(self, desk: Desk, telegram: FakeApi, bot: ExtBot[Any], clock: Clock) -> None:
        self.telegram = telegram
        self.clock = clock
        private = (
            practice.routes(desk, typed.regrader(desk))
            | withholding.routes(desk)
            | cramming.routes(desk)
            | mistakes.routes(desk)
            | progress.routes(desk, find_fonts())
        )
        private |= exams.routes(desk) | vacations.routes(desk)
        self.routes = replace(private, username="kaoguan_bot")
        self.bot = bot
        self.updates = 0

    async def deliver(self, raw: dict[str, object]) -> bool:
        """Give an update to the route that takes it; False if none does."""
        self.updates += 1
        routed = self.routes.find({"update_id": self.updates, **raw})
        if routed is not None:
            await routed.handle()
        return routed is not None

    async def say(self, text: str, message_id: int = 1, chat: dict[str, object] = PRIVATE, **more: object) -> bool:
        """A message by Ada."""
        message = {"message_id": message_id, "date": 0, "chat": chat, "from": ADA, "text": text}
        command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
        return await self.deliver({"message": message | {"entities": [command]} | more})

    async def press(
        self, data: str, message_id: int | None = None, chat: dict[str, object] = PRIVATE, **more: object
    ) -> bool:
        """A button's press, of the last question's message unless another one is named."""
        message = {"message_id": message_id or self.question_id(), "date": 1, "chat": chat, "text": "?"} | more
        query = {"id": f"q{self.updates}", "from": ADA, "chat_instance": "1", "data": data, "message": message}
        return await self.deliver({"callback_query": query})

    async def tap(self, label: str) -> bool:
        """Press the button of the newest keyboard that says so."""
        (data,) = [button["callback_data"] for button in self.buttons() if button["text"].startswith(label)]
        return await self.press(data)

    def last(self, method: str = "sendMessage") -> Call:
        """The last accepted request of a method."""
        return self.telegram.sent(method)[-1]

    def question_id(self) -> int:
        """The number FakeApi gave the last message that has buttons."""
        return max(1001 + at for at, call in enumerate(self.telegram.calls) if _keyboard(call) and _new(call))

    def buttons(self) -> list[dict[str, str]]:
        """The newest keyboard, in one row."""
        shown = [call for call in self.telegram.calls if _keyboard(call)]
        return [button for row in _keyboard(shown[-1]) for button in row]

    def labels(self) -> list[str]:
        """What the newest keyboard says."""
        return [button["text"] for button in self.buttons()]

    def toasts(self) -> list[str]:
        """What presses were answered with."""
        return [str(call.fields.get("text", "")) for call in self.telegram.sent("answerCallbackQuery")]


def _new(call: Call) -> bool:
    return call.method in {"sendMessage", "sendPhoto"}


def _keyboard(call: Call) -> list[list[dict[str, str]]]:
    keyboard: list[list[dict[str, str]]] = call.fields.get("reply_markup", {}).get("inline_keyboard", [])
    return keyboard


async def phone_of_ada(database: Database, bank: Library) -> Phone:
    """Ada's phone, at noon, with that bank behind the bot."""
    telegram, clock = FakeApi(), Clock()
    bot = fake_bot(FakeApi())
    await bot.initialize()
    return Phone(desk_for(database, telegram, clock, bank), telegram, bot, clock)
