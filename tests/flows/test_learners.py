"""Study settings: what is chosen, what it does to cards that are planned, and the limits of a day."""

from datetime import timedelta

import pytest

from bot.core.bank import Library
from bot.core.learners import RETENTIONS, Done, Learner, Preset, Ration, ration
from bot.core.people import Chat
from bot.core.review import Rating, replay
from bot.flows import answers, asking, learners, portions, practice, rebuilding
from bot.flows.asking import Asked, NothingDue
from bot.store import cards, people
from bot.store.cards import Key
from bot.store.database import Database, Tx
from bot.store.rounds import Round
from tests.practice_bench import ADA, BOB, DEFAULTS, LIBRARY, NOON, QUESTIONS, caller, choice_question, library
from tests.store.asking import round_of

DAY = timedelta(days=1)
MANY = library(*(choice_question(f"q{number:03}", "attention", 1) for number in range(130)))


async def answered(database: Database, times: int, choice: int = 0, bank: Library = MANY, day: int = 0) -> None:
    """Ada asks for so many questions and gives that answer to each."""
    for message in range(times):
        now = NOON + day * DAY
        asked = await database.write(practice.quiz, caller(now, bank=bank), "", 1000 * day + message, None)
        assert isinstance(asked, Asked)
        position = asked.round.choices.index(str(choice))
        await database.write(answers.answer, caller(now, bank=bank), asked.round.id, position, 70)


async def by_itself(database: Database, day: int, bank: Library = MANY) -> Asked | NothingDue:
    """What comes to Ada by itself on that day."""
    number = 9000 + day

    def ask(tx: Tx) -> object:
        chat = people.find_chat(tx, ADA.id) or Chat(ADA.id, "private")
        return asking.ask(
            tx,
            bank,
            person=ADA,
            chat=chat,
            topic=portions.DAILY,
            origin=f"p540.{number}",
            thread_id=None,
            now=NOON + day * DAY,
            defaults=DEFAULTS,
        )

    found = await database.write(ask)
    assert isinstance(found, Asked | NothingDue)
    return found


async def plan_of(database: Database, person_id: int = ADA.id) -> dict[str, int]:
    """The days until each of the person's questions comes back."""

    def look(tx: Tx) -> dict[str, int]:
        return {ref.id: (at - NOON).days for ref, at in cards.due(tx, person_id, NOON + 9999 * DAY)}

    return await database.read(look)


def test_a_ration_is_what_is_left() -> None:
    """No limit leaves any number; more than the limit leaves none."""
    assert ration(Learner(), Done(3, 70)) == Ration(7, 0)
    assert ration(Learner(new_a_day=None, reviews_a_day=None), Done(3, 70)) == portions.UNLIMITED


async def test_the_defaults_hold_until_something_is_chosen(database: Database) -> None:
    """Each setting is chosen by itself; no limit is a choice; what others chose is theirs."""
    assert (await database.write(learners.study, caller())).learner == Learner(90, 10, 60)
    await database.write(learners.change, caller(), "new_a_day", 0)
    await database.write(learners.change, caller(), "reviews_a_day", None)
    study = await database.write(learners.change, caller(), "retention", 95)
    assert study.learner == Learner(95, 0, None)
    assert (await database.write(learners.study, caller(NOON, BOB))).learner == Learner()


async def test_another_retention_plans_all_cards_anew(database: Database) -> None:
    """Each card is as its log replays at the new retention, more than one slice of them; chosen back, as it was."""
    await answered(database, 120, 2)
    before = await plan_of(database)
    plans = {}
    for retention in (80, 95, 90):
        await database.write(learners.change, caller(), "retention", retention)
        done = await database.write(rebuilding.replan, ADA.id)
        assert (done.cards, done.differed) == (100, 100)
        rest = await database.write(rebuilding.replan, ADA.id, done.last)
        assert (rest.cards, rest.differed) == (20, 20)
        assert (await database.write(rebuilding.replan, ADA.id, rest.last)).last is None
        plans[retention] = set((await plan_of(database)).values())
    assert plans == {80: {8}, 95: {1}, 90: {2}}
    assert await plan_of(database) == before


async def test_an_answer_is_planned_by_the_persons_own_retention(database: Database) -> None:
    """And so is a rating changed afterwards."""
    await database.write(learners.change, caller(), "retention", 80)
    await answered(database, 1, 2, LIBRARY)
    assert await plan_of(database) == {"a1": 8}

    def log(tx: Tx) -> int | None:
        card = replay(cards.log_at(tx, Key(ADA.id, 1)), Preset(80))
        return None if card is None else (card.due - NOON).days

    assert await database.read(log) == 8
    result = await database.write(answers.amend, caller(), 1, answers.TOO_EASY)
    assert isinstance(result, answers.Result)
    assert result.back_in > 20


