"""Who the bot is and how it gets its updates."""

from __future__ import annotations

from typing import Any

from bot.playground.errors import RefusedError, bad
from bot.playground.miniature import Miniature
from bot.playground.wire import Params

Json = dict[str, Any]


def get_me(mini: Miniature, _asked: Params) -> Json:
    """The bot itself."""
    return mini.world.bot


async def get_updates(mini: Miniature, asked: Params) -> list[Json]:
    """Long polling."""
    if mini.world.webhook:
        raise RefusedError(
            409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
        )
    mini.updates.allow(_kinds(asked))
    limit = asked.number("limit", 100)
    if not 1 <= limit <= 100:
        limit = 100
    return await mini.updates.get(asked.number("offset"), limit, float(asked.number("timeout")))


def set_webhook(mini: Miniature, asked: Params) -> bool:
    """Remember a webhook; the playground delivers by long polling alone."""
    url = asked.text("url")
    if url and not url.startswith("https://"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    mini.world.webhook = url
    mini.updates.allow(_kinds(asked))
    return _dropped(mini, asked)


def delete_webhook(mini: Miniature, asked: Params) -> bool:
    """Forget the webhook."""
    mini.world.webhook = ""
    return _dropped(mini, asked)


def get_webhook_info(mini: Miniature, _asked: Params) -> Json:
    """What is remembered of the webhook."""
    shown: Json = {
        "url": mini.world.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(mini.updates.pending),
    }
    return shown | ({"allowed_updates": mini.updates.allowed} if mini.updates.allowed else {})


def leave_server(_mini: Miniature, _asked: Params) -> bool:
    """logOut and close, which change nothing here."""
    return True


def _dropped(mini: Miniature, asked: Params) -> bool:
    if asked.flag("drop_pending_updates"):
        mini.updates.drop()
    return True


def _kinds(asked: Params) -> list[str] | None:
    kinds = asked.decoded("allowed_updates")
    if kinds is not None and not (isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)):
        raise bad("can't parse allowed_updates: expected an Array of String")
    return kinds
