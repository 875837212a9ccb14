"""The study days on which people are away."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Nobody has been away so far."""
    op.create_table(
        "vacations",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_day", sa.Integer()),
        sa.PrimaryKeyConstraint("person_id", "first_day", name="pk_vacations"),
        sqlite_with_rowid=False,
    )
