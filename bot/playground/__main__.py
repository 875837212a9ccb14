"""`python -m bot.playground`: Telegram in miniature for any bot, in any language."""

from __future__ import annotations

import argparse
import asyncio
import signal

from bot.playground.clock import PlaygroundClock
from bot.playground.defaults import DEFAULT, MOST, MOST_UNSEEN, THINK, lively
from bot.playground.numbers import first_message
from bot.playground.server import Playground


def main() -> None:
    """Serve until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m bot.playground", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: any free one)")
    parser.add_argument("--people", type=_people, default=0, metavar="N", help="simulated people, up to 10,000")
    parser.add_argument("--think", type=_seconds, default=THINK, metavar="S", help="their median thought, in seconds")
    parser.add_argument("--seed", type=int, default=None, help="play the same every time")
    parser.add_argument("--limits", action="store_true", help="enforce Telegram's flood limits")
    given = parser.parse_args()
    try:
        asyncio.run(_serve(given))
    except KeyboardInterrupt:
        return
    except OSError as error:
        parser.exit(2, f"The playground cannot listen on port {given.port}: {error.strerror}.\n")


def _people(text: str) -> int:
    if not 0 <= int(text) <= MOST + MOST_UNSEEN:
        raise ValueError(text)
    return int(text)


def _seconds(text: str) -> float:
    if not 0.01 <= float(text) <= 3600:
        raise ValueError(text)
    return float(text)


async def _serve(given: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell starts what runs in the background deaf to SIGINT
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    cast = lively(given.people, given.seed or 0, given.think) if given.people else DEFAULT
    first = first_message(given.seed, PlaygroundClock().now())
    async with Playground(
        port=given.port, limits=given.limits, keep=10_000, seed=given.seed, cast=cast, first_message=first
    ) as playground:
        print(f"The page: {playground.url}\nThe Bot API: {playground.url}/bot<token>/<method>", flush=True)  # noqa: T201
        await stop.wait()


if __name__ == "__main__":
    main()
