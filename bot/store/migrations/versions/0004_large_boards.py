"""Boards of a million people: lines by person, who is listed, how many answered, how many have how many points."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_HELD = sa.text("held")


def upgrade() -> None:
    """Make the new tables and fill them from what is there."""
    _scores()
    _turnouts()
    _standings()
    op.drop_index("ix_answers_day", "answers")
    op.create_index("ix_answers_held", "answers", ["person_id", "day"], sqlite_where=_HELD, postgresql_where=_HELD)


def _key(name: str, kind: sa.types.TypeEngine[int] | None = None) -> sa.Column[int]:
    return sa.Column(name, kind or sa.BigInteger(), autoincrement=False, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _scores() -> None:
    """The same lines under another key; SQLite cannot change a key in place."""
    op.drop_index("ix_scores_person_id", "scores")
    op.drop_index("ix_scores_chat_id_period_points", "scores")
    op.rename_table("scores", "old_scores")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_scores RENAME TO pk_old_scores")
    op.create_table(
        "scores",
        _key("person_id"),
        _key("chat_id"),
        _key("period", sa.Integer()),
        *map(_number, ("points", "right", "answered")),
        sa.Column("listed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "chat_id", "period", name="pk_scores"),
        sqlite_with_rowid=False,
    )
    op.execute(
        'INSERT INTO scores SELECT person_id, chat_id, period, points, "right", answered, answered > 0'
        " AND NOT EXISTS (SELECT 1 FROM people WHERE people.id = old_scores.person_id AND people.hidden)"
        " AND NOT EXISTS (SELECT 1 FROM members WHERE members.chat_id = old_scores.chat_id"
        " AND members.person_id = old_scores.person_id AND NOT members.here) FROM old_scores"
        " ORDER BY person_id, chat_id, period"
    )
    op.drop_table("old_scores")
    op.create_index("ix_scores_board", "scores", ["chat_id", "period", "listed", "points", "person_id"])


def _turnouts() -> None:
    op.create_table(
        "turnouts",
        _key("chat_id"),
        _key("period", sa.Integer()),
        _number("people"),
        sa.PrimaryKeyConstraint("chat_id", "period", name="pk_turnouts"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO turnouts SELECT chat_id, period, count(*) FROM scores WHERE chat_id <= 0 GROUP BY chat_id, period"
    )


def _standings() -> None:
    op.create_table(
        "standings",
        _key("chat_id"),
        _key("period", sa.Integer()),
        _key("points", sa.Integer()),
        _number("people"),
        sa.PrimaryKeyConstraint("chat_id", "period", "points", name="pk_standings"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO standings SELECT s.chat_id, s.period, s.points, count(*) FROM scores s JOIN turnouts t"
        " ON t.chat_id = s.chat_id AND t.period = s.period WHERE s.listed AND t.people >= 1000"
        " GROUP BY s.chat_id, s.period, s.points"
    )
