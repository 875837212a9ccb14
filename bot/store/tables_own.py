"""The tables of what is a person's own besides their cards; units as in tables."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, SmallInteger, String, Table

from bot.store.coded import Coded
from bot.store.tables import metadata

# How a person studies, see core.learners; a row for who has changed something, or answered much, None for what is as by
# default.
learners = Table(
    "learners",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("retention", SmallInteger),  # percent
    Column("new_a_day", SmallInteger),  # questions; -1: any number
    Column("reviews_a_day", SmallInteger),  # the same
    Column("mode", Coded("mixed", "choice", "typed", "recall")),  # how questions are asked
    Column("opinions", Boolean),  # typed answers go to the operator's language model, too
    Column("portion", SmallInteger),  # questions of a daily push
    Column("parameters", String),  # FSRS's, fitted to their log, with commas between
    Column("optimized", Integer),  # reviews that the log had when it was last looked at for that
    sqlite_with_rowid=False,
)

# The day of a person's exam: until then the plan says what comes. Gone once they have been told that it is over.
exams = Table(
    "exams",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, nullable=False),
    Column("about", String),  # a topic's id, or `#` and a tag; None: everything
    sqlite_with_rowid=False,
)

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

# The study days on which a person is away, both ends among them; those of before stay, as streaks are made from them.
vacations = Table(
    "vacations",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("first_day", Integer, primary_key=True, autoincrement=False),
    Column("last_day", Integer),  # None: until further notice
    sqlite_with_rowid=False,
)

# The picture of their progress that a person was shown last in each theme, which Telegram keeps.
pictures = Table(
    "pictures",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("theme", String, primary_key=True),
    Column("digest", String, nullable=False),  # of all that was drawn: another picture has another
    Column("file_id", String, nullable=False),
    sqlite_with_rowid=False,
)

# The files that a button under a message (of /mistakes) has sent, so that pressed twice it sends them once.
files_sent = Table(
    "files_sent",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("files", Integer, nullable=False),  # how many
    sqlite_with_rowid=False,
)

# The files that a person has brought with /import in the last days, by the message that did, and what came of each: the
# same message once more tells the same, and a file that names somebody else waits for a word.
imports = Table(
    "imports",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("wish", Coded("asked", "taken", "left"), nullable=False),
    Column("brought_at", BigInteger, nullable=False),
    Column("file_id", String),  # Telegram's, until what became of it is told
    Column("new", Integer, nullable=False),  # reviews taken in that were not there
    Column("study", Boolean, nullable=False),  # whether any study setting was
    Column("suspended", Integer, nullable=False),  # questions
    Column("exam_day", Integer),
    sqlite_with_rowid=False,
)
