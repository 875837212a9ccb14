"""The tables of what a person wants of single answers and questions; units as in tables."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table

from bot.store.tables import metadata

# Private answers that were undone: each once, and what is answered then has been seen before.
undone = Table(
    "undone",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("round_id", BigInteger, primary_key=True, autoincrement=False),
    Column("answered_at", BigInteger, nullable=False),
    Column("message_id", BigInteger),  # the /undo that did it
    sqlite_with_rowid=False,
)

# What a private answer that was the first of its day has begun, to be undone: of each person the last such one.
firsts = Table(
    "firsts",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("round_id", BigInteger, nullable=False),
    Column("begun", String, nullable=False),  # JSON, see undos
    sqlite_with_rowid=False,
)

# Questions that a person does not want to be asked.
withheld = Table(
    "withheld",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question_id", BigInteger, ForeignKey("questions.id"), primary_key=True),
    Column("until", BigInteger),  # buried until then; None: suspended
    sqlite_with_rowid=False,
)
