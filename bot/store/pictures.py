"""The pictures that were shown last: Telegram keeps them, and takes them again by their id."""

from __future__ import annotations

from sqlalchemy import exists, select

from bot.store.database import Tx
from bot.store.tables import people
from bot.store.tables_own import pictures
from bot.store.upsert import put


def find(tx: Tx, person_id: int, theme: str, digest: str) -> str | None:
    """Telegram's id of the picture, if it is the one the person was shown last in that theme."""
    mine = (pictures.c.person_id == person_id, pictures.c.theme == theme, pictures.c.digest == digest)
    return tx.scalar(select(pictures.c.file_id).where(*mine))


def keep(tx: Tx, person_id: int, theme: str, digest: str, file_id: str) -> None:
    """The person has been shown it. Who was erased while it was on its way is left alone."""
    if tx.scalar(select(exists().where(people.c.id == person_id))):
        put(tx, pictures, {"person_id": person_id, "theme": theme, "digest": digest, "file_id": file_id})
