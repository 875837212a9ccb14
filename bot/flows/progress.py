"""How far a person has come: a year of study days, what they kept, what comes back when, topic by topic.

And the picture of it: which theme they chose, and the one they were shown last.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.bank import LANGUAGES, Language, Library, Ref, Topic
from bot.core.calendar import moment, week_of
from bot.core.retention import Kept
from bot.core.vacations import catching_up, spread
from bot.flows.callers import Caller, arrive, known
from bot.store import cards, people, pictures, vacations
from bot.store.database import Tx
from bot.store.progress import Standing, answered_on, brought_since, kept_since, standing

AHEAD = 14  # days to come, today the first
MATURE = timedelta(days=21)  # from the last review to the next, as Anki has it
WINDOWS = (30, 90)  # days over which retention is counted
_DAY = timedelta(days=1)
_YEAR = timedelta(days=364)


@dataclass(frozen=True, slots=True)
class TopicMemory:
    """How many questions a topic has, and how many of them the person has been asked: those that come back within
    three weeks are young, the others mature."""

    topic: Topic
    mature: int
    young: int
    total: int


@dataclass(frozen=True, slots=True)
class Progress:
    """`reviewed` counts reviews on each study day from `first`, a Monday, to `today`, `brought` of which came with
    /import; `kept` is for each of WINDOWS.

    `ahead` counts the reviews of the next days, and with today those that are overdue; after a vacation, what has piled
    up is spread over some days. `theme` is None until one was chosen.
    """

    language: Language
    theme: str | None
    today: date
    first: date
    reviewed: tuple[int, ...]
    brought: int
    kept: tuple[Kept, ...]
    ahead: tuple[int, ...]
    topics: tuple[TopicMemory, ...]

    @property
    def remembered(self) -> int:
        """How many questions there are reviews of, imported ones too, which are no answers."""
        return sum(topic.mature + topic.young for topic in self.topics)


def progress(tx: Tx, caller: Caller) -> Progress:
    """How the person stands now. Writes nothing."""
    caller = known(tx, caller)
    person_id, today = caller.person.id, caller.study_day()
    first, _sunday = week_of(today - _YEAR)
    here, brought = Counter(answered_on(tx, person_id, first)), _brought(tx, caller, first)
    days = [first + number * _DAY for number in range((today - first).days + 1)]
    there = [one for one in standing(tx, person_id) if caller.library.question(one.ref, LANGUAGES[0])]
    coming = cards.due(tx, person_id, caller.now + _YEAR)  # what is suspended does not come
    due = (at for ref, at in coming if caller.library.question(ref, LANGUAGES[0]))
    return Progress(
        caller.language,
        caller.chat.theme,
        today,
        first,
        reviewed=tuple(here[day] + brought[day] for day in days),
        brought=sum(brought[day] for day in days),
        kept=kept_since(tx, person_id, *(caller.now - window * _DAY for window in WINDOWS)),
        ahead=_spread(tx, caller, _ahead(caller, today, due)),
        topics=_topics(caller.library, there),
    )


def choose_theme(tx: Tx, caller: Caller, theme: str) -> None:
    """Pictures look so from now on."""
    people.change_chat(tx, arrive(tx, caller).chat.id, theme=theme)


def shown(tx: Tx, person_id: int, theme: str, digest: str) -> str | None:
    """Telegram's id of that very picture, if the person has been shown it."""
    return pictures.find(tx, person_id, theme, digest)


def show(tx: Tx, person_id: int, theme: str, digest: str, file_id: str) -> None:
    """The person has been shown that picture; the one before in that theme is forgotten."""
    pictures.keep(tx, person_id, theme, digest, file_id)


def _brought(tx: Tx, caller: Caller, first: date) -> Counter[date]:
    """The reviews that came with /import, on the study days that they belong to where the person lives now."""
    since = moment(first, caller.chat.day_start * 60, caller.zone)
    on: Counter[date] = Counter()
    for at, times in brought_since(tx, caller.person.id, since):
        on[caller.study_day(at)] += times
    return on


def _spread(tx: Tx, caller: Caller, ahead: tuple[int, ...]) -> tuple[int, ...]:
    """The same, with what piled up in a vacation spread as it comes."""
    person_id, today = caller.person.id, caller.study_day()
    done = cards.done_since(tx, person_id, caller.day_start()).reviews
    return spread(ahead, catching_up(vacations.ended(tx, person_id, today), today), done)


def _ahead(caller: Caller, today: date, due: Iterable[datetime]) -> tuple[int, ...]:
    """How many come on each study day; what is overdue comes today."""
    hour = caller.chat.day_start * 60
    ends = [moment(today + number * _DAY, hour, caller.zone) for number in range(1, AHEAD + 1)]
    on = Counter(bisect_right(ends, at) for at in due)
    return tuple(on[number] for number in range(AHEAD))


def _topics(library: Library, there: Iterable[Standing]) -> tuple[TopicMemory, ...]:
    """Every topic with questions, in the library's order; one that two banks share stands once."""
    mine = {one.ref: one for one in there}
    topics: dict[str, Topic] = {}
    for topic in library.topics:
        topics.setdefault(topic.id, topic)
    return tuple(_memory(library, topic, mine) for topic in topics.values() if library.in_topic(topic.id))


def _memory(library: Library, topic: Topic, mine: Mapping[Ref, Standing]) -> TopicMemory:
    refs = library.in_topic(topic.id)
    asked = [mine[ref] for ref in refs if ref in mine]
    mature = sum(one.due - one.reviewed >= MATURE for one in asked)
    return TopicMemory(topic, mature, len(asked) - mature, len(refs))
