"""/healthz says whether the bot is well, and if not, why."""

from __future__ import annotations

import asyncio
import errno
import socket

import pytest
from aiohttp import request
from aiohttp.test_utils import TestClient, TestServer

from bot.core.errors import StartError
from bot.metrics import FLOODS
from bot.web.health import Check, _refused, health_app, serving


async def well() -> None:
    """A check that finds nothing wrong."""


async def ill() -> str:
    """A check that finds something."""
    return "Telegram has not answered getUpdates for 95 s."


async def broken() -> None:
    """A check that fails itself."""
    raise RuntimeError("postgresql://me:hunter2@db")


async def hanging() -> None:
    """A check that never answers."""
    await asyncio.Event().wait()


async def asked(**checks: Check) -> tuple[int, dict[str, object]]:
    """Status and body of /healthz."""
    async with TestClient(TestServer(health_app(checks, patience_s=0.05))) as client:
        response = await client.get("/healthz")
        return response.status, await response.json()


async def test_when_all_is_well_it_says_ok() -> None:
    """With what was checked."""
    assert await asked(database=well, polling=well) == (200, {"status": "ok", "checked": ["database", "polling"]})


async def test_what_is_wrong_is_told_in_sentences() -> None:
    """A problem found, a check that raises, a check that hangs: all at once, and no secret of an error's text."""
    status, body = await asked(polling=ill, database=broken, disk=hanging, clock=well)
    assert status == 503
    assert body == {
        "status": "failing",
        "problems": [
            "Telegram has not answered getUpdates for 95 s.",
            "The database fails: RuntimeError.",
            "The disk has not answered within 0.05 s.",
        ],
    }


async def test_other_paths_and_methods_are_refused() -> None:
    """Nothing else is served."""
    async with TestClient(TestServer(health_app({}))) as client:
        assert (await client.get("/")).status == 404
        assert (await client.post("/healthz")).status == 405


async def test_it_serves_on_any_free_port_and_stops() -> None:
    """Port 0: the address says which; afterwards nobody listens there."""
    async with serving("127.0.0.1", 0, {"database": well}) as url, request("GET", url) as response:
        assert response.status == 200
    port = int(url.split(":")[2].split("/")[0])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) == errno.ECONNREFUSED


async def test_all_interfaces_are_told_as_one_that_can_be_opened() -> None:
    """0.0.0.0 is no address to open in a browser."""
    async with serving("0.0.0.0", 0, {}) as url:
        assert url.startswith("http://127.0.0.1:")


async def test_a_port_in_use_is_one_plain_sentence() -> None:
    """It names the setting to change."""
    async with serving("127.0.0.1", 0, {}) as url:
        port = int(url.split(":")[2].split("/")[0])
        with pytest.raises(StartError, match=f"127.0.0.1:{port} .*HTTP_PORT"):
            async with serving("127.0.0.1", port, {}):
                pass


def test_the_reason_is_the_systems_own() -> None:
    """A host that is not ours reads differently from a port in use."""
    said = _refused("10.9.9.9", 80, OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address"))
    assert said.startswith("Cannot listen on 10.9.9.9:80 (cannot assign requested address): set HTTP_HOST ")


@pytest.mark.parametrize("host", ["10.255.255.1", "no.such.host.invalid", "a..b"])
async def test_a_host_that_is_not_ours_is_no_matter_of_the_port(host: str) -> None:
    """An address of another machine, a name nobody knows, no name at all: the setting to change is HTTP_HOST."""
    with pytest.raises(StartError, match=f"^Cannot listen on {host}:0 .*: set HTTP_HOST to"):
        async with serving(host, 0, {}):
            pass


async def test_metrics_count_what_became_of_things() -> None:
    """As Prometheus reads it: every count there is, at its present value."""
    FLOODS.labels("scheduled").inc(3)
    async with TestClient(TestServer(health_app({}))) as client:
        response = await client.get("/metrics")
        told = await response.text()
    assert response.headers["Content-Type"].startswith("text/plain")
    value = next(line for line in told.splitlines() if line.startswith('kaoguan_floods_total{kind="scheduled"}'))
    assert float(value.split()[-1]) >= 3
    named = {line.split()[2].removesuffix("_total") for line in told.splitlines() if line.startswith("# TYPE")}
    assert {"kaoguan_updates", "kaoguan_pushes", "kaoguan_refusals", "kaoguan_floods"} <= named
