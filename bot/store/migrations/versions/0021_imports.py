"""The files that people have brought with /import."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Those of before are not known: sent again, they are told as there already."""
    op.create_table(
        "imports",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wish", sa.SmallInteger(), nullable=False),
        sa.Column("brought_at", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.String()),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("study", sa.Boolean(), nullable=False),
        sa.Column("suspended", sa.Integer(), nullable=False),
        sa.Column("exam_day", sa.Integer()),
        sa.PrimaryKeyConstraint("person_id", "message_id", name="pk_imports"),
        sqlite_with_rowid=False,
    )
