"""Which questions an interview is begun with."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.bank import Ref
from bot.flows import beginning, summing
from bot.flows.beginning import Nobody
from bot.flows.conducting import Asking
from bot.flows.summing import Summing
from bot.store import withheld
from bot.store.database import Database
from tests.interview_bench import Candidate
from tests.practice_bench import ADA


@pytest.fixture
def ada(database: Database) -> Candidate:
    """Ada, who has never been interviewed."""
    return Candidate(database)


async def only(ada: Candidate, message_id: int) -> Ref:
    """The question of an interview of one, over at once."""
    asked = await ada.begins("1", message_id)
    assert isinstance(asked, Asking)
    over = await ada.says("不知道")
    assert isinstance(over, Summing)
    await ada.database.write(summing.told, over.interview.id, 90 + message_id)
    return asked.question.ref


async def test_what_was_asked_lately_is_asked_last(ada: Candidate) -> None:
    """Of three questions there are, three interviews of one each ask another."""
    assert len({await only(ada, message_id) for message_id in (1, 2, 3)}) == 3


async def test_what_is_put_aside_is_not_asked(ada: Candidate) -> None:
    """Suspended or not before tomorrow; and if that is all there is, there is nobody to be interviewed."""
    (kept, *others) = sorted(ada.bank.refs)
    for at, ref in enumerate(others):
        until = None if at else ada.now + timedelta(hours=9)
        await ada.database.write(withheld.withhold, ADA.id, ref, until)
    assert {await only(ada, message_id) for message_id in (1, 2, 3)} == {kept}
    await ada.database.write(withheld.withhold, ADA.id, kept, None)
    assert isinstance(await ada.database.write(beginning.begin, ada.caller, "", 4, None), Nobody)
