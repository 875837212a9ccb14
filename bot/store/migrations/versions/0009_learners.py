"""How people want to study."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nobody has chosen anything so far."""
    op.create_table(
        "learners",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("retention", sa.SmallInteger()),
        sa.Column("new_a_day", sa.SmallInteger()),
        sa.Column("reviews_a_day", sa.SmallInteger()),
        sa.PrimaryKeyConstraint("person_id", name="pk_learners"),
        sqlite_with_rowid=False,
    )
