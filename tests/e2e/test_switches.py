"""Whatever is switched on from the playground's page, no answer of the bot's people is lost and none counts twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram._utils.defaultvalue import DefaultValue

from bot import app, login
from bot.app import Running
from bot.core.errors import StartError
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from bot.tg.transport import Transport
from tests.e2e.acting import CLOSES, labels, say, settled
from tests.e2e.conftest import Start
from tests.e2e.rig_audit import sound
from tests.e2e.rig_faults import handled

Switch = Callable[..., Awaitable[dict[str, Any]]]
VOTERS = ("Ada", "Lin", "小陈", "Mia")
SLOW = ("delay", "late")
OF_CALLS = ("409", "429", "500", "502", "drop_before", "drop_after", "truncated", "garbled", *SLOW)
OF_UPDATES = ("twice", "shuffled")
TIMEOUT = 0.4  # seconds, of the bot


class _Hasty(Transport):
    """While Telegram is made slow, calls wait less long than that. All others wait as long as ever: a machine that is
    held up for so long would ask twice, and be right to."""

    def __init__(self, slow: Callable[[], bool], **given: Any) -> None:
        super().__init__(**given)
        self._slow = slow

    async def do_request(self, *args: Any, **given: Any) -> tuple[int, bytes]:
        if self._slow() and isinstance(given["read_timeout"], DefaultValue):
            given["read_timeout"] = TIMEOUT
        return await super().do_request(*args, **given)


@pytest.fixture(autouse=True)
def _hasty(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the bot starts."""
    slow = lambda: any(fault.kind in SLOW for fault in playground.mini.faults.waiting)  # noqa: E731
    for module in (app, login):
        monkeypatch.setattr(module, "Transport", partial(_Hasty, slow))


@pytest.fixture
async def switch(playground: Playground) -> AsyncIterator[Switch]:
    """What the page posts."""
    async with aiohttp.ClientSession(playground.url) as session:

        async def post(name: str, **fields: Any) -> dict[str, Any]:
            async with session.post(f"/api/{name}", json=fields) as answer:
                body: dict[str, Any] = await answer.json()
                assert answer.status == 200, body
                return body

        yield post


async def everybody_answers(playground: Playground, poll: dict[str, Any], question: dict[str, Any]) -> None:
    """One in private, the others in the group, at once."""
    await playground.person("小周").press(question, "B")
    for number, name in enumerate(VOTERS):
        await playground.person(name).vote(poll, number % 3)


@pytest.mark.parametrize("kind", [*OF_CALLS, *OF_UPDATES])
async def test_every_answer_counts_once_whatever_goes_wrong(
    playground: Playground,
    bot: Running,
    switch: Switch,
    zhou: Person,
    group: ChatHandle,
    tmp_path: Path,
    kind: str,
) -> None:
    """The next calls, whichever they are, fail in that way: while people answer, while they ask, and at the close."""
    question = await say(playground, zhou, "/quiz")
    poll = await say(playground, zhou, "/quiz", group)
    await handled(playground)
    fault = partial(switch, "fault", kind=kind, method="*", count=3, seconds=2 * TIMEOUT)
    await fault()
    await everybody_answers(playground, poll, question)
    await handled(playground)
    await fault()
    await zhou.send(None, "/quiz")
    await playground.wait_for(lambda: len(zhou.chat.from_bot) > 1, timeout=20)
    await handled(playground)
    await zhou.press(zhou.chat.last, "A")
    await handled(playground)
    await fault()
    await playground.clock.advance(CLOSES)
    await switch("calloff")
    await playground.clock.advance(60)
    await settled(playground)
    assert group.message(poll["message_id"])["poll"]["is_closed"]
    assert any("4 人作答" in text for text in group.texts)
    assert sum(hit["count"] for hit in playground.mini.switches["hits"]) >= 3
    assert len(sound(playground, tmp_path).answers) == 6


@pytest.mark.parametrize(
    ("kind", "method"), [("403", "editMessageText"), ("400", "editMessageText"), ("400", "stopPoll")]
)
async def test_a_refusal_takes_no_answer_away(
    playground: Playground,
    bot: Running,
    switch: Switch,
    zhou: Person,
    group: ChatHandle,
    tmp_path: Path,
    kind: str,
    method: str,
) -> None:
    """What cannot be shown is counted all the same."""
    question = await say(playground, zhou, "/quiz")
    poll = await say(playground, zhou, "/quiz", group)
    await handled(playground)
    await switch("fault", kind=kind, method=method, count=2)
    await everybody_answers(playground, poll, question)
    await handled(playground)
    await playground.clock.advance(CLOSES)
    await playground.clock.advance(60)
    await settled(playground)
    assert len(sound(playground, tmp_path).answers) == 5


