"""`python -m bot.playground`."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys

import aiohttp
import pytest


async def _start(*arguments: str, before: str = "") -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        "/bin/sh",
        "-c",
        f'{before} exec "$@"',
        "sh",
        sys.executable,
        "-m",
        "bot.playground",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def _ended(process: asyncio.subprocess.Process) -> tuple[int | None, bytes]:
    """Its exit code, and what it complained about."""
    try:
        async with asyncio.timeout(15):
            _, complaint = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode, complaint


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("before", ["", "trap '' INT;"])
async def test_it_prints_its_address_serves_and_stops_without_a_trace(told: signal.Signals, before: str) -> None:
    """The address printed answers the Bot API; a signal ends it quietly, in a script's background too."""
    process = await _start(before=before)
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    address = line.removeprefix("The page: ").strip()
    async with aiohttp.ClientSession() as session, session.get(f"{address}/bot1:any/getMe") as answer:
        assert (await answer.json())["result"]["username"] == "kaoguan_bot"
    process.send_signal(told)
    assert await _ended(process) == (0, b"")


async def test_it_has_as_many_simulated_members_as_asked() -> None:
    """Six of them, and the founder."""
    process = await _start("--people", "6", "--seed", "7")
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().removeprefix("The page: ").strip()
    async with aiohttp.ClientSession() as session, session.get(f"{address}/api/state") as answer:
        people = (await answer.json())["people"]
    assert [person["simulated"] for person in people] == [False, *6 * [True]]
    process.send_signal(signal.SIGINT)
    assert await _ended(process) == (0, b"")


async def test_messages_never_count_from_the_same_number_again_but_with_a_seed() -> None:
    """A bot that kept its database takes what it is told for new."""
    numbers = [await _first_number(), await _first_number(), await _first_number("--seed", "7")]
    assert 1 < numbers[0] < numbers[1]
    assert numbers[2] == 1


async def _first_number(*options: str) -> int:
    process = await _start(*options)
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().removeprefix("The page: ").strip()
    async with aiohttp.ClientSession(address) as session:
        async with session.get("/api/state") as answer:
            who = (await answer.json())["people"][0]["id"]
        said = {"user_id": who, "chat_id": who, "text": "/start"}
        async with session.post("/api/send", json=said) as answer:
            number: int = (await answer.json())["message_id"]
    process.send_signal(signal.SIGINT)
    assert await _ended(process) == (0, b"")
    return number


async def test_a_taken_port_is_said_in_a_sentence() -> None:
    """No traceback, exit code 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = await _start("--port", str(port))
        code, complaint = await _ended(process)
    assert code == 2
    assert complaint.decode().startswith(f"The playground cannot listen on port {port}: ")
    assert b"Traceback" not in complaint
