"""How a group's round ended: who was right, what it earned, what misled, and what it did to the week's board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.bank import Language, Library, Question
from bot.core.calendar import Period, local_minute
from bot.core.hours import quiet
from bot.core.people import Defaults, day_in, language_for, zone_for
from bot.flows import opening
from bot.store import answers, dailies, people, rounds, scores
from bot.store.answers import Answer
from bot.store.database import Tx
from bot.store.rounds import Round
from bot.store.scores import Score

_LEADERS = 3


@dataclass(frozen=True, slots=True)
class Winner:
    """Who was right, and what it earned: nothing for a question got right lately; `held` until it counts."""

    name: str
    points: int
    held: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the week's board after the round, and by how many ranks the round has lifted it (0: not)."""

    score: Score
    up: int


@dataclass(frozen=True, slots=True)
class Result:
    """How a poll ended. `right` are those who were, the first one first.

    `tempting` is the wrong choice taken most often, as an original index (None: there is no such). `leaders` are the
    first of the week that the round belongs to, `past` if that is over.
    """

    round: Round
    question: Question | None
    topic: str
    language: Language
    answered: int
    right: tuple[Winner, ...]
    tempting: int | None
    leaders: tuple[Standing, ...]
    past: bool = False
    silent: bool = False  # told at night
    slow: bool = False  # the group is known to be in slow mode: see people.Chat.slow
    before: int | None = None  # the daily round whose result was told before this one


def result(
    tx: Tx, library: Library, round_id: int, now: datetime, defaults: Defaults, *, again: bool = False
) -> Result | None:
    """How the round stands; None if it was closed meanwhile, unless it is told `again`."""
    ended = rounds.by_id(tx, round_id)
    if ended is None or (ended.state == "closed" and not again):
        return None
    chat = people.find_chat(tx, ended.chat_id)
    language = language_for(chat, None, defaults) if chat else defaults.language
    question, given = opening.question_of(library, ended), answers.to(tx, round_id)
    week = Period.week(day_in(chat, ended.opened_at, defaults))
    return Result(
        ended,
        question,
        opening.topic_title(library, question, language) if question else "",
        language,
        len(given),
        tuple(Winner(one.name, one.points, one.held, one.hidden) for one in given if one.right),
        tempting(given),
        _standings(scores.lines(tx, ended.chat_id, week), () if ended.voided_at else given, week),
        past=week != Period.week(day_in(chat, now, defaults)),
        silent=quiet(local_minute(now, zone_for(chat, defaults))),
        slow=chat is not None and chat.slow,
        before=dailies.told_before(tx, ended),
    )


def tempting(given: Iterable[Answer]) -> int | None:
    """The wrong choice taken most often; None if nobody was wrong, or if several tempted equally."""
    return most_chosen(Counter(answer.choice for answer in given if not answer.right and answer.choice is not None))


def most_chosen(wrong: Counter[int]) -> int | None:
    """The choice taken most often; None if there is none, or if several were equally."""
    first, second = (*wrong.most_common(2), (None, 0), (None, 0))[:2]
    return first[0] if first[1] > second[1] else None


def _standings(board: tuple[Score, ...], given: Iterable[Answer], week: Period) -> tuple[Standing, ...]:
    """The first lines, each against where it would stand without what this round earned on this very board."""
    counting = (answer for answer in given if Period.week(answer.day) == week and not answer.held)
    earned = {answer.person_id: answer.points for answer in counting}
    before = {line.person_id: line.points - earned.get(line.person_id, 0) for line in board}

    def rank_before(line: Score) -> int:
        return 1 + sum(points > before[line.person_id] for points in before.values())

    return tuple(Standing(line, max(0, rank_before(line) - line.rank)) for line in board[:_LEADERS])
