"""Updates that cannot be handled, and a database that cannot write: the bot goes on, and nothing confirmed is lost."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Running
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from bot.store import failures
from tests.e2e.acting import Json, say, tap
from tests.e2e.rig_audit import Audit
from tests.e2e.rig_faults import full_disk, handled, leaks, logging_to

SECRET = "谁也不该在日志里看到这句话"
CHAT = {"id": 5_300_000_001, "type": "private", "first_name": "小周"}
ZHOU = {"id": 5_300_000_001, "is_bot": False, "first_name": "小周", "language_code": "zh-hans"}
POLL = {  # as an older server sends it, without allows_revoting
    "id": "1",
    "question": SECRET,
    "options": [{"text": SECRET, "voter_count": 0}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": False,
    "type": "quiz",
    "allows_multiple_answers": False,
}
POISON: dict[str, tuple[str, Json]] = {
    "a poll without allows_revoting": (
        "message",
        {"message_id": 900, "date": 1795397400, "chat": CHAT, "from": ZHOU, "poll": POLL},
    ),
    "a message without date": ("message", {"message_id": 900, "chat": CHAT, "from": ZHOU, "text": SECRET}),
    "a date in words": ("message", {"message_id": 900, "date": SECRET, "chat": CHAT, "from": ZHOU, "text": SECRET}),
    "a press by a name": ("callback_query", {"id": "1", "from": SECRET, "chat_instance": "1", "data": SECRET}),
    "a message that is a text": ("message", {"text": SECRET, "chat": SECRET}),
    "a vote for no poll": ("poll_answer", {"user": ZHOU, "option_ids": [0]}),
}


@pytest.fixture(autouse=True)
def log(playground: Playground) -> Iterator[io.StringIO]:
    """Whatever happens, no line of the log has the token in it, or a word of what was said."""
    stream = io.StringIO()
    with logging_to(stream, playground.token):
        yield stream
    assert SECRET not in stream.getvalue()
    assert not leaks(playground, stream.getvalue())


def broken(*_arguments: object) -> None:
    """A use case with a bug, which repeats what was said."""
    raise ValueError("no such thing")


@pytest.mark.parametrize("name", POISON)
async def test_an_update_that_nobody_can_parse_is_kept_and_the_rest_goes_on(
    playground: Playground, bot: Running, zhou: Person, log: io.StringIO, name: str
) -> None:
    """It is written down once, and confirmed; what came with it is answered."""
    await zhou.send(None, "/help")
    playground.updates.put(*POISON[name])
    await zhou.send(None, "/help")
    await playground.wait_for(lambda: len(zhou.chat.from_bot) == 2)
    await handled(playground)
    (kept,) = await bot.desk.read(failures.latest, 5)
    assert kept.tries == 1
    assert SECRET in kept.payload.encode().decode("unicode_escape") or name == "a vote for no poll"
    assert "update.unparsable" in log.getvalue()


@pytest.mark.parametrize(("name", "apology"), [("小周", "这一条我没处理成"), ("Ada", "I could not handle that one")])
async def test_a_command_whose_handler_fails_is_kept_and_the_person_told(
    playground: Playground, bot: Running, monkeypatch: pytest.MonkeyPatch, name: str, apology: str
) -> None:
    """Three tries, one row, one sentence in the person's language; the next command works."""
    person = playground.person(name)
    monkeypatch.setattr("bot.flows.stats.stats", broken)
    told = await say(playground, person, "/stats")
    assert told["text"].startswith(apology)
    (kept,) = await bot.desk.read(failures.latest, 5)
    assert (kept.tries, kept.error) == (3, "ValueError: no such thing")
    await say(playground, person, "/help")


