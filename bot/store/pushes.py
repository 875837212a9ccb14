"""The daily hours of a chat, and the ledger of what was pushed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, Row, bindparam, delete, func, or_, select, update

from bot.core.slots import Kind
from bot.store.database import Tx
from bot.store.instants import instant, instant_or_none, seconds, seconds_or_none
from bot.store.prepared import Prepared
from bot.store.tables import pushes, slots
from bot.store.upsert import put, put_new

State = Literal["claimed", "sent", "refused", "nothing", "missed", "gone", "later", "paused"]
_UNSETTLED = ("claimed", "later")
_CAME = ("claimed", "sent")
_IS = (
    pushes.c.chat_id == bindparam("of"),
    pushes.c.minute == bindparam("at"),
    pushes.c.study_day == bindparam("day"),
)
_SLOTS = Prepared(select(slots).where(slots.c.chat_id == bindparam("chat_id")).order_by(slots.c.minute))
_DUE = Prepared(
    select(slots)
    .where(slots.c.next_push_at <= bindparam("now"))
    .order_by(slots.c.next_push_at)
    .limit(bindparam("most"))
)
_RESCHEDULE = Prepared(
    update(slots)
    .where(slots.c.chat_id == bindparam("of"), slots.c.minute == bindparam("at"))
    .values(next_push_at=bindparam("due"))
)
_PUSH = Prepared(select(pushes).where(*_IS))
_PUSHED_ON = Prepared(
    select(func.min(pushes.c.claimed_at).label("began_at")).where(
        pushes.c.chat_id == bindparam("of"),
        pushes.c.study_day == bindparam("day"),
        pushes.c.minute != bindparam("but"),
        or_(*(pushes.c.state == state for state in _CAME)),
    )
)
_NO_MINUTE = -1
_SETTLE = Prepared(
    update(pushes)
    .where(*_IS)
    .values(
        state=bindparam("as"),
        settled_at=bindparam("settled"),
        retry_at=bindparam("again"),
        round_id=func.coalesce(bindparam("its_round", type_=BigInteger), pushes.c.round_id),
    )
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One daily hour: `minute` 0..1439 of the chat's local day; `next_push_at` (UTC) None: not planned.

    What it asks stands in core.slots.Hour; `set_by` is the admin who set it, None for one who is anonymous.
    """

    chat_id: int
    minute: int
    thread_id: int | None
    next_push_at: datetime | None
    about: str | None = None
    weekdays: bool = False
    kind: Kind = "quiz"
    set_by: int | None = None


@dataclass(frozen=True, slots=True)
class Push:
    """One delivery, of one slot on one study day. Instants are aware UTC; unsettled at `retry_at`, it is sent again."""

    chat_id: int
    minute: int
    study_day: date
    state: State
    due_at: datetime
    claimed_at: datetime
    settled_at: datetime | None = None
    retry_at: datetime | None = None
    round_id: int | None = None


def set_slot(tx: Tx, slot: Slot) -> None:
    """Add the hour to the chat's, or change it."""
    put(tx, slots, asdict(slot) | {"next_push_at": seconds_or_none(slot.next_push_at)})


def clear_slots(tx: Tx, chat_id: int, minute: int | None = None) -> None:
    """Push there no more at that minute, or at all."""
    theirs = delete(slots).where(slots.c.chat_id == chat_id)
    tx.execute(theirs if minute is None else theirs.where(slots.c.minute == minute))


def slots_of(tx: Tx, chat_id: int, *, reminders: bool = False) -> tuple[Slot, ...]:
    """The chat's hours, in the order of the day; a private chat's `reminders` are no hours of their own."""
    found = map(_slot, _SLOTS.all(tx, {"chat_id": chat_id}))
    return tuple(slot for slot in found if reminders or slot.kind != "remind")


def reminder_of(tx: Tx, chat_id: int) -> int | None:
    """The minute of the day at which the person is reminded of what they have not done."""
    found = (slot.minute for slot in slots_of(tx, chat_id, reminders=True) if slot.kind == "remind")
    return next(found, None)


