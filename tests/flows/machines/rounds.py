"""A group's rounds as a machine: asked, voted on, closed, voided, moved, erased, with crashes between, in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.core.people import Chat, Person
from bot.flows import chats, closing, forgetting, opening, rounds, voids
from bot.flows.leases import LEASE
from bot.flows.opening import Opening
from bot.flows.rounds import Busy, Counted, Done, Unseen
from bot.flows.voting import Unsure, Verdict
from tests.flows.machines.rounds_checked import BANK, Checked
from tests.flows.machines.rounds_world import RIGHT, TEN_MINUTES, TWO_DAYS, Asked, Poll
from tests.group_bench import DEFAULTS

SIX_DAYS = 6 * 1440 + 60  # minutes, and an hour: a question answered right that long ago earns nothing yet
ADMIN = Person(1, "Admin")
people_ = st.integers(2, 5)
choices = st.just(RIGHT) | st.integers(0, 3)
votes = st.lists(st.tuples(people_, choices), max_size=4)
Votes = list[tuple[int, int]]
any_of = st.integers(0, 30)


class Rounds(Checked):
    """What people do, and what the bot and Telegram make of it."""

    # A question is put.

    @rule(
        after=st.sampled_from((0, 11, 11, 1440, SIX_DAYS)),
        early=votes,
        told=st.sampled_from((True, True, False)),
        late=votes,
    )
    def asks(self, after: int, early: Votes, told: bool, late: Votes) -> None:
        """`/quiz`, so many minutes later: a round, or a pointer to the one that is open. Some vote before the bot hears
        which poll it is, and some after."""
        if after:
            self.waits(after)
            self.closes(stops=True)
        asked, busy = self._ask(self._next(), self.chat), self.world.busy(self.now)
        assert isinstance(asked, Busy) if busy else isinstance(asked, Opening)
        if isinstance(asked, Opening):
            begun = asked.round
            assert begun.closes_at is not None
            self.world.rounds[begun.id] = Asked(self.numbers, self.chat, begun.ref.id, begun.points, begun.closes_at)
            self._stands(begun.id)
            self.many_choose(early)
            if told:
                self.is_told(0)
        self.many_choose(late)

    @rule(cast=votes)
    def asks_twice_at_once(self, cast: Votes) -> None:
        """While the first poll is on its way to Telegram somebody else asks."""
        self.asks(11, cast[:2], told=False, late=[])
        self.asks(0, [], told=True, late=cast[2:])

    @rule(cast=votes)
    def asks_the_same_again(self, cast: Votes) -> None:
        """Both questions, and six days later the first of them; the same people answer the same."""
        for after in (11, 11, SIX_DAYS):
            self.asks(after, [], told=True, late=cast)

    @precondition(lambda self: self.world.rounds)
    @rule(which=any_of)
    def asks_again(self, which: int) -> None:
        """The same message once more, after a crash: what was cut short is sent again, three times in all. It names the
        chat as that was then, however the group has moved since."""
        number, known = self._some_round(which)
        asked = self._ask(known.message_id, known.chat)
        if known.state != "sending":
            assert isinstance(asked, Done)
        elif known.sends >= 3:
            assert isinstance(asked, Unseen)
            rounds.give_up(self.tx, known.chat.id, known.message_id, self.now)
            known.state = "closed"
        else:
            assert isinstance(asked, Opening)
            assert (asked.round.id, asked.round.chat_id) == (number, self.chat.id)
            known.sends += 1
            self._stands(number)

    @precondition(lambda self: self.world.polls)
    @rule(which=any_of)
    def is_told(self, which: int) -> None:
        """sendPoll's answer arrives, for the newest poll of a round that has none: votes that waited count now."""
        number, known = self._some_round(which) if self.world.rounds else (0, None)
        if known is None or known.state != "sending":
            return
        poll_id = max((one for one, poll in self.world.polls.items() if poll.round_id == number), key=_age)
        poll = self.world.polls[poll_id]
        opening.posted(self.tx, number, 5000 + number, poll_id, self.now, DEFAULTS, chat_id=poll.chat_id)
        known.state, known.closes_at = "open", max(known.closes_at, self.now + TEN_MINUTES)
        poll.left_behind = poll.chat_id != self.chat.id
        self.world.learns(poll_id)

    # People vote.

    @precondition(lambda self: self.world.polls)
    @rule(which=any_of, person=people_, choice=choices)
    def chooses(self, which: int, person: int, choice: int) -> None:
        """Somebody votes, once, in a poll that takes votes; the bot will hear of it."""
        poll_id = sorted(self.world.polls, key=_age)[-1 - which % min(4, len(self.world.polls))]
        poll = self.world.polls[poll_id]
        if not poll.stopped and person not in poll.voters:
            poll.voters.add(person)
            self.world.cast.append((poll_id, person, choice))

    @precondition(lambda self: self.world.cast)
    @rule(which=any_of, again=st.booleans())
    def is_heard(self, which: int, again: bool) -> None:
        """A vote is delivered, however late, and perhaps once more after."""
        poll_id, person, choice = self.world.cast[which % len(self.world.cast)]
        if not again:
            self.world.cast.remove((poll_id, person, choice))
        self._vote(poll_id, person, choice)

    @rule(cast=votes, twice=st.booleans())
    def many_choose(self, cast: Votes, twice: bool = False) -> None:
        """Several vote in the newest poll, a minute between them, and are heard at once; perhaps once more as well."""
        for person, choice in cast if self.world.polls else ():
            self.chooses(0, person, choice)
        while self.world.cast:
            for again in (True, False) if twice else (False,):
                self.is_heard(0, again=again)
                self.now += timedelta(minutes=1)

    @rule(minutes=st.sampled_from((1, 9, 11, 60, 1440, 1440, 2900, 10080)))
    def waits(self, minutes: int) -> None:
        """Time goes by."""
        self.now += timedelta(minutes=minutes)

    # A round ends, and is judged.

    @rule(stops=st.booleans())
    def closes(self, stops: bool) -> None:
        """All that is over and that nobody closes is claimed; without `stops` the bot dies then. What waited for two
        days is dropped."""
        closing.tidy(self.tx, self.now)
        ended = closing.due(self.tx, self.now)
        assert {one.round_id for one in ended} == self.world.over(self.now)
        old = self.now - TWO_DAYS
        self.world.parked = {key: vote for key, vote in self.world.parked.items() if vote[1] >= old}
        for one in self.world.rounds.values():
            if one.state == "sending" and one.closes_at < old:
                one.state = "closed"
        for number, one in self.world.rounds.items():
            if one.state in {"open", "closing"}:
                self._claim(number, one)
        for due in ended if stops else ():
            self._close(due.round_id)

    @precondition(lambda self: self.world.rounds)
    @rule(which=any_of, off=st.booleans(), times=st.integers(1, 2))
    def is_voided(self, which: int, off: bool, times: int) -> None:
        """An admin takes a round off the boards, or puts it back; the same twice is once."""
        number, _ = self._some_round(which)
        for _ in range(times):
            voids.switch(self.tx, BANK, ADMIN, self.chat, number, self.now, DEFAULTS, off=off)
        void = self.world.truth.void
        self.world.truth.void = void | {number} if off else void - {number}

    # The group and its people.

    @rule()
    def becomes_supergroup(self) -> None:
        """Its messages stay behind, open polls too; what was answered comes along."""
        old, self.chat = self.chat, replace(self.chat, id=-1000 - self._next())
        chats.move(self.tx, old.id, self.chat.id, self.now, DEFAULTS)
        for poll in self.world.polls.values():
            poll.left_behind = True

    @rule(person=people_)
    def person_is_forgotten(self, person: int) -> None:
        """Everything about one person is erased."""
        chats.visit(self.tx, self._person(person), Chat(person, "private", "home"), self.now, DEFAULTS)
        assert forgetting.forget_person(self.tx, person, int(self.now.timestamp()))
        self.world.forgets_person(person)

    @rule(really=st.sampled_from((True, False, False)))
    def group_is_forgotten(self, really: bool) -> None:
        """Everything about the group is erased; polls that still stand there count for nothing."""
        if really:
            forgetting.forget_group(self.tx, self.chat.id, int(self.now.timestamp()))
            self.world.forgets_group()

    # How it is done.

    def _ask(self, message_id: int, chat: Chat) -> object:
        ask = partial(rounds.ask, message_id=message_id, thread_id=None, wanted="", now=self.now, defaults=DEFAULTS)
        return ask(self.tx, BANK, ADMIN, chat)

    def _stands(self, round_id: int) -> None:
        """A poll of that round stands in the chat; people see it before the bot knows."""
        self.world.polls[f"poll{self._next()}"] = Poll(round_id, self.chat.id)

    def _vote(self, poll_id: str, person: int, choice: int) -> None:
        who, poll = self._person(person), self.world.polls[poll_id]
        heard = rounds.vote(self.tx, who, poll_id, choice, self.now, DEFAULTS)
        if isinstance(heard, Unsure):
            heard = rounds.vote(self.tx, who, poll_id, choice, self.now, DEFAULTS, Verdict(here=True))
        assert heard == (Counted.COUNTED if poll.knows else Counted.PARKED)
        self.world.votes(poll_id, person, choice, self.now)

    def _claim(self, number: int, one: Asked) -> None:
        """It is to be had when it is due, and belongs to who has it until the lease is over."""
        if self.world.is_over(one, self.now):
            assert closing.claim(self.tx, number, self.now) is not None
            one.state, one.held_until = "closing", self.now + LEASE
        if one.state == "closing":
            assert closing.claim(self.tx, number, self.now) is None

    def _close(self, number: int) -> None:
        """Its poll takes no vote any more. One left behind cannot be stopped, and is forgotten instead."""
        closing.closed(self.tx, number, 9000 + number, self.now)
        self.world.rounds[number].state = "closed"
        for poll in self.world.polls.values():
            if poll.round_id == number and poll.knows:
                poll.stopped, poll.knows = not poll.left_behind, not poll.left_behind

    def _some_round(self, which: int) -> tuple[int, Asked]:
        newest = sorted(self.world.rounds, reverse=True)
        number = newest[which % min(3, len(newest))]
        return number, self.world.rounds[number]

    def _next(self) -> int:
        self.numbers += 1
        return self.numbers

    def _person(self, number: int) -> Person:
        return Person(number, f"P{number}")


def _age(poll_id: str) -> int:
    return int(poll_id.removeprefix("poll"))
