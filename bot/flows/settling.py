"""What came of a push: written down once it has been sent, put off, or dropped."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.core.people import Defaults
from bot.flows import opening, preparing
from bot.store import dailies, people, pushes, rounds
from bot.store.database import Tx
from bot.store.pushes import Push

Settled = Literal["sent", "gone", "refused", "nothing", "missed", "paused"]


def sent(
    tx: Tx,
    push: Push,
    round_id: int,
    message_id: int,
    poll_id: str,
    now: datetime,
    defaults: Defaults,
    *,
    chat_id: int | None = None,
) -> bool:
    """The push stands in the chat: its round is open and the push settled, together. Whether it is to be pinned now.

    `chat_id` is where it arrived, if that is known: a message's number means nothing once the group has moved on.
    """
    opening.posted(tx, round_id, message_id, poll_id, now, defaults, chat_id=chat_id)
    settle(tx, push, "sent", now, round_id)
    preparing.told(tx, push.chat_id, push.study_day)
    chat = people.find_chat(tx, _home(tx, push, round_id))
    pins = chat is not None and chat.pins and not chat.private
    if pins:
        dailies.pin(tx, round_id)
    return pins


def dropped(tx: Tx, push: Push, round_id: int, state: Settled, now: datetime) -> None:
    """The push could not be put to the chat and will not be: its round was never asked."""
    opening.withdraw(tx, round_id, now)
    settle(tx, push, state, now, round_id)


def paused(tx: Tx, push: Push, now: datetime) -> None:
    """The chat has been told that its pushes pause, or cannot be told."""
    settle(tx, push, "paused", now, None)


def later(tx: Tx, push: Push, round_id: int | None, retry_at: datetime, now: datetime) -> None:
    """It did not get through; try again at `retry_at`, while it is in time."""
    settle(tx, push, "later", now, round_id, retry_at)


def drop(tx: Tx, push: Push, state: Settled, now: datetime) -> Settled:
    """It will not be sent (any more), nor its round asked; gives what has become of it."""
    if push.round_id is not None:
        opening.abandon(tx, push.round_id, now)
    settle(tx, push, state, now, push.round_id)
    return state


def settle(
    tx: Tx,
    push: Push,
    state: Settled | Literal["later"],
    now: datetime,
    round_id: int | None,
    retry_at: datetime | None = None,
) -> None:
    """The push has come to that state; one put off is tried again at `retry_at`."""
    home = _home(tx, push, round_id)
    pushes.settle(tx, home, push.minute, push.study_day, state, now, round_id=round_id, retry_at=retry_at)


def _home(tx: Tx, push: Push, round_id: int | None) -> int:
    """Where the push's row is: a group that moved while it was on its way has taken it along, with its round."""
    begun = rounds.by_id(tx, round_id) if round_id is not None else None
    return begun.chat_id if begun else push.chat_id
