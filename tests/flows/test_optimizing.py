"""Whose log has FSRS fitted to it, and how their cards are planned from then on."""

from __future__ import annotations

from datetime import timedelta

from bot.core.bank import Ref
from bot.core.learners import Learner, Preset
from bot.core.optimizing import ENOUGH
from bot.core.people import Person
from bot.core.planning import plan
from bot.core.review import Rating, replay
from bot.flows import answers, cramming, exams, exporting, learners, optimizing, practice, rebuilding, undoing
from bot.flows.asking import Asked
from bot.flows.runs import Extra
from bot.store import cards
from bot.store import learners as stored
from bot.store.database import Database, Tx
from tests.practice_bench import ADA, BOB, NOON, OWN, QUESTIONS, caller, library

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST = QUESTIONS[0].ref
HERS = Preset(90, OWN)


def reviewed(tx: Tx, person_id: int, times: int) -> None:
    """So many reviews of theirs."""
    for number in range(times):
        at = NOON - timedelta(days=times - number)
        cards.log_review(tx, person_id, QUESTIONS[number % 2].ref, number + 1, Rating.GOOD, at)


async def answered(database: Database, day: int = 0) -> Asked:
    """Ada's right answer on that day to whatever she is asked."""
    asked = await database.write(practice.quiz, caller(NOON + day * DAY), "", 100 + day, None)
    assert isinstance(asked, Asked)
    right = asked.round.choices.index("2")
    await database.write(answers.answer, caller(NOON + day * DAY), asked.round.id, right, 70)
    return asked


