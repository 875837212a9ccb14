"""Group study: members, answers held back, seasons, richer daily hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_OPEN = sa.text("state IN ('open', 'claimed')")
_HELD = sa.text("held")


def upgrade() -> None:
    """Add what a row of each table means to a group; see bot/store/tables.py."""
    _columns()
    _members()
    _seasons()
    _wanted()
    _days()


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def _columns() -> None:
    for name in ("hidden", "worldwide"):
        op.add_column("people", _flag(name))
    op.add_column("chats", sa.Column("paused_at", sa.BigInteger()))
    op.add_column("chats", _flag("pins"))
    op.add_column("chats", sa.Column("trouble", sa.String()))
    op.add_column("slots", sa.Column("about", sa.String()))
    op.add_column("slots", _flag("weekdays"))
    op.add_column("slots", sa.Column("kind", sa.String(), server_default=sa.text("'quiz'"), nullable=False))
    op.add_column("slots", sa.Column("set_by", sa.BigInteger()))
    op.add_column("rounds", sa.Column("voided_at", sa.BigInteger()))
    op.add_column("rounds", _flag("pinned"))
    op.add_column("answers", sa.Column("day", sa.Integer(), server_default="0", nullable=False))
    op.add_column("answers", _flag("held"))
    op.create_index("ix_answers_day", "answers", ["day"], sqlite_where=_HELD, postgresql_where=_HELD)


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "person_id", name="pk_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_members_person_id", "members", ["person_id"])


def _seasons() -> None:
    op.create_table(
        "seasons",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("period", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("retry_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("chat_id", "period", name="pk_seasons"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_seasons_due_at", "seasons", ["due_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)


def _wanted() -> None:
    op.create_table(
        "wanted",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("wanted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "question_id", name="pk_wanted"),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_wanted_question_id_questions"),
        sqlite_with_rowid=False,
    )


def _days() -> None:
    """Each answer's study day, in the zone its chat has now; where none was chosen, in Shanghai's, the default."""
    tx = op.get_bind()
    places = {
        row.id: (_zone(row.timezone), row.day_start)
        for row in tx.execute(sa.text("SELECT id, timezone, day_start FROM chats"))
    }
    rows = tx.execute(
        sa.text(
            "SELECT round_id, person_id, answered_at, chat_id FROM answers JOIN rounds ON rounds.id = answers.round_id"
        )
    ).all()
    found = [
        {"r": row.round_id, "p": row.person_id, "d": _day(row.answered_at, *places.get(row.chat_id, (_SHANGHAI, 4)))}
        for row in rows
    ]
    if found:
        tx.execute(sa.text("UPDATE answers SET day = :d WHERE round_id = :r AND person_id = :p"), found)


_SHANGHAI = ZoneInfo("Asia/Shanghai")


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else _SHANGHAI
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name that this system does not know (any more)
        return _SHANGHAI


def _day(at: int, zone: ZoneInfo, day_start: int) -> int:
    local = datetime.fromtimestamp(at, UTC).astimezone(zone).replace(tzinfo=None)
    return (local - timedelta(hours=day_start)).toordinal()
