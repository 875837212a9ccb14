"""An interview in which things come twice: a double tap, or whatever comes again after a kill, goes on once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.flows import beginning, forgetting, interviewing, summing
from bot.flows.conducting import Asking, Judging, Waiting
from bot.flows.listening import Said
from bot.flows.summing import Summing
from bot.store import interviews, people, rounds
from bot.store.database import Database
from bot.store.interviews import Turn
from tests.interview_bench import FULL, THIN, Candidate


@pytest.fixture
def ada(database: Database) -> Candidate:
    """Not asked anything yet."""
    return Candidate(database)


async def begun(ada: Candidate, typed: str) -> Asking:
    """The first question."""
    first = await ada.begins(typed)
    assert isinstance(first, Asking)
    return first


async def turns(ada: Candidate, asked: Asking) -> tuple[Turn, ...]:
    """All of them, as they are."""
    return await ada.database.read(interviews.turns_of, asked.interview)


async def test_done_pressed_twice_asks_on_once(ada: Candidate) -> None:
    """The second press is about the answer before the follow-up, not about none to it; the follow-up's own counts."""
    first = await begun(ada, "注意力 1")
    await ada.says(THIN)
    on = await ada.done(first)
    assert isinstance(on, Asking)
    assert (on.round.id, on.on) == (first.round.id, 1)
    assert isinstance(await ada.done(first), Waiting)
    (turn,) = await turns(ada, first)
    assert turn.asked == ("saturate",)
    await ada.says("softmax 就会饱和")
    further = await ada.done(on)
    assert isinstance(further, Asking)
    assert further.on == 2


@pytest.mark.parametrize("word", [True, False])
async def test_who_says_nothing_to_what_is_asked_on_about(ada: Candidate, word: bool) -> None:
    """Goes on, by the button and by the word; what was said before keeps its grade."""
    first = await begun(ada, "注意力 1")
    await ada.says(THIN)
    on = await ada.done(first)
    assert isinstance(on, Asking)
    assert on.point is not None
    over = await (ada.says("说完了") if word else ada.done(on))
    assert isinstance(over, Summing)
    (grade,) = summing.graded(over, ada.caller).values()
    assert grade is not None
    assert [hit.point for hit in grade.hits] == ["variance"]


async def test_the_word_that_it_is_all_is_about_one_question(ada: Candidate) -> None:
    """Come again when the next one stands there, it says nothing about that."""
    first = await begun(ada, "3")
    await ada.says(FULL)
    for _ in range(2):
        outcome = await ada.says("说完了", message_id=600)
        assert isinstance(outcome, Asking | Waiting)
    stands = await ada.database.read(interviews.find, first.interview.id)
    assert stands is not None
    assert (stands.step, stands.phase) == (1, "waiting")


async def test_what_was_said_aloud_is_about_one_question(ada: Candidate) -> None:
    """And so is a recording."""
    first = await begun(ada, "3")
    for _ in range(2):
        assert isinstance(await ada.says("", aloud=True, message_id=600), Asking | Waiting)
    assert [turn.aloud for turn in await turns(ada, first)] == [True, False, False]


async def state(ada: Candidate, asked: Asking) -> tuple[str, int | None]:
    """Of the question's round."""
    put = await ada.database.read(rounds.by_id, asked.round.id)
    assert put is not None
    return put.state, put.message_id


@pytest.mark.parametrize("done", [False, True])
async def test_who_answers_has_seen_the_question(ada: Candidate, done: bool) -> None:
    """Killed before it was noted where it stands, by a word or a press: its round is not left half way."""
    first = await ada.database.write(beginning.begin, ada.caller, "3", 1, None)
    assert isinstance(first, Asking)
    assert await state(ada, first) == ("sending", None)
    if done:
        await ada.done(first)
    else:
        await ada.says(THIN)
    assert await state(ada, first) == ("open", None)


async def test_who_blocks_the_bot_was_not_asked(ada: Candidate) -> None:
    """The interview is over, and the question counts as never asked."""
    first = await ada.database.write(beginning.begin, ada.caller, "3", 1, None)
    assert isinstance(first, Asking)
    await ada.database.write(interviewing.said, first, None, ada.now)
    assert (await state(ada, first))[0] == "closed"
    stands = await ada.database.read(interviews.find, first.interview.id)
    assert stands is not None
    assert stands.phase == "over"


async def test_who_had_all_erased_stays_erased(ada: Candidate) -> None:
    """A grade that was being worked out comes too late: it notes nobody anew."""
    first = await begun(ada, "3")
    await ada.says(THIN)
    judging = await ada.database.write(interviewing.finish, ada.caller, first.round.id, 0)
    assert isinstance(judging, Judging)
    later = int((ada.now + timedelta(days=1)).timestamp())
    assert await ada.database.write(forgetting.forget_person, ada.person.id, later)
    late = await ada.database.write(interviewing.onward, ada.caller, judging, interviewing.judged(ada.bank, judging))
    assert isinstance(late, Waiting)
    assert await ada.database.read(people.find_person, ada.person.id) is None


async def test_what_has_no_words_is_no_answer(ada: Candidate) -> None:
    """The word alone, before anything was said: nothing is graded, and there is nothing to ask on about."""
    first = await begun(ada, "注意力 1")
    judging = await ada.database.write(interviewing.hear, ada.caller, _said("说完了"))
    assert isinstance(judging, Judging)
    assert judging.text == ""
    assert interviewing.judged(ada.bank, judging) is None
    assert first.on == 0


def _said(text: str) -> Said:
    return Said(600, text)
