"""Interviews: questions in a row, asked on about, judged at the end."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Nobody has had one so far."""
    op.create_table(
        "interviews",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("about", sa.String()),
        sa.Column("phase", sa.SmallInteger(), nullable=False),
        sa.Column("step", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("act_at", sa.BigInteger()),
        sa.Column("verdict_id", sa.BigInteger()),
        sa.Column("planned_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_interviews"),
        sa.UniqueConstraint("person_id", "message_id", name="uq_interviews_person_id_message_id"),
        sqlite_autoincrement=True,
    )
    only = sa.text("act_at IS NOT NULL")
    op.create_index("ix_interviews_act_at", "interviews", ["act_at"], sqlite_where=only, postgresql_where=only)
    op.create_table(
        "turns",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("interview_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger()),
        sa.Column("asked", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("aloud", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("rating", sa.SmallInteger()),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_turns_question_id_questions"),
        sa.PrimaryKeyConstraint("person_id", "interview_id", "step", name="pk_turns"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_turns_round_id", "turns", ["round_id"])
