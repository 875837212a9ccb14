"""What people wrote, laid aside and were interviewed on, held against the bot's database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.flows.listening import MOST, last_word
from bot.playground.record import Action
from bot.playground.server import Playground
from tests.e2e.rig_bank import LONG
from tests.e2e.rig_private import Private
from tests.e2e.rig_study import ANSWER
from tests.e2e.rig_tables import Row

if TYPE_CHECKING:
    from tests.e2e.rig_deeds import Deeds

Piece = tuple[int, int]  # person, message


class Studied:
    """Every method gives sentences about what is wrong; none is as it should be. `seen` are the pieces that stood there
    at some death: what was written once is there to the end."""

    def __init__(
        self,
        playground: Playground,
        deeds: Deeds,
        private: Private,
        tables: dict[str, list[Row]],
        seen: dict[Piece, Row],
    ) -> None:
        self._deeds, self._private, self._tables, self._seen = deeds, private, tables, seen
        self._now = playground.clock.seconds()
        self._rounds = {row["id"]: row for row in tables["rounds"]}
        self._pieces = {(row["person_id"], row["message_id"]): row for row in tables["pieces"]}
        self._typed = {row["round_id"]: row for row in tables["typed"]}
        self._said = [one for one in playground.record.actions if _answers(one)]
        self._replies = {
            (chat.id, number): sent.reply_to
            for chat in playground.mini.world.chats.values()
            if chat.private
            for number, sent in chat.messages.items()
        }
        self._blocked = {one.user_id for one in playground.record.actions if one.kind == "block"}
        self._undone = {(row["person_id"], row["round_id"]) for row in tables["undone"]}

    def problems(self) -> Iterator[str]:
        """All of them."""
        answers = (self.pieces(), self.words(), self.aloud(), self.grades(), self.references())
        for check in (*answers, self.interviews(), self.plans(), self.withheld()):
            yield from check

    def pieces(self) -> Iterator[str]:
        """What was written stays; a reply to a question that waits for words still was heard."""
        for key, row in self._seen.items():
            if key not in self._pieces and key[0] not in self._deeds.erased:
                yield f"piece lost: {row}"
        for one in self._said:
            key = (one.user_id, one.details["message_id"])
            asked = self._asked_by(one) if one.kind == "send" and key not in self._pieces else None
            if asked is not None and not self._full(asked) and not self._turned(one, asked):
                yield f"piece never heard: {one} to {self._rounds[asked]}"

    def words(self) -> Iterator[str]:
        """A piece says what its message says: after its last edit, as long as its round waits for a rating."""
        texts: dict[Piece, list[str]] = {}
        for one in self._said:
            text = one.details["text"]
            said = last_word(text)[0] if one.kind == "send" else text
            texts.setdefault((one.user_id, one.details["message_id"]), []).append(said)
        for key, row in self._pieces.items():
            asked, said = self._rounds.get(row["round_id"]), texts.get(key)
            still = asked is not None and asked["state"] == "open" and (key[0], asked["id"]) not in self._undone
            still = still and asked is not None and asked["kind"] in {"typed", "interview"}
            if said and row["text"] not in (said[-1:] if still and not self._ever_otherwise(row["round_id"]) else said):
                yield f"piece wrong: {row} after {said}"

    def aloud(self) -> Iterator[str]:
        """What was said aloud is about one question of an interview, however often it comes."""
        said = Counter(person for person, deeds in self._private.deeds.items() for one in deeds if one.verb == "aloud")
        noted = Counter(row["person_id"] for row in self._tables["turns"] if row["aloud"])
        yield from (f"said aloud too often: {person} {noted[person]} times" for person in noted - said)

    def references(self) -> Iterator[str]:
        """A reference that did not fit beside its grade goes on below it."""
        keys = {row["id"]: row["key"].removeprefix("q") for row in self._tables["questions"]}
        rated = {row["round_id"] for row in self._tables["answers"]}
        for number, row in self._typed.items():
            asked = self._rounds.get(number)
            if number not in rated or asked is None or asked["kind"] != "typed" or row["person_id"] in self._blocked:
                continue
            key = keys[asked["question_id"]]
            if key.isdecimal() and int(key) % LONG == 0 and row["rest_id"] is None:
                yield f"reference cut off: {row} {asked}"

    def grades(self) -> Iterator[str]:
        """No answer in words waits for a grade that was due, or for nothing at all."""
        for number, row in self._typed.items():
            asked = self._rounds.get(number)
            if row["retry_at"] is not None and row["retry_at"] <= self._now:
                yield f"grade due: {row} {asked}"
            elif asked is not None and asked["state"] == "open" and asked["kind"] == "typed":
                shown = row["done_at"] is not None and row["result_id"] is not None
                if row["retry_at"] is None and not shown and row["person_id"] not in self._blocked:
                    yield f"grade never shown: {row} {asked}"

    def interviews(self) -> Iterator[str]:
        """None stands where the bot should have gone on; whoever came to the end of one was told the verdict."""
        newest = {row["person_id"]: row["id"] for row in sorted(self._tables["interviews"], key=lambda one: one["id"])}
        for row in self._tables["interviews"]:
            if row["act_at"] is not None and row["act_at"] <= self._now:
                yield f"interview stuck: {row}"
            told = row["verdict_id"] is not None or row["person_id"] in self._blocked
            if row["phase"] == "over" and not told and newest[row["person_id"]] == row["id"]:
                yield f"verdict lost: {row}"

    def plans(self) -> Iterator[str]:
        """A plan that was tapped is there, once, with the ratings that were tapped; none that was not."""
        answered = {(row["round_id"], row["person_id"]) for row in self._tables["answers"]}
        reviews = {(row["round_id"], row["person_id"]): row["rating"] for row in self._tables["reviews"]}
        turns: dict[int, list[Row]] = {}
        for turn in self._tables["turns"]:
            turns.setdefault(turn["interview_id"], []).append(turn)
        for row in self._tables["interviews"]:
            wanted, planned = self._rated(row)
            if planned != (row["planned_at"] is not None):
                yield f"plan {'lost' if planned else 'of nobody'}: {row}"
            for turn in turns.get(row["id"], ()):
                key, rating = (turn["round_id"], row["person_id"]), wanted.get(turn["step"])
                if turn["rating"] != rating:
                    yield f"rating wrong: {turn} should be {rating}"
                if (key in answered and not planned) or (planned and rating and reviews.get(key) != rating):
                    yield f"interview's review wrong: {turn} of {row}, reviewed {reviews.get(key)}"

    def withheld(self) -> Iterator[str]:
        """Buried, suspended or asked is what was wished last."""
        there = {(row["person_id"], row["question_id"]): row["until"] for row in self._tables["withheld"]}
        for key, wish in self._wishes().items():
            held = "asked" if key not in there else "suspended" if there[key] is None else "buried"
            if held != wish:
                yield f"withheld wrong: {key} is {held}, wished {wish}"

    def _wishes(self) -> dict[tuple[int, int], str]:
        wishes: dict[tuple[int, int], str] = {}
        for person, deeds in self._private.deeds.items():
            for deed in deeds:
                if deed.verb == "wish" and deed.numbers[0] in self._rounds:
                    asked = self._rounds[deed.numbers[0]]["question_id"]
                    wishes[person, asked] = ("asked", "buried", "suspended")[deed.numbers[1]]
                elif deed.verb == "bring" and (person, deed.numbers[1]) in wishes:
                    wishes[person, deed.numbers[1]] = "asked"
        return wishes

    def _rated(self, interview: Row) -> tuple[dict[int, int], bool]:
        """The ratings that were tapped, by step, and whether the plan was: afterwards nothing changes."""
        ratings: dict[int, int] = {}
        for deed in self._private.deeds.get(interview["person_id"], ()):
            if deed.numbers[:1] == (interview["id"],) and deed.verb == "ir":
                ratings[deed.numbers[1]] = deed.numbers[2]
            elif deed.numbers[:1] == (interview["id"],) and deed.verb == "ip":
                return ratings, True
        return ratings, False

    def _asked_by(self, said: Action) -> int | None:
        """The round that a reply was to, if that still waits for words."""
        replied, person = self._replies.get((said.user_id, said.details["message_id"])), said.user_id
        for number, row in self._rounds.items():
            stands: dict[str, Any] = self._typed.get(number, {})
            about = (row["message_id"], stands.get("note_id"), stands.get("result_id"))
            if row["chat_id"] == person and row["kind"] == "typed" and row["state"] == "open" and replied in about:
                return int(number) if replied is not None else None
        return None

    def _full(self, number: int) -> bool:
        there = sum(1 for row in self._pieces.values() if row["round_id"] == number)
        return there >= MOST

    def _turned(self, said: Action, number: int) -> bool:
        """Whether it waits for words only since, or did not meanwhile."""
        return any(
            deed.number > said.number and (deed.numbers[:1] == (number,) or deed.verb == "/undo")
            for deed in self._private.deeds.get(said.user_id, ())
            if deed.verb in {"tw", "undo", "/undo"}
        )

    def _ever_otherwise(self, number: int) -> bool:
        """Whether it was asked with choices for a while, when edits are no edits of an answer."""
        deeds = self._private.deeds.get(self._rounds[number]["chat_id"], ())
        return any(deed.numbers[:1] == (number,) and deed.verb in {"tw", "r"} for deed in deeds)

    @property
    def figures(self) -> dict[str, int]:
        """How much of it there was."""
        rated = [row for row in self._tables["answers"] if row["round_id"] in self._typed]
        over = [row for row in self._tables["interviews"] if row["phase"] == "over"]
        return {
            "answers in words": len(self._typed),
            "pieces": len(self._pieces),
            "of them rated": len(rated),
            "answers undone": len(self._undone),
            "interviews, told of": len(over),
            "reviews they planned": sum(row["planned_at"] is not None for row in over),
        }


def _answers(one: Action) -> bool:
    """Whether it is (a new text of) an answer in words."""
    return one.kind in {"send", "edit"} and one.details["chat_id"] == one.user_id and _text(one).startswith(ANSWER)


def _text(one: Action) -> str:
    return str(one.details["text"])
