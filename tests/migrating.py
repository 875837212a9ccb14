"""Databases of any version, to be brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine, MetaData, make_url

from bot.store import postgresql, sqlite

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


def stored(tx: Connection) -> MetaData:
    """The tables that the database has."""
    found = MetaData()
    found.reflect(tx)
    found.remove(found.tables["alembic_version"])
    return found
