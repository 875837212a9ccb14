"""What the page posts: JSON in, JSON out, and a sentence for what cannot be."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.playground.errors import NotPossibleError

Json = dict[str, Any]
Action = Callable[[Json], Awaitable[Json]]


def posts(actions: dict[str, Action]) -> list[web.AbstractRouteDef]:
    """A route `POST /api/<name>` for every action: 200 with what it returns, or 400 {error: sentence}."""
    return [web.post(f"/api/{name}", _posted(action)) for name, action in actions.items()]


def _posted(action: Action) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            asked = json.loads(await request.text() or "{}")
            return web.json_response(await action(asked))
        except NotPossibleError as refused:
            return _refused(str(refused))
        except KeyError as missing:
            return _refused(f"The field {missing} is missing.")
        except (TypeError, ValueError) as wrong:
            return _refused(f"That cannot be read: {wrong}.")

    return handle


def _refused(sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=400)
