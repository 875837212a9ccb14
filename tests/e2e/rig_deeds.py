"""What people did, by the playground's record alone, as far as it ought to have left a trace."""

from __future__ import annotations

from collections.abc import Iterator

from bot.playground.record import Action
from bot.playground.server import Playground
from tests.e2e.rig_crowd import parted
from tests.e2e.rig_study import ANSWER, LAST
from tests.e2e.rig_tables import Row

Key = tuple[int, int]  # round, person
_HOURS = {"/daily 10:00": 600, "/daily 21:00": 1260, "/daily 02:15": 135, "/daily off": None}


class Deeds:
    """`rounds` are all that were ever seen, those of erased chats and people too."""

    def __init__(self, playground: Playground, rounds: dict[int, Row]) -> None:
        self._playground = playground
        self._rounds = rounds
        self._actions = list(playground.record.actions)
        self._by_poll = {row["poll_id"]: number for number, row in rounds.items() if row["poll_id"]}
        self.erased = dict(self._erasures())  # people and chats, by what did it
        self.touched = {number for number, _off, _chat in self._voids()}  # rounds that were ever voided
        self.bot_moved = {one.details["chat_id"] for one in self._acts("member") if self._is_bot(one)}
        self._left = {
            (one.details["member"], one.details["chat_id"]): one.number
            for one in self._acts("member")
            if one.details["status"] in {"left", "kicked"}
        }

    @property
    def erased_any(self) -> bool:
        """Whether anybody had anything erased."""
        return bool(self.erased)

    def now_called(self, chat_id: int) -> int:
        """The chat's id by now: a group may have become a supergroup."""
        chat = self._playground.mini.world.chats.get(chat_id)
        return chat.migrated_to if chat is not None and chat.migrated_to is not None else chat_id

    def erased_since(self, chat_id: int, at: float) -> bool:
        """Whether the chat was erased at that Unix second or later."""
        erasure = self.erased.get(self.now_called(chat_id))
        return erasure is not None and erasure.at.timestamp() >= at - 1

    def choices(self, left: dict[int, Row]) -> tuple[dict[Key, int | None], set[Key]]:
        """What was chosen first in groups, by round and person, as far as the round is `left`; and which of that may be
        lost, as the person left the group before the vote was heard."""
        wanted: dict[Key, int | None] = {}
        perhaps: set[Key] = set()
        for action, number, choice in self._chosen():
            key, erasure = (number, action.user_id), self.erased.get(action.user_id)
            if number not in left or (erasure is not None and erasure.number > action.number):
                continue
            wanted.setdefault(key, choice)
            chats = {self._rounds[number]["chat_id"], *self._rounds[number].get("chats", ())}
            if any(self._left.get((action.user_id, chat), 0) > action.number for chat in chats):
                perhaps.add(key)
        return wanted, perhaps

    def ratings(self, answers: dict[Key, Row]) -> dict[Key, int]:
        """By round and person, the rating in a group after all that was pressed."""
        rated: dict[Key, int] = {key: 3 if row["right"] else 1 for key, row in answers.items()}
        for action, number, rating in self._presses("t"):
            rated[number, action.user_id] = rating
        return rated

    def given(self) -> int:
        """How many answers people gave, first ones and others, whatever became of them."""
        private = {
            (parted(one.details["data"])[1][0], one.user_id)
            for one in self._acts("press")
            if one.details["chat_id"] > 0 and parted(one.details["data"])[0] in {"a", "t", "tr"}
        }
        return len(private | {(number, action.user_id) for action, number, _choice in self._chosen()})

    def hidden(self) -> dict[int, bool]:
        """Whether each person who ever hid is hidden."""
        wishes: dict[int, bool] = {}
        for action in self._actions:
            if action.kind == "send" and action.details["text"] == "/hide":
                wishes[action.user_id] = True
            elif action.kind == "press" and action.details["data"] in {"1o:0", "1o:1"}:
                wishes[action.user_id] = action.details["data"] == "1o:1"
            elif self.erased.get(action.user_id) is action:
                wishes[action.user_id] = False
        return wishes

    def voided(self) -> dict[int, bool]:
        """Whether each round that an admin ever voided is void."""
        steady = (one for one in self._voids() if one[2] not in self.bot_moved and not self._has_moved(one[2]))
        return {number: off for number, off, _chat in steady}

    def hours(self) -> dict[int, int | None]:
        """The minute of the day that each person said last in private; None for off."""
        wishes: dict[int, int | None] = {}
        for action in self._actions:
            private = action.details.get("chat_id") == action.user_id
            data = action.details.get("data", "") if action.kind == "press" and private else ""
            if action.kind == "send" and private and action.details["text"] in _HOURS:
                wishes[action.user_id] = _HOURS[action.details["text"]]
            elif data.startswith("1h:") or (data.startswith("1w:") and data.split(":")[2] == "0"):
                minute = int(data.split(":")[-1])
                wishes[action.user_id] = None if minute < 0 else minute
            elif self.erased.get(action.user_id) is action:
                wishes[action.user_id] = None
        return wishes

    def changed_between(self, chat_id: int, since: float, until: float) -> bool:
        """Whether somebody changed the chat's hours, or the bot's place in it, between two Unix seconds."""
        times = self._changes().get(self.now_called(chat_id), [])
        return any(since <= at <= until for at in times)

    def _changes(self) -> dict[int, list[float]]:
        if not hasattr(self, "_changed"):
            self._changed: dict[int, list[float]] = {}
            for action in self._actions:
                chat_id = action.user_id if action.kind == "block" else action.details.get("chat_id")
                said, data = action.details.get("text", ""), action.details.get("data", "")
                words = chat_id == action.user_id and "/" not in said and said not in LAST
                settings = said.startswith(("/daily", "/timezone")) or (words and not said.startswith(ANSWER))
                place = action.kind == "block" or (action.kind == "member" and self._is_bot(action))
                if chat_id and (place or parted(data)[0] in {"h", "d", "w"} or (action.kind == "send" and settings)):
                    self._changed.setdefault(self.now_called(chat_id), []).append(action.at.timestamp())
        return self._changed

    def _chosen(self) -> Iterator[tuple[Action, int, int | None]]:
        """Every vote and tap in groups, with the round and the original index (None where one rates oneself)."""
        for action in self._actions:
            if action.kind == "vote" and action.details["poll_id"] in self._by_poll:
                yield action, self._by_poll[action.details["poll_id"]], action.details["option_ids"][0]
        for action, number, _rating in self._presses("t"):
            if number in self._rounds:
                yield action, number, None

    def _presses(self, wanted: str) -> Iterator[tuple[Action, int, int]]:
        """Presses in groups of that verb, with their two numbers."""
        for one in self._acts("press"):
            verb, numbers = parted(one.details["data"])
            if verb == wanted and one.details["chat_id"] < 0:
                yield one, numbers[0], numbers[1]

    def _voids(self) -> list[tuple[int, bool, int]]:
        """What admins voided or put back: round, whether off, and the chat; by a reply or a button."""
        found = []
        for action in self._actions:
            if action.kind == "press" and action.details["data"].startswith("1v:") and self._founded(action):
                number, off = action.details["data"].split(":")[1:]
                found.append((int(number), off == "1", action.details["chat_id"]))
            elif action.kind == "send" and action.details["text"] == "/void" and self._founded(action):
                number = self._replied(action)
                found += [(number, True, action.details["chat_id"])] if number else []
        return found

    def _replied(self, action: Action) -> int | None:
        """The round whose poll was replied to; where none was, the one that the bot's answer names."""
        messages = self._playground.mini.world.chats[action.details["chat_id"]].messages
        if replied := messages[action.details["message_id"]].reply_to:
            poll = messages[replied].poll
            return self._by_poll.get(poll.id) if poll is not None else None
        answers = (one for one in messages.values() if one.reply_to == action.details["message_id"] and one.markup)
        rows = [row for one in answers for row in (one.markup or {}).get("inline_keyboard", [])]
        named = [button["callback_data"] for row in rows for button in row]
        return next((int(data.split(":")[1]) for data in named if data.startswith("1v:")), None)

    def _has_moved(self, chat_id: int) -> bool:
        """Whether the chat is a group that became a supergroup, or that supergroup."""
        chats = self._playground.mini.world.chats
        return any(chat.migrated_to is not None and chat_id in {chat.id, chat.migrated_to} for chat in chats.values())

    def _founded(self, action: Action) -> bool:
        member = self._playground.mini.world.chats[action.details["chat_id"]].members.get(action.user_id)
        return member is not None and member.status == "creator"

    def _erasures(self) -> Iterator[tuple[int, Action]]:
        for one in self._acts("press"):
            chat_id, data = one.details["chat_id"], one.details["data"]
            answered = self._playground.mini.world.queries[one.details["query_id"]]["answered"]
            if answered and data.startswith("1f:1:" if chat_id > 0 else "1f:2:"):
                yield self.now_called(chat_id), one

    def _is_bot(self, action: Action) -> bool:
        return bool(action.details["member"] == self._playground.mini.world.bot["id"])

    def _acts(self, kind: str) -> Iterator[Action]:
        return (action for action in self._actions if action.kind == kind)
