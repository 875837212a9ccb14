"""Every migration, on both databases: it needs no upkeep when one is added."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from bot.core.errors import StartError
from bot.store import schema
from bot.store.tables_group import metadata
from tests.migrating import Migrate, stored
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


@pytest.fixture
def with_next(tmp_path: Path) -> Callable[[str], Path]:
    """The migrations and one more."""

    def make(source: str) -> Path:
        copy = Path(shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations"))
        (copy / "versions" / "next.py").write_text(source.replace("{head}", _REVISIONS[0]))
        return copy

    return make


def _fill(engine: Engine) -> dict[str, int]:
    with engine.begin() as tx:
        there = stored(tx)
        fill(tx, there, {})
        return counts(tx, there.sorted_tables)


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
        after = counts(tx, stored(tx).sorted_tables)
    assert {name: after.get(name) for name in before} == before


def test_the_number_of_an_erased_round_is_not_used_again(engine: Engine, migrate: Migrate) -> None:
    """Nor is that of one from before the migration: its buttons still stand in a chat."""
    migrate(revision="0002")
    _fill(engine)
    migrate()

    with engine.begin() as tx:
        rounds = stored(tx).tables["rounds"]
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
        assert counts(tx, stored(tx).sorted_tables) == before


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
        there = stored(tx)
        assert counts(tx, there.sorted_tables) == before
        assert "note" in there.tables["questions"].c
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
        assert counts(tx, stored(tx).sorted_tables) == before
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
        assert counts(tx, stored(tx).sorted_tables) == before


def test_a_newer_database_is_left_alone(engine: Engine, migrate: Migrate, with_next: Callable[[str], Path]) -> None:
    """Code that does not know the database's version says so instead of guessing."""
    migrate(migrations=with_next(_REMAKES_A_PARENT.replace("{recreate}", "auto")))

    with pytest.raises(StartError, match="written by a newer Kaoguan"):
        migrate()
