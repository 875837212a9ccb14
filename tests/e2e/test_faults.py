"""Telegram fails in every way it knows: nothing is lost, nothing is counted twice, and nothing of it is logged."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import Running, running
from bot.core.people import Chat
from bot.core.people import Person as Account
from bot.core.slots import Hour
from bot.flows import daily
from bot.flows.leases import LEASE
from bot.playground.clock import PlaygroundClock
from bot.playground.faults import Kind
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from bot.settings import Settings
from bot.store import failures
from tests.e2e.acting import CLOSES, TEN, labels, say, settled, tap
from tests.e2e.conftest import CONTENT
from tests.e2e.rig_audit import Audit, sound
from tests.e2e.rig_faults import again, handled, redelivered

pytestmark = pytest.mark.usefixtures("discreet")
SOON: list[Kind] = ["500", "502", "drop_before", "drop_after", "truncated", "garbled"]
DONE = {"drop_after", "truncated", "garbled"}  # though nobody could read the answer


@pytest.fixture
async def strict() -> AsyncIterator[Playground]:
    """A playground that answers 429 to whoever is too fast."""
    async with Playground(clock=PlaygroundClock(datetime(2026, 11, 23, 1, 30, tzinfo=UTC)), limits=True) as here:
        yield here


def effects(playground: Playground, method: str) -> int:
    """How often the method was called with success, told or not."""
    return sum(call.status in {0, 200} for call in playground.record.of(method))


@pytest.mark.parametrize("kind", SOON)
async def test_a_question_arrives_whatever_the_line_does(
    playground: Playground, bot: Running, zhou: Person, tmp_path: Path, kind: Kind
) -> None:
    """It comes once, or twice where its answer was lost; either copy can be answered, and one answer counts."""
    playground.faults.add("sendMessage", kind=kind)
    await say(playground, zhou, "/quiz")
    await handled(playground)
    copies = zhou.chat.from_bot
    assert len(copies) == (2 if kind in DONE else 1)
    for copy in copies:
        assert labels(await tap(playground, zhou, copy, "A")) != ["A", "B", "C", "D", "…"]
    audit = sound(playground, tmp_path)
    assert (len(audit.rounds), len(audit.answers)) == (1, 1)


@pytest.mark.parametrize("kind", SOON)
async def test_a_result_is_shown_whatever_the_line_does(
    playground: Playground, bot: Running, zhou: Person, tmp_path: Path, kind: Kind
) -> None:
    """The edit is made again until it is there; the answer counts once, and the press is answered."""
    question = await say(playground, zhou, "/quiz")
    playground.faults.add("editMessageText", kind=kind)
    answered = await tap(playground, zhou, question, "B")
    assert "下一题" in labels(answered)
    assert len(zhou.chat.from_bot) == 1
    assert len(sound(playground, tmp_path).answers) == 1


@pytest.mark.parametrize("kind", SOON)
async def test_a_poll_arrives_whatever_the_line_does(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle, tmp_path: Path, kind: Kind
) -> None:
    """Where its answer was lost an orphan may stay behind: it is counted, and nobody scores in it."""
    playground.faults.add("sendPoll", kind=kind)
    await zhou.send(group, "/quiz")
    await playground.wait_for(lambda: effects(playground, "sendPoll") == (2 if kind in DONE else 1))
    await handled(playground)
    for poll in group.polls:
        await playground.person("Ada").vote(poll, 0)
    await handled(playground)
    await playground.clock.advance(CLOSES)
    audit = sound(playground, tmp_path)
    assert len(audit.answers) == 1
    assert [row["sends"] for row in audit.rounds.values()] == [1 if kind in {"500", "502"} else 2]
    assert sum("1 人作答" in text for text in group.texts) == 1


async def test_a_poll_that_telegram_will_not_have_stands_in_nobodys_way(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle, tmp_path: Path
) -> None:
    """After three refusals that nobody knows the person is told, and the next /quiz is a question."""
    playground.faults.add("sendPoll", 3, kind="400", description="POLL_UNHEARD_OF")
    told = await say(playground, zhou, "/quiz", group)
    assert told["text"].startswith("这一条我没处理成")
    await handled(playground)
    assert "poll" in await say(playground, zhou, "/quiz", group)
    await handled(playground)
    assert await bot.desk.read(failures.count) == 1
    audit = Audit(playground, tmp_path / "e2e.db")
    assert [problem for problem in audit.states() if "update failed" not in problem] == []


@pytest.mark.parametrize("method", ["stopPoll", "sendMessage"])
@pytest.mark.parametrize("kind", SOON)
async def test_a_poll_ends_whatever_the_line_does(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle, tmp_path: Path, kind: Kind, method: str
) -> None:
    """Its result comes when the lease is over at the latest; it is told twice only where Telegram's answer was lost."""
    poll = await say(playground, zhou, "/quiz", group)
    await zhou.vote(poll, 1)
    await handled(playground)
    playground.faults.add(method, kind=kind)
    await playground.clock.advance(CLOSES)
    await playground.clock.advance(LEASE)
    await settled(playground)
    told = sum("1 人作答" in text for text in group.texts)
    assert told == (2 if kind in DONE and method == "sendMessage" else 1)
    assert group.message(poll["message_id"])["poll"]["is_closed"]
    sound(playground, tmp_path)


