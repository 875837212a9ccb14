"""What groups were called before they became supergroups; of those that have, their rounds tell."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table, and enter what the origins of rounds that have moved end in: @ and the old id."""
    moves = op.create_table(
        "moves",
        sa.Column("old_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("old_id", name="pk_moves"),
        sqlite_with_rowid=False,
    )
    told = op.get_bind().execute(sa.text("SELECT chat_id, origin FROM rounds WHERE chat_id < 0 AND origin LIKE '%@-%'"))
    known = {int(origin.rpartition("@")[2]): chat_id for chat_id, origin in told}
    op.bulk_insert(moves, [{"old_id": old_id, "chat_id": chat_id} for old_id, chat_id in known.items()])