def pushed_on(tx: Tx, chat_id: int, day: date, *, but: int | None = None) -> datetime | None:
    """When the chat's first push of that study day began; that of the hour `but` aside."""
    key = {"of": chat_id, "day": day.toordinal(), "but": _NO_MINUTE if but is None else but}
    return instant_or_none(_PUSHED_ON.scalar(tx, key))


def due_slots(tx: Tx, now: datetime, limit: int) -> tuple[Slot, ...]:
    """The hours that have come, the longest due first."""
    return tuple(map(_slot, _DUE.all(tx, {"now": seconds(now), "most": limit})))


def misplanned(tx: Tx, far: datetime) -> tuple[int, ...]:
    """The chats with an hour that is planned beyond `far`."""
    wrong = select(slots.c.chat_id).where(slots.c.next_push_at > seconds(far))
    return tuple(dict.fromkeys(tx.scalars(wrong)))  # a DISTINCT would have SQLite read the whole table in its order


def reschedule(tx: Tx, chat_id: int, minute: int, next_push_at: datetime | None) -> None:
    """Plan the hour's next push, or none for now."""
    _RESCHEDULE.run(tx, {"of": chat_id, "at": minute, "due": seconds_or_none(next_push_at)})


def claim(tx: Tx, push: Push) -> bool:
    """Enter a push in the ledger; False: it is there already, and nothing has changed."""
    row = {
        "chat_id": push.chat_id,
        "minute": push.minute,
        "study_day": push.study_day.toordinal(),
        "state": push.state,
        "due_at": seconds(push.due_at),
        "claimed_at": seconds(push.claimed_at),
        "settled_at": seconds_or_none(push.settled_at),
        "retry_at": seconds_or_none(push.retry_at),
        "round_id": push.round_id,
    }
    return put_new(tx, pushes, row)


def find_push(tx: Tx, chat_id: int, minute: int, study_day: date) -> Push | None:
    """The ledger's row for that slot and study day."""
    row = _PUSH.first(tx, {"of": chat_id, "at": minute, "day": study_day.toordinal()})
    return _push(row) if row else None


def settle(
    tx: Tx,
    chat_id: int,
    minute: int,
    study_day: date,
    state: State,
    now: datetime,
    round_id: int | None = None,
    retry_at: datetime | None = None,
) -> None:
    """Record what became of a push; a `round_id` known before stays unless another is given."""
    which = {"of": chat_id, "at": minute, "day": study_day.toordinal()}
    done = {
        "as": state,
        "settled": None if state in _UNSETTLED else seconds(now),
        "again": seconds_or_none(retry_at),
        "its_round": round_id,
    }
    _SETTLE.run(tx, which | done)


def last_pause(tx: Tx, chat_id: int) -> datetime | None:
    """When the chat was last told that its pushes pause."""
    told = (pushes.c.chat_id == chat_id) & (pushes.c.state == "paused")
    return instant_or_none(tx.scalar(select(func.max(pushes.c.claimed_at)).where(told)))


def stale(tx: Tx, now: datetime, limit: int) -> tuple[Push, ...]:
    """The pushes not settled by their `retry_at`, the oldest first."""
    waiting = select(pushes).where(pushes.c.retry_at <= seconds(now), pushes.c.state.in_(_UNSETTLED))
    return tuple(map(_push, tx.execute(waiting.order_by(pushes.c.retry_at).limit(limit))))


def _slot(row: Any) -> Slot:  # noqa: ANN401 - a row of slots
    return Slot(
        row.chat_id,
        row.minute,
        row.thread_id,
        instant_or_none(row.next_push_at),
        row.about,
        row.weekdays,
        row.kind,
        row.set_by,
    )


def _push(row: Row[Any]) -> Push:
    return Push(
        chat_id=row.chat_id,
        minute=row.minute,
        study_day=date.fromordinal(row.study_day),
        state=row.state,
        due_at=instant(row.due_at),
        claimed_at=instant(row.claimed_at),
        settled_at=instant_or_none(row.settled_at),
        retry_at=instant_or_none(row.retry_at),
        round_id=row.round_id,
    )
