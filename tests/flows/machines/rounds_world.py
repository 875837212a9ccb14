"""What the rounds' machine knows by itself, in plain dicts: polls at Telegram, what waits, what counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.people import Chat
from tests.flows.recount import Recount

HOME = ZoneInfo("Asia/Shanghai")
TEN_MINUTES, TWO_DAYS = timedelta(minutes=10), timedelta(days=2)
RIGHT = 2


@dataclass
class Poll:
    """One poll in a chat. The bot `knows` it from sendPoll's answer until the group is erased, or has moved on and been
    told the result; a poll it never learns of is an orphan."""

    round_id: int
    chat_id: int
    knows: bool = False
    left_behind: bool = False
    stopped: bool = False
    voters: set[int] = field(default_factory=set)


@dataclass
class Asked:
    """One round: the message that asked for it, in the chat as that was then; `sends` those that may stand there."""

    message_id: int
    chat: Chat
    question: str
    points: int
    closes_at: datetime
    state: str = "sending"
    sends: int = 1
    held_until: datetime | None = None


@dataclass
class World:
    """The truth beside the tables. `cast` are votes that Telegram has and the bot has not heard of."""

    truth: Recount = field(default_factory=lambda: Recount(HOME))
    polls: dict[str, Poll] = field(default_factory=dict)
    rounds: dict[int, Asked] = field(default_factory=dict)
    parked: dict[tuple[str, int], tuple[int, datetime]] = field(default_factory=dict)
    cast: list[tuple[str, int, int]] = field(default_factory=list)

    def votes(self, poll_id: str, person: int, choice: int, at: datetime) -> None:
        """The bot hears of a vote: it counts, or waits until its poll is known."""
        poll = self.polls[poll_id]
        if not poll.knows:
            self.parked.setdefault((poll_id, person), (choice, at))
            return
        asked = self.rounds[poll.round_id]
        self.truth.answer(poll.round_id, asked.question, person, choice, choice == RIGHT, asked.points, at)

    def learns(self, poll_id: str) -> None:
        """The bot hears which round the poll is: what waited for that counts, in the order it came."""
        poll = self.polls[poll_id]
        poll.knows = True
        mine = [(at, person, choice) for (one, person), (choice, at) in self.parked.items() if one == poll_id]
        for at, person, choice in sorted(mine):
            del self.parked[poll_id, person]
            self.votes(poll_id, person, choice, at)

    def forgets_group(self) -> None:
        """No poll is known any more, and nothing that was said counts."""
        for poll in self.polls.values():
            poll.knows = False
        self.truth, self.rounds = Recount(HOME), {}

    def forgets_person(self, person: int) -> None:
        """Nothing of theirs is left, nor anything that waits."""
        self.truth.forget(person)
        self.parked = {key: vote for key, vote in self.parked.items() if key[1] != person}

    def busy(self, now: datetime) -> bool:
        """Whether a poll somebody asked for is open."""
        return any(one.state != "closed" and one.closes_at > now for one in self.rounds.values())

    def over(self, now: datetime) -> set[int]:
        """The rounds to be closed now."""
        return {number for number, one in self.rounds.items() if self.is_over(one, now)}

    def is_over(self, one: Asked, now: datetime) -> bool:
        """Whether its time is up and nobody closes it, or who did has died."""
        held_until = one.held_until or now
        return (one.state == "closing" and held_until <= now) or (one.state == "open" and one.closes_at <= now)
