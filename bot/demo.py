"""`kaoguan demo`: the bot on a playground of its own, whose clock both share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from pydantic import SecretStr

from bot.app import running, signals
from bot.core.errors import StartError
from bot.playground.clock import PlaygroundClock
from bot.playground.numbers import first_message
from bot.playground.player import Player
from bot.playground.scenario import Scenario
from bot.playground.server import Playground
from bot.settings import Settings
from bot.tg.waiting import first

log = structlog.get_logger()


async def demo(settings: Settings, port: int, show: Callable[[str], None], scenario: Scenario) -> None:
    """Serve on a playground of our own, whose clock the bot shares; `show` gets the page's address once all is up.

    The scenario plays from the moment somebody looks at the page.
    """
    stop, clock = signals(), PlaygroundClock(scenario.start)
    first_number = first_message(scenario.seed, PlaygroundClock().now())
    async with Playground(
        port=port, clock=clock, keep=10_000, seed=scenario.seed, cast=scenario.cast, first_message=first_number
    ) as playground:
        token = SecretStr(playground.token)
        given = settings.model_copy(update={"bot_token": token, "bot_api_url": playground.url, "http_port": 0})
        player = Player(playground, scenario, lambda trouble: log.warning("scenario", trouble=trouble))
        up = asyncio.Event()
        alive = asyncio.create_task(_alive(given, playground, up))
        try:
            await first(stop.wait(), asyncio.shield(alive), up.wait())
            if up.is_set():
                show(playground.url)
                await first(stop.wait(), asyncio.shield(alive), player.live())
        finally:
            alive.cancel()
            await asyncio.wait([alive])
        if not alive.cancelled():
            alive.result()


async def _alive(settings: Settings, playground: Playground, up: asyncio.Event) -> None:
    """The bot on the playground. When its token is revoked there it ends, and starts again once the token is back.

    Raises what keeps it from starting.
    """
    while True:
        async with running(settings, playground.clock.now) as bot:
            playground.clock.listen(bot.ticker.now)
            up.set()
            try:
                await bot.poller.ended()
            except StartError as error:
                log.warning("ended", reason=str(error))
            finally:
                playground.clock.forget(bot.ticker.now)
        while playground.faults.revoked:
            await playground.mini.events.change(1)
