"""Every migration, on both databases: it needs no upkeep when one is added."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, make_url, select, text

from bot.core.bank import Ref
from bot.core.calendar import Period
from bot.core.errors import StartError
from bot.store import answers, cards, postgresql, schema, scores, sqlite, studies
from bot.store import rounds as store
from bot.store.tables import moves, rounds
from bot.store.tables_group import metadata
from tests.store.rows import counts, fill

_REVISIONS = [script.revision for script in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()]
_REMAKES_A_PARENT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "next", "{head}"


def upgrade():
    with op.batch_alter_table("questions", recreate="{recreate}") as questions:
        questions.add_column(sa.Column("note", sa.String()))
"""
_FAILS_HALFWAY = """
from alembic import op

revision, down_revision = "next", "{head}"


def upgrade():
    op.drop_table("slots")
    op.execute("DELETE FROM cards")
    op.execute("INSERT INTO nowhere VALUES (1)")
"""
_LEAVES_ORPHANS = """
from alembic import op

revision, down_revision = "next", "{head}"


def upgrade():
    op.execute("DELETE FROM answers")
    op.execute("DELETE FROM rounds")
    op.execute("DELETE FROM questions")
"""
Migrate = Callable[..., None]


@pytest.fixture
def engine(backend: str, empty_url: str) -> Iterator[Engine]:
    """An engine on a database without tables, as the store makes it."""
    if backend == "postgresql":
        made = postgresql.engine(make_url(empty_url), connections=1)
        yield made
        made.dispose()
        return
    raw = sqlite.connect(sqlite.path_of(make_url(empty_url)))
    yield sqlite.engine(lambda: raw)
    raw.close()


@pytest.fixture
def migrate(backend: str, engine: Engine) -> Migrate:
    """The store's own way to bring the schema up to date; takes what schema.upgrade takes."""
    way = sqlite.migrate if backend == "sqlite" else postgresql.migrate
    return lambda **choice: way(engine, **choice)


@pytest.fixture
def with_next(tmp_path: Path) -> Callable[[str], Path]:
    """The migrations and one more."""

    def make(source: str) -> Path:
        copy = Path(shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations"))
        (copy / "versions" / "next.py").write_text(source.replace("{head}", _REVISIONS[0]))
        return copy

    return make


def _stored(tx: Connection) -> MetaData:
    """The tables that the database has."""
    found = MetaData()
    found.reflect(tx)
    found.remove(found.tables["alembic_version"])
    return found


def _fill(engine: Engine) -> dict[str, int]:
    with engine.begin() as tx:
        stored = _stored(tx)
        fill(tx, stored, {})
        return counts(tx, stored.sorted_tables)


def test_migrating_from_nothing_makes_what_the_code_declares(engine: Engine, migrate: Migrate) -> None:
    """After all migrations there is no difference to the tables in the code: no column, type, default, index or key."""
    migrate()

    with engine.begin() as tx:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(tx, opts=options), metadata) == []


def test_the_same_tables_do_without_row_numbers(engine: Engine, migrate: Migrate, backend: str) -> None:
    """SQLite's WITHOUT ROWID, which keeps an answer small and no comparison looks at, is where the code has it."""
    migrate()

    declared = {table.name for table in metadata.tables.values() if not table.dialect_options["sqlite"]["with_rowid"]}
    with engine.begin() as tx:
        if backend == "sqlite":
            rows = tx.execute(text("SELECT name FROM pragma_table_list WHERE wr AND schema = 'main'"))
            assert {row.name for row in rows} == declared
    assert "answers" in declared


@pytest.mark.parametrize("revision", _REVISIONS)
def test_filled_tables_keep_their_rows(engine: Engine, migrate: Migrate, revision: str) -> None:
    """From every version on, upgrading a database with a row in each table loses none."""
    migrate(revision=revision)
    before = _fill(engine)

    migrate()

    with engine.begin() as tx:
        after = counts(tx, _stored(tx).sorted_tables)
    assert {name: after.get(name) for name in before} == before


def test_old_answers_learn_their_study_day(engine: Engine, migrate: Migrate) -> None:
    """In the zone and with the day's start of their chat: 20:30 UTC is tomorrow in Shanghai, today in Berlin."""
    migrate(revision="0001")
    at = int(datetime(2026, 3, 2, 20, 30, tzinfo=UTC).timestamp())
    with engine.begin() as tx:
        tables = _stored(tx).tables
        tx.execute(tables["questions"].insert().values(id=1, bank="b", key="k"))
        for number, zone in ((1, None), (2, "Europe/Berlin"), (3, "Mars/Olympus")):
            chat = {"id": -number, "kind": "group", "timezone": zone, "first_seen_at": at}
            tx.execute(tables["chats"].insert().values(chat))
            asked = {"id": number, "chat_id": -number, "question_id": 1, "kind": "poll", "origin": "m1"}
            tx.execute(tables["rounds"].insert().values(asked | {"language": "zh", "state": "open", "opened_at": at}))
            tx.execute(tables["answers"].insert().values(round_id=number, person_id=7, answered_at=at))

    migrate()

    with engine.begin() as tx:
        days = tx.execute(select(answers.DAY).order_by(text("round_id"))).scalars().all()
    today = date(2026, 3, 2).toordinal()
    assert list(days) == [today + 1, today, today + 1]


