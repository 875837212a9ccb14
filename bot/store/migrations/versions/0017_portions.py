"""How many questions a daily push begins."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Nobody has chosen so far."""
    op.add_column("learners", sa.Column("portion", sa.SmallInteger()))
