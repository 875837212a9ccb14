"""A chat's rows under a new chat id, table by table."""

from __future__ import annotations

from sqlalchemy import Table, delete, exists, func, literal, select, update

from bot.store import crowds
from bot.store import scores as scoring
from bot.store.database import Tx
from bot.store.tables import chats, moves, pushes, rounds, sittings, slots
from bot.store.tables_group import members, scores, seasons, standings, turnouts, wanted
from bot.store.upsert import insert, put, put_new, summed

_BEFORE = "@"  # in an origin: what follows is the id that its chat had
_SETTINGS = ("language", "timezone", "asking", "paused_at", "trouble")  # the old chat is quiet because it moved


def move_chat(tx: Tx, old_id: int, new_id: int, now: int) -> None:
    """Move everything; what is under the new id already stays. `now` is Unix seconds."""
    tx.execute(update(moves).where(moves.c.chat_id == old_id).values(chat_id=new_id))
    put(tx, moves, {"old_id": old_id, "chat_id": new_id})
    _move_settings(tx, old_id, new_id, now)
    _move_rounds(tx, old_id, new_id)
    for table in (slots, pushes, sittings, members, seasons, wanted):
        _move_rows(tx, table, old_id, new_id)
    _move_scores(tx, old_id, new_id)


def home_of(tx: Tx, chat_id: int) -> int | None:
    """What the group of that id has become; None of one that has not moved."""
    return tx.scalar(select(moves.c.chat_id).where(moves.c.old_id == chat_id))


def origin_before(origin: str, old_id: int) -> str:
    """A round's origin as it is once the chat `old_id` has moved: the same number is another message's there."""
    return f"{origin}{_BEFORE}{old_id}"


def _move_settings(tx: Tx, old_id: int, new_id: int, now: int) -> None:
    """The old chat's settings win, as the new row may be as young as the supergroup's first message."""
    put_new(tx, chats, {"id": new_id, "kind": "supergroup", "first_seen_at": now})
    old = tx.execute(select(chats).where(chats.c.id == old_id)).one_or_none()
    if old is None:
        return
    kept = {name: getattr(old, name) for name in _SETTINGS}
    tx.execute(
        update(chats)
        .where(chats.c.id == new_id)
        .values(
            {name: value for name, value in kept.items() if value is not None}
            | {"day_start": old.day_start, "pins": old.pins, "first_seen_at": old.first_seen_at}
            | {"title": func.coalesce(func.nullif(chats.c.title, ""), old.title)}
        )
    )
    tx.execute(delete(chats).where(chats.c.id == old_id))


def _move_rounds(tx: Tx, old_id: int, new_id: int) -> None:
    here = update(rounds).where(rounds.c.chat_id == old_id)
    own = ~rounds.c.origin.contains(_BEFORE)  # others have moved before, and go on naming the chat they were asked in
    tx.execute(here.where(own).values(origin=rounds.c.origin + origin_before("", old_id)))
    tx.execute(here.values(chat_id=new_id, message_id=None, result_id=None))


def _move_scores(tx: Tx, old_id: int, new_id: int) -> None:
    """The lines of people who have some in both are added up, and who answered is counted anew where both had any."""
    rest = [scores.c.period, scores.c.points, scores.c.right, scores.c.answered, scores.c.listed]
    mine = select(scores.c.person_id, literal(new_id), *rest).where(scores.c.chat_id == old_id)
    names = ["person_id", "chat_id", *(column.name for column in rest)]
    tx.execute(summed(insert(tx, scores).from_select(names, mine), scores, ("points", "right", "answered")))
    tx.execute(delete(scores).where(scores.c.chat_id == old_id))
    scoring.list_lines(tx, scores.c.chat_id == new_id)
    there = turnouts.alias("there")
    both = select(turnouts.c.period).join(there, there.c.period == turnouts.c.period)
    shared = tx.scalars(both.where(turnouts.c.chat_id == old_id, there.c.chat_id == new_id)).all()
    _move_rows(tx, turnouts, old_id, new_id)
    _move_rows(tx, standings, old_id, new_id)
    crowds.recount(tx, new_id, shared)


def _move_rows(tx: Tx, table: Table, old_id: int, new_id: int) -> None:
    """The rows of a table whose key begins with the chat, but those whose place is taken."""
    there = table.alias("there")
    rest = [column.name for column in table.primary_key if column.name != "chat_id"]
    taken = exists().where(there.c.chat_id == new_id, *(there.c[name] == table.c[name] for name in rest))
    tx.execute(delete(table).where(table.c.chat_id == old_id, taken))
    tx.execute(update(table).where(table.c.chat_id == old_id).values(chat_id=new_id))
