"""The tables of people, chats and questions. Instants are Unix seconds (UTC); study days are proleptic Gregorian
ordinals (`date.toordinal`). What boards and seasons are made of stands in tables_group.

Natural integer keys and `WITHOUT ROWID` keep an answer at some 30 bytes. There are no foreign keys to people
or chats: erasing a person and moving a group are explicit functions, tested against every table below.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.store.coded import Coded, Digits

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in a column declared exactly INTEGER PRIMARY KEY.
_Serial = BigInteger().with_variant(Integer, "sqlite")

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # Telegram's user id
    Column("name", String, nullable=False),  # as last seen
    Column("username", String),
    Column("language_code", String),  # as Telegram last said
    Column("first_seen_at", BigInteger, nullable=False),
    Column("hidden", Boolean, nullable=False, server_default=false()),  # on no board and named in no result
    Column("worldwide", Boolean, nullable=False, server_default=false()),  # wants to be on the global board
)


def partial(name: str, where: str, *columns: str, unique: bool = False) -> Index:
    """An index of those rows alone; a query uses it that says so in the same words.

    PostgreSQL's has the same condition, by its migration: to name it here would load that dialect for nothing.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where))


# A private chat has the person's id and holds that person's settings: language, zone, hour.
chats = Table(
    "chats",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # Telegram's chat id
    Column("kind", String, nullable=False),  # private, group, supergroup
    Column("title", String, nullable=False, server_default=text("''")),
    Column("language", String),  # chosen with /language; None follows Telegram (private) or DEFAULT_LANGUAGE
    Column("timezone", String),  # IANA name; None is DEFAULT_TIMEZONE
    Column("day_start", SmallInteger, nullable=False, server_default="4"),  # hour at which a study day starts
    Column("asking", String),  # what plain messages answer, and since when (Unix seconds): timezone 1795426200
    Column("quiet_since", BigInteger),  # blocked, kicked or gone: nothing is sent until it wakes
    Column("first_seen_at", BigInteger, nullable=False),
    Column("paused_at", BigInteger),  # nobody answered for long: nothing is pushed until somebody wants it
    Column("pins", Boolean, nullable=False, server_default=false()),  # the daily poll is pinned while it is open
    Column("trouble", String),  # why the last push was refused; told once
    Column("theme", String),  # light, dark: how pictures look here
)

