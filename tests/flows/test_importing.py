"""Files brought with /import: when one is waited for, and what becomes of one that names somebody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.bank import Bank, Library, Question, Ref
from bot.core.people import Chat, Defaults, Person
from bot.core.review import Rating, Review
from bot.flows import forgetting, importing
from bot.flows.callers import Caller
from bot.flows.importing import Decided, Late
from bot.store import imports, rounds
from bot.store.database import Tx
from tests.store.asking import round_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADA, REF = Person(1, "Ada", language_code="zh"), Ref("bert", "mask")
LIBRARY = Library((Bank("bert", {}, (), (Question(REF, "zh", "t", "?", "!"),)),))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def _at(later: timedelta = timedelta(0)) -> Caller:
    return Caller(LIBRARY, ADA, Chat(ADA.id, "private"), NOW + later, Defaults())


def test_a_file_is_waited_for_an_hour(tx: Tx) -> None:
    """And no longer once it has come; that one comes again as the one that was waited for."""
    assert not importing.arrived(tx, _at(), 5)[1]
    importing.expect(tx, _at(), 4)
    assert not importing.arrived(tx, _at(), 3)[1]  # sent before, and come again
    assert importing.arrived(tx, _at(HOUR - timedelta(minutes=1)), 5)[1]
    assert not importing.arrived(tx, _at(HOUR + timedelta(minutes=1)), 5)[1]
    importing.begin(tx, _at(), 5)
    assert importing.arrived(tx, _at(), 5)[1]
    assert not importing.arrived(tx, _at(), 6)[1]


def test_what_is_no_file_is_an_answer_only_to_what_was_asked_after(tx: Tx) -> None:
    """Or in reply to what was said before /import."""
    assert importing.no_file(tx, _at(), 9, None) is None
    _posted(tx, "m1", 2)
    importing.expect(tx, _at(), 4)
    assert importing.no_file(tx, _at(), 9, None) is not None
    assert importing.no_file(tx, _at(), 9, 5) is not None
    assert importing.no_file(tx, _at(), 9, 2) is None
    assert importing.no_file(tx, _at(), 3, None) is None
    _posted(tx, "m6", 7)
    assert importing.no_file(tx, _at(), 9, None) is None


def test_somebody_elses_file_is_taken_over_or_left_once(tx: Tx) -> None:
    """What was said first stays; until it is told, it can be done again."""
    for message_id, take in ((5, True), (6, False)):
        assert importing.ask(tx, _at(), message_id, "file") is not None
        assert importing.ask(tx, _at(), message_id, "file") is not None  # come again, it is asked again
        for wish in (take, not take):
            assert importing.decide(tx, _at(), message_id, take=wish) == Decided("zh", take, "file")
        assert importing.ask(tx, _at(), message_id, "file") is None
        importing.told(tx, ADA.id, message_id)
        assert importing.decide(tx, _at(), message_id, take=take) == Decided("zh", take, None)


def test_after_a_day_it_should_be_sent_again(tx: Tx) -> None:
    """Where it was is forgotten then, by a press or by the next file; and so is one that was never there."""
    importing.ask(tx, _at(), 5, "file")
    assert importing.decide(tx, _at(DAY + HOUR), 5, take=True) == Late("zh")
    assert imports.find(tx, ADA.id, 5) is None
    importing.ask(tx, _at(), 5, "file")
    importing.begin(tx, _at(DAY + HOUR), 7)
    assert imports.find(tx, ADA.id, 5) is None
    assert importing.decide(tx, _at(), 8, take=True) == Late("zh")


def test_forgotten_with_the_person(tx: Tx) -> None:
    """Where their files are, too."""
    importing.ask(tx, _at(), 5, "file")
    assert forgetting.forget_person(tx, ADA.id, int((NOW + HOUR).timestamp()))
    assert imports.find(tx, ADA.id, 5) is None


def test_days_are_study_days_of_where_one_lives(tx: Tx) -> None:
    """04:00 in Shanghai, 20:00 UTC, is where one ends."""
    edge = datetime(2026, 11, 20, 20, tzinfo=UTC)
    minutes = (-1, 0, 14, 60)
    log = {REF: tuple(Review(Rating.GOOD, edge + timedelta(minutes=at)) for at in minutes)}
    assert importing.days(_at(), log) == 2


def _posted(tx: Tx, origin: str, message_id: int) -> None:
    asked = round_of(tx, ADA.id, REF, origin, at=NOW, kind="typed")
    rounds.posted(tx, asked.id, message_id)
