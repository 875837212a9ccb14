"""One call: what is sent, and every way in which there is no reply."""

from __future__ import annotations

import gzip
import json

import pytest

from bot.core.opinions import Brief
from bot.llm.client import Client, UnansweredError, Why
from bot.llm.pause import FAILURES, PAUSE_S, Pause
from tests.llm.stub import (
    KEY,
    Reply,
    flooding,
    hanging_up,
    plainly,
    saying,
    silent,
    stub,
    trickling,
)

BRIEF = Brief("the rules", "the data")
DOWN = UnansweredError("unreached")


def client(url: str, timeout_s: float = 5.0) -> Client:
    """A client of that endpoint."""
    return Client(url, KEY, "a-model", timeout_s)


async def failure(reply: Reply, timeout_s: float = 5.0) -> UnansweredError:
    """How a call fails."""
    async with stub(reply) as endpoint, client(endpoint.url, timeout_s) as asking:
        with pytest.raises(UnansweredError) as caught:
            await asking.ask(BRIEF)
    return caught.value


async def test_a_call() -> None:
    """The model, temperature 0, rules and data apart, the key as a header and nowhere else."""
    async with stub(saying("hello")) as endpoint, client(endpoint.url) as asking:
        assert await asking.ask(BRIEF) == "hello"
    (asked,) = endpoint.asked
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("a-model", 0, False)
    assert asked["messages"] == [
        {"role": "system", "content": "the rules"},
        {"role": "user", "content": "the data"},
    ]
    assert endpoint.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(asked)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (plainly(b"<html>Sign in</html>", headers={"Content-Type": "text/html"}), "unreadable"),
        (plainly(b""), "unreadable"),
        (plainly(b"[" * 100_000), "unreadable"),
        (plainly(b'{"choices": []}'), "unreadable"),
        (plainly(b'{"choices": {"a": 1}}'), "unreadable"),
        (plainly(b'{"choices": [{"message": {"content": ["a"]}}]}'), "unreadable"),
        (plainly(gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"}), "unreadable"),
        (saying(None), "unreadable"),
        (flooding, "large"),
        (hanging_up, "unreached"),
        (saying("x", 500), "status"),
        (saying("x", 401), "status"),
        (saying("x", 204), "status"),
        (saying("x", 429), "busy"),
    ],
)
async def test_what_is_no_reply(reply: Reply, why: Why) -> None:
    """Is told by its kind, and by nothing of what it says."""
    error = await failure(reply)
    assert error.why == why
    assert str(error) == f"The endpoint gave no reply ({why})."


@pytest.mark.parametrize("reply", [silent, trickling])
async def test_a_slow_endpoint(reply: Reply) -> None:
    """Is waited for as long as was set, from beginning to end, however it spends that time."""
    assert (await failure(reply, timeout_s=0.3)).why == "timeout"


async def test_no_redirect_is_followed() -> None:
    """Neither the answer nor the key goes anywhere but where the operator said."""
    async with stub(saying("elsewhere")) as elsewhere:
        for status in (301, 302, 303, 307, 308):
            target = {"Location": f"{elsewhere.url}/chat/completions"}
            error = await failure(saying("x", status, target))
            assert (error.why, error.status) == ("redirect", status)
    assert elsewhere.asked == []


async def test_nobody_there() -> None:
    """Nor is a client asked that is not open (any more)."""
    async with stub(saying("x")) as gone:
        pass
    closed = client(gone.url)
    async with closed:
        with pytest.raises(UnansweredError, match="unreached"):
            await closed.ask(BRIEF)
    with pytest.raises(UnansweredError, match="unreached"):
        await closed.ask(BRIEF)


async def test_a_certificate_is_verified() -> None:
    """A server that speaks no TLS, or cannot prove its name, is not reached."""
    async with stub(saying("x")) as endpoint, client(endpoint.url.replace("http:", "https:")) as asking:
        with pytest.raises(UnansweredError, match="unreached"):
            await asking.ask(BRIEF)
    assert endpoint.asked == []


async def test_a_busy_endpoint_says_for_how_long() -> None:
    """In seconds; what is none is not read."""
    for value, seconds in (("7", 7.0), ("", None), ("-1", None), ("Wed, 21 Oct 2026 07:28:00 GMT", None)):
        assert (await failure(saying("x", 429, {"Retry-After": value}))).retry_after_s == seconds


def test_the_key_does_not_show() -> None:
    """Wherever a client may be printed."""
    assert KEY not in repr(client("http://localhost"))


def test_who_fails_three_times_in_a_row_is_left_in_peace() -> None:
    """For five minutes; after that one more failure is enough, and one answer makes all well."""
    now = [0.0]
    pause = Pause(lambda: now[0])
    pause.failed(DOWN)
    pause.worked()
    for _ in range(FAILURES):
        assert not pause.on()
        pause.failed(DOWN)
    assert pause.on()
    now[0] = PAUSE_S
    assert not pause.on()
    pause.failed(DOWN)
    assert pause.on()
    now[0] = 2 * PAUSE_S
    pause.worked()
    pause.failed(DOWN)
    assert not pause.on()


@pytest.mark.parametrize(("said", "paused"), [(None, 30), (1, 30), (90, 90), (99_999, 600)])
def test_who_is_busy_is_left_in_peace_at_once(said: float | None, paused: float) -> None:
    """As long as it asks for, within bounds."""
    now = [0.0]
    pause = Pause(lambda: now[0])
    pause.failed(UnansweredError("busy", 429, said))
    now[0] = paused - 0.1
    assert pause.on()
    now[0] = paused
    assert not pause.on()