async def test_a_press_whose_handler_fails_is_answered_all_the_same(
    playground: Playground, bot: Running, zhou: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An alert instead of a spinner; once it is mended the same press counts."""
    question = await say(playground, zhou, "/quiz")
    with monkeypatch.context() as patched:
        patched.setattr("bot.flows.answers.answer", broken)
        await tap(playground, zhou, question, "A")
    assert zhou.toasts[-1]["alert"]
    assert zhou.toasts[-1]["text"].startswith("这一条我没处理成")
    answered = await tap(playground, zhou, question, "A")
    assert answered["text"] != question["text"]


async def test_a_vote_whose_handler_fails_is_kept_and_nobody_disturbed(
    playground: Playground, bot: Running, zhou: Person, group: ChatHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The group hears nothing of it; other votes count."""
    poll = await say(playground, zhou, "/quiz", group)
    with monkeypatch.context() as patched:
        patched.setattr("bot.flows.rounds.vote", broken)
        await zhou.vote(poll, 1)
        await handled(playground)
    await playground.person("Ada").vote(poll, 1)
    await handled(playground)
    assert len(group.from_bot) == 1
    (kept,) = await bot.desk.read(failures.latest, 5)
    assert "poll_answer" in kept.payload
    await playground.clock.advance(601)
    assert any("1 人作答" in text for text in group.texts)


async def test_a_disk_that_is_full_for_a_while_loses_nothing(
    playground: Playground,
    bot: Running,
    zhou: Person,
    group: ChatHandle,
    log: io.StringIO,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An answer, votes in two groups, a new question and an update nobody can parse, each refused by the disk on its
    own, and a vote that waits behind another: all stay with Telegram meanwhile, and count once there is room again."""
    ada, lin, new = playground.person("Ada"), playground.person("Lin"), playground.add_person("Neu")
    second = playground.add_group("二组", lin, new, supergroup=True)
    question, poll = await say(playground, zhou, "/quiz"), await say(playground, zhou, "/quiz", group)
    other = await say(playground, lin, "/quiz", second)
    acts = (zhou.press(question, "A"), ada.vote(poll, 2), lin.vote(other, 1), new.send(None, "/quiz"))
    with full_disk(monkeypatch) as raised:
        for number, act in enumerate(acts, 1):
            await act
            await playground.wait_for(lambda: log.getvalue().count("update.waits") == number)  # noqa: B023
        await zhou.vote(poll, 1)
        before = len(raised)
        playground.updates.put(*POISON["a message without date"])
        await playground.wait_for(lambda: "update.unparsable" in log.getvalue() and len(raised) > before)
        assert len(playground.updates.pending) == 6
        assert await bot.desk.read(failures.count) == 0
    await handled(playground)
    assert len(raised) > 4  # one for each that came on its own, at the least
    assert all("database or disk is full" in error for error in raised)
    assert await bot.desk.read(failures.count) == 1
    audit = Audit(playground, tmp_path / "e2e.db")
    assert [problem for problem in audit.problems() if "update failed" not in problem] == []
    assert len(audit.answers) == 4
    assert len(new.chat.from_bot) == 1


async def test_a_push_waits_for_a_disk_that_is_full(
    playground: Playground, bot: Running, zhou: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is sent with a later tick, once."""
    await say(playground, zhou, "/daily 10:00")
    with full_disk(monkeypatch, 0.3) as raised:
        await playground.clock.advance(31 * 60)
        await playground.wait_for(lambda: bool(raised))
    assert len(zhou.chat.from_bot) == 1
    await playground.clock.advance(60)
    assert len(zhou.chat.from_bot) == 2
    audit = Audit(playground, tmp_path / "e2e.db")
    assert list(audit.problems()) == []


async def test_what_stands_in_a_chat_is_written_down_as_soon_as_there_is_room_and_not_sent_again(
    playground: Playground,
    bot: Running,
    zhou: Person,
    group: ChatHandle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A question, a poll and its result, each sent just before the disk is full: one of each, and the vote counts."""
    for method in ("sendPoll", "sendMessage"):
        playground.faults.add(method, kind="delay", seconds=0.3)
    await zhou.send(None, "/quiz")
    await zhou.send(group, "/quiz")
    await playground.wait_for(lambda: playground.record.of("sendPoll") and playground.record.of("sendMessage"))
    with full_disk(monkeypatch, 2.0) as raised:
        await playground.wait_for(lambda: group.polls)
        await zhou.vote(group.polls[0], 1)
        await handled(playground)
    assert raised
    playground.faults.add("sendMessage", kind="delay", seconds=0.3)
    ticking = asyncio.ensure_future(playground.clock.advance(601))
    await playground.wait_for(lambda: len(playground.record.of("sendMessage")) == 2)
    with full_disk(monkeypatch, 2.0):
        await ticking
    await handled(playground)
    assert [len(chat.from_bot) for chat in (zhou.chat, group)] == [1, 2]
    audit = Audit(playground, tmp_path / "e2e.db")
    assert audit.problems() == []
    assert [row["sends"] for row in audit.rounds.values()] == [1, 1]
    assert len(audit.answers) == 1
