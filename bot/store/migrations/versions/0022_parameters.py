"""What people's own logs say of their memory."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Nobody's log has been looked at."""
    op.add_column("learners", sa.Column("parameters", sa.String()))
    op.add_column("learners", sa.Column("optimized", sa.Integer()))
