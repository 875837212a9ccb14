"""What keeps a group's pushes away: told once, and forgotten when it works again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from bot.core.bank import Language
from bot.core.people import Chat, Defaults, language_for
from bot.store import people
from bot.store.database import Tx

Kind = Literal["polls", "rights", "thread", "slow", "pin"]
_OWED = "?"  # behind the word of a trouble that is known and could not be told yet


@dataclass(frozen=True, slots=True)
class Complaint:
    """What to tell of a group, in its language or, to the admin who set the hour, in theirs.

    `admin` is their private chat; None where the bot cannot write to them.
    """

    kind: Kind
    chat: Chat
    language: Language
    admin: Chat | None
    admin_language: Language
    minute: int = 0  # of the hour that is kept away


def complain(
    tx: Tx, chat_id: int, kind: Kind, thread_id: int | None, set_by: int | None, defaults: Defaults
) -> Complaint | None:
    """Note what keeps the pushes of that thread away; None if that has been told before."""
    chat, word = people.find_chat(tx, chat_id), _word(kind, thread_id)
    if chat is None or word in _told(chat):
        return None
    others = [other for other in _told(chat) if other != word + _OWED]
    people.change_chat(tx, chat_id, trouble=" ".join([*others, word]))
    return Complaint(kind, chat, language_for(chat, None, defaults), *_admin(tx, set_by, defaults))


def owe(tx: Tx, chat_id: int, kind: Kind, thread_id: int | None) -> None:
    """The word surely did not arrive: it is known what keeps the pushes away, and still to be told."""
    chat, word = people.find_chat(tx, chat_id), _word(kind, thread_id)
    if chat is not None and word in _told(chat):
        now = [other + _OWED if other == word else other for other in _told(chat)]
        people.change_chat(tx, chat_id, trouble=" ".join(now))


def owes(chat: Chat, kind: Kind, thread_id: int | None) -> bool:
    """Whether that trouble is known and nobody could be told."""
    return _word(kind, thread_id) + _OWED in _told(chat)


def worked(tx: Tx, chat_id: int, kinds: Collection[Kind], thread_id: int | None) -> None:
    """A push of that thread got through, so these troubles are over, and are told again if they come again."""
    chat = people.find_chat(tx, chat_id)
    over = {_word(kind, thread_id) for kind in kinds}
    if chat is not None:
        left = [word for word in _told(chat) if word.removesuffix(_OWED) not in over]
        if left != _told(chat):
            people.change_chat(tx, chat_id, trouble=" ".join(left) or None)


def _admin(tx: Tx, set_by: int | None, defaults: Defaults) -> tuple[Chat | None, Language]:
    chat = people.find_chat(tx, set_by) if set_by else None
    if set_by is None or chat is None or chat.quiet_since is not None:
        return None, defaults.language
    person = people.find_person(tx, set_by)
    return chat, language_for(chat, person.language_code if person else None, defaults)


def _told(chat: Chat) -> list[str]:
    return (chat.trouble or "").split()


def _word(kind: Kind, thread_id: int | None) -> str:
    """A closed thread is one thread's trouble; the others are the whole group's."""
    return f"{kind}{thread_id or ''}" if kind == "thread" else kind
