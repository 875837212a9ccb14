"""Random histories of private practice: whatever is pressed, twice or late, the tables agree with each other."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from bot.core.bank import Ref
from bot.core.calendar import Period, study_day
from bot.core.grading import shown
from bot.core.review import Rating, replay
from bot.flows import answers, asking, practice
from bot.flows.answers import GUESSED, TOO_EASY
from bot.flows.asking import Asked
from bot.flows.callers import TooOld
from bot.store import cards, rounds, scores, studies, tables, tables_group
from bot.store.database import Tx
from bot.store.rounds import Round
from tests.practice_bench import ADA, LIBRARY, NOON, caller

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
which = st.integers(0, 30)
actions = st.one_of(
    st.tuples(st.just("quiz"), st.sampled_from(["", "", "attention", "maths", "训练"])),
    st.tuples(st.just("next"), which),
    st.tuples(st.just("topic"), st.integers(0, 2)),
    st.tuples(st.just("tap"), which, st.integers(0, 3)),
    st.tuples(st.just("amend"), which, st.sampled_from([GUESSED, TOO_EASY])),
    st.tuples(st.just("reveal"), which),
    st.tuples(st.just("rate"), which, st.integers(1, 4)),
    st.tuples(st.just("again"), which),
    st.tuples(st.just("wait"), st.sampled_from([1, 40, 3000, 3601, 50_000, 86_400, 400_000])),
)


@dataclass
class World:
    """A person who presses things, and what must have come of it by the rules alone."""

    tx: Tx
    now: datetime = NOON
    messages: int = 0
    asked: list[int] = field(default_factory=list)  # round ids
    done: list[Callable[[], None]] = field(default_factory=list)  # updates, to be delivered again
    chosen: dict[int, int | None] = field(default_factory=dict)  # round: first choice
    rated: dict[int, Rating] = field(default_factory=dict)  # round: what its review says
    sat: tuple[datetime, datetime] = (NOON - 9 * HOUR, NOON - 9 * HOUR)  # begin and end of the sitting
    in_sitting: set[Ref] = field(default_factory=set)

    def play(self, name: str, *values: object) -> None:
        """Do one thing, and remember it as an update that may come again."""
        if name == "wait":
            self.now += timedelta(seconds=int(str(values[0])))
        elif name == "again":
            if self.done:
                self.done[int(str(values[0])) % len(self.done)]()
        elif name in {"quiz", "topic"}:
            self.messages += 1
            self.update(partial(getattr(self, name), *values, self.messages))
        elif self.asked:
            at, *rest = values
            self.update(partial(getattr(self, name), self.asked[int(str(at)) % len(self.asked)], *rest))

    def update(self, update: Callable[[], None]) -> None:
        """Deliver an update for the first time."""
        self.done.append(update)
        update()

    def quiz(self, wanted: str, message: int) -> None:
        """A command."""
        self.put(practice.quiz(self.tx, caller(self.now), wanted, message, None))

    def next(self, number: int) -> None:
        """The button after an answer."""
        self.put(practice.next_question(self.tx, caller(self.now), number, None))

    def topic(self, position: int, press: int) -> None:
        """A topic's button, always of the same message."""
        self.put(practice.quiz_topic(self.tx, caller(self.now), position, 100_000, f"{press}", None))

    def put(self, outcome: object) -> None:
        """A question must be new to the sitting, or the one this update had asked before."""
        if isinstance(outcome, Asked) and outcome.again:
            assert outcome.round.id in self.asked
            return
        self.stir()
        if isinstance(outcome, Asked):
            assert outcome.round.ref not in self.in_sitting
            self.asked.append(outcome.round.id)
            self.in_sitting.add(outcome.round.ref)
            asking.posted(self.tx, outcome.round.id, 1000 + outcome.round.id)

    def tap(self, number: int, position: int) -> None:
        """A choice's button."""
        outcome = answers.answer(self.tx, caller(self.now), number, position, 1000 + number)
        asked = self.stored(number)
        if asked.kind != "choice":
            assert isinstance(outcome, TooOld)
            return
        assert isinstance(outcome, answers.Result)
        assert outcome.first == (number not in self.chosen)
        choice = self.chosen.setdefault(number, shown(asked.choices)[position])
        self.rated.setdefault(number, Rating.GOOD if choice == 2 else Rating.AGAIN)
        assert (outcome.choice, outcome.right, outcome.rating) == (choice, choice == 2, self.rated[number])
        self.stir()

    def amend(self, number: int, rating: Rating) -> None:
        """A guess, or too easy: only where the choice was right."""
        outcome = answers.amend(self.tx, caller(self.now), number, rating)
        right = self.chosen.get(number) == 2
        assert isinstance(outcome, answers.Result) == right
        if right:
            self.rated[number] = rating

    def reveal(self, number: int) -> None:
        """Looking changes nothing."""
        outcome = answers.reveal(self.tx, caller(self.now), number)
        assert isinstance(outcome, answers.Result) == (number in self.chosen)

    def rate(self, number: int, rating: int) -> None:
        """Rating a recall round, and rating it otherwise."""
        outcome = answers.rate(self.tx, caller(self.now), number, rating, 1000 + number)
        if self.stored(number).kind != "recall":
            assert isinstance(outcome, TooOld)
            return
        assert isinstance(outcome, answers.Result)
        assert outcome.first == (number not in self.chosen)
        self.chosen.setdefault(number, None)
        self.rated[number] = Rating(rating)
        self.stir()

    def stir(self) -> None:
        """Whatever is asked or answered continues the sitting, or begins one."""
        began, last = self.sat
        if self.now - last > HOUR:
            began = self.now
            self.in_sitting.clear()
        self.sat = (began, self.now)

    def stored(self, number: int) -> Round:
        """A round's row."""
        row = rounds.by_id(self.tx, number)
        assert row is not None
        return row

    def check(self) -> None:
        """The tables against the rules and against each other."""
        self.check_answers()
        self.check_cards()
        self.check_scores()

    def check_answers(self) -> None:
        """One answer for each answered round, the first; only answered rounds are closed."""
        rows = self.tx.execute(select(tables.answers)).all()
        assert {row.round_id: row.choice for row in rows} == self.chosen
        assert len(rows) == len(self.chosen)
        closed = self.tx.scalars(select(tables.rounds.c.id).where(tables.rounds.c.state == "closed"))
        assert set(closed) == set(self.chosen)

    def check_cards(self) -> None:
        """Each review says what was said last; each card is the replay of its log, and due after it."""
        for number, rating in self.rated.items():
            review = cards.review_of(self.tx, ADA.id, self.stored(number).ref, number)
            assert review is not None
            assert review.rating is rating
        for ref in LIBRARY.refs:
            card, log = cards.card_of(self.tx, ADA.id, ref), cards.reviews_of(self.tx, ADA.id, ref)
            assert card == replay(log)
            assert card is None or card.due >= max(review.at for review in log) + timedelta(days=1)

    def check_scores(self) -> None:
        """The private board is a recount of the answers, in every period."""
        rows = self.tx.execute(select(tables.answers)).all()
        totals: Counter[tuple[int, str]] = Counter()
        days = set[date]()
        for row in rows:
            day = study_day(datetime.fromtimestamp(row.answered_at, NOON.tzinfo), SHANGHAI, 4)
            days.add(day)
            for period in (Period.ALL, Period.day(day), Period.week(day), Period.month(day)):
                totals[period.key, "points"] += row.points
                totals[period.key, "right"] += bool(row.right)
                totals[period.key, "answered"] += 1
        kept = self.tx.execute(select(tables_group.scores)).all()
        assert {score.period for score in kept} == {key for key, _what in totals if not gone(key, days)}
        for score in kept:
            for what in ("points", "right", "answered"):
                assert getattr(score, what) == totals[score.period, what]
        assert set(studies.days_of(self.tx, ADA.id)) == days
        assert (scores.own(self.tx, ADA.id, Period.ALL, ADA.id) is not None) == bool(rows)


def gone(key: int, days: set[date]) -> bool:
    """Whether that is a day of which no line is kept any more, as a later one has come."""
    first, last = Period.DAYS
    return first <= key <= last and any(key - first <= day.toordinal() - scores.DAYS_KEPT for day in days)


@contextmanager
def memory() -> Iterator[Tx]:
    """An empty database, as fast as there is one."""
    engine = create_engine("sqlite://")
    try:
        tables.metadata.create_all(engine)
        with engine.begin() as tx:
            yield tx
    finally:
        engine.dispose()


@settings(deadline=None, max_examples=120)
@given(st.lists(actions, max_size=60))
def test_any_history(history: list[tuple[str, object]]) -> None:
    """Taps, guesses, ratings, next questions, redeliveries over days: counted once, planned as last said."""
    with memory() as tx:
        world = World(tx)
        for action in history:
            world.play(*action)
        world.check()