@pytest.mark.parametrize("retention", RETENTIONS)
async def test_rebuilding_a_healthy_database_changes_nothing(database: Database, retention: int) -> None:
    """Whatever retention the cards were planned by; what is wrong, missing or without a review is put right."""
    await database.write(learners.change, caller(), "retention", retention)
    await answered(database, 3, 2)
    first = await database.write(rebuilding.rebuild, rebuilding.FIRST)
    assert (first.cards, first.differed, first.last) == (3, 0, Key(ADA.id, 3))
    assert await database.write(rebuilding.rebuild, Key(ADA.id, 3)) == rebuilding.Slice(0, 0, None)
    before = await plan_of(database)

    def spoil(tx: Tx) -> Round:
        cards.set_due(tx, Key(ADA.id, 1), NOON)
        cards.set_due(tx, Key(ADA.id, 2), None)
        put = round_of(tx, BOB.id, MANY.refs[0], "m1")
        cards.plan(tx, BOB.id, put.ref, NOON)
        return put

    await database.write(spoil)
    assert (await database.write(rebuilding.rebuild, rebuilding.FIRST)).differed == 3
    assert await plan_of(database) == before
    assert await plan_of(database, BOB.id) == {}


async def test_new_questions_stop_at_the_limit(database: Database) -> None:
    """What was asked for on demand counts; what is due still comes; /quiz is never refused."""
    await database.write(learners.change, caller(), "new_a_day", 5)
    await answered(database, 4)
    assert isinstance(await by_itself(database, 0), Asked)
    await answered(database, 1)
    assert isinstance(await by_itself(database, 0), Asked)  # the same push: its round is there already
    await database.write(learners.change, caller(), "new_a_day", 0)
    due = await by_itself(database, 1)
    assert isinstance(due, Asked)
    assert due.round.ref.id == "q000"
    await answered(database, 6, day=1)
    assert isinstance(await by_itself(database, 2), Asked)
    assert isinstance(await database.write(practice.quiz, caller(NOON + 2 * DAY, bank=MANY), "", 5, None), Asked)


async def test_reviews_over_the_limit_are_left_for_tomorrow(database: Database) -> None:
    """And the settings say how many; then new ones may come, and tomorrow what is left comes first."""
    await database.write(learners.change, caller(), "reviews_a_day", 20)
    await database.write(learners.change, caller(), "new_a_day", 0)
    await answered(database, 26)
    await answered(database, 20, 2, day=1)
    study = await database.write(learners.study, caller(NOON + DAY, bank=MANY))
    assert (study.done, study.postponed) == (Done(0, 20), 6)
    assert isinstance(await by_itself(database, 1), NothingDue)
    tomorrow = await by_itself(database, 2)
    assert isinstance(tomorrow, Asked)
    assert tomorrow.round.ref.id == "q020"


async def test_a_question_new_today_is_new_even_if_asked_twice(database: Database) -> None:
    """What a person does with it afterwards on the same day is no review of another."""
    await answered(database, 2)

    def again(tx: Tx) -> Done:
        cards.log_review(tx, ADA.id, MANY.refs[0], 77, Rating.GOOD, NOON + timedelta(hours=2))
        return cards.done_since(tx, ADA.id, NOON - timedelta(hours=8))

    assert await database.write(again) == Done(2, 0)


async def test_few_cards_with_long_logs_are_planned_at_a_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand reviews of each may be brought, and others wait for each unit of work; none is passed over."""
    monkeypatch.setattr(rebuilding, "_REVIEWS", 4)

    def brought(tx: Tx) -> None:
        for question in QUESTIONS[:2]:
            for number in range(4):
                at = NOON - timedelta(days=1, minutes=number)
                cards.log_review(tx, ADA.id, question.ref, -int(at.timestamp()), Rating.GOOD, at)

    await database.write(brought)
    first = await database.write(rebuilding.replan, ADA.id)
    second = await database.write(rebuilding.replan, ADA.id, first.last)
    assert (first.cards, second.cards) == (1, 1)
    assert (await database.write(rebuilding.replan, ADA.id, second.last)).last is None
    assert len(await database.read(cards.known, ADA.id)) == 2
