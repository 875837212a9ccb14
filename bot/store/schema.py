"""Alembic, run inside a transaction that is already open: on the database's own thread, all versions or none.

It is imported only where there is something to migrate: that takes as long as all else that the store imports.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.core.errors import StartError
from bot.store.trouble import is_transient, sentence

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).parent / "migrations"


def newest(migrations: Path = MIGRATIONS) -> str:
    """The last revision that this version knows, by the name of its file."""
    return max(path.stem.partition("_")[0] for path in (migrations / "versions").glob("*.py"))


def upgrade(tx: Connection, migrations: Path = MIGRATIONS, revision: str = "head") -> None:
    """Run the migrations that this database has not seen.

    Raises StartError if a newer version has written it, or if one fails: roll back then.
    """
    if _current(tx) != (newest(migrations) if revision == "head" else revision):
        _migrate(tx, migrations, revision)


def _current(tx: Connection) -> str | None:
    """The revision that wrote the database; None for one without tables."""
    known = tx.dialect.has_table(tx, "alembic_version")
    return str(tx.scalar(text("SELECT version_num FROM alembic_version"))) if known else None


def _migrate(tx: Connection, migrations: Path, revision: str) -> None:
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

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
    current = _current(tx)
    if current is not None and current not in known:
        raise StartError(
            f"The database was written by a newer Kaoguan (schema {current}, this one knows {max(known)}): update it."
        )
