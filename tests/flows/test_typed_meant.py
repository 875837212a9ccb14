"""Which question a plain message answers, and what it answers else; and "I did say that"."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.bank import Ref
from bot.core.people import Chat
from bot.core.review import Rating
from bot.flows import answers, chats, listening, overrides, typed, writing
from bot.flows.writing import Written
from bot.store import marks
from bot.store.database import Database
from bot.store.marks import Said
from tests.practice_bench import ADA, BOB, DEFAULTS, NOON
from tests.typed_bench import BANK, PARTLY, QUESTION, Writer

HOME = Chat(ADA.id, "private", "Ada")
REF = Ref("nlp", "a1")


async def test_without_an_open_question_nothing_is_an_answer(database: Database) -> None:
    """Nor with one that has choices."""
    writer = Writer(database)
    assert await writer.says("你好") is None
    await writer.asked("choice")
    assert await writer.says("你好") is None
    assert await writer.says("你好", reply_to=QUESTION) is None


async def test_a_reply_to_what_was_said_before_is_none(database: Database) -> None:
    """Such as an older question, rated by now: its words are not for the newest one."""
    writer = Writer(database)
    await writer.asked()
    assert await writer.says(PARTLY, reply_to=QUESTION - 1) is None
    assert await writer.says(PARTLY, reply_to=QUESTION + 1) is not None


@pytest.mark.parametrize("last", ["就这些。", "好了", "That’s it!", "I'm done", "OK, that’s it."])
async def test_a_word_that_it_is_all(database: Database, last: str) -> None:
    """However people say it; the word is no part of the answer."""
    writer = Writer(database)
    await writer.asked()
    whole = await writer.says(f"{PARTLY}\n{last}")
    assert whole is not None
    assert (whole.done, whole.text) == (True, PARTLY)


async def test_who_does_not_know_has_said_all(database: Database) -> None:
    """Nobody asks whether there is more; what comes to mind a moment later counts, too."""
    writer = Writer(database)
    await writer.asked()
    unknown = await writer.says("不知道，忘了。")
    assert unknown is not None
    assert unknown.done
    thought = await writer.says(PARTLY)
    assert thought is not None
    assert thought.text == f"不知道，忘了。\n{PARTLY}"


async def test_words_count_until_the_grade_stands_there(database: Database) -> None:
    """After a crash its message may come late, or its number be unknown: what is written meanwhile is the answer."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.says(PARTLY)
    done = await database.write(typed.finish, writer.caller, asked.round.id)
    assert isinstance(done, Written)
    writer.now += listening.TOGETHER + timedelta(seconds=1)
    more = await writer.says("还有一点", reply_to=QUESTION + 9)
    assert more is not None
    await writer.grade(more)
    writer.now += listening.TOGETHER + timedelta(seconds=1)
    assert await writer.says("又想起一点") is None


async def test_a_city_asked_for_a_moment_ago_comes_first(database: Database) -> None:
    """But whatever else is written is the answer, and so is a city in a reply, or an hour later."""
    writer = Writer(database)
    await writer.asked()
    await database.write(chats.ask_zone, ADA, HOME, writer.now, DEFAULTS)
    assert await writer.says("慕尼黑") is None
    assert await writer.says(PARTLY) is not None
    replied = await writer.says("巴黎", reply_to=QUESTION)
    assert replied is not None
    assert replied.text == f"{PARTLY}\n巴黎"
    writer.now += timedelta(hours=2)
    assert await writer.says("深圳") is not None


async def test_the_newest_question_is_meant_unless_another_is_replied_to(database: Database) -> None:
    """A message about another one counts, too: the note, the grade, one's own words."""
    writer = Writer(database)
    first = await writer.asked()
    second = await writer.asked("typed", "BERT 家族")
    heard = await writer.says("给第二题", message_id=300)
    assert heard is not None
    assert heard.asked.round.id == second.round.id
    await database.write(typed.noted, second.round.id, 301)
    for reply_to in (300, 301):
        again = await writer.says("还有", reply_to=reply_to)
        assert again is not None
        assert again.asked.round.id == second.round.id
    await writer.rates(second, Rating.GOOD)
    assert first.round.kind == "typed"


