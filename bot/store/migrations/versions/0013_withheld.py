"""Questions that people do not want to be asked."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Nobody has buried or suspended one so far."""
    op.create_table(
        "withheld",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_withheld_question_id_questions"),
        sa.PrimaryKeyConstraint("person_id", "question_id", name="pk_withheld"),
        sqlite_with_rowid=False,
    )
