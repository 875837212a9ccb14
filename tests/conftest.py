"""Databases for every test that wants one: each such test runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import Connection, Engine, make_url
from structlog.typing import EventDict

from bot.store import postgresql, sqlite
from bot.store.database import Database, open_database
from tests.postgresql import Cluster

pytest_plugins = ["tests.conformance", "tests.migrating"]


_LOGGED = pytest.StashKey[list[str]]()


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """What is logged is kept for the report of a test that fails, a line each: unconfigured, structlog prints
    tracebacks with every local variable, slowly."""
    lines = request.node.stash[_LOGGED] = []
    render = structlog.processors.KeyValueRenderer()

    def keep(logger: Any, level: str, event: EventDict) -> str:
        lines.append(f"{level} {render(logger, level, event)}")
        return ""

    structlog.configure(
        processors=[keep], logger_factory=structlog.ReturnLoggerFactory(), cache_logger_on_first_use=False
    )
    yield
    structlog.reset_defaults()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows the last of what was logged."""
    report = yield
    if report.failed:
        report.sections.append(("Log", "\n".join(item.stash.get(_LOGGED, [])[-40:])))
    return report


def pytest_collection_finish() -> None:
    """The thousands of tests stay to the end: looking through them for garbage would hold up whatever runs, now and
    then, for half a second."""
    gc.collect()
    gc.freeze()


async def _migrate(url: str) -> None:
    async with open_database(url):
        pass


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The session's PostgreSQL server, started when first wanted."""
    return Cluster()


@pytest.fixture(scope="session")
def postgresql_template(cluster: Cluster) -> str:
    """The address of an empty database with all tables, to be copied."""
    url = cluster.create()
    asyncio.run(_migrate(url))
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "kaoguan.db"
    asyncio.run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'kaoguan.db'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    url = cluster.create()
    yield url
    cluster.drop(url)


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the test's own, with all tables."""
    if backend == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "kaoguan.db")
        yield f"sqlite:///{path}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    url = cluster.create(request.getfixturevalue("postgresql_template"))
    yield url
    cluster.drop(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database of the test's own, open."""
    async with open_database(database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def _sqlite_engine(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("shared") / "kaoguan.db")
    raw = sqlite.connect(Path(path))
    yield sqlite.engine(lambda: raw)
    raw.close()


@pytest.fixture(scope="session")
def _postgresql_engine(cluster: Cluster, postgresql_template: str) -> Iterator[Engine]:
    engine = postgresql.engine(make_url(cluster.create(postgresql_template)), connections=1)
    yield engine
    engine.dispose()


@pytest.fixture
def tx(backend: str, request: pytest.FixtureRequest) -> Iterator[Connection]:
    """An open unit of work on empty tables, for calling use cases straight; it is rolled back after the test."""
    engine: Engine = request.getfixturevalue(f"_{backend}_engine")
    with engine.connect() as opened:
        if backend == "sqlite":
            opened.exec_driver_sql(sqlite.BEGIN_WRITE)
        yield opened
        opened.rollback()
