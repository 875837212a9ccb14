"""Round numbers are never used again: buttons in old messages name them."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """SQLite hands out the number of an erased last row anew unless told otherwise; PostgreSQL never does."""
    if op.get_bind().dialect.name != "sqlite":
        return
    with op.batch_alter_table("rounds", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
        pass
