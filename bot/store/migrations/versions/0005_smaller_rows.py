"""Fewer bytes an answer: words of rounds as numbers, indexes of few rows, cards that say only when they are due."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_WORDS = {
    "kind": ("choice", "poll", "recall", "card"),
    "language": ("zh", "en"),
    "state": ("sending", "closed", "open", "closing"),
}


def upgrade() -> None:
    """Rewrite rounds and cards; what they say stays."""
    op.drop_index("ix_answers_person_id", "answers")
    _cards()
    _slots()
    _study_days()
    if op.get_bind().dialect.name == "sqlite":
        _rounds_on_sqlite()
    else:
        _rounds_on_postgresql()
    _partial("uq_rounds_poll_id", "poll_id IS NOT NULL", ["poll_id"], unique=True)
    _partial("ix_rounds_closes_at", "closed_at IS NULL AND closes_at IS NOT NULL", ["state", "closes_at"])
    _partial("ix_rounds_unanswered", "closed_at IS NULL", ["chat_id", "opened_at"])
    _partial("ix_rounds_of_groups", "chat_id < 0", ["chat_id", "opened_at"])
    _partial("ix_rounds_voided", "voided_at IS NOT NULL", ["chat_id"])


def _partial(name: str, where: str, columns: list[str], *, unique: bool = False) -> None:
    only = sa.text(where)
    op.create_index(name, "rounds", columns, unique=unique, sqlite_where=only, postgresql_where=only)


def _cards() -> None:
    """What is remembered stands in the review log: stability, difficulty and the rest are replayed from it."""
    op.drop_index("ix_cards_person_id_due_at", "cards")
    for name in ("stability", "difficulty", "reviewed_at", "reps", "lapses"):
        op.drop_column("cards", name)


def _slots() -> None:
    """Hours that came with a chat that moved, and have no plan: the tick looks for them by their date from now on."""
    op.execute(
        "UPDATE slots SET next_push_at = 9999999999 WHERE next_push_at IS NULL"
        " AND chat_id IN (SELECT id FROM chats WHERE quiet_since IS NULL AND paused_at IS NULL)"
    )


def _study_days() -> None:
    """Days in a row become one line: such days less their place in the order are all the same."""
    op.rename_table("study_days", "old_days")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_study_days RENAME TO pk_old_days")
    op.create_table(
        "study_days",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("study_day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "study_day", name="pk_study_days"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO study_days SELECT person_id, min(study_day), max(study_day) FROM (SELECT person_id, study_day,"
        " study_day - row_number() OVER (PARTITION BY person_id ORDER BY study_day) AS run FROM old_days) AS each"
        " GROUP BY person_id, run"
    )
    op.drop_table("old_days")


def _number(column: str) -> str:
    cases = " ".join(f"WHEN '{word}' THEN {number}" for number, word in enumerate(_WORDS[column]))
    return f"CASE {column} {cases} ELSE 1 END"  # no version has written any other word


def _rounds_on_postgresql() -> None:
    op.drop_constraint("uq_rounds_poll_id", "rounds", type_="unique")
    for index in ("ix_rounds_closes_at", "ix_rounds_chat_id_opened_at"):
        op.drop_index(index, "rounds")
    for column in _WORDS:
        op.execute(f"ALTER TABLE rounds ALTER COLUMN {column} TYPE SMALLINT USING {_number(column)}")


def _rounds_on_sqlite() -> None:
    """A table made anew, as SQLite cannot change a column's type. Its last number goes along: none is used again."""
    op.create_table(
        "new_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("language", sa.SmallInteger(), nullable=False),
        sa.Column("choices", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("right", sa.SmallInteger()),
        sa.Column("points", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger()) for name in ("closes_at", "closed_at", "message_id")),
        sa.Column("poll_id", sa.String()),
        *(sa.Column(name, sa.BigInteger()) for name in ("result_id", "voided_at")),
        sa.Column("pinned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sends", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_rounds_question_id_questions"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sa.UniqueConstraint("chat_id", "origin", name="uq_rounds_chat_id_origin"),
        sqlite_autoincrement=True,
    )
    plain = (
        'id, chat_id, thread_id, question_id, origin, choices, "right", points, opened_at, closes_at, closed_at,'
        " message_id, poll_id, result_id, voided_at, pinned, sends"
    )
    numbers = ", ".join(map(_number, _WORDS))
    words = ", ".join(_WORDS)
    op.execute(f"INSERT INTO new_rounds ({plain}, {words}) SELECT {plain}, {numbers} FROM rounds")  # noqa: S608
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'new_rounds'")
    op.execute("INSERT INTO sqlite_sequence SELECT 'new_rounds', seq FROM sqlite_sequence WHERE name = 'rounds'")
    op.drop_table("rounds")
    op.rename_table("new_rounds", "rounds")