async def test_a_reply_that_comes_too_fast_is_made_later_and_once(
    playground: Playground, bot: Running, zhou: Person
) -> None:
    """A 429 with its second's wait."""
    playground.faults.add("sendMessage", kind="429", seconds=1)
    await say(playground, zhou, "/help")
    await handled(playground)
    assert len(zhou.chat.from_bot) == 1


@pytest.mark.parametrize("kind", ["409", "502", "500", "429", "drop_before", "drop_after"])
async def test_polling_goes_on(playground: Playground, bot: Running, zhou: Person, kind: Kind) -> None:
    """A second reader, a page of HTML, a line that breaks: what people say meanwhile is answered, once."""
    playground.faults.add("getUpdates", 2, kind=kind, seconds=1)
    await say(playground, zhou, "/help")
    await say(playground, zhou, "/help")
    await handled(playground)
    assert len(zhou.chat.from_bot) == 2


async def test_another_reader_comes_and_goes(playground: Playground, bot: Running, zhou: Person) -> None:
    """Somebody starts the bot a second time for a moment: ours goes on."""
    await playground.updates.get(0, 100, 0)
    await say(playground, zhou, "/help")


async def test_what_comes_twice_is_shown_twice_and_done_once(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle, tmp_path: Path
) -> None:
    """A command, a press and a vote, each with the very same update id."""
    asked = await redelivered(playground, lambda: zhou.send(None, "/quiz"))
    assert len(zhou.chat.from_bot) == 1
    question = zhou.chat.from_bot[0]
    pressed = await redelivered(playground, lambda: zhou.press(question, "A"))
    shown = playground.record.of("editMessageText")[-2:]
    assert shown[0].params == shown[1].params
    await again(playground, asked)
    assert playground.record.of("editMessageText")[-1].params == shown[0].params
    await tap(playground, zhou, zhou.chat.last, "下一题")
    await again(playground, pressed)
    assert len(zhou.chat.from_bot) == 2
    poll = await say(playground, zhou, "/quiz", group)
    await redelivered(playground, lambda: zhou.vote(poll, 2))
    assert len(sound(playground, tmp_path).answers) == 2


async def test_one_who_blocked_the_bot_rests_and_the_others_get_theirs(
    playground: Playground, bot: Running, zhou: Person
) -> None:
    """A 403 on a push: that chat is left alone until the person writes again."""
    ada, lin = playground.person("Ada"), playground.person("Lin")
    for person in (zhou, ada, lin):
        await say(playground, person, "/daily 10:00")
    playground.faults.add("sendMessage", kind="403", when=lambda params: int(params["chat_id"]) == ada.id)
    await playground.clock.jump_to(TEN)
    assert [len(person.chat.from_bot) for person in (zhou, ada, lin)] == [2, 1, 2]
    await playground.clock.jump_to(TEN + timedelta(days=1))
    assert [len(person.chat.from_bot) for person in (zhou, ada, lin)] == [3, 1, 3]
    await say(playground, ada, "/help")
    await playground.clock.jump_to(TEN + timedelta(days=2))
    assert [len(person.chat.from_bot) for person in (zhou, ada, lin)] == [4, 3, 4]


async def test_many_pushes_in_one_minute_all_arrive_and_none_too_fast(strict: Playground, tmp_path: Path) -> None:
    """A hundred and twenty at ten o'clock; a Telegram that counts has nothing to say against it."""
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(strict.token),
        bot_api_url=strict.url,
        database_url=f"sqlite:///{tmp_path / 'e2e.db'}",
        content_dir=CONTENT,
        http_port=0,
    )
    crowd = [strict.add_person(f"P{number}") for number in range(120)]
    async with running(settings, strict.clock.now) as bot:
        for person in crowd:
            strict.mini.world.account(person.id).started = True
            account, chat = Account(person.id, "P", None, "zh"), Chat(person.id, "private", "P")
            await bot.desk.write(daily.change, account, chat, Hour(600), None, bot.desk.clock(), bot.desk.defaults)
        await strict.clock.jump_to(TEN)
        await bot.ticker.now()
    assert [call.status for call in strict.record.of("sendMessage")] == [200] * len(crowd)
    assert all(len(person.chat.from_bot) == 1 for person in crowd)
    assert list(sound(strict, tmp_path).pushed({person.id for person in crowd}, {TEN.date()})) == []
