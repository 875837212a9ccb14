"""Faults between the bot and Telegram, on demand."""

from __future__ import annotations

import pytest
import telegram
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.playground.faults import Kind
from bot.playground.handles import ChatHandle
from bot.playground.record import DROPPED
from bot.playground.server import Playground


@pytest.mark.parametrize(
    ("kind", "error", "words", "arrives"),
    [
        ("429", RetryAfter, "Retry in|Flood control", False),
        ("403", Forbidden, "bot was blocked by the user", False),
        ("400", BadRequest, "Chat not found", False),
        ("409", Conflict, "terminated by other getUpdates request", False),
        ("500", NetworkError, "Internal Server Error", False),
        ("502", NetworkError, "Bad Gateway", False),
        ("drop_before", NetworkError, "httpx", False),
        ("drop_after", NetworkError, "httpx", True),
        ("truncated", NetworkError, "peer closed connection", True),
        ("garbled", TelegramError, "Invalid server response", True),
    ],
)
async def test_a_fault_hits_as_often_as_told(
    playground: Playground,
    bot: telegram.Bot,
    group: ChatHandle,
    monkeypatch: pytest.MonkeyPatch,
    kind: Kind,
    error: type[Exception],
    words: str,
    arrives: bool,
) -> None:
    """Twice the call fails in its own way, with or without effect; the third passes."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    playground.faults.add("sendMessage", 2, kind=kind, seconds=3)
    for _ in range(2):
        with pytest.raises(error, match=words):
            await bot.send_message(group.id, "spoilt")
    await bot.send_message(group.id, "fine")
    assert group.texts == ["spoilt", "spoilt", "fine"] if arrives else ["fine"]
    statuses = [call.status for call in playground.record.of("sendMessage")]
    assert statuses == [int(kind) if kind.isdigit() else DROPPED] * 2 + [200]
    assert playground.faults.hits == {("sendMessage", kind): 2}
    assert playground.record.outcomes["sendMessage", 200, ""] == 1


async def test_a_fault_can_choose_its_calls(playground: Playground, bot: telegram.Bot, group: ChatHandle) -> None:
    """A condition on the parameters spares the other calls, of any method."""
    playground.faults.add("*", kind="403", when=lambda params: params.get("text") == "this one")
    await bot.send_message(group.id, "another")
    with pytest.raises(Forbidden):
        await bot.send_message(group.id, "this one")
    assert group.texts == ["another"]


@pytest.mark.parametrize("kind", ["delay", "late"])
async def test_a_delay_only_delays(playground: Playground, bot: telegram.Bot, group: ChatHandle, kind: Kind) -> None:
    """The call is answered late and well; faults called off do not come."""
    playground.faults.add("sendMessage", kind=kind, seconds=0.01)
    playground.faults.add("sendMessage", kind="500")
    await bot.send_message(group.id, "late")
    playground.faults.clear()
    await bot.send_message(group.id, "fine")
    assert group.texts == ["late", "fine"]


@pytest.mark.parametrize(("kind", "there"), [("delay", []), ("late", ["slow"])])
async def test_what_is_late_has_happened_and_what_is_delayed_has_not(
    playground: Playground, bot: telegram.Bot, group: ChatHandle, kind: Kind, there: list[str]
) -> None:
    """Seen by a bot that gives up: the one is there already, the other comes when nobody waits for it any more."""
    playground.faults.add("sendMessage", kind=kind, seconds=0.6)
    with pytest.raises(TimedOut):
        await bot.send_message(group.id, "slow", read_timeout=0.2)
    assert group.texts == there
    await playground.wait_for(lambda: group.texts == ["slow"])


async def test_a_cut_line_loses_no_update(playground: Playground, bot: telegram.Bot) -> None:
    """Updates whose delivery was cut off come again."""
    await playground.person("Ada").send(None, "/start")
    playground.faults.add("getUpdates", kind="drop_after")
    with pytest.raises(NetworkError):
        await bot.get_updates()
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start"
