"""What the playground will not do: refused to the bot in Telegram's words, or to a person in a sentence."""

from __future__ import annotations

from typing import Any


class RefusedError(Exception):
    """The Bot API's error answer: an HTTP status, Telegram's description, perhaps parameters (retry_after, …)."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class NotPossibleError(Exception):
    """A person cannot do that; the text is one sentence for the page."""


class ScenarioError(Exception):
    """A scenario file has mistakes; the text tells each on a line of its own, `path:line: sentence`."""


def bad(description: str, parameters: dict[str, Any] | None = None) -> RefusedError:
    """A 400, as Telegram writes it."""
    return RefusedError(400, f"Bad Request: {description}", parameters)


def forbidden(description: str) -> RefusedError:
    """A 403, as Telegram writes it."""
    return RefusedError(403, f"Forbidden: {description}")


def unmodelled(what: str) -> RefusedError:
    """A 501: honest about what this miniature leaves out (a 404 would look like a wrong token)."""
    return RefusedError(501, f"The playground does not model {what}.")
