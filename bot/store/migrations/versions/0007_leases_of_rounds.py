"""Rounds that are being closed belong for a while to who closes them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Until when; what an older version was closing belongs to nobody."""
    op.add_column("rounds", sa.Column("retry_at", sa.BigInteger()))
