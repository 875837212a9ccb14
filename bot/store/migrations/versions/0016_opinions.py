"""Opinions of a language model on typed answers: who wants them, and which were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Nobody wants any so far: answers leave the machine only for whoever says so."""
    op.add_column("learners", sa.Column("opinions", sa.Boolean()))
    op.create_table(
        "opinions",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("study_day", sa.Integer(), nullable=False),
        sa.Column("quotes", sa.Text()),
        sa.PrimaryKeyConstraint("person_id", "key", name="pk_opinions"),
        sqlite_with_rowid=False,
    )
