"""The day of a person's exam."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Nobody has one so far."""
    op.create_table(
        "exams",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("about", sa.String()),
        sa.PrimaryKeyConstraint("person_id", name="pk_exams"),
        sqlite_with_rowid=False,
    )
