"""Which updates must be handled one after the other: those of one chat or one person."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Hashable

from telegram import Update
from telegram.constants import ChatID

Key = Hashable
_TOO_BIG = 2**52  # Telegram's ids have at most 52 bits
# Stand-ins that Telegram puts in the place of anonymous admins and channels: thousands share them, no person does.
_NOBODY = {ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL, ChatID.SERVICE_CHAT}


def keys_of(update: Update) -> frozenset[Key]:
    """The chat and person that an update belongs to; empty where it belongs to none.

    Not the poll: what different people vote may be counted in any order, and fifty of them share a commit.

    Raises ValueError for ids that are none: the library takes anything for one, and would send there.
    """
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    given = [one.id for one in (chat, user) if one is not None]
    thread = getattr(message, "message_thread_id", None)
    given += [] if message is None else [message.message_id, 0 if thread is None else thread]
    if not all(map(_is_id, given)):
        raise ValueError("an id that is no number of 52 bits")  # a message's, too: an answer replies to it
    keys: set[Key] = set()
    if chat is not None:
        keys.add(("chat", chat.id))
    if user is not None and user.id not in _NOBODY:
        keys.add(("person", user.id))
    return frozenset(keys)


def _is_id(number: object) -> bool:
    return type(number) is int and abs(number) < _TOO_BIG


class Turn:
    """One update's place behind all earlier ones that share a key with it."""

    def __init__(self, before: list[asyncio.Event], done: asyncio.Event) -> None:
        self._before = before
        self.done = done

    async def comes(self) -> None:
        """Wait until everything before it is finished."""
        for event in self._before:
            await event.wait()
        self._before.clear()


class Lanes:
    """Remembers the last update under each key, as long as it is not finished."""

    def __init__(self) -> None:
        self._last: dict[Key, asyncio.Event] = {}
        self._lengths: Counter[Key] = Counter()

    def __len__(self) -> int:
        """Keys with an unfinished update."""
        return len(self._last)

    def behind(self, kind: str, keys: Collection[Key]) -> int:
        """How many unfinished updates share the key of that kind (chat, person, poll) among these."""
        return max((self._lengths[key] for key in keys if isinstance(key, tuple) and key[0] == kind), default=0)

    def enter(self, keys: Collection[Key]) -> Turn:
        """Take the next place under every key at once; whoever entered earlier comes earlier, so nobody deadlocks."""
        before = [self._last[key] for key in keys if key in self._last]
        turn = Turn(before, asyncio.Event())
        for key in keys:
            self._last[key] = turn.done
            self._lengths[key] += 1
        return turn

    def leave(self, keys: Collection[Key], turn: Turn) -> None:
        """Finish: those behind may come, and keys nobody waits under are forgotten."""
        turn.done.set()
        for key in keys:
            self._lengths[key] -= 1
            if self._last.get(key) is turn.done:
                del self._last[key], self._lengths[key]
