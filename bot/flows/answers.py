"""An answer in private and what the person says about it afterwards. Every press may come twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.grading import rating_of, shown
from bot.core.leeches import easier, is_leech
from bot.core.review import Rating, Review, replay
from bot.flows import asking, portions, recording, retracting
from bot.flows.asking import Asked, Lapsed
from bot.flows.callers import Caller, Graded, TooOld, arrive
from bot.flows.leases import LEASE
from bot.flows.portions import Portion
from bot.flows.preparing import Day
from bot.flows.recording import Recorded
from bot.store import answers as stored
from bot.store import cards, private_rounds, rounds, sittings, typed, withheld
from bot.store.database import Tx
from bot.store.rounds import Kind, Round

# What the buttons after an answer say about memory: a lucky guess was not known.
GUESSED = Rating.AGAIN
TOO_EASY = Rating.EASY


@dataclass(frozen=True, slots=True)
class Result:
    """An answered round. `first` is set when this very press answered it.

    `choice` is an original index (None for a recall round, which is rated, not graded: `right` is None too).
    The question comes back in `back_in` days (0: today); `due` reviews are left today, `fresh` questions were
    never answered. `answered_at` (UTC) is what names the answer, to be undone.
    `lapses` counts how often it was forgotten, if it just was; `easier` tells whether there is an easier one.
    """

    asked: Asked
    choice: int | None
    right: bool | None
    rating: Rating
    back_in: int
    due: int
    fresh: int
    first: bool
    answered_at: datetime
    lapses: int = 0
    easier: bool = False


def answer(tx: Tx, caller: Caller, round_id: int, position: int, message_id: int) -> Result | Lapsed | TooOld:
    """The choice shown at `position` (0 is A) was pressed. An answered round gives its stored result again."""
    here = _at(tx, caller, round_id)
    if not isinstance(here, _Table):
        return here
    order = shown(here.round.choices)
    if here.round.kind != "choice" or not 0 <= position < len(order):
        return TooOld(here.asked.language)
    right = order[position] == here.round.right
    done = here.record(order[position], rating_of(right), message_id, right=right)
    if done is not None:
        return here.told(order[position], done)
    return here.result() or TooOld(here.asked.language)


def reveal(tx: Tx, caller: Caller, round_id: int) -> Asked | Result | Graded | Lapsed | TooOld:
    """Show a round's answer, to be rated by oneself: no choice of it can be pressed any more, nor does it wait for
    words. A round rated already gives its result; one whose words have a grade keeps that."""
    stands = standing(tx, caller, round_id)
    if not isinstance(stands, Asked):
        return stands
    if stands.round.kind == "typed" and typed.is_graded(tx, round_id):
        return Graded(stands.language)
    return TooOld(stands.language) if stands.round.kind == "choice" else revealed(tx, stands)


def revealed(tx: Tx, asked: Asked) -> Asked:
    """The round with its answer shown: a recall round from now on."""
    if asked.round.kind != "recall" or asked.round.choices:
        private_rounds.reveal(tx, asked.round.id, "recall")
    return replace(asked, round=replace(asked.round, kind="recall", choices="", right=None, points=0))


def ask_as(tx: Tx, caller: Caller, round_id: int, kind: Kind | None) -> Asked | Result | Lapsed | TooOld:
    """Ask the question of an open round otherwise: with its choices, unless the answer has been shown, or in words."""
    stands = standing(tx, caller, round_id)
    if not isinstance(stands, Asked) or stands.round.kind == kind:
        return stands
    if kind is None or (kind == "choice" and not stands.round.choices):
        return TooOld(stands.language)
    private_rounds.ask_as(tx, round_id, kind)
    typed.resume(tx, round_id, caller.now + LEASE)
    return asking.show(tx, caller.library, replace(stands.round, kind=kind), stands.language, caller.now)


def standing(tx: Tx, caller: Caller, round_id: int) -> Asked | Result | Lapsed | TooOld:
    """The round as it is: its result, or the question while there is none."""
    here = _at(tx, caller, round_id)
    return (here.result() or here.asked) if isinstance(here, _Table) else here


def rate(tx: Tx, caller: Caller, round_id: int, rating: int, message_id: int) -> Result | Lapsed | TooOld:
    """A round without a choice is rated 1 to 4, or rated otherwise: one answer and one review either way."""
    here = _at(tx, caller, round_id)
    if not isinstance(here, _Table):
        return here
    if here.round.kind == "choice" or rating not in set(Rating):
        return TooOld(here.asked.language)
    done = here.record(None, Rating(rating), message_id, right=None)
    if done is not None:
        return here.told(None, done)
    recording.rerate(tx, here.round, caller.person.id, Rating(rating))
    return here.result() or TooOld(here.asked.language)


def amend(tx: Tx, caller: Caller, round_id: int, rating: Rating) -> Result | Lapsed | TooOld:
    """A right choice was a guess (GUESSED) or TOO_EASY: its review says so from now on. Points stay as they are."""
    here = _at(tx, caller, round_id)
    if not isinstance(here, _Table):
        return here
    given = stored.by(tx, round_id, caller.person.id)
    if given is None or not given.right:
        return TooOld(here.asked.language)
    recording.rerate(tx, here.round, caller.person.id, rating)
    return here.result() or TooOld(here.asked.language)


def result_of(tx: Tx, caller: Caller, asked: Asked) -> Result | None:
    """What came of a round, as it stands now; None while it has no answer. `caller` has the stored settings."""
    return _Table(tx, caller, asked).result()


def rest_told(tx: Tx, round_id: int, message_id: int) -> None:
    """The rest of a long answer begins with this message: not to be sent again."""
    rounds.told(tx, round_id, message_id)


def _at(tx: Tx, caller: Caller, round_id: int) -> _Table | Lapsed | TooOld:
    """Who pressed a button of which round, if that round is of this chat and still as it was asked."""
    caller = arrive(tx, caller)
    pressed = asking.round_in(tx, caller.chat.id, round_id)
    if pressed is None:
        return TooOld(caller.language)
    asked = asking.show(tx, caller.library, pressed, caller.language, caller.now)
    if isinstance(asked, Asked):
        return _Table(tx, caller, replace(asked, portion=_portion(tx, caller, pressed)))
    answered = stored.by(tx, round_id, caller.person.id) is not None
    return TooOld(caller.language) if answered else asked  # a result that stands there is worth more than the news


def _portion(tx: Tx, caller: Caller, pressed: Round) -> Portion | None:
    at = Day(caller.person.id, caller.chat, caller.zone, caller.now)
    return portions.portion_of(tx, caller.library, at, asking.about_of(pressed.origin))


@dataclass(frozen=True, slots=True)
class _Table:
    """A person over a round of theirs."""

    tx: Tx
    caller: Caller
    asked: Asked

    @property
    def round(self) -> Round:
        """The round on the table."""
        return self.asked.round

    def record(self, choice: int | None, rating: Rating, message_id: int, *, right: bool | None) -> Recorded | None:
        """Write the answer down and close the round; None if there was one already."""
        if self.round.message_id is None:  # the reply to the send was lost
            rounds.posted(self.tx, self.round.id, message_id)
        done = recording.record(
            self.tx,
            self.round,
            person_id=self.caller.person.id,
            choice=choice,
            right=right,
            rating=rating,
            points=self.round.points if right and not self._seen_before() else 0,
            day=self.caller.study_day(),
            own_day=self.caller.study_day(),
            now=self.caller.now,
        )
        rounds.close_if_open(self.tx, self.round.id, self.caller.now)
        sittings.began(self.tx, self.round.chat_id, self.caller.now)
        return done

    def _seen_before(self) -> bool:
        """Whether its right answer was shown to them before they undid theirs: what is known so earns nothing."""
        return retracting.seen_before(self.tx, self.round, self.caller.person.id) is not None

    def told(self, choice: int | None, done: Recorded) -> Result:
        """What the answer that has just been given came to."""
        at = self.caller.now.replace(microsecond=0)
        lapses = done.card.lapses if done.rating is Rating.AGAIN else 0
        return self._result(choice, done.right, done.rating, done.card.due, at, lapses, first=True)

    def result(self) -> Result | None:
        """What the answer came to, as it stands now; None if there is no answer yet."""
        person_id, ref = self.caller.person.id, self.round.ref
        answer = stored.by(self.tx, self.round.id, person_id)
        review = cards.review_of(self.tx, person_id, ref, self.round.id)
        due = cards.due_of(self.tx, person_id, ref)
        if answer is None or review is None or due is None:
            return None
        lapses = self._lapses(review) if review.rating is Rating.AGAIN else 0
        return self._result(answer.choice, answer.right, review.rating, due, answer.answered_at, lapses, first=False)

    def _lapses(self, last: Review) -> int:
        """How often the question had been forgotten with that review."""
        log = cards.reviews_of(self.tx, self.caller.person.id, self.round.ref)
        card = replay(review for review in log if review.at <= last.at)
        return card.lapses if card else 0

    def _result(
        self,
        choice: int | None,
        right: bool | None,  # noqa: FBT001
        rating: Rating,
        back: datetime,
        answered_at: datetime,
        lapses: int,
        *,
        first: bool,
    ) -> Result:
        person_id = self.caller.person.id
        known, refs = cards.known(self.tx, person_id), self.caller.library.refs
        unwanted = withheld.now(self.tx, person_id, self.caller.now)
        return Result(
            replace(self.asked, portion=_portion(self.tx, self.caller, self.round)),
            choice,
            right,
            rating,
            back_in=max(0, (self.caller.study_day(back) - self.caller.study_day()).days),
            due=len(portions.due_today(self.tx, self.caller.library, person_id, self.caller.day_end())),
            fresh=sum(ref not in known and ref not in unwanted for ref in refs),
            first=first,
            answered_at=answered_at,
            lapses=lapses,
            easier=is_leech(lapses) and easier(self.caller.library, self.round.ref, unwanted) is not None,
        )
