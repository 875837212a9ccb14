"""What the page asks and does, and the stream that keeps it fresh."""

from __future__ import annotations

import asyncio
import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.playground import actions, membership, threads, voting
from bot.playground.botapi import stored
from bot.playground.errors import NotPossibleError
from bot.playground.miniature import Miniature
from bot.playground.posted import Action, posts

Json = dict[str, Any]
_PAGE = Path(__file__).with_name("page.html")
_ROWS = 400  # of the inspector
_HEARTBEAT = 15.0  # seconds; finds out that a page is gone


class PageApi:
    """`/` and `/api/…`: JSON in, JSON out; 400 {error: sentence} for what cannot be."""

    def __init__(self, mini: Miniature) -> None:
        self._mini = mini

    def routes(self) -> list[web.AbstractRouteDef]:
        """Every route of the page."""
        does: dict[str, Action] = {
            "send": self.send,
            "upload": self.upload,
            "edit": self.edit,
            "press": self.press,
            "vote": self.vote,
            "block": self.block,
            "clock": self.clock,
            "migrate": self.migrate,
            "member": self.member,
            "rename": self.rename,
            "title": self.title,
            "thread": self.thread,
            "forum": self.forum,
            "scenario": self.scenario,
            "load": self.load,
            "reset": self.reset,
        }
        return [
            web.get("/", self.page),
            web.get("/api/state", self.state),
            web.get("/api/events", self.stream),
            web.get("/api/calls", self.calls),
            web.get("/api/latencies", self.latencies),
            web.get(r"/api/calls/{number:\d+}", self.call),
            web.get("/api/file/{file_id}", self.file),
            *posts(does),
        ]

    async def page(self, _request: web.Request) -> web.StreamResponse:
        """The page itself."""
        if not _PAGE.exists():
            return web.Response(text="The page is not built in.", status=404)
        return web.FileResponse(_PAGE, headers={"Cache-Control": "no-store"})

    async def state(self, _request: web.Request) -> web.Response:
        """Everything, once."""
        return web.json_response(self._mini.state())

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events until either side closes."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        events = self._mini.events.open()
        try:
            await response.prepare(request)
            await _pump(events, response)
        except ConnectionError:
            return response
        finally:
            self._mini.events.leave(events)
        return response

    async def calls(self, _request: web.Request) -> web.Response:
        """The inspector's rows so far."""
        return web.json_response({"calls": self._mini.record.lines(_ROWS, self._mini.is_seen)})

    async def latencies(self, _request: web.Request) -> web.Response:
        """How long people wait: {rows, waiting, unanswered}, how many unseen people there are, and if they act."""
        unseen = sum(who > 0 for who in self._mini.world.unseen)
        return web.json_response(self._mini.latencies.shown() | {"unseen": unseen, "going": self._mini.busy.is_set()})

    async def call(self, request: web.Request) -> web.Response:
        """One call's parameters and answer."""
        return web.json_response(self._mini.record.payload(int(request.match_info["number"])))

    async def file(self, request: web.Request) -> web.Response:
        """A photo's or document's content."""
        return stored(self._mini, request.match_info["file_id"])

    async def send(self, asked: Json) -> Json:
        """{user_id, chat_id, text, reply_to?, thread_id?} -> {message_id}."""
        user_id, chat_id = int(asked["user_id"]), int(asked["chat_id"])
        reply_to, thread_id = asked.get("reply_to"), asked.get("thread_id")
        sent = actions.send(self._mini, user_id, chat_id, str(asked["text"]), reply_to, thread_id)
        return {"message_id": sent.id}

    async def upload(self, asked: Json) -> Json:
        """{user_id, chat_id, file_name, content: base64, caption?, reply_to?, kind?} -> {message_id}."""
        where, name = (int(asked["user_id"]), int(asked["chat_id"])), str(asked["file_name"])
        content = base64.b64decode(str(asked["content"]), validate=True)
        caption, reply_to = str(asked.get("caption", "")), asked.get("reply_to")
        kind = str(asked.get("kind", ""))
        return {"message_id": actions.upload(self._mini, *where, name, content, caption, reply_to, kind).id}

    async def edit(self, asked: Json) -> Json:
        """{user_id, chat_id, message_id, text}."""
        where = int(asked["user_id"]), int(asked["chat_id"]), int(asked["message_id"])
        actions.edit(self._mini, *where, str(asked["text"]))
        return {}

    async def press(self, asked: Json) -> Json:
        """{user_id, chat_id, message_id, data} -> {callback_query_id}."""
        where = int(asked["user_id"]), int(asked["chat_id"]), int(asked["message_id"])
        return {"callback_query_id": actions.press(self._mini, *where, str(asked["data"]))}

    async def vote(self, asked: Json) -> Json:
        """{user_id, poll_id, option_ids}."""
        chosen = [int(index) for index in asked["option_ids"]]
        voting.vote(self._mini, int(asked["user_id"]), str(asked["poll_id"]), chosen)
        return {}

    async def block(self, asked: Json) -> Json:
        """{user_id, blocked}."""
        actions.block(self._mini, int(asked["user_id"]), blocked=bool(asked["blocked"]))
        return {}

    async def clock(self, asked: Json) -> Json:
        """{advance: seconds} or {to: Unix seconds} -> {now}."""
        clock = self._mini.clock
        try:
            if "to" in asked:
                now = await clock.jump_to(datetime.fromtimestamp(float(asked["to"]), UTC))
            else:
                now = await clock.advance(float(asked["advance"]))
        except OverflowError:
            raise NotPossibleError("The clock does not go that far.") from None
        return {"now": now.timestamp()}

    async def migrate(self, asked: Json) -> Json:
        """{chat_id} -> {chat_id}."""
        return {"chat_id": membership.migrate(self._mini, int(asked["chat_id"]))}

    async def member(self, asked: Json) -> Json:
        """{chat_id, user_id, status, is_anonymous?, can_…?}."""
        where = int(asked["chat_id"]), int(asked["user_id"]), str(asked["status"])
        more = {key: bool(asked[key]) for key in asked if key not in {"chat_id", "user_id", "status", "by"}}
        membership.change(self._mini, where[0], where[1], where[2], **more)
        return {}

    async def rename(self, asked: Json) -> Json:
        """{user_id, first_name}."""
        membership.rename(self._mini, int(asked["user_id"]), {"first_name": str(asked["first_name"]).strip() or "?"})
        return {}

    async def title(self, asked: Json) -> Json:
        """{user_id, chat_id, title}."""
        membership.retitle(self._mini, int(asked["chat_id"]), int(asked["user_id"]), str(asked["title"]).strip())
        return {}

    async def thread(self, asked: Json) -> Json:
        """{user_id, chat_id, doing: create|close|reopen|delete, name or thread_id} -> {thread_id}."""
        where = int(asked["user_id"]), int(asked["chat_id"]), str(asked["doing"])
        given = str(asked["name"]) if "name" in asked else int(asked["thread_id"])
        return {"thread_id": threads.act(self._mini, *where, given)}

    async def forum(self, asked: Json) -> Json:
        """{chat_id, on}."""
        threads.switch(self._mini, int(asked["chat_id"]), on=bool(asked["on"]))
        return {}

    async def scenario(self, asked: Json) -> Json:
        """{going}: hold the scenario, or let it go on."""
        going = self._mini.going
        if bool(asked["going"]):
            going.set()
        else:
            going.clear()
        self._mini.events.publish("scenario", scenario=self._mini.scenario | {"going": going.is_set()})
        return {}

    async def load(self, asked: Json) -> Json:
        """{going}: let the unseen people rest, or act again."""
        if bool(asked["going"]):
            self._mini.busy.set()
        else:
            self._mini.busy.clear()
        return {}

    async def reset(self, _asked: Json) -> Json:
        """Begin anew."""
        self._mini.reset()
        return {}


async def _pump(events: asyncio.Queue[Json | None], response: web.StreamResponse) -> None:
    while True:
        try:
            async with asyncio.timeout(_HEARTBEAT):
                event = await events.get()
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if event is None:
            return
        await response.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
