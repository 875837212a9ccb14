"""Who came where, with which message."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.people import Chat, ChatKind, Person

KINDS: dict[str, ChatKind] = {"private": "private", "group": "group", "supergroup": "supergroup"}


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came where, with which message. `person` is None for anonymous admins and channels."""

    chat: Chat
    person: Person | None
    message_id: int
    thread_id: int | None = None
    argument: str = ""  # what follows the command; the whole text where there is no command
    reply_to: int | None = None
    anonymous_admin: bool = False  # an admin who writes as the group itself
    press_id: str = ""  # of the pressed button's callback query; a redelivered press has the same


def argument_of(text: str) -> str:
    """What follows the command; the whole text where there is none."""
    if not text.startswith("/"):
        return text.strip()
    _command, *rest = text.split(maxsplit=1)  # 全角空格 and line breaks end a command as well
    return rest[0].strip() if rest else ""
