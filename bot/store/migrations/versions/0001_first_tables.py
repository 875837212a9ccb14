"""All tables of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table; what a row means stands in bot/store/tables.py."""
    _who_and_where()
    _daily()
    _asking()
    _memory()
    _boards_and_leftovers()


def _who_and_where() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("username", sa.String()),
        sa.Column("language_code", sa.String()),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_table(
        "chats",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("language", sa.String()),
        sa.Column("timezone", sa.String()),
        sa.Column("day_start", sa.SmallInteger(), server_default="4", nullable=False),
        sa.Column("asking", sa.String()),
        sa.Column("quiet_since", sa.BigInteger()),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
    )


def _daily() -> None:
    op.create_table(
        "slots",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("minute", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("next_push_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("chat_id", "minute", name="pk_slots"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_slots_next_push_at", "slots", ["next_push_at"])
    op.create_table(
        "pushes",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("minute", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("study_day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("retry_at", sa.BigInteger()),
        sa.Column("round_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("chat_id", "minute", "study_day", name="pk_pushes"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_pushes_retry_at",
        "pushes",
        ["retry_at"],
        sqlite_where=sa.text("retry_at IS NOT NULL"),
        postgresql_where=sa.text("retry_at IS NOT NULL"),
    )


def _asking() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.UniqueConstraint("bank", "key", name="uq_questions_bank_key"),
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("choices", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("right", sa.SmallInteger()),
        sa.Column("points", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closes_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("poll_id", sa.String()),
        sa.Column("result_id", sa.BigInteger()),
        sa.Column("sends", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_rounds_question_id_questions"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sa.UniqueConstraint("chat_id", "origin", name="uq_rounds_chat_id_origin"),
        sa.UniqueConstraint("poll_id", name="uq_rounds_poll_id"),
    )
    op.create_index("ix_rounds_chat_id_opened_at", "rounds", ["chat_id", "opened_at"])
    op.create_index(
        "ix_rounds_closes_at",
        "rounds",
        ["closes_at"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "answers",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.SmallInteger()),
        sa.Column("right", sa.Boolean()),
        sa.Column("points", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_answers_round_id_rounds"),
        sa.PrimaryKeyConstraint("round_id", "person_id", name="pk_answers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_answers_person_id", "answers", ["person_id"])


def _memory() -> None:
    op.create_table(
        "reviews",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("reviewed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_reviews_question_id_questions"),
        sa.PrimaryKeyConstraint("person_id", "question_id", "round_id", name="pk_reviews"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cards",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("reviewed_at", sa.BigInteger(), nullable=False),
        sa.Column("reps", sa.SmallInteger(), nullable=False),
        sa.Column("lapses", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_cards_question_id_questions"),
        sa.PrimaryKeyConstraint("person_id", "question_id", name="pk_cards"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cards_person_id_due_at", "cards", ["person_id", "due_at"])
    op.create_table(
        "study_days",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("study_day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "study_day", name="pk_study_days"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sittings",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_sittings"),
        sqlite_with_rowid=False,
    )


def _boards_and_leftovers() -> None:
    op.create_table(
        "scores",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("period", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "period", "person_id", name="pk_scores"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_scores_chat_id_period_points", "scores", ["chat_id", "period", "points"])
    op.create_index("ix_scores_person_id", "scores", ["person_id"])
    op.create_table(
        "parked_votes",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("username", sa.String()),
        sa.Column("language_code", sa.String()),
        sa.Column("choice", sa.SmallInteger(), nullable=False),
        sa.Column("parked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name="pk_parked_votes"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "failed_updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("failed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_failed_updates"),
    )
