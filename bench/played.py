"""Months of study, played through the bot's own flows: what a database holds afterwards is what the bot writes.

The mix: half of the answers are given in private, eight a study day and person, reviews as they come due; half are
votes in groups of 3 to 25 people (to 200 where there are 20,000 votes), each with one poll a day that two thirds of
them answer. One in ten private questions stays unanswered.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine

from bot.core.bank import Library
from bot.core.people import Chat, Defaults, Person
from bot.flows import answers, asking, members, opening, practice, schedule
from bot.flows.asking import Asked
from bot.flows.callers import Caller
from bot.flows.voting import count as count_vote
from bot.store import rounds, sqlite

_START = datetime(2026, 1, 5, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_DEFAULTS = Defaults()
_A_DAY = 8  # private answers of a person
_GROUPS = (200, 100, 60, 40, 25, 16, 10, 6, 4, 3)
# As large as in a database that has been at work: all private chats share their numbers, a supergroup has its own.
_FIRST_ROUND, _FIRST_MESSAGE, _FIRST_IN_GROUP = 20_000_000, 40_000_000, 3_000


@dataclass
class Played:
    """What has been done: answers in private and in groups."""

    private: int = 0
    group: int = 0


def play(path: Path, library: Library, *, private: int, group: int, seed: int) -> Played:
    """Fill the migrated database at `path` with about so many answers of each kind."""
    raw = sqlite.connect(path, "synchronous=OFF")
    try:
        raw.execute("DELETE FROM sqlite_sequence WHERE name = 'rounds'")  # migrations have left a row
        raw.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('rounds', ?)", (_FIRST_ROUND,))
        return _Stage(sqlite.engine(lambda: raw), library, random.Random(seed)).run(private, group)
    finally:
        raw.close()


class _Stage:
    def __init__(self, engine: Engine, library: Library, chance: random.Random) -> None:
        self._engine, self._library, self._chance = engine, library, chance
        self._done = Played()
        self._message, self._in_group = _FIRST_MESSAGE, _FIRST_IN_GROUP
        self._people = 0

    def run(self, private: int, group: int) -> Played:
        """Day by day, everybody's day in turn."""
        learners = [self._person() for _ in range(max(1, private // (30 * _A_DAY)))] if private else []
        groups = self._groups(group)
        a_day = sum(len(here) for _, here in groups) * 2 // 3
        days = max(1, group // a_day if groups else 0, private // (_A_DAY * len(learners)) if learners else 0)
        for number in range(days):
            now = _START + number * _DAY
            studying = learners if self._done.private < private else []
            with self._engine.connect() as tx:
                sqlite.unit(tx, sqlite.BEGIN_WRITE, partial(self._day, studying, groups, now, tx))
        return self._done

    def _groups(self, group: int) -> list[tuple[Chat, list[Person]]]:
        if not group:
            return []
        sizes = _GROUPS if group >= 20_000 else _GROUPS[4:]
        return [
            (Chat(-1_002_000_000_000 - at, "supergroup", f"读书小组 {at}"), [self._person() for _ in range(size)])
            for at, size in enumerate(sizes)
        ]

    def _person(self) -> Person:
        """Two thirds of Telegram's ids need more than four bytes by now."""
        self._people += 1
        base = 5_000_000_000 if self._people % 3 else 500_000_000
        return Person(base + self._chance.randrange(900_000_000), f"学习者 {self._people}", f"user{self._people}", "zh")

    def _day(
        self, learners: list[Person], groups: list[tuple[Chat, list[Person]]], now: datetime, tx: Connection
    ) -> None:
        turns: list[Iterator[None]] = [self._practise(tx, one, now) for one in learners]
        turns += [self._poll(tx, chat, here, now) for chat, here in groups]
        while turns:  # side by side, as people study at the same hours
            turns = [turn for turn in turns if next(turn, turn) is None]

    def _practise(self, tx: Connection, person: Person, now: datetime) -> Iterator[None]:
        """A sitting: /quiz, then Next after Next."""
        at = now
        asked: Asked | None = None
        for _ in range(_A_DAY):
            at += 3 * _MINUTE
            caller = Caller(self._library, person, Chat(person.id, "private", person.name), at, _DEFAULTS)
            next_one = self._ask(tx, caller, asked)
            if not isinstance(next_one, Asked):
                return
            asked = next_one
            self._message += 1
            asking.posted(tx, asked.round.id, self._message)
            if self._chance.random() > 0.1:
                later = replace(caller, now=at + timedelta(seconds=self._chance.randrange(10, 170)))
                answers.answer(tx, later, asked.round.id, self._chance.randrange(4), self._message)
                self._done.private += 1
            yield

    def _ask(self, tx: Connection, caller: Caller, before: Asked | None) -> object:
        if before is None:
            return practice.quiz(tx, caller, "", self._message, None)
        return practice.next_question(tx, caller, before.round.id, None)

    def _poll(self, tx: Connection, chat: Chat, here: list[Person], now: datetime) -> Iterator[None]:
        stored = schedule.arrive(tx, here[0], chat, now, _DEFAULTS)
        day = (now - _START).days
        opened = opening.open_round(
            tx,
            self._library,
            stored,
            thread_id=None,
            about=None,
            origin=f"p540.{739_000 + day}",
            language="zh",
            now=now,
            closes_at=now + _DAY,
        )
        if opened is None:
            return
        self._in_group += 1
        poll = str(5_200_000_000_000_000_000 + self._in_group)
        opening.posted(tx, opened.round.id, self._in_group, poll, now, _DEFAULTS, chat_id=chat.id)
        for person in here:
            if self._chance.random() < 2 / 3:
                members.believe(tx, chat.id, person.id, now, told=True)
                begun = rounds.by_id(tx, opened.round.id)
                assert begun is not None
                count_vote(tx, begun, person, self._chance.randrange(4), now + _MINUTE, _DEFAULTS)
                self._done.group += 1
                yield
        rounds.close(tx, opened.round.id, now + _DAY, self._in_group)
