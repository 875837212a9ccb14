"""The product itself: `bot.app.run` on a database and a bank of its own."""

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from bench.fake import TOKEN
from bot.app import run
from bot.logs import set_up_logs
from bot.settings import Settings


def main(url: str, home: Path) -> None:
    """Serve until a signal comes. `home` holds the bank; database and log are put there."""
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(TOKEN),
        bot_api_url=url,
        database_url=f"sqlite:///{home / 'bot.db'}",
        content_dir=home / "content",
        http_port=0,
    )
    with (home / "bot.log").open("a", encoding="utf-8") as log:
        set_up_logs("INFO", "json", stream=log)
        asyncio.run(run(settings))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
