"""The bot as a process of its own, to be killed: `bot.app.run` with a clock that is ahead of the real one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import run
from bot.logs import set_up_logs
from bot.settings import Settings


def serve(token: str, url: str, home: str, ahead_s: float, database_url: str, log_name: str) -> None:
    """Serve the playground at `url` until a signal comes. `home` holds bank and log."""
    folder = Path(home)
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(token),
        bot_api_url=url,
        database_url=database_url,
        content_dir=folder / "content",
        http_port=0,
    )
    ahead = timedelta(seconds=ahead_s)
    with (folder / log_name).open("a", encoding="utf-8") as log:
        set_up_logs("INFO", "json", stream=log)
        asyncio.run(run(settings, lambda: datetime.now(UTC) + ahead))  # noqa: TID251 - the playground's clock
