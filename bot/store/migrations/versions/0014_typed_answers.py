"""Typed answers: how a person is asked, what they wrote, which points it made, and where they disagree."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables; who was asked so far is asked as before, choices while a question is new."""
    op.add_column("learners", sa.Column("mode", sa.SmallInteger()))
    _make_typed()
    op.create_table(
        "pieces",
        _number("person_id"),
        _number("message_id"),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "message_id", name="pk_pieces"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pieces_round_id", "pieces", ["round_id"])
    _make_marks()


def _make_typed() -> None:
    op.create_table(
        "typed",
        _number("round_id"),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger()) for name in ("done_at", "note_id", "result_id", "rest_id", "retry_at")),
        sa.PrimaryKeyConstraint("round_id", name="pk_typed"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_typed_person_id", "typed", ["person_id"])
    waiting = sa.text("retry_at IS NOT NULL")
    op.create_index("ix_typed_retry_at", "typed", ["retry_at"], sqlite_where=waiting, postgresql_where=waiting)


def _make_marks() -> None:
    op.create_table(
        "marks",
        _number("person_id"),
        _number("question_id"),
        _number("round_id"),
        sa.Column("verdict", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "question_id", "round_id", "verdict", "point", name="pk_marks"),
        _of_questions("marks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "overrides",
        _number("person_id"),
        _number("round_id"),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "round_id", "point", name="pk_overrides"),
        _of_questions("overrides"),
        sqlite_with_rowid=False,
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _of_questions(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=f"fk_{table}_question_id_questions")
