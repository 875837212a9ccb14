"""Being forgotten, on both databases."""

from bot.flows import forgetting, results
from bot.flows.opening import Opening
from bot.store import people
from bot.store.database import Database
from tests.group_bench import ADA, DEFAULTS, GROUP, LIN, NOON, TEN_MINUTES, Study

AT = int(NOON.timestamp())


async def test_the_polls_to_stop_are_those_that_stand_open(database: Database) -> None:
    """Neither one that is over nor one that never got through."""
    study = Study(database)
    over, _poll = await study.poll(thread=1)
    await study.finish(over)
    await study.quiz(thread=2)
    opened, _poll = await study.poll(thread=3)
    assert await database.read(forgetting.open_polls, GROUP.id, AT) == (500 + opened.round.id,)
    assert await database.read(forgetting.open_polls, GROUP.id, AT - 1) == ()


async def test_a_group_that_is_erased_twice_starts_from_nothing(database: Database) -> None:
    """Its rounds are gone, a vote in one of them counts nowhere, and its first question is the first again."""
    study = Study(database)
    opened, poll = await study.poll()
    await study.vote(ADA, poll, opened.question.right)
    for _ in range(2):
        await database.write(forgetting.forget_group, GROUP.id, AT)
    await study.vote(LIN, poll, opened.question.right)
    assert await database.write(results.result, study.library, opened.round.id, study.now, DEFAULTS) is None
    again = await study.quiz()
    assert isinstance(again, Opening)
    assert again.question.ref == opened.question.ref


async def test_a_press_that_comes_twice_erases_once(database: Database) -> None:
    """What a person or a group does after being forgotten stays, though the old press is delivered again."""
    study = Study(database)
    for _time in range(2):
        opened, poll = await study.poll()
        await study.vote(ADA, poll, opened.question.right)
        await database.write(forgetting.forget_person, ADA.id, AT)
        await database.write(forgetting.forget_group, GROUP.id, AT)
        study.now += TEN_MINUTES
    assert await database.read(people.find_person, ADA.id) is not None
    assert await database.read(people.find_chat, GROUP.id) is not None
