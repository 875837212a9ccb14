"""A start that ends at the login leaves nothing open."""

from __future__ import annotations

import asyncio
import gc
import logging
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import running
from bot.core.errors import StartError
from bot.playground.server import Playground
from bot.settings import Settings
from tests.e2e.conftest import CONTENT


def settings(playground: Playground, folder: Path, token: str) -> Settings:
    """For a bot of that token on the playground."""
    return Settings(
        _env_file=None,
        bot_token=SecretStr(token),
        bot_api_url=playground.url,
        database_url=f"sqlite:///{folder / 'e2e.db'}",
        content_dir=CONTENT,
        http_port=0,
    )


def unclosed(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the client complains of once nobody holds its sessions any more."""
    gc.collect()
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_token_that_telegram_does_not_know(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One sentence, and no session that nobody closed."""
    async with Playground(token="1:right") as strict:
        with pytest.raises(StartError, match="does not know this BOT_TOKEN"):
            async with running(settings(strict, tmp_path, "1:wrong")):
                pass
    assert unclosed(caplog) == []


async def test_a_start_that_is_stopped_while_it_logs_in(
    playground: Playground, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The same holds when Ctrl-C comes before Telegram has answered."""
    playground.faults.add("getMe", kind="delay", seconds=30)

    async def start() -> None:
        async with running(settings(playground, tmp_path, playground.token)):
            pass

    starting = asyncio.ensure_future(start())
    await playground.wait_for(lambda: playground.record.of("getMe"))
    starting.cancel()
    await asyncio.wait((starting,))
    assert starting.cancelled()
    assert unclosed(caplog) == []