def test_what_is_kept_in_shorter_rows_says_the_same(engine: Engine, migrate: Migrate) -> None:
    """What asked, the order of the choices, when a round was closed, and the study day of an answer."""
    migrate(revision="0007")
    at = int(datetime(2026, 3, 2, 20, 30, tzinfo=UTC).timestamp())
    rows = [("m9", "2031", at + 40), ("n1", "", None), ("n2/attention", "0b213456789a", at), ("p540.73", "10", 7)]
    days = [date(2026, 3, 3), date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 2)]
    with engine.begin() as tx:
        tables = _stored(tx).tables
        tx.execute(tables["questions"].insert().values(id=1, bank="b", key="k"))
        for number, (origin, choices, closed_at) in enumerate(rows, 1):
            told = {"id": number, "chat_id": 7, "question_id": 1, "kind": 0, "origin": origin, "choices": choices}
            told |= {"language": 0, "state": 1, "opened_at": at, "closed_at": closed_at, "pinned": False}
            tx.execute(tables["rounds"].insert().values(told))
            answer = {"round_id": number, "person_id": 7, "answered_at": at, "day": days[number - 1].toordinal()}
            tx.execute(tables["answers"].insert().values(answer))

    migrate()

    with engine.begin() as tx:
        found = [store.by_origin(tx, 7, origin) for origin, _choices, _at in rows]
        assert found == [store.by_id(tx, number) for number in range(1, 5)]
        assert store.by_origin(tx, 7, "n3") is None
        kept = [(one.origin, one.choices, one.closed_at and int(one.closed_at.timestamp())) for one in found if one]
        assert kept == [("m9", *rows[0][1:]), ("n", *rows[1][1:]), ("n/attention", *rows[2][1:]), rows[3]]
        assert [answers.to(tx, number)[0].day for number in range(1, 5)] == days


def test_what_is_kept_in_fewer_bytes_says_the_same(engine: Engine, migrate: Migrate) -> None:
    """Words of rounds, days in a row, who is on a board, and when a card is due."""
    migrate(revision="0003")
    with engine.begin() as tx:
        tables = _stored(tx).tables
        tx.execute(tables["questions"].insert().values(id=1, bank="b", key="k"))
        for number, (kind, state) in enumerate([("choice", "sending"), ("poll", "closing"), ("card", "closed")], 1):
            asked = {"id": number, "chat_id": -1, "question_id": 1, "kind": kind, "origin": f"m{number}"}
            told = {"language": "en", "state": state, "opened_at": 5, "pinned": False}
            tx.execute(tables["rounds"].insert().values(asked | told))
        for day in (1, 2, 3, 5, 9, 10):
            tx.execute(tables["study_days"].insert().values(person_id=7, study_day=day, answered=day))
        tx.execute(tables["people"].insert().values(id=8, name="H", first_seen_at=1, hidden=True, worldwide=False))
        tx.execute(tables["members"].insert().values(chat_id=-1, person_id=9, here=False, checked_at=1))
        for person_id, answered in ((6, 0), (7, 2), (8, 2), (9, 2)):
            line = {"chat_id": -1, "period": 0, "person_id": person_id, "points": 10, "right": 1}
            tx.execute(tables["scores"].insert().values(line | {"answered": answered}))
        memory = {"stability": 1.5, "difficulty": 2.5, "reviewed_at": 1, "reps": 1, "lapses": 0}
        tx.execute(tables["cards"].insert().values({"person_id": 7, "question_id": 1, "due_at": 99} | memory))

    migrate()

    with engine.begin() as tx:
        words = tx.execute(select(rounds.c.kind, rounds.c.language, rounds.c.state).order_by(rounds.c.id))
        assert list(words) == [("choice", "en", "sending"), ("poll", "en", "closing"), ("card", "en", "closed")]
        assert studies.days_of(tx, 7) == tuple(map(date.fromordinal, (10, 9, 5, 3, 2, 1)))
        assert [line.person_id for line in scores.top(tx, -1, Period.ALL)] == [7]
        assert scores.people_on(tx, -1, Period.ALL, Period.ALL) == {0: 4}
        assert cards.due_of(tx, 7, Ref("b", "k")) == datetime.fromtimestamp(99, UTC)


