"""Alembic, run inside a transaction that is already open: on the database's own thread, all versions or none."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.core.errors import StartError
from bot.store.trouble import is_transient, sentence

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(tx: Connection, migrations: Path = MIGRATIONS, revision: str = "head") -> None:
    """Run the migrations that this database has not seen.

    Raises StartError if a newer version has written it, or if one fails: roll back then.
    """
    scripts = ScriptDirectory(str(migrations))
    _refuse_newer(tx, scripts)
    config = Config(attributes={"connection": tx})
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    try:
        command.upgrade(config, revision)
    except DBAPIError as error:
        if is_transient(error):
            raise
        raise StartError(f"The database was not brought up to date and is as it was: {sentence(error)}.") from error


def _refuse_newer(tx: Connection, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    newer = [head for head in MigrationContext.configure(tx).get_current_heads() if head not in known]
    if newer:
        raise StartError(
            f"The database was written by a newer Kaoguan (schema {newer[0]}, this one knows {max(known)}): update it."
        )
