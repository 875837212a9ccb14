"""Replies to what an interviewer asks on about, as people give them."""

from __future__ import annotations

from bot.core.bank import Bank, Library
from bot.flows import summing
from bot.flows.conducting import Asking
from bot.flows.summing import Summing
from bot.store.database import Database
from tests.core.rubric_bench import rubrics
from tests.interview_bench import ASKS, FIRST, THIN, Candidate
from tests.practice_bench import TOPICS


async def test_half_a_sentence_is_a_reply(database: Database) -> None:
    """What makes the point only in reply to what is asked on counts from then on, and in the verdict; not before."""
    source = ASKS.replace("en: And softmax?}", "en: And softmax?}\n    reply: [['饱和|saturat*']]")
    bank = Library((Bank("nlp", {"zh": "面试题"}, TOPICS, (FIRST,), rubrics={"a1": rubrics(source)["scale"]}),))
    ada = Candidate(database, bank)
    first = await ada.begins("注意力 1")
    assert isinstance(first, Asking)
    await ada.says(f"{THIN}然后就饱和了。")
    on = await ada.done(first)
    assert isinstance(on, Asking)
    assert on.point is not None
    assert on.point.id == "saturate"
    await ada.says("会饱和")
    further = await ada.says("说完了")
    assert isinstance(further, Asking)
    assert further.point is not None
    assert further.point.id == "gradient"
    over = await ada.says("不知道")
    assert isinstance(over, Summing)
    grade = summing.graded(over, ada.caller)[0]
    assert grade is not None
    assert [hit.point for hit in grade.hits] == ["variance", "saturate"]
