"""What people did, by the playground's record, held against the bot's database, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.core.review import Rating, Review, replay
from bot.playground.server import Playground
from tests.e2e.rig_boards import Boards
from tests.e2e.rig_deeds import Deeds, Key
from tests.e2e.rig_private import ANY, Given, Private
from tests.e2e.rig_studied import Studied
from tests.e2e.rig_tables import Row, read
from tests.e2e.rig_witness import Witness

_SETTLED = {"sent", "refused", "nothing", "missed", "gone", "paused"}  # missed: cut short, and its day is over
_WEEK = 7 * 24 * 3600


class Audit:
    """Every method gives sentences about what is wrong, with the row in them; none is as it should be.

    A `witness` knows the rounds that are gone since, as groups move and people have themselves erased.
    """

    def __init__(self, playground: Playground, database: Path | str, witness: Witness | None = None) -> None:
        """`database` is SQLite's file, or the address of a PostgreSQL."""
        self._playground = playground
        self.tables = read(database)
        self.rounds: dict[int, Row] = {row["id"]: row for row in self.tables["rounds"]}
        self.answers: dict[Key, Row] = {(row["round_id"], row["person_id"]): row for row in self.tables["answers"]}
        self.seen = (witness.rounds if witness else {}) | {
            number: witness.kept(row) if witness else row for number, row in self.rounds.items()
        }
        self.deeds = Deeds(playground, self.seen)
        self.private = Private(playground, self.seen, self.tables)
        pieces = witness.pieces if witness else {}
        self.studied = Studied(playground, self.deeds, self.private, self.tables, pieces)

    def problems(self) -> list[str]:
        """All of them."""
        boards = Boards(self.tables, moved=self.deeds.erased_any)
        checks = (
            self.choices(),
            self.answered_in_private(),
            self.ratings(),
            self.studied.problems(),
            boards.problems(),
            self.cards(),
            self.states(),
            self.polls(),
            self.rest(),
        )
        return [sentence for check in (*checks, self.wishes()) for sentence in check]

    def choices(self) -> Iterator[str]:
        """Every first vote and tap in groups is an answer, graded right; and nothing else is one there."""
        promised, perhaps = self.deeds.choices(self.rounds)
        there = {key for key in self.answers if self.rounds[key[0]]["chat_id"] < 0}
        for key in promised.keys() | there:
            found, wanted = self.answers.get(key), promised.get(key, "no answer")
            if found is None and key not in perhaps:
                yield f"answer lost: {key} chose {wanted}: {self.rounds.get(key[0])}"
            elif found is not None and found["choice"] != wanted:
                yield f"answer wrong: {found} where {wanted} was chosen; erased {self.deeds.erased.get(key[1])}"
            elif found is not None:
                yield from self._graded(found, self.rounds[key[0]])

    def answered_in_private(self) -> Iterator[str]:
        """Every private round has the answer and rating that it must have come to, or none; and is closed, or open."""
        ratings = {(row["round_id"], row["person_id"]): row["rating"] for row in self.tables["reviews"]}
        for number, row in self.rounds.items():
            if row["chat_id"] < 0 or row["kind"] == "interview":
                continue
            found, ends = self.answers.get((number, row["chat_id"])), self.private.ends(number)
            given = Given(found["choice"], ratings.get((number, row["chat_id"]), 0)) if found else None
            if given not in ends and not (given and given._replace(choice=ANY) in ends):
                how = "lost" if given is None else "wrong"
                yield f"answer {how}: {given} where it must be one of {ends}: {self.seen[number]}"
            if found is not None:
                yield from self._graded(found, self.seen[number])
                if row["state"] != "closed":
                    yield f"answered and open: {row} {found}"

    def ratings(self) -> Iterator[str]:
        """Each answer has one review, with the last rating that was given it; and what a group had erased has one."""
        log = {(row["round_id"], row["person_id"]): row for row in self.tables["reviews"]}
        if len(log) != len(self.tables["reviews"]):
            yield "counted twice: a round was reviewed twice by one person"
        for key in log.keys() ^ self.answers.keys():
            if key in self.answers or key[0] in self.rounds:
                yield f"answer and review disagree: {self.answers.get(key)}, {log.get(key)}"
        for key, rating in self.deeds.ratings(self.answers).items():
            if key in log and self.seen.get(key[0], {}).get("chat_id", 0) < 0 and log[key]["rating"] != rating:
                yield f"rating wrong: {log[key]} should be {rating}"

    def cards(self) -> Iterator[str]:
        """Every card is what its reviews, replayed, come to."""
        logs: dict[Key, list[Row]] = {}
        for row in self.tables["reviews"]:
            logs.setdefault((row["person_id"], row["question_id"]), []).append(row)
        cards = {(row["person_id"], row["question_id"]): row for row in self.tables["cards"]}
        for key in logs.keys() ^ cards.keys():
            yield f"card and reviews disagree: {cards.get(key)}, {logs.get(key)}"
        for key in logs.keys() & cards.keys():
            rows = sorted(logs[key], key=lambda row: (row["reviewed_at"], row["round_id"]))
            card = replay(
                Review(Rating(row["rating"]), datetime.fromtimestamp(row["reviewed_at"], UTC)) for row in rows
            )
            assert card is not None
            if int(card.due.timestamp()) != cards[key]["due_at"]:
                yield f"card wrong: {cards[key]} from {rows}"

    def states(self) -> Iterator[str]:
        """No round is left half way, no push or season unsettled, no update unhandled."""
        now = self._playground.clock.seconds()
        for row in self.rounds.values():
            overdue = row["state"] == "open" and row["closes_at"] is not None and row["closes_at"] <= now
            if row["state"] in {"sending", "closing"} or overdue:
                yield f"round stuck: {row}"
        for row in self.tables["pushes"]:
            if row["state"] not in _SETTLED:
                yield f"push not settled: {row}"
        for row in self.tables["seasons"]:
            if row["state"] in {"open", "claimed"} and row["due_at"] <= now:
                yield f"season stuck: {row}"
        for row in self.tables["failed_updates"]:
            yield f"update failed: {row}"

    def polls(self) -> Iterator[str]:
        """Every poll in a chat is a round's or an orphan of a send that was counted; nobody scores in an orphan."""
        world, where = self._playground.mini.world, self.deeds.now_called
        known = {row["poll_id"] for row in self.seen.values() if row["poll_id"]}
        lost = [sent for poll_id, sent in world.polls.items() if poll_id not in known]
        orphans = Counter(where(sent.chat_id) for sent in lost if not self.deeds.erased_since(sent.chat_id, sent.date))
        counted: Counter[int] = Counter()
        for row in self.seen.values():
            counted[where(row["chat_id"])] += row["sends"] - bool(row["poll_id"]) if row["kind"] == "poll" else 0
        yield from (f"poll unknown in the playground: {poll_id}" for poll_id in known - world.polls.keys())
        for chat, number in orphans.items():
            if number > counted[chat]:
                yield f"{number} orphan polls in {chat}, {counted[chat]} counted"
        for row in self.tables["parked_votes"]:
            if row["poll_id"] in {one["poll_id"] for one in self.rounds.values()}:
                yield f"vote parked for ever: {row}"

    def rest(self) -> Iterator[str]:
        """Every press got its answer: no spinner turns for ever; no poll that is over is pinned."""
        for number, query in self._playground.mini.world.queries.items():
            if not query["answered"]:
                yield f"press {number} unanswered: {query}"
        over = {(row["chat_id"], row["message_id"]) for row in self.rounds.values() if row["state"] == "closed"}
        for chat in self._playground.mini.world.chats.values():
            if self._playground.mini.world.bot_member(chat).admin and chat.id not in self.deeds.bot_moved:
                yield from (f"pin left in {chat.id}: {pin}" for pin in chat.pinned if (chat.id, pin) in over)

    def wishes(self) -> Iterator[str]:
        """Hidden is who hid last, void what was voided last, and a private hour what was said last."""
        hidden = {row["id"]: bool(row["hidden"]) for row in self.tables["people"]}
        for person, wish in self.deeds.hidden().items():
            if hidden.get(person, False) != wish:
                yield f"hidden wrong: {person} should be {wish}"
        for number, wish in self.deeds.voided().items():
            if number in self.rounds and (self.rounds[number]["voided_at"] is not None) != wish:
                yield f"void wrong: {self.rounds[number]} should be {wish}"
        daily = [row for row in self.tables["slots"] if row["chat_id"] > 0 and row["kind"] != "remind"]
        slots = {row["chat_id"]: row["minute"] for row in daily}
        for person, minute in self.deeds.hours().items():
            if slots.get(person) != minute:
                yield f"hour wrong: {person} has {slots.get(person)}, said {minute}"

    def pushed(self, chats: set[int], days: set[date]) -> Iterator[str]:
        """One row of the ledger for each of these chats and study days, no more and no less."""
        rows = Counter((row["chat_id"], row["study_day"]) for row in self.tables["pushes"])
        wanted = Counter({(chat, day.toordinal()): 1 for chat in chats for day in days})
        for key in rows.keys() | wanted.keys():
            if rows[key] != wanted[key]:
                yield f"push {key} is {rows[key]} times, should be {wanted[key]} times"

    def _graded(self, answer: Row, asked: Row) -> Iterator[str]:
        right = None if answer["choice"] is None else int(answer["choice"] == asked["right"])
        lately = {self._lately(answer, asked, void=void, now=now) for void in (False, True) for now in (False, True)}
        worth = {0 if late or not right else asked["points"] for late in lately}
        if (answer["round_id"], answer["person_id"]) in self.private.undone:  # its right answer had been shown
            worth.add(0)
        if answer["right"] != right or answer["points"] not in worth:
            yield f"graded wrong: {answer} in {asked}"

    def _lately(self, answer: Row, asked: Row, *, void: bool, now: bool) -> bool:
        """Whether the person had the same question right in the same chat within the seven days before; with `void`,
        in a round that nobody has ever taken off the boards; with `now`, maybe in the very same second."""
        before = (self.answers.get((row["id"], answer["person_id"])) for row in self._same(asked, void=void))
        at = answer["answered_at"]
        return any(row and row["right"] and at - _WEEK < row["answered_at"] < at + now for row in before)

    def _same(self, asked: Row, *, void: bool) -> list[Row]:
        same = self._by_question().get((asked["chat_id"], asked["question_id"]), [])
        touched = self.deeds.touched if void else set()
        return [row for row in same if row is not asked and row["id"] not in touched]

    def _by_question(self) -> dict[tuple[Any, ...], list[Row]]:
        if not hasattr(self, "_questions"):
            self._questions: dict[tuple[Any, ...], list[Row]] = {}
            for row in self.rounds.values():
                self._questions.setdefault((row["chat_id"], row["question_id"]), []).append(row)
        return self._questions


def sound(playground: Playground, folder: Path) -> Audit:
    """The audit of the tests' database in `folder`, which finds nothing."""
    audit = Audit(playground, folder / "e2e.db")
    assert audit.problems() == []
    return audit
