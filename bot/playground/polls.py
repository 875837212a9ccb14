"""A poll and its votes, in the shape of Bot API 10.0."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Poll:
    """`votes` maps a voter's id to the chosen original indexes, in the order of voting."""

    id: str
    question: str
    options: list[str]
    fixed: Json  # every field of the Bot API's Poll that voting does not change
    shuffled: bool = False  # each client orders the options for itself; the bot's order is the original one
    closed: bool = False
    closes_at: int | None = None  # Unix seconds
    votes: dict[int, list[int]] = field(default_factory=dict)
    places: list[tuple[int, int]] = field(default_factory=list)  # chat and message: where it was sent, then forwards

    @property
    def quiz(self) -> bool:
        """Whether there is a right answer."""
        return bool(self.fixed["type"] == "quiz")

    def is_closed(self, now: int) -> bool:
        """Closed by the bot, or by its own time: of the latter Telegram tells the bot nothing."""
        return self.closed or (self.closes_at is not None and now >= self.closes_at)

    def persistent_ids(self, chosen: list[int]) -> list[str]:
        """The options' lasting names."""
        return [persistent_id(index) for index in chosen]

    def shown(self, now: int) -> Json:
        """The Bot API's Poll object."""
        counts = [sum(index in chosen for chosen in self.votes.values()) for index in range(len(self.options))]
        return {
            "id": self.id,
            "question": self.question,
            "options": [
                {"persistent_id": persistent_id(index), "text": text, "voter_count": counts[index]}
                for index, text in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.is_closed(now),
            **self.fixed,
        }


def persistent_id(index: int) -> str:
    """An option's lasting name; nothing like its index, so that nobody confuses the two."""
    return f"opt-{index + 101}"
