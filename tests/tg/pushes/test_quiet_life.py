"""A day with six hours, played minute by minute: what a group sees of the bot by itself."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from bot.core.slots import Hour, Pins
from bot.flows import rounds as flow
from bot.flows.voting import Verdict
from bot.store import rounds
from bot.tg import closing, pushing
from bot.tg.desk import Desk
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, LIN, Clock
from tests.tg.fake_api import Call, FakeApi, nothing
from tests.tg.pushes.bench import MINUTE, wish

# Pins are shown as messages, too.
NEW = ("sendMessage", "sendPoll", "pinChatMessage")
MORNING = [9 * 60 + 30 * number for number in range(4)]


async def everybody_votes(desk: Desk) -> None:
    """All three answer what is open."""
    for opened in await desk.read(rounds.open_in, GROUP.id, ("poll",)):
        for person in (ADA, BOB, LIN):
            assert opened.poll_id is not None
            await desk.write(flow.vote, person, opened.poll_id, 2, desk.clock(), DEFAULTS, Verdict(here=True))


async def a_day(desk: Desk, telegram: FakeApi, clock: Clock, step: timedelta = MINUTE) -> list[tuple[datetime, Call]]:
    """What is sent on the second of two days. Every tick comes twice, as if the clock had stuttered."""
    seen: list[tuple[datetime, Call]] = []
    for pace in (30 * MINUTE, step):
        telegram.after = (lambda call: seen.append((clock.now, call))) if pace == step else nothing
        for _ in range(timedelta(days=1) // pace):
            clock.now += pace
            for _ in range(2):
                await closing.tick(desk)
                await pushing.tick(desk)
            if clock.now.minute % 30 == 0:
                await everybody_votes(desk)
    return seen


async def test_six_hours_a_day_are_never_more_than_a_message_a_minute(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """Four polls and two cards half an hour apart at the nearest, pinned, told and folded: at most three new messages
    in any half hour, each hour pushed once and each poll told once, though every tick comes twice."""
    await wish(desk, GROUP, Pins(wanted=True))
    for minute in MORNING:
        await wish(desk, GROUP, Hour(minute))
    for minute in (14 * 60, 23 * 60):
        await wish(desk, GROUP, Hour(minute, kind="card"))
    calls = await a_day(desk, telegram, clock)
    new = [at for at, call in calls if call.method in NEW]
    assert max(sum(at <= other < at + timedelta(minutes=30) for other in new) for at in new) <= 3
    kinds = Counter(call.method for _at, call in calls)
    cards = sum("讨论题" in call.text for _at, call in calls if call.method == "sendMessage")
    assert (kinds["sendPoll"], cards, kinds["sendMessage"] - cards) == (4, 2, 4)
    assert (kinds["pinChatMessage"], kinds["unpinChatMessage"], kinds["stopPoll"]) == (6, 6, 4)
    assert kinds["editMessageText"] == 4 + 2  # results folded, cards turned


async def test_at_night_only_the_chosen_hour_is_heard(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """The poll of 23:00 sounds, as that hour was chosen; the result it brings with it does not."""
    await wish(desk, GROUP, Hour(20 * 60))
    await wish(desk, GROUP, Hour(23 * 60))
    night = [call for at, call in await a_day(desk, telegram, clock, 15 * MINUTE) if at.hour == 15]
    sounds = {call.method: not call.fields.get("disable_notification", False) for call in night}
    assert sounds == {"sendPoll": True, "sendMessage": False, "editMessageText": True, "stopPoll": True}
