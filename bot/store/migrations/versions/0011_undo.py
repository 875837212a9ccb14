"""What it takes to undo an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nothing was undone so far; an answer from before that began a day is not known to have."""
    op.create_table(
        "undone",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("person_id", "round_id", name="pk_undone"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "firsts",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("begun", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_firsts"),
        sqlite_with_rowid=False,
    )
