"""getUpdates, unparsed: the library's own parses a batch whole, so that one update it does not know spoils all."""

from __future__ import annotations

from typing import Any

import structlog
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

# The pinned library has no public way to fill a request's parameters.
from telegram.request._requestparameter import RequestParameter

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "poll_answer", "my_chat_member", "chat_member")
WINDOW = 100  # getUpdates gives no more at once
_log = structlog.get_logger(__name__)


async def fetch(
    request: BaseRequest, base_url: str, *, offset: int | None, wait_s: int, limit: int = WINDOW
) -> list[dict[str, Any]]:
    """Every update from `offset` on, confirming all before it; waits up to `wait_s` seconds while there is none.

    In the order of their ids, however they came: confirming is by prefix, so a later one in front of an earlier one
    would confirm that before it is handled. Each has an integer `update_id`; anything else is dropped.
    Raises telegram.error.TelegramError.
    """
    parameters = {"offset": offset, "timeout": wait_s, "limit": limit, "allowed_updates": ALLOWED_UPDATES}
    result: Any = await request.post(
        f"{base_url}/getUpdates",
        RequestData([RequestParameter.from_input(name, value) for name, value in parameters.items()]),
        read_timeout=wait_s + (request.read_timeout or 0.0),
    )
    if not isinstance(result, list):
        raise NetworkError("getUpdates gave no list")
    updates = [item for item in result if isinstance(item, dict) and isinstance(item.get("update_id"), int)]
    if len(updates) < len(result):
        _log.error("updates.nameless", dropped=len(result) - len(updates))
    return sorted(updates, key=lambda update: int(update["update_id"]))
