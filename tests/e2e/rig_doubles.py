"""What was sent, and what of it twice: allowed only as often as a death cut into the sending of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.core.learners import Learner
from bot.playground.record import Call
from bot.playground.server import Playground
from tests.e2e.rig import Rig
from tests.e2e.rig_audit import Audit
from tests.e2e.rig_crowd import parted
from tests.e2e.rig_private import json_of
from tests.e2e.rig_witness import Push, Witness

Thing = tuple[Any, ...]
_DAY = 24 * 3600
_RESULT = re.compile(r".+ · (\d+ 人作答|没有人作答|\d+ answers?,|nobody answered)")
_SEASON = re.compile(r"(本周小结|本月小结|The week is over|The month is over)")
_PAUSE = re.compile(r"连续 7 题没有人作答，每日一题先停下|Nobody answered the last 7 daily questions, so")
_QUESTION = re.compile(r"第 (\d+) 题")


class Standing:
    """By thing (a round, a result, a season's end, a pause), how often it stands in a chat, whoever sent it."""

    def __init__(self, playground: Playground, audit: Audit) -> None:
        self._audit = audit
        self._world = playground.mini.world
        self._polls = {(sent.chat_id, sent.id): poll_id for poll_id, sent in self._world.polls.items()}
        self._by_poll = {row["poll_id"]: number for number, row in audit.seen.items() if row["poll_id"]}
        self._by_question = self._rounds_by_question()
        self.times: Counter[Thing] = Counter()
        for call in playground.record.calls:
            if call.method in {"sendPoll", "sendMessage"} and call.status in {0, 200} and (thing := self._thing(call)):
                self.times[thing] += 1

    def doubled(self, *kinds: str) -> dict[Thing, int]:
        """What was sent more than once, and how often too much."""
        return {thing: times - 1 for thing, times in self.times.items() if times > 1 and thing[0] in kinds}

    def pushes_doubled(self) -> int:
        """How many pushes stand in their chats once too often, counted each time."""
        return sum(more for thing, more in self.doubled("round").items() if self._is_push(thing[1]))

    def _is_push(self, number: int) -> bool:
        return str(self._audit.seen.get(number, {}).get("origin", "")).startswith("p")

    def _rounds_by_question(self) -> dict[tuple[int, int], list[dict[str, Any]]]:
        keys = {row["id"]: int(row["key"].removeprefix("q")) for row in self._audit.tables["questions"]}
        found: dict[tuple[int, int], list[dict[str, Any]]] = {}
        for row in sorted(self._audit.seen.values(), key=lambda one: one["opened_at"]):
            for chat in {self._audit.deeds.now_called(row["chat_id"])}:
                found.setdefault((chat, keys[row["question_id"]]), []).append(row)
        return found

    def _thing(self, call: Call) -> Thing | None:
        chat = int(call.params.get("chat_id", 0))
        if call.method == "sendPoll":
            return self._poll(chat, call)
        text, replied = call.params["text"], json_of(call.params, "reply_parameters").get("message_id", 0)
        if (chat, replied) in self._polls and _RESULT.match(text):
            number = self._by_poll.get(self._polls[chat, replied])
            return ("result", number) if number is not None else None
        if chat < 0 and (_SEASON.match(text) or _PAUSE.match(text)):
            day = call.at.date() if _PAUSE.match(text) else text.partition("\n")[0]
            return "pause" if _PAUSE.match(text) else "season", self._audit.deeds.now_called(chat), day
        rows = json_of(call.params, "reply_markup").get("inline_keyboard", [])
        buttons = [parted(button.get("callback_data", "")) for row in rows for button in row]
        asked = [numbers[0] for verb, numbers in buttons if verb in {"a", "r", "c"}]
        judged = [numbers[0] for verb, numbers in buttons if verb == "ip"]
        return ("round", asked[0]) if asked else ("verdict", judged[0]) if judged else None

    def _poll(self, chat: int, call: Call) -> Thing | None:
        """The round whose poll it is; of an orphan the last one begun before the call with that question in that chat,
        of those that were sent more than once."""
        answer = call.answer if isinstance(call.answer, dict) else {}
        known = self._by_poll.get(answer.get("result", {}).get("poll", {}).get("id", ""))
        if known is not None:
            return "round", known
        match = _QUESTION.match(call.params["question"])
        assert match is not None
        rows = self._by_question.get((self._audit.deeds.now_called(chat), int(match[1])), [])
        before = [row["id"] for row in rows if row["opened_at"] <= call.at.timestamp() and row["sends"] > 1]
        return ("round", before[-1]) if before else None


class Sendings(Standing):
    """The same, held against the deaths that cut into it and the pushes that were due."""

    def __init__(self, rig: Rig, audit: Audit, witness: Witness) -> None:
        super().__init__(rig.playground, audit)
        self._witness = witness

    def problems(self) -> Iterator[str]:
        """Whatever was sent more often than deaths can explain."""
        for thing, more in self.doubled("round", "result", "season", "pause", "verdict").items():
            cut = self._cut(thing)
            if more > cut:
                yield f"doubled: {thing} sent {more} times too often, cut into {cut} times; {self._row(thing)}"

    def pushes_due(self) -> list[Push]:
        """What the calendar says should have been pushed, but for what people had changed just then."""
        return [push for push, at in self._witness.due.items() if not self._excused(push, at)]

    def missed(self) -> Iterator[str]:
        """Every push that was due stands in its chat; one that told of the pause instead followed seven silent ones."""
        where = self._audit.deeds.now_called
        ledger: dict[tuple[int, int, int], dict[str, Any]] = {}
        for row in self._audit.tables["pushes"]:
            ledger[where(row["chat_id"]), row["minute"], row["study_day"]] = row
        for push in self.pushes_due():
            found = ledger.get((where(push.chat), push.minute, push.day.toordinal()))
            state = found["state"] if found else "no row"
            stands = found is not None and (self.times["round", found["round_id"]] > 0 or self._answered(found))
            if state != "paused" and not (state == "sent" and stands) and not (found and self._done(found)):
                begun = self._audit.rounds.get(found["round_id"]) if found else None
                yield f"push missed: {push} due {self._witness.due[push]:%d %H:%M}: {found} {begun}"

    def verdicts_doubled(self) -> int:
        """How many verdicts stand in their chats once too often, counted each time."""
        return sum(self.doubled("verdict").values())

    def _answered(self, push: dict[str, Any]) -> bool:
        """Whether its question had been answered (words and recordings are taken for the newest question) before it
        could be sent again."""
        return (push["round_id"], push["chat_id"]) in self._audit.answers

    def _done(self, push: dict[str, Any]) -> bool:
        """Whether there was nothing to push, as its person had done the day's number already."""
        if push["state"] != "nothing" or push["chat_id"] < 0:
            return False
        tables, person, until = self._audit.tables, push["chat_id"], push["claimed_at"]
        given = [(row["reviewed_at"], row["question_id"]) for row in tables["reviews"] if row["person_id"] == person]
        given += [
            (row["answered_at"], self._audit.seen[row["round_id"]]["question_id"])
            for row in tables["undone"]
            if row["person_id"] == person
        ]
        return len({question for at, question in given if until - _DAY < at <= until}) >= Learner().portion

    def cut_into(self, kind: str) -> int:
        """How many such things were in flight at all the deaths together."""
        return sum(times for thing, times in self._witness.flying.items() if thing[0] == kind)

    def _cut(self, thing: Thing) -> int:
        if thing[0] == "season":
            where, flying = self._audit.deeds.now_called, self._witness.flying.items()
            return max((times for one, times in flying if one[0] == "season" and where(one[1]) == thing[1]), default=0)
        return 0 if thing[0] == "pause" else self._witness.flying[thing]

    def _excused(self, push: Push, at: datetime) -> bool:
        """Whether somebody changed the hours, sent the bot away, or had all erased, before the push was settled."""
        start, deeds = at.timestamp(), self._audit.deeds
        return deeds.erased_since(push.chat, start) or deeds.changed_between(push.chat, start - 5, start + 1800)

    def _row(self, thing: Thing) -> Any:
        return self._audit.seen.get(thing[1])
