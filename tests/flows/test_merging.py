"""Merging what a file brings: what, how much at a time, and what is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.archive.wishes import Wishes
from bot.core.bank import Bank, Library, Question, Ref
from bot.core.exams import Exam
from bot.core.learners import Learner, Preset
from bot.core.people import Chat, Defaults, Person
from bot.core.review import Rating, Review, replay
from bot.flows import exporting, importing, merging
from bot.flows.callers import Caller
from bot.flows.merging import Merged, Plan, TooMany
from bot.store import exams, learners, questions, withheld
from bot.store.database import Tx

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADA = Person(1, "Ada")
FILE = 9  # the message that brought it
REFS = tuple(Ref("bert", f"q{number}") for number in range(30))
LIBRARY = Library((Bank("bert", {}, (), tuple(Question(ref, "zh", "t", "?", "!") for ref in REFS)),))


def _reviews(count: int, hours: int = 24) -> tuple[Review, ...]:
    return tuple(Review(Rating.GOOD, NOW - timedelta(hours=hours * ago)) for ago in range(count, 0, -1))


def _begun(tx: Tx, message_id: int = FILE) -> None:
    importing.begin(tx, Caller(LIBRARY, ADA, Chat(ADA.id, "private"), NOW, Defaults()), message_id)


def _merged(tx: Tx, portion: merging.Log, message_id: int = FILE) -> int:
    """How many of them the file is said to have brought by now."""
    merging.merge(tx, ADA.id, message_id, portion)
    return merging.merged(tx, ADA.id, message_id).new


def _planned(tx: Tx, log: merging.Log, most: int = 1000) -> Plan:
    plan = merging.plan(tx, ADA.id, LIBRARY, log, most)
    assert isinstance(plan, Plan)
    return plan


def test_portions_are_small_and_leave_nothing_out(tx: Tx) -> None:
    """No unit of work has many more reviews than it may; merged, the log is whole and the plan follows from it."""
    log = {ref: _reviews(100) for ref in REFS}
    plan = _planned(tx, log)
    assert [sum(map(len, portion.values())) for portion in plan.portions] == [400] * 7 + [200]
    _begun(tx)
    assert [_merged(tx, portion) for portion in plan.portions] == [400, 800, 1200, 1600, 2000, 2400, 2800, 3000]
    assert plan.total == 3000
    theirs = exporting.everything(tx, ADA.id)
    assert theirs.log == log
    assert theirs.plans == {ref: card.due for ref, reviews in log.items() if (card := replay(reviews))}


def test_the_same_once_more_changes_nothing(tx: Tx) -> None:
    """Also after a crash between two portions: the file tells what it has brought in all, another one nothing."""
    log = {ref: _reviews(100) for ref in REFS[:8]}
    _begun(tx)
    assert _merged(tx, _planned(tx, log).portions[0]) == 400
    _begun(tx)
    assert [_merged(tx, portion) for portion in _planned(tx, log).portions] == [400, 800]
    _begun(tx, FILE + 1)
    before = exporting.everything(tx, ADA.id)
    assert [_merged(tx, portion, FILE + 1) for portion in _planned(tx, log).portions] == [0, 0]
    assert exporting.everything(tx, ADA.id) == before


def test_cards_come_back_as_the_person_wants_to_remember(tx: Tx) -> None:
    """Their own retention plans them."""
    learners.change(tx, ADA.id, "retention", 80)
    merging.merge(tx, ADA.id, FILE, {REFS[0]: _reviews(3)})
    card = replay(_reviews(3), Preset(80))
    assert card is not None
    assert exporting.everything(tx, ADA.id).plans == {REFS[0]: card.due}


def test_only_questions_that_are_known_are_taken(tx: Tx) -> None:
    """Those of a bank, and those that were asked before they left it; a file gives out no numbers."""
    questions.question_id(tx, Ref("bert", "gone"))
    log = {REFS[0]: _reviews(1), Ref("bert", "gone"): _reviews(2), Ref("bert", "made-up"): _reviews(3)}
    plan = _planned(tx, log)
    assert (plan.total, plan.unknown_reviews, plan.unknown_questions) == (3, 3, 1)
    assert Ref("bert", "made-up") not in questions.known(tx)


def test_a_question_never_gets_more_reviews_than_one_may_have(tx: Tx) -> None:
    """Files that are small each do not add up to a log that takes seconds to read."""
    merging.merge(tx, ADA.id, FILE, {REFS[0]: _reviews(5)})
    assert isinstance(merging.plan(tx, ADA.id, LIBRARY, {REFS[0]: _reviews(5, 7)}, 9), TooMany)
    assert isinstance(merging.plan(tx, ADA.id, LIBRARY, {REFS[0]: _reviews(5)}, 9), Plan)


WISHES = Wishes(
    {"retention": 80, "new_a_day": None, "mode": "typed"},
    frozenset({REFS[0], REFS[1], Ref("bert", "made-up")}),
    Exam(NOW.date() + timedelta(days=20), "t"),
)


def test_how_one_studies_comes_along(tx: Tx) -> None:
    """Settings, suspended questions that are known here, the exam; the same once more changes nothing, and what is told
    of it neither."""
    assert WISHES.exam
    _begun(tx)
    for _time in range(2):
        merging.adopt(tx, ADA.id, FILE, LIBRARY, WISHES, NOW.date())
        told = merging.merged(tx, ADA.id, FILE)
        assert told == Merged(new=0, study=True, suspended=2, exam_day=WISHES.exam.day)
    assert learners.of(tx, ADA.id) == Learner(retention=80, new_a_day=None, mode="typed")
    assert withheld.suspended_refs(tx, ADA.id) == {REFS[0], REFS[1]}
    assert exams.of(tx, ADA.id) == WISHES.exam
    assert Ref("bert", "made-up") not in questions.known(tx)


def test_what_was_chosen_here_stays(tx: Tx) -> None:
    """A setting, no limit included, and an exam; one for which nothing can be planned does not come along."""
    learners.change(tx, ADA.id, "new_a_day", None)
    learners.change(tx, ADA.id, "mode", "recall")
    _begun(tx)
    merging.adopt(tx, ADA.id, FILE, LIBRARY, Wishes({"new_a_day": 5, "mode": "typed", "portion": 3}), NOW.date())
    assert learners.of(tx, ADA.id) == Learner(new_a_day=None, mode="recall", portion=3)
    soon = NOW.date() + timedelta(days=20)
    for exam in (Exam(NOW.date() - timedelta(days=1)), Exam(date(9999, 12, 31)), Exam(soon, "gone"), Exam(soon, "#x")):
        merging.adopt(tx, ADA.id, FILE, LIBRARY, Wishes(exam=exam), NOW.date())
        assert exams.of(tx, ADA.id) is None
    mine = Exam(NOW.date() + timedelta(days=9))
    exams.keep(tx, ADA.id, mine)
    merging.adopt(tx, ADA.id, FILE, LIBRARY, WISHES, NOW.date())
    assert merging.merged(tx, ADA.id, FILE).exam_day is None
    assert exams.of(tx, ADA.id) == mine