@pytest.mark.parametrize(("kind", "seconds"), [("late", 2 * TIMEOUT), ("delay", 2 * TIMEOUT), ("delay", 6 * TIMEOUT)])
async def test_a_poll_that_arrives_when_the_bot_has_given_it_up_is_an_orphan(
    playground: Playground,
    bot: Running,
    switch: Switch,
    zhou: Person,
    group: ChatHandle,
    tmp_path: Path,
    kind: str,
    seconds: float,
) -> None:
    """Two polls stand there, before the second or after it; people vote in both, and one of them counts."""
    await switch("fault", kind=kind, method="sendPoll", seconds=seconds)
    await zhou.send(group, "/quiz")
    await playground.wait_for(lambda: len(group.polls) == 2, timeout=20)
    await handled(playground)
    for poll in group.polls:
        await playground.person("Ada").vote(poll, 0)
        await playground.person("Lin").vote(poll, 1)
    await handled(playground)
    await playground.clock.advance(CLOSES)
    await settled(playground)
    assert sum("2 人作答" in text for text in group.texts) == 1
    assert len(sound(playground, tmp_path).answers) == 2


async def test_what_comes_again_after_a_crash_counts_once(
    playground: Playground, start: Start, switch: Switch, zhou: Person, group: ChatHandle, tmp_path: Path
) -> None:
    """All of it, while the bot runs, and to one that has just started."""
    async with start():
        question = await say(playground, zhou, "/quiz")
        poll = await say(playground, zhou, "/quiz", group)
        await everybody_answers(playground, poll, question)
        await handled(playground)
        assert (await switch("redeliver"))["again"] >= 7
        await handled(playground)
        assert len(sound(playground, tmp_path).answers) == 5
    await switch("redeliver", seconds=3600)
    async with start():
        await handled(playground)
        assert len(sound(playground, tmp_path).answers) == 5


async def test_a_revoked_token_ends_the_bot_and_loses_nothing(
    playground: Playground, start: Start, switch: Switch, zhou: Person, group: ChatHandle, tmp_path: Path
) -> None:
    """It says why; what people did meanwhile is counted once the token is back and the bot started again."""
    async with start() as bot:
        question = await say(playground, zhou, "/quiz")
        poll = await say(playground, zhou, "/quiz", group)
        await handled(playground)
        await switch("token", revoked=True)
        await everybody_answers(playground, poll, question)
        with pytest.raises(StartError, match="does not know this BOT_TOKEN"):
            await bot.poller.ended()
    with pytest.raises(StartError, match="does not know this BOT_TOKEN"):
        async with start():
            pass
    await switch("token", revoked=False)
    async with start():
        await handled(playground)
        assert len(sound(playground, tmp_path).answers) == 5


async def test_a_token_revoked_while_an_answer_is_handled_loses_nothing(
    playground: Playground, start: Start, switch: Switch, zhou: Person, tmp_path: Path
) -> None:
    """The answer is written down and cannot be shown: it is shown when the token is back."""
    async with start() as bot:
        question = await say(playground, zhou, "/quiz")
        await handled(playground)
        playground.faults.add("editMessageText", kind="delay", seconds=0, when=lambda _params: _revoke(playground))
        await zhou.press(question, "B")
        with pytest.raises(StartError, match="does not know this BOT_TOKEN"):
            await bot.poller.ended()
    playground.faults.clear()
    await switch("token", revoked=False)
    async with start():
        await handled(playground)
        assert len(sound(playground, tmp_path).answers) == 1
        assert "下一题" in labels(zhou.chat.message(question["message_id"]))


def _revoke(playground: Playground) -> bool:
    playground.mini.revoke_token(revoked=True)
    return False


async def test_telegrams_limits_switched_on_hold_up_no_answer(
    playground: Playground, bot: Running, switch: Switch, zhou: Person, tmp_path: Path
) -> None:
    """One who races through questions is answered a little later, and each answer counts."""
    await switch("limits", on=True)
    await zhou.send(None, "/quiz")
    for count in range(6):
        await playground.wait_for(lambda: _open(zhou), timeout=20)
        await zhou.press(zhou.chat.last, "A")
        await playground.wait_for(lambda: not _open(zhou), timeout=20)
        if count < 5:
            await zhou.press(zhou.chat.last, "下一题")
    await handled(playground)
    assert len(sound(playground, tmp_path).answers) == 6


def _open(person: Person) -> bool:
    """Whether the newest message is a question with choices."""
    return "A" in labels(person.chat.last)
