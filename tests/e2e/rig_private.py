"""What each private round may have come to: all that was pressed on it, played through by the rules, in its order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.playground.record import Action
from bot.playground.server import Playground
from tests.e2e.rig_crowd import parted
from tests.e2e.rig_tables import Row

ANY = -1  # a choice that nobody can tell any more: the bot was never seen with the round's choices
_GUESSED, _TOO_EASY = 1, 4
_WAYS = ("choice", "typed")
Key = tuple[int, int]  # round, person


class Given(NamedTuple):
    """An answer: the original index (None: words, or recalled), and the rating of its review."""

    choice: int | None
    rating: int


class _State(NamedTuple):
    kind: str
    choices: bool  # they may be asked for still
    given: Given | None = None


class Deed(NamedTuple):
    """One thing done: a button's verb, or `/undo` (with its message), or `aloud`; with its numbers, and its own in the
    record."""

    number: int
    verb: str
    numbers: tuple[int, ...]


class Private:
    """`rounds` are all that were ever seen. What cannot be told from outside (whether an undo was the last answer's,
    when silence ended an answer) is taken both ways, so there may be several ends."""

    def __init__(self, playground: Playground, rounds: dict[int, Row], tables: dict[str, list[Row]]) -> None:
        self._rounds = rounds
        self.undone = {(row["round_id"], row["person_id"]): row for row in tables["undone"]}
        self._written = {row["round_id"] for row in tables["typed"]}
        self._first = dict(_first_buttons(playground))
        self.deeds: dict[int, list[Deed]] = {}  # by person
        for action in playground.record.actions:
            if action.details.get("chat_id") == action.user_id and (deed := _deed(action)):
                self.deeds.setdefault(action.user_id, []).append(deed)

    def ends(self, number: int) -> set[Given | None]:
        """What the round may have been answered with; None: nothing."""
        person = self._rounds[number]["chat_id"]
        states = self._begins(number)
        for deed in self.deeds.get(person, ()):
            if deed.verb in {"/undo", "aloud"} or deed.numbers[:1] == (number,):
                states = {after for state in states for after in self._after(state, deed, number)}
        return {state.given for state in states}

    def _begins(self, number: int) -> set[_State]:
        """As it was sent first: with its choices, or to be recalled (and whoever wants may write), or in words."""
        buttons = self._first.get(number, frozenset())
        if "a" in buttons:
            return {_State("choice", choices=True)}
        had = "tw:0" in buttons
        kinds = ("recall",) if "tw:1" in buttons else ("typed",) if had else ("recall", "typed")
        return {_State(kind, had) for kind in kinds}

    def _after(self, state: _State, deed: Deed, number: int) -> Iterator[_State]:
        """What the deed makes of the state; as nobody knows when something was written to a recall question, or when
        silence ended what was written, that too."""
        if number in self._written and state.kind == "recall" and state.given is None:
            yield from self._after(state._replace(kind="typed"), deed, number)
        if number in self._written and state.kind == "typed" and state.choices and state.given is None:
            yield from self._after(state._replace(choices=False), deed, number)
        if deed.verb in {"/undo", "undo"}:
            row = self.undone.get((number, self._rounds[number]["chat_id"]))
            if row is None or not _undid(deed, row):
                yield state
            if state.given is not None and row is not None:
                yield state._replace(given=None)
            elif row is not None and _undid(deed, row):
                yield state
        elif deed.verb == "aloud":
            yield state
            if state.kind in {"typed", "recall"} and state.given is None:
                yield _State("recall", choices=False)
        elif state.given is None:
            yield self._answered(state, deed, number)
        else:
            yield state._replace(given=self._amended(state.kind, state.given, deed, number))

    def _answered(self, state: _State, deed: Deed, number: int) -> _State:
        """One that has no answer yet."""
        match deed.verb, state.kind:
            case "a", "choice":
                choice = self._choice(number, deed.numbers[1])
                return state._replace(given=Given(choice, 3 if choice == self._rounds[number]["right"] else 1))
            case ("t", "recall" | "typed") | ("tr", "typed"):
                return state._replace(given=Given(None, deed.numbers[1]))
            case "r", "recall" | "typed":
                return _State("recall", choices=False)
            case "tw", _:
                wanted = _WAYS[deed.numbers[1]]
                return state if wanted == "choice" and not state.choices else state._replace(kind=wanted)
        return state

    def _amended(self, kind: str, given: Given, deed: Deed, number: int) -> Given:
        """One that has an answer keeps it; only its rating may change."""
        if (deed.verb == "t" and kind != "choice") or (deed.verb == "tr" and kind == "typed"):
            return given._replace(rating=deed.numbers[1])
        if deed.verb in {"g", "e"} and given.choice is not None and given.choice == self._rounds[number]["right"]:
            return given._replace(rating=_GUESSED if deed.verb == "g" else _TOO_EASY)
        return given

    def _choice(self, number: int, position: int) -> int:
        order = self._rounds[number]["choices"]
        return int(order[position]) if order else ANY


def _deed(action: Action) -> Deed | None:
    """What of a person's actions in private a round may notice."""
    if action.kind == "press":
        verb, numbers = parted(action.details["data"])
        return Deed(action.number, verb, numbers)
    if action.kind == "send" and action.details["text"] == "/undo":
        return Deed(action.number, "/undo", (action.details["message_id"],))
    return Deed(action.number, "aloud", ()) if action.kind == "upload" else None


def _undid(deed: Deed, row: Row) -> bool:
    """Whether it is what the database says has undone the answer: after it there is none."""
    return bool(deed.numbers[-1] == (row["answered_at"] if deed.verb == "undo" else row["message_id"]))


def _first_buttons(playground: Playground) -> Iterator[tuple[int, frozenset[str]]]:
    """The buttons that each round's first message had: verbs, those that ask otherwise with their way."""
    seen: set[int] = set()
    for call in playground.record.calls:
        rows = json_of(call.params, "reply_markup").get("inline_keyboard", []) if call.method == "sendMessage" else []
        parts = [parted(button.get("callback_data", "")) for row in rows for button in row]
        number = next((numbers[0] for verb, numbers in parts if verb in {"a", "r"} and numbers), None)
        if number is not None and number not in seen:
            seen.add(number)
            yield number, frozenset(f"{verb}:{numbers[1]}" if verb == "tw" else verb for verb, numbers in parts)


def json_of(params: dict[str, Any], name: str) -> dict[str, Any]:
    """A parameter that is an object, whether it came as text or not; {} if it did not."""
    value = params.get(name) or {}
    return json.loads(value) if isinstance(value, str) else value
