"""Pictures of a person's progress: which theme they chose, and what Telegram keeps of the last ones."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nobody has chosen a theme or seen a picture yet."""
    op.add_column("chats", sa.Column("theme", sa.String()))
    op.create_table(
        "pictures",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "theme", name="pk_pictures"),
        sqlite_with_rowid=False,
    )
