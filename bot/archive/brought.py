"""What a file brings: reviews by question, checked one by one, and wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.archive.errors import Trouble, UnreadableError
from bot.archive.wishes import Wishes
from bot.core.bank import Ref
from bot.core.review import Rating, Review

MOST = 200_000  # reviews in one file: fifty a day for ten years
MOST_OF_ONE = 1000  # reviews of one question; each answer to it reads them all
_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
_SLOW = timedelta(minutes=10)  # so far may another machine's clock be ahead
_LONGEST = 200  # characters of a bank's or a question's name


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a file says it is: their Telegram id, and their name, empty where it has none."""

    id: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """The reviews of each question, oldest first, whether or not a bank has it, how the person wants to study, and who
    that is: None where the file does not say, as Anki's never do."""

    log: Mapping[Ref, tuple[Review, ...]]
    wishes: Wishes = field(default_factory=Wishes)
    owner: Owner | None = None

    @property
    def total(self) -> int:
        """How many reviews there are."""
        return sum(map(len, self.log.values()))


@dataclass
class Gathered:
    """Reviews as they are read, in any order."""

    log: dict[Ref, dict[datetime, Review]] = field(default_factory=dict)
    count: int = 0

    def add(self, ref: Ref, rating: int, at: datetime) -> None:
        """Take one in; of two in a second the one read later stays. Raises UnreadableError for what no log has."""
        if rating not in set(Rating) or at < _SINCE or not all(0 < len(name) <= _LONGEST for name in ref):
            raise UnreadableError(Trouble.BROKEN)
        self.count += 1
        of_this = self.log.setdefault(ref, {})
        of_this[at.replace(microsecond=0)] = Review(Rating(rating), at.replace(microsecond=0))
        if self.count > MOST or len(of_this) > MOST_OF_ONE:
            raise UnreadableError(Trouble.LARGE)

    def brought(self, wishes: Wishes) -> Brought:
        """All of them, in order, beside the wishes."""
        log = {ref: tuple(reviews[at] for at in sorted(reviews)) for ref, reviews in self.log.items()}
        return Brought(log, wishes)


def check_times(brought: Brought, now: datetime) -> None:
    """Raises UnreadableError if anything in it has not happened by `now` (aware UTC)."""
    if any(reviews[-1].at > now + _SLOW for reviews in brought.log.values()):
        raise UnreadableError(Trouble.FUTURE)
