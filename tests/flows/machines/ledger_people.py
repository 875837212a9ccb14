"""What people do to the push ledger's machine: hours, zones, visits, and chats that go, move or are forgotten."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.core.people import Person
from bot.core.slots import Hour, Off
from bot.flows import chats, daily, forgetting, rounds
from bot.flows.voting import Verdict
from bot.store import people
from bot.store.database import Tx
from tests.flows.machines.ledger_world import Facts, Flight, Place
from tests.group_bench import DEFAULTS

ADA, BOB = Person(7, "Ada"), Person(8, "Bob")  # who answers is never forgotten, or the answers would be
STARTS = (
    datetime(2026, 3, 2, 4, tzinfo=UTC),
    datetime(2026, 10, 23, 20, tzinfo=UTC),  # the clocks go back in Berlin on the 25th, in New York a week later
    datetime(2027, 3, 12, 20, tzinfo=UTC),  # they go forward in New York on the 14th, in Berlin on the 28th
)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Auckland")
HOURS = (15, 150, 225, 270, 540, 720, 750, 1290)  # minutes of the day, all half an hour apart and more
places = st.integers(0, 2)


class People(RuleBasedStateMachine):
    """One private chat and two groups. `opened` begins a unit of work that is rolled back at the end."""

    def __init__(self, opened: Callable[[ExitStack], Tx]) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.tx = opened(self.stack)
        self.places = [Place(0, ADA.id, "private"), Place(1, -100, "group"), Place(2, -200, "group")]
        self.flying: list[Flight] = []
        self.facts = Facts()
        self.went_back = False
        self.messages = 0

    @initialize(start=st.sampled_from(STARTS), hours=st.lists(st.sampled_from(HOURS), min_size=3, max_size=3))
    def begins(self, start: datetime, hours: list[int]) -> None:
        """Everybody has an hour."""
        self.now = start
        for place, minute in zip(self.places, hours, strict=True):
            self.sets_hour(place.number, minute, None)

    @rule(number=places, minute=st.sampled_from(HOURS), weekdays=st.sampled_from((None, False, True)))
    def sets_hour(self, number: int, minute: int, weekdays: bool | None) -> None:
        """An hour more, or the same said again; a private chat has one, a group six."""
        place = self.places[number]
        full = place.kind != "private" and len(place.hours.keys() - {minute}) >= 6
        wish = Hour(minute, weekdays=bool(weekdays))
        plan = daily.change(self.tx, ADA, place.chat, wish, None, self.now, DEFAULTS)
        assert (plan.refused == "many") == full
        place.quiet = False
        if not full:
            place.paused = False
            place.hours = ({} if place.kind == "private" else place.hours) | {minute: bool(weekdays)}

    @rule(number=places, minute=st.sampled_from((None, *HOURS)))
    def drops_hour(self, number: int, minute: int | None) -> None:
        """An hour less, or none any more."""
        place = self.places[number]
        daily.change(self.tx, ADA, place.chat, Off(minute), None, self.now, DEFAULTS)
        place.quiet = False
        place.hours = {} if minute is None else {one: days for one, days in place.hours.items() if one != minute}

    @rule(number=places, zone=st.sampled_from(ZONES))
    def moves_house(self, number: int, zone: str) -> None:
        """Another zone from now on."""
        place = self.places[number]
        chats.set_zone(self.tx, ADA, place.chat, zone, self.now, DEFAULTS)
        place.zone, place.quiet = zone, False

    @rule(number=places)
    def visits(self, number: int) -> None:
        """Somebody writes something there: a chat that had gone quiet wakes."""
        chats.visit(self.tx, ADA, self.places[number].chat, self.now, DEFAULTS)
        self.places[number].quiet = False

    @rule(number=places)
    def goes_quiet(self, number: int) -> None:
        """The bot is thrown out, or blocked."""
        if people.find_chat(self.tx, self.places[number].id) is not None:
            chats.rest(self.tx, self.places[number].id, self.now)
            self.places[number].quiet = True

    @rule(number=st.integers(1, 2))
    def becomes_supergroup(self, number: int) -> None:
        """The group has another id, perhaps in the middle of a send; what it had comes along, awake."""
        place = self.places[number]
        if people.find_chat(self.tx, place.id) is None:
            return
        self.messages += 1
        new_id = -1_000_000 - self.messages
        chats.move(self.tx, place.id, new_id, self.now, DEFAULTS)
        place.id, place.kind, place.quiet = new_id, "supergroup", False

    @rule(number=places)
    def is_forgotten(self, number: int) -> None:
        """Everything about the chat is erased; what is on its way to it arrives all the same."""
        place = self.places[number]
        erase = forgetting.forget_person if place.kind == "private" else forgetting.forget_group
        if erase(self.tx, place.id, int(self.now.timestamp())):
            place.erased()

    @rule(number=st.integers(1, 2))
    def answers(self, number: int) -> None:
        """Somebody answers the newest daily poll."""
        place = self.places[number]
        if place.polls:
            rounds.vote(self.tx, BOB, place.polls[-1], 2, self.now, DEFAULTS, Verdict(here=True))
            place.polls = []
