"""The whole bot against the playground, in one process."""

import io
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import Running, running
from bot.playground.clock import PlaygroundClock
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from bot.settings import Settings
from tests.e2e.rig import Rig
from tests.e2e.rig_faults import leaks, logging_to

CONTENT = Path(__file__).parents[2] / "content"
Start = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A fresh playground, on a Monday morning in Shanghai."""
    async with Playground(clock=PlaygroundClock(datetime(2026, 11, 23, 1, 30, tzinfo=UTC))) as here:
        yield here


@pytest.fixture
def start(playground: Playground, tmp_path: Path) -> Start:
    """Starts the bot on the playground; again and again on the same database. A jump of the clock ticks it."""
    at_work: list[Running] = []

    async def jumped(now: datetime) -> None:
        for bot in at_work:
            await bot.ticker.now(now)

    playground.clock.listen(jumped)

    @asynccontextmanager
    async def start(content: Path = CONTENT, **given: object) -> AsyncIterator[Running]:
        settings = Settings(
            _env_file=None,
            bot_token=SecretStr(playground.token),
            bot_api_url=playground.url,
            database_url=f"sqlite:///{tmp_path / 'e2e.db'}",
            content_dir=content,
            http_port=0,
            **given,  # type: ignore[arg-type]
        )
        async with running(settings, playground.clock.now) as bot:
            at_work.append(bot)
            yield bot
            at_work.remove(bot)

    return start


@pytest.fixture
async def bot(start: Start) -> AsyncIterator[Running]:
    """The bot at work, with the shipped bank."""
    async with start() as running_bot:
        yield running_bot


@pytest.fixture
async def rig(playground: Playground, tmp_path: Path) -> AsyncIterator[Rig]:
    """The bot as a process of its own, which has not been started yet; killed after the test, if it lives then."""
    rig = Rig(playground, tmp_path)
    yield rig
    if rig.alive:
        await rig.kill()
    rig.aim.put_back()


@pytest.fixture
def zhou(playground: Playground) -> Person:
    """Who is an admin of the reading group."""
    return playground.person("小周")


@pytest.fixture
def group(playground: Playground) -> ChatHandle:
    """The reading group, with everybody in it."""
    return playground.chat("读书小组")


@pytest.fixture
def discreet(playground: Playground) -> Iterator[None]:
    """Whatever happens, no line of the log has the token in it, or a word of what was said."""
    stream = io.StringIO()
    with logging_to(stream, playground.token):
        yield
    assert stream.getvalue()
    assert not leaks(playground, stream.getvalue())
