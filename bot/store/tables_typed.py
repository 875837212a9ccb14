"""The tables of typed answers: what a person wrote, which points of a rubric it made, and second opinions on it."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.store.coded import Coded
from bot.store.tables import metadata, partial

# A typed round that somebody has written to. Instants are Unix seconds.
typed = Table(
    "typed",
    metadata,
    Column("round_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, nullable=False),
    Column("said_at", BigInteger, nullable=False),  # when the newest piece came
    Column("done_at", BigInteger),  # when it was said to be all; from then on it is graded
    Column("note_id", BigInteger),  # the message that asks whether there is more
    Column("result_id", BigInteger),  # the message that shows the grade
    Column("rest_id", BigInteger),  # where the reference goes on that did not fit into it
    Column("retry_at", BigInteger),  # an answer without a shown grade is graded then
    Column("stage", Coded("points", "said", "whole"), nullable=False, server_default="0"),  # see store.typed
    Index("ix_typed_person_id", "person_id"),
    partial("ix_typed_retry_at", "retry_at IS NOT NULL", "retry_at"),
    sqlite_with_rowid=False,
)

# The messages that an answer is made of, as last edited.
pieces = Table(
    "pieces",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("round_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_pieces_round_id", "round_id"),
    sqlite_with_rowid=False,
)

# What a graded answer came to, point by point; a wrong claim has its own id.
marks = Table(
    "marks",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question_id", BigInteger, ForeignKey("questions.id"), primary_key=True),
    Column("round_id", BigInteger, primary_key=True, autoincrement=False),
    Column("verdict", Coded("hit", "missed", "wrong"), primary_key=True),
    Column("point", String, primary_key=True),
    sqlite_with_rowid=False,
)

# "I did say that": the person's word against the grader's, with the sentence, for the bank's authors.
overrides = Table(
    "overrides",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("round_id", BigInteger, primary_key=True, autoincrement=False),
    Column("point", String, primary_key=True),
    Column("question_id", BigInteger, ForeignKey("questions.id"), nullable=False),
    Column("sentence", Text, nullable=False),
    sqlite_with_rowid=False,
)

# One row a call, written before it: what is left of a day is counted by these. `key` is a digest of all that was sent.
opinions = Table(
    "opinions",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", String, primary_key=True),
    Column("study_day", Integer, nullable=False),  # on which it was asked for
    Column("quotes", Text),  # the opinion as JSON, see core.opinions; None while, and for ever if, there is no reply
    sqlite_with_rowid=False,
)