async def test_who_has_answered_enough_is_looked_at_once(database: Database) -> None:
    """And again when there is a quarter more; others are not."""
    await database.write(reviewed, ADA.id, ENOUGH)
    await database.write(reviewed, BOB.id, ENOUGH - 1)
    found = await database.read(optimizing.candidates, 0)
    assert (found.people, found.last) == (((ADA.id, ENOUGH),), None)
    assert sum(map(len, await database.read(optimizing.logs, ADA.id))) == ENOUGH
    await database.write(optimizing.done, ADA.id, ENOUGH)
    assert not (await database.read(optimizing.candidates, 0)).people
    await database.write(reviewed, ADA.id, ENOUGH + ENOUGH // 4 + 1)
    assert (await database.read(optimizing.candidates, 0)).people == ((ADA.id, ENOUGH + ENOUGH // 4 + 1),)


async def test_everybody_has_their_turn(database: Database) -> None:
    """A page at a time, whoever has few reviews passed over."""

    def crowd(tx: Tx) -> None:
        for person_id in (*range(1, 240), *range(241, 251)):
            cards.log_review(tx, person_id, FIRST, person_id, Rating.GOOD, NOON)
        reviewed(tx, 240, ENOUGH)

    await database.write(crowd)
    first = await database.read(optimizing.candidates, 0)
    assert (first.people, first.last) == ((), 200)
    second = await database.read(optimizing.candidates, 200)
    assert (second.people, second.last) == (((240, ENOUGH),), None)


async def test_cards_are_planned_by_ones_own_parameters(database: Database) -> None:
    """Those that are there when they are planned anew, and each answer from then on; another person's are not."""
    asked = await answered(database)
    usual = await database.read(cards.due_of, ADA.id, asked.round.ref)
    assert await database.write(optimizing.adopt, ADA.id, OWN, 0)
    assert not await database.write(optimizing.adopt, ADA.id, OWN, 0)
    assert await database.read(stored.of, ADA.id) == Learner(parameters=OWN)
    assert (await database.write(rebuilding.replan, ADA.id)).differed == 1
    hers = await database.read(cards.due_of, ADA.id, asked.round.ref)
    card = await database.read(cards.card_of, ADA.id, asked.round.ref, HERS)
    assert hers
    assert usual
    assert card
    assert hers == card.due.replace(microsecond=0) < usual
    second = await answered(database, 1)
    log = await database.read(cards.reviews_of, ADA.id, second.round.ref)
    planned = replay(log, HERS)
    assert planned
    assert await database.read(cards.due_of, ADA.id, second.round.ref) == planned.due
    assert (await database.write(rebuilding.rebuild, rebuilding.FIRST)).differed == 0
    assert (await database.read(stored.of, BOB.id)).preset == Preset()


async def test_the_usual_parameters_come_back_where_they_tell_as_well(database: Database) -> None:
    """Found anew from a longer log; what was chosen stays."""
    await database.write(learners.change, caller(), "retention", 85)
    await answered(database)
    before = await database.read(cards.due_of, ADA.id, FIRST)
    await database.write(optimizing.adopt, ADA.id, OWN, 0)
    await database.write(rebuilding.replan, ADA.id)
    assert await database.write(optimizing.adopt, ADA.id, None, 0)
    await database.write(rebuilding.replan, ADA.id)
    assert await database.read(stored.of, ADA.id) == Learner(85)
    assert await database.read(cards.due_of, ADA.id, FIRST) == before


async def test_undo_restores_what_ones_own_parameters_had_planned(database: Database) -> None:
    """The answer before it is planned by them, too."""
    await database.write(optimizing.adopt, ADA.id, OWN, 0)
    asked = await answered(database)
    before = await database.read(cards.due_of, ADA.id, asked.round.ref)
    later = next(day for day in range(1, 30) if before and NOON + day * DAY > before)
    again = await answered(database, later)
    assert again.round.ref == asked.round.ref
    assert await database.read(cards.due_of, ADA.id, asked.round.ref) != before
    undone = await database.write(undoing.undo_last, caller(NOON + later * DAY), 999)
    assert isinstance(undone, undoing.Undone)
    assert await database.read(cards.due_of, ADA.id, asked.round.ref) == before


async def test_the_settings_say_how_far_it_is(database: Database) -> None:
    """How much was answered, and how much of it was looked at."""
    await database.write(reviewed, ADA.id, 5)
    study = await database.write(learners.study, caller())
    assert (study.answered, study.optimized, study.learner.parameters) == (5, None, None)
    await database.write(optimizing.adopt, ADA.id, OWN, 0)
    await database.write(optimizing.done, ADA.id, 5)
    study = await database.write(learners.study, caller())
    assert (study.answered, study.optimized, study.learner.parameters) == (5, 5, OWN)


async def test_what_is_exported_has_them(database: Database) -> None:
    """In the table, and for Anki's cards."""
    await answered(database)
    await database.write(optimizing.adopt, ADA.id, OWN, 0)
    theirs = await database.read(exporting.everything, ADA.id)
    assert theirs.preset == HERS
    assert theirs.tables["learners"][0]["parameters"] == ",".join(map(str, OWN))


async def test_the_plan_for_the_exam_foretells_by_them(database: Database) -> None:
    """What is likely forgotten on the day."""
    asked = await answered(database)

    async def sure() -> float:
        stands = await database.write(exams.exam, caller(NOON + HOUR), "3-12")
        assert isinstance(stands, exams.Standing)
        chances = dict(plan(stands.situation).chances)
        assert chances
        return chances[asked.round.ref]

    usual = await sure()
    await database.write(optimizing.adopt, ADA.id, OWN, 0)
    assert await sure() != usual


async def test_extra_study_begins_with_what_one_knows_least(database: Database) -> None:
    """Bob forgets what was hard for him at once, as nobody else does: so another question comes first than for Ada."""
    hard, good = (question.ref for question in QUESTIONS[:2])
    two = library(*QUESTIONS[:2])

    async def first(person: Person) -> Ref:
        def begun(tx: Tx) -> object:
            cards.log_review(tx, person.id, hard, 1, Rating.HARD, NOON - 3 * DAY)
            cards.log_review(tx, person.id, good, 2, Rating.GOOD, NOON - 9 * DAY)
            return cramming.begin(tx, caller(NOON, person, bank=two), "attention", 500, None)

        extra = await database.write(begun)
        assert isinstance(extra, Extra)
        return extra.asked.round.ref

    await database.write(optimizing.adopt, BOB.id, (0.1, 0.1, 50.0, *OWN[3:]), 0)
    assert (await first(ADA), await first(BOB)) == (good, hard)
