"""Fewer bytes an answer: the round that a Next follows, the order of choices and the study day as small numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_BEFORE = {  # the round whose Next asked
    "sqlite": "CASE WHEN origin GLOB 'n[0-9]*' THEN CAST(substr(origin, 2) AS INTEGER) END",
    "postgresql": "CAST(substring(origin FROM '^n([0-9]+)') AS BIGINT)",
}
_SHORT = "CASE WHEN origin LIKE 'n%' THEN 'n' || ltrim(substr(origin, 2), '0123456789') ELSE origin END"
_AFTER = "closed_at - opened_at"
_SHIFT = "day - 719163 - answered_at / 86400"  # both count days; the first from the year one
_KEPT = (
    'id, chat_id, thread_id, question_id, kind, language, "right", points, state, opened_at, closes_at, message_id,'
    " poll_id, result_id, voided_at, retry_at, pinned, sends"
)


def upgrade() -> None:
    """Rewrite rounds and answers; what they say stays."""
    _numbers_of_choices()
    _nexts()
    op.drop_index("ix_answers_held", "answers")
    for name in ("uq_rounds_poll_id", "ix_rounds_closes_at", "ix_rounds_unanswered"):
        op.drop_index(name, "rounds")
    if op.get_bind().dialect.name == "sqlite":
        _rounds_on_sqlite()
        _answers_on_sqlite()
    else:
        _rounds_on_postgresql()
        _answers_on_postgresql()
    op.execute("DROP TABLE numbers")
    op.execute("DROP TABLE nexts")
    _partial("rounds", "uq_rounds_origin", "substr(origin, 1, 1) <> 'n'", ["chat_id", "origin"], unique=True)
    _partial("rounds", "uq_rounds_poll_id", "poll_id IS NOT NULL", ["poll_id"], unique=True)
    open_till = "closed_after IS NULL AND closes_at IS NOT NULL"
    _partial("rounds", "ix_rounds_closes_at", open_till, ["state", "closes_at"])
    _partial("rounds", "ix_rounds_unanswered", "closed_after IS NULL", ["chat_id", "opened_at"])
    _partial("answers", "ix_answers_held", "held", ["person_id"])


def _numbers_of_choices() -> None:
    """Digits to the base twelve, with a one before them."""
    op.execute("CREATE TEMPORARY TABLE numbers (word VARCHAR PRIMARY KEY, number BIGINT NOT NULL)")
    tx = op.get_bind()
    for (word,) in tx.execute(sa.text("SELECT DISTINCT choices FROM rounds")).all():
        tx.execute(
            sa.text("INSERT INTO numbers VALUES (:word, :number)"), {"word": word, "number": int(f"1{word}", 12)}
        )


def _nexts() -> None:
    """Which round the Next of another one has asked for."""
    before = _BEFORE[op.get_bind().dialect.name]
    op.execute(
        "CREATE TEMPORARY TABLE nexts AS SELECT before, min(id) AS id"  # noqa: S608
        f" FROM (SELECT id, {before} AS before FROM rounds) AS each WHERE before < id GROUP BY before"
    )
    op.execute("CREATE UNIQUE INDEX ix_nexts ON nexts (before)")


def _partial(table: str, name: str, where: str, columns: list[str], *, unique: bool = False) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)


def _rounds_on_sqlite() -> None:
    """A table made anew, as SQLite cannot change a column's type. Its last number goes along: none is used again."""
    for name in ("ix_rounds_of_groups", "ix_rounds_voided"):
        op.drop_index(name, "rounds")
    op.create_table(
        "new_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("step_to_next", sa.Integer()),
        sa.Column("language", sa.SmallInteger(), nullable=False),
        sa.Column("choices", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("right", sa.SmallInteger()),
        sa.Column("points", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closes_at", sa.BigInteger()),
        sa.Column("closed_after", sa.Integer()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("poll_id", sa.String()),
        *(sa.Column(name, sa.BigInteger()) for name in ("result_id", "voided_at", "retry_at")),
        sa.Column("pinned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sends", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_rounds_question_id_questions"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sqlite_autoincrement=True,
    )
    op.execute(
        f"INSERT INTO new_rounds ({_KEPT}, origin, step_to_next, choices, closed_after)"  # noqa: S608
        f" SELECT {', '.join('rounds.' + name for name in _KEPT.split(', '))}, {_SHORT}, nexts.id - rounds.id, number,"
        f" {_AFTER} FROM rounds JOIN numbers ON word = choices LEFT JOIN nexts ON before = rounds.id ORDER BY rounds.id"
    )
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'new_rounds'")
    op.execute("INSERT INTO sqlite_sequence SELECT 'new_rounds', seq FROM sqlite_sequence WHERE name = 'rounds'")
    op.drop_table("rounds")
    op.rename_table("new_rounds", "rounds")
    _partial("rounds", "ix_rounds_of_groups", "chat_id < 0", ["chat_id", "opened_at"])
    _partial("rounds", "ix_rounds_voided", "voided_at IS NOT NULL", ["chat_id"])


def _answers_on_sqlite() -> None:
    op.create_table(
        "new_answers",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.SmallInteger()),
        sa.Column("right", sa.Boolean()),
        sa.Column("points", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.Column("day_shift", sa.Integer(), nullable=False),
        sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_answers_round_id_rounds"),
        sa.PrimaryKeyConstraint("round_id", "person_id", name="pk_answers"),
        sqlite_with_rowid=False,
    )
    kept = 'round_id, person_id, choice, "right", points, answered_at, held'
    op.execute(f"INSERT INTO new_answers ({kept}, day_shift) SELECT {kept}, {_SHIFT} FROM answers")  # noqa: S608
    op.drop_table("answers")
    op.rename_table("new_answers", "answers")


def _rounds_on_postgresql() -> None:
    op.drop_constraint("uq_rounds_chat_id_origin", "rounds", type_="unique")
    op.add_column("rounds", sa.Column("step_to_next", sa.Integer()))
    op.add_column("rounds", sa.Column("closed_after", sa.Integer()))
    op.add_column("rounds", sa.Column("number", sa.BigInteger(), server_default="1", nullable=False))
    op.execute("UPDATE rounds SET step_to_next = nexts.id - rounds.id FROM nexts WHERE before = rounds.id")
    op.execute(
        f"UPDATE rounds SET closed_after = {_AFTER}, number = numbers.number, origin = {_SHORT}"  # noqa: S608
        " FROM numbers WHERE word = choices"
    )
    op.drop_column("rounds", "closed_at")
    op.drop_column("rounds", "choices")
    op.alter_column("rounds", "number", new_column_name="choices")


def _answers_on_postgresql() -> None:
    op.add_column("answers", sa.Column("day_shift", sa.Integer()))
    op.execute(f"UPDATE answers SET day_shift = {_SHIFT}")  # noqa: S608
    op.alter_column("answers", "day_shift", nullable=False)
    op.drop_column("answers", "day")
