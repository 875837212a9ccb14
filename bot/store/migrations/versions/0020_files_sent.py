"""The files of their mistakes that people have been sent."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """A button that was pressed before sends them once more."""
    op.create_table(
        "files_sent",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "message_id", name="pk_files_sent"),
        sqlite_with_rowid=False,
    )
