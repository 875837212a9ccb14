"""The tables of interviews; units as in tables."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from bot.store.coded import Coded
from bot.store.tables import metadata, partial

# A row of questions asked as an interviewer asks, judged at the end.
interviews = Table(
    "interviews",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("person_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),  # the /interview that began it
    Column("thread_id", BigInteger),
    Column("about", String),  # a topic's id, or `#` and a tag; None: anything
    Column("phase", Coded("asking", "waiting", "hearing", "judging", "ending", "over"), nullable=False),
    Column("step", SmallInteger, nullable=False, server_default="0"),  # the turn it has got to
    Column("began_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),  # when the person last did something in it
    Column("act_at", BigInteger),  # when the bot goes on by itself: silence, or a message that may not have arrived
    Column("verdict_id", BigInteger),  # the message that told the verdict
    Column("planned_at", BigInteger),  # when its ratings became reviews
    UniqueConstraint("person_id", "message_id"),
    partial("ix_interviews_act_at", "act_at IS NOT NULL", "act_at"),
    sqlite_autoincrement=True,  # the buttons of an erased one must not mean another
)

# One question of an interview with all that was asked on about it.
turns = Table(
    "turns",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("interview_id", BigInteger, primary_key=True, autoincrement=False),
    Column("step", SmallInteger, primary_key=True, autoincrement=False),
    Column("question_id", BigInteger, ForeignKey("questions.id"), nullable=False),
    Column("round_id", BigInteger),  # None until it is asked
    Column("asked", String, nullable=False, server_default=text("''")),  # ids of points asked on for, a line each
    Column("aloud", Boolean, nullable=False, server_default=false()),  # said, not written: not judged
    Column("rating", SmallInteger),  # what the person says; None: as suggested
    Index("ix_turns_round_id", "round_id"),
    sqlite_with_rowid=False,
)
