"""How far a typed answer has got whose question asks for missed points first."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Those that are being written are asked for the whole, as they were begun."""
    op.add_column("typed", sa.Column("stage", sa.SmallInteger(), server_default="0", nullable=False))
    op.execute("UPDATE typed SET stage = 2")