async def test_an_old_question_takes_replies_alone(database: Database) -> None:
    """What somebody says a day later is talk."""
    writer = Writer(database)
    await writer.asked()
    writer.now += timedelta(hours=25)
    assert await writer.says("你好") is None
    assert await writer.says(PARTLY, reply_to=QUESTION) is not None


async def overridden(writer: Writer, round_id: int, sentence: str | None, point: str = "gradient") -> Written:
    """She says that this sentence made the point."""
    outcome = await writer.database.write(typed.override, writer.caller, round_id, point, sentence)
    assert isinstance(outcome, Written)
    return outcome


async def test_i_did_say_that(database: Database) -> None:
    """It counts for the person at once, twice is once, it can be taken back, and is kept with the sentence."""
    writer = Writer(database)
    asked = await writer.asked()
    before = writing.judged(BANK, await writer.answered(asked, "维度大时方差变大，然后就训练不动了。"))
    for _ in range(2):
        claimed = await overridden(writer, asked.round.id, "然后就训练不动了。")
    after = writing.judged(BANK, claimed)
    assert before is not None
    assert after is not None
    assert (before.band, before.rating) == ("not-yet", Rating.AGAIN)
    assert (after.band, after.rating, after.missed) == ("partial", Rating.HARD, ("saturate",))
    assert await writer.grade(claimed) == (["variance", "gradient"], ("saturate",), "partial")
    assert await database.read(marks.missed_last, ADA.id, REF) == {"saturate"}
    assert await database.read(marks.sayings) == (Said(REF, "gradient", "然后就训练不动了。", 1),)
    taken_back = await overridden(writer, asked.round.id, None)
    assert writing.judged(BANK, taken_back) == before
    assert await database.read(marks.sayings) == ()


async def test_after_the_rating_nothing_is_overridden(database: Database) -> None:
    """A press that comes late shows what stands."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.answered(asked)
    await writer.rates(asked, Rating.GOOD)
    late = await overridden(writer, asked.round.id, "训练不动")
    assert late.result is not None
    assert late.overridden == frozenset()


async def test_sentences_of_several_people_are_counted_without_names(database: Database) -> None:
    """What most say comes first."""
    for days, person, sentence in ((0, ADA, "训练不动"), (0, BOB, "训练不动"), (60, BOB, "学不下去")):
        writer = Writer(database, person, now=NOON + timedelta(days=days))
        asked = await writer.asked()
        await writer.answered(asked)
        await overridden(writer, asked.round.id, sentence)
        await writer.rates(asked, Rating.AGAIN)
    found = await database.read(marks.sayings)
    assert [(said.sentence, said.people) for said in found] == [("训练不动", 2), ("学不下去", 1)]


async def test_what_authors_are_shown(database: Database) -> None:
    """A line for the point, and one for each sentence to paste; or JSON."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.answered(asked)
    await overridden(writer, asked.round.id, "it's stuck\n训练不动")
    await overridden(writer, asked.round.id, "别的", "gone")
    said = await database.read(overrides.sayings)
    assert list(overrides.listed(BANK, said)) == [
        "nlp/a1 gone: (no such point any more)",
        "  - '别的'  # 1",
        "nlp/a1 gradient: 梯度消失 / gradients vanish",
        "  - 'it''s stuck 训练不动'  # 1",
    ]
    gone, gradient = overrides.as_json(BANK, said)
    assert gone["say"] == {}
    assert gradient == {
        "bank": "nlp",
        "id": "a1",
        "point": "gradient",
        "say": {"zh": "梯度消失", "en": "gradients vanish"},
        "sentence": "it's stuck\n训练不动",
        "people": 1,
    }


async def test_words_and_then_choices_and_words_again(database: Database) -> None:
    """What was written is graded after a silence all the same, though there was one while choices were asked for."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.says(PARTLY)
    number = asked.round.id
    await database.write(answers.ask_as, writer.caller, number, "choice")
    writer.now += timedelta(minutes=3)
    assert await database.write(typed.close_overdue, BANK, number, writer.now, DEFAULTS) is None
    await database.write(answers.ask_as, writer.caller, number, "typed")
    writer.now += timedelta(minutes=3)
    assert await database.read(typed.overdue, writer.now, 9) == (number,)
    ended = await database.write(typed.close_overdue, BANK, number, writer.now, DEFAULTS)
    assert ended is not None
    assert (ended.done, ended.text) == (True, PARTLY)
