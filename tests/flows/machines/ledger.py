"""The push ledger as a machine: chats, their hours, ticks, outcomes, crashes and clocks, in any order.

After every step the tables must agree with what the machine knows by itself; see `ledger_world`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from sqlalchemy import select

from bot.flows import closing, opening, pushing, schedule, settling
from bot.flows.opening import Opening
from bot.flows.pushing import Due, Pausing
from bot.flows.settling import Settled
from bot.store import pushes
from bot.store.tables import pushes as ledger
from tests.flows.machines.ledger_people import People, places
from tests.flows.machines.ledger_world import (
    DAY,
    MINUTE,
    Flight,
    Key,
    Place,
    comings,
    next_free,
    same_study_day,
)
from tests.group_bench import DEFAULTS, LIBRARY

GRACE = timedelta(hours=6)
UNSETTLED, SETTLED = {"claimed", "later"}, {"sent", "gone", "refused", "nothing", "missed", "paused"}
flights = st.integers(0, 9)


class Ledger(People):
    """What the bot does, and what becomes of it."""

    @rule(minutes=st.sampled_from((1, 1, 2, 3, 5, 11, 30, 60, 180, 370, 1440, 14400)), arrived=st.booleans())
    def waits(self, minutes: int, arrived: bool) -> None:
        """What is on its way for more than 90 seconds is given up: nobody knows whether it arrived."""
        if minutes > 1:
            while self.flying:
                self.gets_no_answer(0, arrived)
        self.now += minutes * MINUTE

    @rule(number=places, minutes=st.sampled_from((0, 0, 0, 1, 10, 200)))
    def hour_comes(self, number: int, minutes: int) -> None:
        """The chat's next hour, and the tick that many minutes after it."""
        place = self.places[number]
        hours = place.hours.items()
        coming = [(next_free(minute, place.zone, self.now, (), weekdays=days), minute) for minute, days in hours]
        if coming:
            at, minute = min(coming)
            self.waits(int((at - self.now) / MINUTE) + minutes + 1, arrived=False)
            self.tick()
            self._was_met(place, minute, at)

    @rule(number=places)
    def comes_back(self, number: int) -> None:
        """Thrown out, and taken back before the next tick."""
        self.goes_quiet(number)
        self.visits(number)
        self.hour_comes(number, 0)

    @rule(number=st.integers(1, 2), days=st.integers(1, 8))
    def nobody_answers(self, number: int, days: int) -> None:
        """Hour after hour all works, and nobody takes part."""
        for _ in range(days):
            self.hour_comes(number, 0)
            while self.flying:
                self.arrives(0)

    @rule(minutes=st.sampled_from((1, 90, 60 * 24, 60 * 24 * 6)))
    def clock_is_set_back(self, minutes: int) -> None:
        """It was wrong before, or is now."""
        self.now -= minutes * MINUTE
        self.went_back = True

    @rule()
    def tick(self) -> None:
        """As the minute tick does it, also where another is still at work: a lease is in the table."""
        schedule.set_right(self.tx, self.now, DEFAULTS)
        for cut in pushing.unfinished(self.tx, self.now, 500):
            self.takes_off(claimed := pushing.claim_again(self.tx, LIBRARY, cut, self.now, DEFAULTS))
            if isinstance(claimed, str):
                row = (ledger.c.chat_id == cut.chat_id, ledger.c.minute == cut.minute)
                day = ledger.c.study_day == cut.study_day.toordinal()
                assert self.tx.scalar(select(ledger.c.state).where(*row, day)) == claimed
        tried: set[pushing.Ready] = set()
        while hours := [hour for hour in pushing.ready(self.tx, self.now, 500) if hour not in tried]:
            tried.update(hours)
            for hour in hours:
                self.takes_off(pushing.claim(self.tx, LIBRARY, hour, self.now, DEFAULTS))
        for place in self.places:
            self.is_planned(place)

    def _was_met(self, place: Place, minute: int, at: datetime) -> None:
        """An hour that has just come has a row of its study day, whatever became of it: none is passed over."""
        if not (place.quiet or place.paused or self.went_back):
            day = next(day for came, day in comings(minute, place.zone, at, 3) if came == at)
            row = (ledger.c.chat_id == place.id, ledger.c.minute == minute, ledger.c.study_day == day.toordinal())
            assert self.tx.execute(select(ledger.c.state).where(*row)).first(), f"{place.key(minute, day)} was missed"

    @rule()
    def closes(self) -> None:
        """Rounds whose time is over are closed."""
        closing.tidy(self.tx, self.now)
        for ended in closing.due(self.tx, self.now):
            assert closing.claim(self.tx, ended.round_id, self.now) == ended
            closing.closed(self.tx, ended.round_id, 90_000 + ended.round_id, self.now)

    # What becomes of a push on its way.

    def takes_off(self, due: Due | Settled | None) -> None:
        """It may be sent now: wanted, in time, and by nobody else."""
        if not isinstance(due, Due):
            return
        place = next(one for one in self.places if one.id == due.push.chat_id)
        key = place.key(due.push.minute, due.push.study_day)
        assert key not in {flight.key for flight in self.flying}, f"two send {key}"
        assert key not in self.facts.settled, f"{key} was sent already"
        assert self.facts.unanswered[key] < 3, f"{key} has had three chances"
        assert not place.quiet
        assert due.push.minute in place.hours
        self._is_in_time(place, due)
        if isinstance(due.ask, Pausing):
            assert self.went_back or len(place.polls) >= 7
            place.paused, place.polls = True, []
        assert place.paused == isinstance(due.ask, Pausing)
        self.flying.append(Flight(key, due))

    def _is_in_time(self, place: Place, due: Due) -> None:
        """On its own study day, within six hours, and not after a later hour of the chat; by a clock that runs on."""
        at, minute = due.push.due_at, due.push.minute
        assert self.now - at <= GRACE
        assert same_study_day(at, self.now, place.zone)
        meant = [day for coming, day in comings(minute, place.zone, at, 3) if coming == at]
        assert not meant or due.push.study_day in meant
        if self.went_back:
            return
        assert at <= self.now
        newest, other = self.facts.newest.get((place.number, place.life), (at, minute))
        if other in place.hours:
            assert at >= newest, "a later hour was pushed before"
            self.facts.newest[place.number, place.life] = (at, minute)

    @precondition(lambda self: self.flying)
    @rule(which=flights)
    def arrives(self, which: int) -> None:
        """Telegram has taken it, and says so."""
        self._arrived(self._landed(which))

    @precondition(lambda self: any(flight.key.place for flight in self.flying))
    @rule(which=flights)
    def arrives_in_a_supergroup(self, which: int) -> None:
        """Telegram says that the group has another id: it is moved, and the push sent there."""
        flight = self._landed(which)
        if flight.key.place:
            self.becomes_supergroup(flight.key.place)
        self._arrived(flight)

    @precondition(lambda self: self.flying)
    @rule(which=flights)
    def is_gone(self, which: int) -> None:
        """The chat cannot be reached any more."""
        flight = self._landed(which)
        self.goes_quiet(flight.key.place)
        self._dropped(flight, "gone")

    @precondition(lambda self: self.flying)
    @rule(which=flights)
    def is_refused(self, which: int) -> None:
        """Polls are forbidden there, or it may not write."""
        self._dropped(self._landed(which), "refused")

    @precondition(lambda self: self.flying)
    @rule(which=flights, minutes=st.sampled_from((2, 60)))
    def comes_later(self, which: int, minutes: int) -> None:
        """It surely did not arrive: no network, a 429, or a refusal for now."""
        flight = self._landed(which)
        if flight.due.round_id is not None:
            opening.unsent(self.tx, flight.due.round_id)
        self.facts.unanswered[flight.key] = 0
        self._later(flight, minutes)

    @precondition(lambda self: self.flying)
    @rule(which=flights, arrived=st.booleans())
    def gets_no_answer(self, which: int, arrived: bool) -> None:
        """It may stand there."""
        flight = self._landed(which)
        self._lost_sight(flight, arrived)
        if isinstance(flight.due.ask, Pausing):
            settling.paused(self.tx, flight.due.push, self.now)
            return
        self.facts.unanswered[flight.key] += 1
        self._later(flight, 5 * 2**flight.due.ask.round.sends)

    @precondition(lambda self: self.flying)
    @rule(arrived=st.lists(st.booleans(), min_size=9, max_size=9))
    def crashes(self, arrived: list[bool]) -> None:
        """Of what was on its way some arrived, and nothing is written down."""
        for flight, there in zip(self.flying, arrived, strict=False):
            self.facts.unanswered[flight.key] = 0
            self._lost_sight(flight, there)
        self.flying = []

    # What must hold.

    @invariant()
    def rows_tell_what_happened(self) -> None:
        """One row a chat, slot and study day, of a chat that is there; unsettled means: to be taken up again."""
        by_id = {place.id: place for place in self.places}
        states: dict[Key, str] = {}
        for row in self.tx.execute(select(ledger)):
            assert row.state in UNSETTLED | SETTLED
            assert (row.retry_at is not None) == (row.state in UNSETTLED) == (row.settled_at is None), row
            states[by_id[row.chat_id].key(row.minute, date.fromordinal(row.study_day))] = row.state
        for key, state in states.items():
            assert state != "sent" or self.facts.arrived[key] + self.facts.unknown[key] > 0, f"{key} was never sent"
        for key in self.facts.settled:
            assert key.life != self.places[key.place].life or states[key] == "sent"

    @invariant()
    def nothing_is_sent_twice(self) -> None:
        """But for those of which nobody could know: each of them explains one more."""
        for key, times in self.facts.arrived.items():
            assert times <= 1 + self.facts.unknown[key], key

    def is_planned(self, place: Place) -> None:
        """After a tick no hour lies in the past: each comes next when its clock says so, on a day without a push."""
        slots = {slot.minute: slot for slot in pushes.slots_of(self.tx, place.id)}
        assert {minute: slot.weekdays for minute, slot in slots.items()} == place.hours
        for minute, slot in slots.items():
            if place.quiet or place.paused:
                assert slot.next_push_at is None
                continue
            mine = select(ledger.c.study_day).where(ledger.c.chat_id == place.id, ledger.c.minute == minute)
            had = [date.fromordinal(day) for day in self.tx.scalars(mine)]
            best = next_free(minute, place.zone, self.now, had, weekdays=slot.weekdays)
            assert slot.next_push_at is not None
            assert slot.next_push_at > self.now
            latest = max(best, self.now + 4 * DAY) if self.went_back else best
            assert best <= slot.next_push_at <= latest, slot

    def teardown(self) -> None:
        """Half a day in which everything works: nothing is left unsettled."""
        with self.stack:
            if hasattr(self, "now"):
                self._ends_well()

    def _ends_well(self) -> None:
        for _ in range(16):
            while self.flying:
                self.arrives(0)
            self.rows_tell_what_happened()
            self.now += 47 * MINUTE
            self.tick()
        left = self.tx.execute(select(ledger).where(ledger.c.retry_at <= int(self.now.timestamp()))).all()
        assert not left
        assert self.went_back or {row.state for row in self.tx.execute(select(ledger))} <= SETTLED | {"claimed"}

    # How it is written down.

    def _landed(self, which: int) -> Flight:
        return self.flying.pop(which % len(self.flying))

    def _lost_sight(self, flight: Flight, arrived: bool) -> None:
        self.facts.unknown[flight.key] += 1
        self.facts.arrived[flight.key] += arrived

    def _arrived(self, flight: Flight) -> None:
        due = flight.due
        if isinstance(due.ask, Pausing):
            settling.paused(self.tx, due.push, self.now)
            return
        self.messages += 1
        self.facts.arrived[flight.key] += 1
        place = self.places[flight.key.place]
        poll = f"poll{self.messages}" if isinstance(due.ask, Opening) and due.ask.round.kind == "poll" else ""
        said = (due.ask.round.id, self.messages, poll, self.now, DEFAULTS)
        settling.sent(self.tx, due.push, *said, chat_id=place.id)
        if flight.key.life == place.life:
            self.facts.settled.add(flight.key)
            place.polls += [poll] if poll else []

    def _dropped(self, flight: Flight, state: Settled) -> None:
        due = flight.due
        if due.round_id is None:
            settling.paused(self.tx, due.push, self.now)
        else:
            settling.dropped(self.tx, due.push, due.round_id, state, self.now)

    def _later(self, flight: Flight, minutes: int) -> None:
        retry_at = self.now + minutes * MINUTE
        settling.later(self.tx, flight.due.push, flight.due.round_id, retry_at, self.now)
