"""Bringing reviews back: what is merged, how much at a time, and what is left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.archive.wishes import Wishes
from bot.core.bank import Bank, Library, Question, Ref
from bot.core.exams import Exam
from bot.core.learners import Learner
from bot.core.people import Chat, Defaults, Person
from bot.core.review import Rating, Review, replay
from bot.flows import exporting, importing
from bot.flows.callers import Caller
from bot.flows.importing import Plan, TooMany
from bot.store import exams, learners, questions, withheld
from bot.store.database import Tx

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADA = Person(1, "Ada")
REFS = tuple(Ref("bert", f"q{number}") for number in range(30))
LIBRARY = Library((Bank("bert", {}, (), tuple(Question(ref, "zh", "t", "?", "!") for ref in REFS)),))


def _reviews(count: int, hours: int = 24) -> tuple[Review, ...]:
    return tuple(Review(Rating.GOOD, NOW - timedelta(hours=hours * ago)) for ago in range(count, 0, -1))


def _planned(tx: Tx, log: importing.Log, most: int = 1000) -> Plan:
    plan = importing.plan(tx, ADA.id, LIBRARY, log, most)
    assert isinstance(plan, Plan)
    return plan


def test_portions_are_small_and_leave_nothing_out(tx: Tx) -> None:
    """No unit of work has many more reviews than it may; merged, the log is whole and the plan follows from it."""
    log = {ref: _reviews(100) for ref in REFS}
    plan = _planned(tx, log)
    assert [sum(map(len, portion.values())) for portion in plan.portions] == [400] * 7 + [200]
    assert sum(importing.merge(tx, ADA.id, portion) for portion in plan.portions) == plan.total == 3000
    theirs = exporting.everything(tx, ADA.id)
    assert theirs.log == log
    assert theirs.plans == {ref: card.due for ref, reviews in log.items() if (card := replay(reviews))}


def test_the_same_once_more_changes_nothing(tx: Tx) -> None:
    """Also after a crash between two portions."""
    log = {ref: _reviews(100) for ref in REFS[:8]}
    importing.merge(tx, ADA.id, _planned(tx, log).portions[0])
    assert [importing.merge(tx, ADA.id, portion) for portion in _planned(tx, log).portions] == [0, 400]
    before = exporting.everything(tx, ADA.id)
    assert [importing.merge(tx, ADA.id, portion) for portion in _planned(tx, log).portions] == [0, 0]
    assert exporting.everything(tx, ADA.id) == before


def test_cards_come_back_as_the_person_wants_to_remember(tx: Tx) -> None:
    """Their own retention plans them."""
    learners.change(tx, ADA.id, "retention", 80)
    importing.merge(tx, ADA.id, {REFS[0]: _reviews(3)})
    card = replay(_reviews(3), 80)
    assert card is not None
    assert exporting.everything(tx, ADA.id).plans == {REFS[0]: card.due}


def test_only_questions_that_are_known_are_taken(tx: Tx) -> None:
    """Those of a bank, and those that were asked before they left it; a file gives out no numbers."""
    questions.question_id(tx, Ref("bert", "gone"))
    log = {REFS[0]: _reviews(1), Ref("bert", "gone"): _reviews(2), Ref("bert", "made-up"): _reviews(3)}
    plan = _planned(tx, log)
    assert (plan.total, plan.unknown_reviews, plan.unknown_questions) == (3, 3, 1)
    assert not questions.is_known(tx, Ref("bert", "made-up"))


def test_a_question_never_gets_more_reviews_than_one_may_have(tx: Tx) -> None:
    """Files that are small each do not add up to a log that takes seconds to read."""
    importing.merge(tx, ADA.id, {REFS[0]: _reviews(5)})
    assert isinstance(importing.plan(tx, ADA.id, LIBRARY, {REFS[0]: _reviews(5, 7)}, 9), TooMany)
    assert isinstance(importing.plan(tx, ADA.id, LIBRARY, {REFS[0]: _reviews(5)}, 9), Plan)


def test_a_file_is_waited_for_an_hour(tx: Tx) -> None:
    """And no longer once it has come."""
    at = Caller(LIBRARY, ADA, Chat(ADA.id, "private"), NOW, Defaults())
    assert not importing.arrived(tx, at)[1]
    importing.expect(tx, at)
    later = Caller(LIBRARY, ADA, at.chat, NOW + timedelta(minutes=59), Defaults())
    assert importing.arrived(tx, later)[1]
    assert not importing.arrived(tx, Caller(LIBRARY, ADA, at.chat, NOW + timedelta(minutes=61), Defaults()))[1]
    importing.taken(tx, ADA.id)
    assert not importing.arrived(tx, later)[1]


WISHES = Wishes(
    {"retention": 80, "new_a_day": None, "mode": "typed"},
    frozenset({REFS[0], REFS[1], Ref("bert", "made-up")}),
    Exam(NOW.date() + timedelta(days=20), "t"),
)


def test_how_one_studies_comes_along(tx: Tx) -> None:
    """Settings, suspended questions that are known here, the exam; the same once more changes nothing."""
    adopted = importing.adopt(tx, ADA.id, LIBRARY, WISHES, NOW.date())
    assert adopted == importing.Adopted(study=True, suspended=2, exam=WISHES.exam)
    assert learners.of(tx, ADA.id) == Learner(retention=80, new_a_day=None, mode="typed")
    assert withheld.suspended_refs(tx, ADA.id) == {REFS[0], REFS[1]}
    assert exams.of(tx, ADA.id) == WISHES.exam
    again = importing.adopt(tx, ADA.id, LIBRARY, WISHES, NOW.date())
    assert again == importing.Adopted(study=False, suspended=0, exam=None)
    assert not questions.is_known(tx, Ref("bert", "made-up"))


def test_what_was_chosen_here_stays(tx: Tx) -> None:
    """A setting, no limit included, and an exam; one that is over does not come back."""
    learners.change(tx, ADA.id, "new_a_day", None)
    learners.change(tx, ADA.id, "mode", "recall")
    importing.adopt(tx, ADA.id, LIBRARY, Wishes({"new_a_day": 5, "mode": "typed", "portion": 3}), NOW.date())
    assert learners.of(tx, ADA.id) == Learner(new_a_day=None, mode="recall", portion=3)
    over = Wishes(exam=Exam(NOW.date() - timedelta(days=1)))
    assert importing.adopt(tx, ADA.id, LIBRARY, over, NOW.date()).exam is None
    mine = Exam(NOW.date() + timedelta(days=9))
    exams.keep(tx, ADA.id, mine)
    assert importing.adopt(tx, ADA.id, LIBRARY, WISHES, NOW.date()).exam is None
    assert exams.of(tx, ADA.id) == mine