# What a group was called before it became a supergroup: what is said there may be handled late, or once more.
moves = Table(
    "moves",
    metadata,
    Column("old_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# A slot is one of a chat's daily hours. The table is the schedule: the tick reads next_push_at.
slots = Table(
    "slots",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("minute", SmallInteger, primary_key=True, autoincrement=False),  # of the local day, 0..1439
    Column("thread_id", BigInteger),
    Column("next_push_at", BigInteger),  # None while the chat is quiet or paused
    Column("about", String),  # a topic's id, or `#` and a tag; None: any question
    Column("weekdays", Boolean, nullable=False, server_default=false()),  # Monday to Friday only
    Column("kind", String, nullable=False, server_default=text("'quiz'")),  # quiz, card, remind
    Column("set_by", BigInteger),  # the admin who is told when it cannot be posted
    Index("ix_slots_next_push_at", "next_push_at"),
    sqlite_with_rowid=False,
)

# The ledger: one row a chat, slot and study day, claimed before the send and settled after.
pushes = Table(
    "pushes",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("minute", SmallInteger, primary_key=True, autoincrement=False),
    Column("study_day", Integer, primary_key=True, autoincrement=False),
    Column("state", String, nullable=False),  # claimed, sent, refused, nothing, missed, gone, later, paused
    Column("due_at", BigInteger, nullable=False),
    Column("claimed_at", BigInteger, nullable=False),
    Column("settled_at", BigInteger),
    Column("retry_at", BigInteger),  # a claimed push not settled by then is sent again
    Column("round_id", BigInteger),
    partial("ix_pushes_retry_at", "retry_at IS NOT NULL", "retry_at"),
    sqlite_with_rowid=False,
)

# Banks name questions by words; everything else refers to these small numbers.
questions = Table(
    "questions",
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("bank", String, nullable=False),
    Column("key", String, nullable=False),
    UniqueConstraint("bank", "key"),
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("question_id", BigInteger, ForeignKey("questions.id"), nullable=False),
    Column(
        "kind", Coded("choice", "poll", "recall", "card", "cram", "typed", "interview"), nullable=False
    ),  # choice, recall, typed, cram: private; else a group's
    Column("origin", String, nullable=False),  # what asked: m<message>, n, p<minute>.<study day>, x<…>; see moving
    Column("step_to_next", Integer),  # to the number of the round that its Next asked for
    Column("language", Coded("zh", "en"), nullable=False),  # the language it was asked in
    Column("choices", Digits, nullable=False, server_default="1"),  # shown order as original indexes: "2031"
    Column("right", SmallInteger),  # the original index of the right choice when it was asked
    Column("points", SmallInteger, nullable=False, server_default="0"),  # what a right first answer earns
    Column("state", Coded("sending", "closed", "open", "closing"), nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("closes_at", BigInteger),  # when the bot closes it; None: it stays open
    Column("closed_after", Integer),  # seconds; None for a private one that is closed without an answer, too
    Column("message_id", BigInteger),  # None until it is known
    Column("poll_id", String),
    Column("result_id", BigInteger),  # the message that told the result
    Column("voided_at", BigInteger),  # an admin took it off the boards
    Column("retry_at", BigInteger),  # one that is closing and not told of by then is told of again
    Column("pinned", Boolean, nullable=False, server_default=false()),  # its poll is pinned, to be unpinned at the end
    Column(
        "sends", SmallInteger, nullable=False, server_default="0"
    ),  # counted before each send; all but one are orphans
    partial("uq_rounds_origin", "substr(origin, 1, 1) <> 'n'", "chat_id", "origin", unique=True),
    # A private round for each answer would make each of these large, so they are of the few that are looked for.
    partial("uq_rounds_poll_id", "poll_id IS NOT NULL", "poll_id", unique=True),
    partial("ix_rounds_closes_at", "closed_after IS NULL AND closes_at IS NOT NULL", "state", "closes_at"),
    partial("ix_rounds_unanswered", "closed_after IS NULL", "chat_id", "opened_at"),
    partial("ix_rounds_of_groups", "chat_id < 0", "chat_id", "opened_at"),
    partial("ix_rounds_voided", "voided_at IS NOT NULL", "chat_id"),
    sqlite_autoincrement=True,  # the buttons of an erased round must not mean another
)

# One person's answer to one round. Each has its review, by which a person's answers are found, but for those of extra
# study, which stand by their round alone. `choice` is an original index, None for a recall round.
answers = Table(
    "answers",
    metadata,
    Column("round_id", BigInteger, ForeignKey("rounds.id"), primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("choice", SmallInteger),
    Column("right", Boolean),  # None: not gradable (a recall round is rated, not graded)
    Column("points", SmallInteger, nullable=False, server_default="0"),
    Column("answered_at", BigInteger, nullable=False),
    Column("day_shift", Integer, nullable=False),  # from the day in UTC to the chat's study day: what boards count
    Column("held", Boolean, nullable=False, server_default=false()),  # alone in the group that week: no points so far
    partial("ix_answers_held", "held", "person_id"),
    sqlite_with_rowid=False,
)

# The one review log, from which every card is made. `round_id` is no foreign key: each round erased would have
# the database search the whole log for it.
reviews = Table(
    "reviews",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question_id", BigInteger, ForeignKey("questions.id"), primary_key=True),
    Column("round_id", BigInteger, primary_key=True, autoincrement=False),
    Column("rating", SmallInteger, nullable=False),  # 1 Again, 2 Hard, 3 Good, 4 Easy
    Column("reviewed_at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# When a question comes back to a person; what they remember of it stands in their reviews.
cards = Table(
    "cards",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question_id", BigInteger, ForeignKey("questions.id"), primary_key=True),
    Column("due_at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# Private questions in a row: ended by an hour of silence.
sittings = Table(
    "sittings",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("began_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# Votes that arrived before sendPoll's reply told the poll's id.
parked_votes = Table(
    "parked_votes",
    metadata,
    Column("poll_id", String, primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("username", String),
    Column("language_code", String),
    Column("choice", SmallInteger, nullable=False),
    Column("parked_at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# Updates that could not be parsed or failed three times, kept for the operator.
failed_updates = Table(
    "failed_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("payload", Text, nullable=False),
    Column("error", String, nullable=False),
    Column("tries", SmallInteger, nullable=False),
    Column("failed_at", BigInteger, nullable=False),
)
