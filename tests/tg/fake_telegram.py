"""getUpdates as Telegram keeps it, in memory: an offset forgets what lies before it, and nothing else does."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest, RequestData

from tests.conformance import COURT, as_sent
from tests.tg.fake_time import FakeTime

WINDOW = 100
TOKEN = "1:FAKE"
App = Application[Any, Any, Any, Any, Any, Any]
ME = {"id": 1, "is_bot": True, "first_name": "Kaoguan", "username": "kaoguan_bot"}


class FakeTelegram(BaseRequest):
    """The queue, and what was asked of it. `faults` are answers (status, body) or errors for the next getUpdates;
    every answer `takes` so many seconds on its way."""

    def __init__(self, time: FakeTime) -> None:
        self.time = time
        self.queue: list[dict[str, Any]] = []
        self.faults: list[tuple[int, bytes] | Exception] = []
        self.takes = 0.0
        self.polls: list[tuple[float, dict[str, Any]]] = []
        self._arrived = asyncio.Event()

    def give(self, *updates: dict[str, Any]) -> None:
        """New updates arrive."""
        self.queue.extend(updates)
        self._arrived.set()
        self._arrived = asyncio.Event()

    def waiting(self) -> list[int]:
        """The ids of the updates that are not confirmed."""
        return [update["update_id"] for update in self.queue]

    def offsets(self) -> list[int | None]:
        """The offset of every getUpdates so far."""
        return [asked.get("offset") for _at, asked in self.polls]

    @property
    def read_timeout(self) -> float:
        return 10.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the library names it
        request_data: RequestData | None = None,
        *_args: Any,
        **_kwargs: Any,
    ) -> tuple[int, bytes]:
        COURT.hear(url.rpartition("/")[2], as_sent(request_data))
        if url.endswith("/getMe"):
            return ok(ME)
        assert url == f"https://api.telegram.org/bot{TOKEN}/getUpdates"
        assert request_data is not None
        asked: dict[str, Any] = dict(request_data.parameters)
        self.polls.append((self.time.now, asked))
        if self.faults:
            fault = self.faults.pop(0)
            if isinstance(fault, Exception):
                raise fault
            return fault
        batch = await self._updates(asked.get("offset", 0), asked["timeout"], asked["limit"])
        if self.takes:
            await self.time.sleep(self.takes)
        return ok(batch)

    async def _updates(self, offset: int, wait: float, limit: int) -> list[dict[str, Any]]:
        if self.waiting() and max(self.waiting()) < offset - WINDOW:
            offset = 0  # an offset from before the numbers began anew means nothing
        self.queue = [update for update in self.queue if update["update_id"] >= offset]
        if not self.queue and wait:
            arrived = asyncio.ensure_future(self._arrived.wait())
            late = asyncio.ensure_future(self.time.sleep(wait))
            try:
                await asyncio.wait({arrived, late}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                arrived.cancel()
                late.cancel()
        return self.queue[:limit]


def ok(result: object) -> tuple[int, bytes]:
    """A good answer."""
    return 200, json.dumps({"ok": True, "result": result}).encode()


def refusal(status: int, description: str, **parameters: int) -> tuple[int, bytes]:
    """A refusal in Telegram's shape."""
    body = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return status, json.dumps(body).encode()


def application(request: BaseRequest) -> App:
    """An application that speaks through `request` alone, not yet initialized."""
    return ApplicationBuilder().token(TOKEN).request(request).get_updates_request(request).updater(None).build()


def message(update_id: int, chat_id: int = 7, text: str = "hi", user_id: int | None = None) -> dict[str, Any]:
    """A text message; in a private chat unless the id is a group's."""
    kind = "private" if chat_id > 0 else "supergroup"
    chat = {"id": chat_id, "type": kind, "title": "G", "first_name": "A"}
    person = user(user_id or abs(chat_id))
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "date": 1, "chat": chat, "from": person, "text": text},
    }


def press(update_id: int, user_id: int, chat_id: int, data: str = "x") -> dict[str, Any]:
    """A pressed button under a message of the bot's."""
    place = message(update_id, chat_id, user_id=1)["message"]
    query = {"id": str(update_id), "from": user(user_id), "chat_instance": "c", "data": data, "message": place}
    return {"update_id": update_id, "callback_query": query}


def vote(update_id: int, user_id: int, poll_id: str = "p") -> dict[str, Any]:
    """A vote in a poll."""
    answer = {"poll_id": poll_id, "user": user(user_id), "option_ids": [0], "option_persistent_ids": ["a"]}
    return {"update_id": update_id, "poll_answer": answer}


def poison(update_id: int) -> dict[str, Any]:
    """An update that the library cannot parse."""
    return {"update_id": update_id, "message": {"message_id": 1, "poll": {"id": "x"}, "text": "\ud83d"}}


def user(user_id: int) -> dict[str, Any]:
    """A person."""
    return {"id": user_id, "is_bot": False, "first_name": f"P{user_id}"}
