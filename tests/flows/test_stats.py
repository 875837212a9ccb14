"""A person's numbers."""

from datetime import timedelta

from bot.core.bank import Bank, Library
from bot.flows import answers, practice, stats
from bot.flows.asking import Asked
from bot.store.database import Database
from tests.practice_bench import LIBRARY, NOON, QUESTIONS, TOPICS, caller, library
from tests.typed_bench import Writer

DAY = timedelta(days=1)


async def answer_all(database: Database) -> None:
    """Ada answers what there is: the first wrong, the others right, the recall question Hard."""
    for number in range(len(LIBRARY.refs)):
        asked = await database.write(practice.quiz, caller(), "", number, None)
        assert isinstance(asked, Asked)
        if asked.round.kind == "recall":
            await database.write(answers.rate, caller(), asked.round.id, 2, 1)
        else:
            position = asked.round.choices.index("2" if number else "0")
            await database.write(answers.answer, caller(), asked.round.id, position, 1)


async def test_stats(database: Database) -> None:
    """Answered counts all, right only what has choices, by topic."""
    await answer_all(database)
    now = await database.read(stats.stats, caller())
    assert (now.answered, now.graded, now.right, now.streak.length) == (5, 4, 3, 1)
    assert [(count.topic.id, count.done, count.total) for count in now.topics] == [("attention", 2, 3), ("bert", 1, 1)]
    tomorrow = await database.read(stats.stats, caller(NOON + DAY))
    assert tomorrow.streak.length == 1
    later = await database.read(stats.stats, caller(NOON + 2 * DAY))
    assert later.streak.length == 0


async def test_stats_of_a_smaller_bank(database: Database) -> None:
    """What left the bank still counts, answered and right; it has no topic."""
    await answer_all(database)
    smaller = await database.read(stats.stats, caller(NOON + 9 * DAY, bank=library(QUESTIONS[1])))
    assert (smaller.answered, smaller.graded, smaller.right) == (5, 4, 3)
    assert [(count.done, count.total) for count in smaller.topics] == [(1, 1)]


async def test_what_was_written_is_neither_right_nor_wrong(database: Database) -> None:
    """Though its question has choices: its topic is not said to have gone wrong."""
    writer = Writer(database)
    asked = await writer.asked()
    await writer.answered(asked)
    await writer.rates(asked, 3)
    now = await database.read(stats.stats, writer.caller)
    assert (now.answered, now.graded, now.topics) == (1, 0, ())


async def test_stats_of_nobody(database: Database) -> None:
    """Who has answered nothing has zeros."""
    empty = await database.read(stats.stats, caller())
    assert (empty.answered, empty.streak.length, empty.topics) == (0, 0, ())


async def test_topics(database: Database) -> None:
    """Every topic that has questions, by its position, with how many of them were ever answered."""
    asked = await database.write(practice.quiz, caller(), "attention", 1, None)
    assert isinstance(asked, Asked)
    await database.write(answers.answer, caller(), asked.round.id, 0, 1)
    listed = await database.write(stats.topics, caller())
    assert [(c.position, c.topic.id, c.done, c.total) for c in listed.counts] == [
        (0, "attention", 1, 3),
        (1, "bert", 0, 1),
        (2, "training", 0, 1),
    ]


async def test_a_topic_of_two_banks_stands_once(database: Database) -> None:
    """Two banks that write about one topic share its button."""
    both = Library((*LIBRARY.banks, Bank("more", {}, (TOPICS[1], TOPICS[0]), ())))
    listed = await database.write(stats.topics, caller(bank=both))
    assert [count.position for count in listed.counts] == [0, 1, 2]