def test_a_group_that_moved_before_is_found_by_its_old_id(engine: Engine, migrate: Migrate) -> None:
    """Its rounds tell of it; those of other groups, and of private chats, tell of none."""
    migrate(revision="0005")
    with engine.begin() as tx:
        tables = _stored(tx).tables
        tx.execute(tables["questions"].insert().values(id=1, bank="b", key="k"))
        asked = {"question_id": 1, "kind": 1, "language": 0, "state": 1, "opened_at": 1}
        for chat_id, origin in ((-9, "m1@-7"), (-9, "m2#3@-7"), (-9, "m3"), (-8, "p540.9"), (5, "m1.2/a@-b")):
            tx.execute(tables["rounds"].insert().values(asked | {"chat_id": chat_id, "origin": origin}))

    migrate()

    with engine.begin() as tx:
        assert list(tx.execute(select(moves))) == [(-7, -9)]


def test_the_number_of_an_erased_round_is_not_used_again(engine: Engine, migrate: Migrate) -> None:
    """Nor is that of one from before the migration: its buttons still stand in a chat."""
    migrate(revision="0002")
    _fill(engine)
    migrate()

    with engine.begin() as tx:
        rounds = _stored(tx).tables["rounds"]
        (old,) = tx.execute(rounds.select()).mappings()
        for table in ("answers", "rounds"):
            tx.execute(text(f"DELETE FROM {table}"))
        new = {name: value for name, value in old.items() if name != "id"}
        if engine.dialect.name == "postgresql":  # the row was numbered by hand
            tx.execute(text("SELECT setval(pg_get_serial_sequence('rounds', 'id'), :at)"), {"at": old["id"]})
        assert tx.execute(rounds.insert().values(new).returning(rounds.c.id)).scalar_one() > old["id"]


def test_the_newest_revision_is_known_without_the_migrations_library() -> None:
    """By the names of the files, so that a start at the newest schema does not load it."""
    assert schema.newest() == _REVISIONS[0] == ScriptDirectory(str(schema.MIGRATIONS)).get_current_head()


def test_migrating_twice_changes_nothing(engine: Engine, migrate: Migrate) -> None:
    """The second run finds nothing to do."""
    migrate()
    before = _fill(engine)

    migrate()

    with engine.begin() as tx:
        assert counts(tx, _stored(tx).sorted_tables) == before


@pytest.mark.parametrize("recreate", ["auto", "always"])
def test_a_table_made_anew_keeps_what_refers_to_it(
    engine: Engine, migrate: Migrate, with_next: Callable[[str], Path], recreate: str
) -> None:
    """A migration may copy a parent table and drop the old one; its children stay, and foreign keys hold afterwards."""
    migrate()
    before = _fill(engine)

    if engine.dialect.name == "postgresql":
        recreate = "never"  # it never needs to copy a table
    migrate(migrations=with_next(_REMAKES_A_PARENT.replace("{recreate}", recreate)))

    with engine.begin() as tx:
        stored = _stored(tx)
        assert counts(tx, stored.sorted_tables) == before
        assert "note" in stored.tables["questions"].c
        if engine.dialect.name == "sqlite":
            assert tx.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_failed_migration_leaves_everything_as_it_was(
    engine: Engine, migrate: Migrate, with_next: Callable[[str], Path]
) -> None:
    """A sentence tells why; tables dropped and rows deleted before the failure are back, and the version too."""
    migrate()
    before = _fill(engine)

    with pytest.raises(StartError, match=r"is as it was: .*nowhere.*\.$"):
        migrate(migrations=with_next(_FAILS_HALFWAY))

    with engine.begin() as tx:
        assert counts(tx, _stored(tx).sorted_tables) == before
        assert MigrationContext.configure(tx).get_current_heads() == (_REVISIONS[0],)
        if engine.dialect.name == "sqlite":
            assert tx.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_migration_may_not_leave_rows_that_refer_to_nothing(
    engine: Engine, migrate: Migrate, with_next: Callable[[str], Path]
) -> None:
    """Foreign keys are checked before the commit, though SQLite does not watch them meanwhile."""
    migrate()
    before = _fill(engine)

    with pytest.raises(StartError, match=r"^The database was not brought up to date"):
        migrate(migrations=with_next(_LEAVES_ORPHANS))

    with engine.begin() as tx:
        assert counts(tx, _stored(tx).sorted_tables) == before


def test_a_newer_database_is_left_alone(engine: Engine, migrate: Migrate, with_next: Callable[[str], Path]) -> None:
    """Code that does not know the database's version says so instead of guessing."""
    migrate(migrations=with_next(_REMAKES_A_PARENT.replace("{recreate}", "auto")))

    with pytest.raises(StartError, match="written by a newer Kaoguan"):
        migrate()
