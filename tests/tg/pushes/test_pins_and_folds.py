"""A daily round in the chat: pinned while it is open, told at its end, folded away when the next one is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram.error import NetworkError

from bot.core.slots import Hour, Pins
from bot.flows import rounds as flow
from bot.flows.voting import Verdict
from bot.store import rounds
from bot.tg import closing
from bot.tg import rounds as group_rounds
from bot.tg.desk import Desk
from tests.group_bench import ADA, BOB, DEFAULTS, GROUP, RIGHT, WRONG, Clock, Front
from tests.tg.fake_api import Call, FakeApi, nothing
from tests.tg.pushes.bench import DAY, HOUR, NINE, Killed, live, wish


async def answer(desk: Desk, choice: int = RIGHT) -> None:
    """Bob answers the poll that is open."""
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert opened.poll_id is not None
    await desk.write(flow.vote, BOB, opened.poll_id, choice, desk.clock(), DEFAULTS, Verdict(here=True))


async def test_a_daily_poll_is_pinned_while_it_is_open(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Without a sound after the send; unpinned when its time is over and the next one takes the place."""
    await wish(desk, GROUP, Hour(NINE))
    await wish(desk, GROUP, Pins(wanted=True))
    await live(desk, clock, DAY)
    (pin,) = telegram.sent("pinChatMessage")
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("poll",))
    assert (pin.fields["message_id"], pin.fields["disable_notification"]) == (opened.message_id, True)
    assert telegram.sent("unpinChatMessage") == []
    await live(desk, clock, DAY)
    (unpin,) = telegram.sent("unpinChatMessage")
    assert unpin.fields["message_id"] == opened.message_id
    assert len(telegram.sent("pinChatMessage")) == 2


async def test_nothing_is_pinned_where_nobody_wants_it(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Nor what was asked for, where they do."""
    await wish(desk, GROUP, Hour(NINE))
    await live(desk, clock, DAY)
    await wish(desk, GROUP, Pins(wanted=True))
    await Front(desk, telegram, group_rounds.handlers(desk)).says("/quiz")
    await live(desk, clock, HOUR)
    assert telegram.sent("pinChatMessage") == telegram.sent("unpinChatMessage") == []


async def test_a_pinned_card_is_unpinned_when_it_is_turned(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """By whoever turns it, or by itself at its end."""
    await wish(desk, GROUP, Hour(NINE, kind="card"))
    await wish(desk, GROUP, Pins(wanted=True))
    await live(desk, clock, DAY)
    (opened,) = await desk.read(rounds.open_in, GROUP.id, ("card",))
    assert opened.message_id is not None
    front = Front(desk, telegram, group_rounds.handlers(desk))
    for _ in range(2):
        await front.presses(f"1c:{opened.id}", message_id=opened.message_id)
    assert [call.fields["message_id"] for call in telegram.sent("unpinChatMessage")] == [opened.message_id]
    await live(desk, clock, 2 * DAY)
    assert len(telegram.sent("unpinChatMessage")) == 2


async def test_a_pin_that_fails_keeps_nothing_back(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """Whatever Telegram says: the push is settled, and the result is told."""
    await wish(desk, GROUP, Hour(NINE))
    await wish(desk, GROUP, Pins(wanted=True))
    telegram.trouble = lambda call: (400, "Bad Request: something new") if "pin" in call.method.lower() else None
    await live(desk, clock, 2 * DAY)
    assert len(telegram.sent("sendPoll")) == 2
    assert len(telegram.sent()) == 1


async def test_killed_before_the_pin_is_known_it_is_unpinned_all_the_same(
    desk: Desk, telegram: FakeApi, clock: Clock
) -> None:
    """That it is to be pinned is written down first."""
    await wish(desk, GROUP, Hour(NINE))
    await wish(desk, GROUP, Pins(wanted=True))

    def kill(call: Call) -> None:
        if call.method == "pinChatMessage":
            raise Killed

    telegram.after = kill
    with pytest.raises(Killed):
        await live(desk, clock, DAY)
    telegram.after = nothing
    await live(desk, clock, DAY)
    assert len(telegram.sent("sendPoll")) == 2
    assert len(telegram.sent("unpinChatMessage")) == 1


async def test_the_old_result_folds_when_the_new_one_is_told(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """One line is left, all else is inside one quotation; the newest result stays as it is."""
    await wish(desk, GROUP, Hour(NINE))
    for choice in (WRONG, RIGHT):
        await live(desk, clock, DAY)
        await answer(desk, choice)
    assert telegram.sent("editMessageText") == []
    await live(desk, clock, DAY)
    first, second = telegram.sent()
    (fold,) = telegram.sent("editMessageText")
    (told,) = [one for one in await closed(desk) if one.ref.id == "q00"]
    assert fold.fields["message_id"] == told.result_id
    assert fold.text.split("\n") == [
        "注意力 · 1 人作答，0 人答对",
        "最容易误选「q00 的选项 0」。",
        "q00 的解析。",
        "q00 的完整答案。",
    ]
    quotes = [entity for entity in fold.fields["entities"] if "quote" in entity["type"]]
    assert quotes == [
        {
            "type": "expandable_blockquote",
            "offset": fold.text.index("\n") + 1,
            "length": len(fold.text.partition("\n")[2]),
        },
    ]
    assert "q01" in second.text
    assert first.text.startswith("注意力 · 1 人作答，0 人答对")


async def closed(desk: Desk) -> list[rounds.Round]:
    """The group's rounds that are over."""
    return [one for number in range(1, 9) if (one := await desk.read(rounds.by_id, number)) and one.state == "closed"]


@pytest.mark.parametrize("code", [400, 403, 429, 0])
async def test_a_fold_that_fails_does_not_matter(desk: Desk, telegram: FakeApi, clock: Clock, code: int) -> None:
    """The result has been told and is not told again."""
    await wish(desk, GROUP, Hour(NINE))

    def trouble(call: Call) -> tuple[int, str] | None:
        if call.method != "editMessageText":
            return None
        if not code:
            raise NetworkError("away")
        return code, "Bad Request: message to edit not found" if code == 403 else "Bad Request: something new"

    telegram.trouble = trouble
    await live(desk, clock, 4 * DAY)
    assert len(telegram.sent()) == 3
    assert len(telegram.sent("sendPoll")) == 4


async def test_what_was_asked_for_folds_nothing(desk: Desk, telegram: FakeApi, clock: Clock) -> None:
    """A result of /quiz leaves the daily's alone, and is left alone."""
    await wish(desk, GROUP, Hour(NINE))
    await live(desk, clock, 2 * DAY)
    front = Front(desk, telegram, group_rounds.handlers(desk))
    await front.says("/quiz", person=ADA)
    await live(desk, clock, HOUR)
    assert telegram.sent("editMessageText") == []
    await live(desk, clock, DAY)
    assert len(telegram.sent("editMessageText")) == 1


@pytest.mark.parametrize(("ends", "silent"), [((13, 59), False), ((14, 0), True), ((23, 59), True), ((0, 0), False)])
async def test_a_result_at_night_makes_no_sound(
    desk: Desk, telegram: FakeApi, clock: Clock, ends: tuple[int, int], silent: bool
) -> None:
    """Between 22:00 and 8:00 in Shanghai, which is 14:00 to 0:00 in UTC."""
    clock.now = datetime(2026, 3, 3, *ends, tzinfo=UTC) - HOUR
    await Front(desk, telegram, group_rounds.handlers(desk)).says("/quiz")
    clock.now += HOUR
    await closing.tick(desk)
    (result,) = telegram.sent()
    assert result.fields.get("disable_notification", False) is silent
