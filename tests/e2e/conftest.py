"""The whole bot against the playground, in one process."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import Running, running
from bot.playground.clock import PlaygroundClock
from bot.playground.server import Playground
from bot.settings import Settings

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
