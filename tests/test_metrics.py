"""What becomes of updates, calls and pushes is counted where it happens."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from telegram.error import RetryAfter

from bot.metrics import REGISTRY
from bot.store.database import Database
from bot.tg import pushing
from bot.tg.delivery import Delivery
from bot.tg.limiter import Limiter
from tests.group_bench import GROUP, Clock, desk_for
from tests.tg.fake_api import Call, FakeApi, nothing
from tests.tg.pushes.bench import DAY, MANY, NINE, choose, home_of, ledger, live
from tests.tg.test_delivery import VIEW, Ledger, delivery, refusing


def counted(name: str, **labels: str) -> float:
    """A counter's present value."""
    return REGISTRY.get_sample_value(f"kaoguan_{name}_total", labels) or 0.0


@pytest.mark.parametrize(
    ("code", "words", "reason"),
    [
        (403, "Forbidden: bot was blocked by the user", "gone"),
        (403, "Forbidden: user is deactivated", "gone"),
        (403, "Forbidden: bot was kicked from the supergroup chat", "gone"),
        (400, "Bad Request: not enough rights to send text messages to the chat", "rights"),
        (400, "Bad Request: TOPIC_CLOSED", "thread"),
        (400, "Bad Request: not enough rights to send polls to the chat", "polls"),
        (400, "Bad Request: group chat was upgraded to a supergroup chat", "moved"),
    ],
)
async def test_each_refusal_has_its_count(code: int, words: str, reason: str) -> None:
    """By what it means."""
    telegram = FakeApi(migrated_to=-1007 if reason == "moved" else None)
    before = counted("refusals", reason=reason)
    telegram.trouble = refusing(code, words, chat_id=-7)
    sends: Delivery = delivery(telegram, Ledger())
    await sends.send(-7, VIEW)
    assert counted("refusals", reason=reason) == before + 1


async def test_each_429_is_counted() -> None:
    """Apart for people who wait and for what is scheduled."""

    async def refuse() -> bool:
        raise RetryAfter(3600)

    before = [counted("floods", kind=kind) for kind in ("interactive", "scheduled")]
    for lane in (None, "bulk", "bulk"):
        with pytest.raises(RetryAfter):
            await Limiter().process_request(refuse, (), {}, "sendMessage", {"chat_id": 7}, lane)
    after = [counted("floods", kind=kind) for kind in ("interactive", "scheduled")]
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 2]


async def test_each_push_is_counted_by_its_outcome(database: Database) -> None:
    """One arrives, one finds the bot blocked, one is put off."""
    telegram, clock = FakeApi(), Clock()
    desk = desk_for(database, telegram, clock, MANY)
    for number in (1, 2, 3):
        await choose(desk, home_of(number)[1], NINE)

    def trouble(call: Call) -> tuple[int, str] | None:
        return {2: (403, "Forbidden: bot was blocked by the user"), 3: (500, "Internal Server Error")}.get(call.chat_id)

    telegram.trouble = trouble
    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    before = pushes()
    await pushing.tick(desk)
    assert pushes() - before == Counter(sent=1, gone=1, later=1)
    telegram.trouble = nothing
    clock.now += DAY  # what was put off is over by now; the one that is gone has no hour any more
    before = pushes()
    await pushing.tick(desk)
    assert pushes() - before == Counter(missed=1, sent=2)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Bad Request: not enough rights to send polls to the chat", "polls"),
        ("Bad Request: not enough rights to send text messages to the chat", "rights"),
        ("Bad Request: TOPIC_CLOSED", "thread"),
    ],
)
async def test_a_push_that_a_group_refuses_is_counted_by_its_reason(
    database: Database, words: str, reason: str
) -> None:
    """And written down as refused."""
    telegram, clock = FakeApi(), Clock()
    desk = desk_for(database, telegram, clock, MANY)
    await choose(desk, GROUP, NINE)
    telegram.trouble = refusing(400, words, chat_id=GROUP.id)
    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    before = pushes()
    await pushing.tick(desk)
    assert pushes() - before == Counter({reason: 1})
    assert await ledger(desk, GROUP.id, clock.now) == ["refused"]


async def test_a_push_without_a_question_and_a_pause_are_counted(database: Database) -> None:
    """Neither was a question that was sent."""
    telegram, clock = FakeApi(), Clock()
    empty = desk_for(database, telegram, clock, type(MANY)())
    await choose(empty, home_of(1)[1], NINE)
    clock.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    before = pushes()
    await pushing.tick(empty)
    assert pushes() - before == Counter(nothing=1)
    desk = desk_for(database, telegram, clock, MANY)
    await choose(desk, home_of(1)[1], None)
    await choose(desk, GROUP, NINE)
    before = pushes()
    await live(desk, clock, 9 * DAY)
    assert pushes() - before == Counter(sent=7, paused=1)


def pushes() -> Counter[str]:
    """How many have ended how, or were put off, so far."""
    (family,) = (family for family in REGISTRY.collect() if family.name == "kaoguan_pushes")
    totals = (sample for sample in family.samples if sample.name.endswith("_total"))
    return Counter({sample.labels["outcome"]: int(sample.value) for sample in totals})
