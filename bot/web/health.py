"""GET /healthz: 200 while everything answers, else 503 with what is wrong, a sentence each. GET /metrics: counts."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.core.errors import StartError
from bot.metrics import exposition

# Gives what is wrong in one sentence, or None.
Check = Callable[[], Awaitable[str | None]]
_PATIENCE_S = 5.0
_PORT_TROUBLE = frozenset({errno.EADDRINUSE, errno.EACCES})  # in use; below 1024
_log = structlog.get_logger(__name__)


def health_app(checks: Mapping[str, Check], *, patience_s: float = _PATIENCE_S) -> web.Application:
    """The server's routes. A check that raises or takes longer than `patience_s` counts as wrong."""

    async def healthz(_request: web.Request) -> web.Response:
        said = await asyncio.gather(*(_ask(name, check, patience_s) for name, check in checks.items()))
        problems = [problem for problem in said if problem]
        if problems:
            return web.json_response({"status": "failing", "problems": problems}, status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.json_response({"status": "ok", "checked": list(checks)})

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", metrics)
    return app


@asynccontextmanager
async def serving(host: str, port: int, checks: Mapping[str, Check]) -> AsyncIterator[str]:
    """Serve until the block ends; gives the address of /healthz. Port 0 takes any free one.

    Raises StartError if the address cannot be had.
    """
    runner = web.AppRunner(health_app(checks), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except (OSError, UnicodeError) as error:  # a host may be no name at all
            raise StartError(_refused(host, port, error)) from error
        yield f"http://{_reachable(host)}:{runner.addresses[0][1]}/healthz"
    finally:
        await runner.cleanup()


async def _ask(name: str, check: Check, patience_s: float) -> str | None:
    try:
        async with asyncio.timeout(patience_s):
            return await check()
    except TimeoutError:
        return f"The {name} has not answered within {patience_s:g} s."
    except Exception as error:  # noqa: BLE001 - a check that fails is an answer, whatever it raises
        _log.warning("health.fails", check=name, exc_info=error)
        return f"The {name} fails: {type(error).__name__}."


def _refused(host: str, port: int, error: OSError | UnicodeError) -> str:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    if isinstance(error, OSError) and error.errno in _PORT_TROUBLE and not isinstance(error, socket.gaierror):
        advice = "set HTTP_PORT to a free port, or to 0 for any"
    else:
        advice = "set HTTP_HOST to an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all"
    return f"Cannot listen on {host}:{port} ({reason}): {advice}."


def _reachable(host: str) -> str:
    """Where a browser finds it; an address of all interfaces is none to open."""
    if host in {"", "0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
