"""The tables behind boards, seasons and streaks; units as in tables.

Who needs `metadata` whole takes it from here, so that both modules are loaded.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, false

from bot.store.tables import metadata, partial

__all__ = ["members", "metadata", "scores", "seasons", "standings", "study_days", "turnouts", "wanted"]

# Who is in a group, as far as Telegram has told. A row is a fact with its age; nobody's row is nobody's absence.
members = Table(
    "members",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("here", Boolean, nullable=False),
    Column("checked_at", BigInteger, nullable=False),
    Index("ix_members_person_id", "person_id"),
    sqlite_with_rowid=False,
)

# Aggregates kept in the answer's own transaction; `period` is core.calendar.Period.key. Chat 0 is the global board.
# A person's lines of one chat stand side by side, so that an answer changes one page. Of days only the last are kept.
scores = Table(
    "scores",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("points", Integer, nullable=False),
    Column("right", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column(
        "listed", Boolean, nullable=False, server_default=false()
    ),  # an answer that counts, and neither hidden nor known to have left
    Index("ix_scores_board", "chat_id", "period", "listed", "points", "person_id"),
    sqlite_with_rowid=False,
)

# How many people answered in a group (chat 0: of those on the global board) in each period, listed or not.
turnouts = Table(
    "turnouts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("people", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Of large boards only: how many of the people listed there have exactly so many points.
standings = Table(
    "standings",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("points", Integer, primary_key=True, autoincrement=False),
    Column("people", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# A group's weeks and months: a row from the first answer in one to the message that closes it.
seasons = Table(
    "seasons",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("due_at", BigInteger, nullable=False),  # when it is closed and told
    Column("state", String, nullable=False),  # open, claimed, told, missed
    Column("retry_at", BigInteger),  # a claimed one not told by then is told again
    partial("ix_seasons_due_at", "state IN ('open', 'claimed')", "due_at"),
    sqlite_with_rowid=False,
)

# Questions that a group wants to be asked again; the next rounds take them first.
wanted = Table(
    "wanted",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question_id", BigInteger, ForeignKey("questions.id"), primary_key=True),
    Column("wanted_at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# The study days on which a person answered at least once, those in a row as one line: streaks are read from here.
study_days = Table(
    "study_days",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("study_day", Integer, primary_key=True, autoincrement=False),  # the first of them
    Column("last_day", Integer, nullable=False),
    sqlite_with_rowid=False,
)
