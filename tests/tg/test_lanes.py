"""What belongs together keeps its order; what does not never waits."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.tg.lanes import Lanes, keys_of
from tests.tg.fake_telegram import message, press, user, vote
from tests.tg.fake_time import FakeTime

MEMBER: dict[str, Any] = {"status": "member", "user": user(1)}


def keys(payload: dict[str, Any]) -> set[object]:
    """The keys of a raw update."""
    return set(keys_of(Update.de_json(payload, None)))


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (message(1, 7), {("chat", 7), ("person", 7)}),
        (message(1, -5, user_id=7), {("chat", -5), ("person", 7)}),
        (message(1, -5, user_id=1087968824), {("chat", -5)}),
        (press(1, 7, -5), {("chat", -5), ("person", 7)}),
        (vote(1, 7, "abc"), {("person", 7)}),
        ({"update_id": 1}, set()),
        (
            {
                "update_id": 1,
                "my_chat_member": {
                    "chat": {"id": -5, "type": "group", "title": "G"},
                    "from": user(7),
                    "date": 1,
                    "old_chat_member": MEMBER,
                    "new_chat_member": MEMBER,
                },
            },
            {("chat", -5), ("person", 7)},
        ),
    ],
)
def test_an_update_belongs_to_its_chat_person_and_poll(payload: dict[str, Any], expected: set[object]) -> None:
    """Anonymous admins are no person: all of them share one stand-in."""
    assert keys(payload) == expected


async def test_finished_lanes_are_forgotten() -> None:
    """Memory follows what is in flight."""
    lanes = Lanes()
    first, second = lanes.enter({"a", "b"}), lanes.enter({"b"})
    lanes.leave({"a", "b"}, first)
    assert len(lanes) == 1
    await second.comes()
    lanes.leave({"b"}, second)
    assert len(lanes) == 0


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from("abcd")), st.integers(0, 9)), max_size=25))
def test_sharing_a_key_means_waiting_and_nothing_else_does(work: list[tuple[set[str], int]]) -> None:
    """Each begins exactly when the last of the earlier ones that share a key with it has ended."""
    asyncio.run(_check(work))


async def _check(work: list[tuple[set[str], int]]) -> None:
    time, lanes = FakeTime(0.0), Lanes()
    spans: dict[int, tuple[float, float]] = {}

    async def do(number: int, turn: Any, names: set[str], length: int) -> None:
        await turn.comes()
        began = time.now
        await time.sleep(length)
        spans[number] = (began, time.now)
        lanes.leave(names, turn)

    turns = [lanes.enter(names) for names, _length in work]
    await time.run(*(do(n, turns[n], names, length) for n, (names, length) in enumerate(work)))
    for number, (names, _length) in enumerate(work):
        before = [spans[n][1] for n in range(number) if work[n][0] & names]
        assert spans[number][0] == max(before, default=0.0)
    assert len(lanes) == 0


@pytest.mark.parametrize("number", ["", "@spam", 1.5, True, None, 2**52, -(10**30), {"id": 1}])
def test_an_id_that_is_no_number_is_refused(number: object) -> None:
    """The library takes it, and what is answered would go anywhere."""
    for spoilt in ("chat", "from"):
        sent = message(1)
        sent["message"][spoilt]["id"] = number
        with pytest.raises(ValueError, match="no number"):
            keys_of(Update.de_json(sent, None))


@pytest.mark.parametrize("number", ["", "@spam", 1.5, True, 2**52, {"message_id": 1}])
@pytest.mark.parametrize("field", ["message_id", "message_thread_id"])
def test_a_message_or_thread_that_is_no_number_is_refused(field: str, number: object) -> None:
    """Answers would be sent in reply to it, or there."""
    sent = message(1)
    sent["message"][field] = number
    with pytest.raises(ValueError, match="no number"):
        keys_of(Update.de_json(sent, None))
