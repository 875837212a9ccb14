"""What was sent twice: allowed only where the process died between the send and writing it down."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bot.playground.record import Call
from bot.playground.server import Playground
from tests.e2e.rig import Rig

Thing = tuple[Any, ...]


def doubles(rig: Rig) -> Iterator[str]:
    """Sentences about rounds and results that one and the same process sent twice."""
    polls = {(sent.chat_id, sent.id) for sent in rig.playground.mini.world.polls.values()}
    for since, until in pairwise([*rig.lives, rig.number]):
        life = [call for call in rig.calls(since) if call.number <= until]
        sent = Counter(thing for call in life for thing in [_thing(call, polls)] if thing and call.status in {0, 200})
        yield from (f"sent {times} times in one life: {thing}" for thing, times in sent.items() if times > 1)


def again(rig: Rig) -> list[str]:
    """Sentences about rounds and results that were sent more than once, in different lives."""
    polls = {(sent.chat_id, sent.id) for sent in rig.playground.mini.world.polls.values()}
    sends: dict[Thing, list[tuple[int, int | None]]] = {}
    for call in rig.calls(0):
        if thing := _thing(call, polls):
            sends.setdefault(thing, []).append((call.number, call.status))
    lives = f"lives {rig.lives}, ends {rig.ends}"
    return [f"sent again: {thing} {times}; {lives}" for thing, times in sends.items() if len(times) > 1]


def sent_more_than_once(playground: Playground, kind: str) -> list[Thing]:
    """What of that kind ("poll", "round" or "result") stands in a chat twice, whoever sent it."""
    polls = {(sent.chat_id, sent.id) for sent in playground.mini.world.polls.values()}
    things = [_thing(call, polls) for call in playground.record.calls if call.ok]
    return [thing for thing, times in Counter(one for one in things if one).items() if times > 1 and thing[1] == kind]


def _thing(call: Call, polls: set[tuple[int, int]]) -> Thing | None:
    """The poll's question, the private round or card, or the poll whose result is told, by chat."""
    chat = int(call.params.get("chat_id", 0))
    if call.method == "sendPoll":
        return chat, "poll", call.params["question"]
    if call.method != "sendMessage":
        return None
    replied = _json(call, "reply_parameters").get("message_id", 0)
    if (chat, replied) in polls and "作答" in call.params["text"]:
        return chat, "result", replied
    rows = _json(call, "reply_markup").get("inline_keyboard", [])
    asked = [b["callback_data"] for row in rows for b in row if b.get("callback_data", "")[1:2] in set("arc")]
    return (chat, "round", asked[0].split(":")[1]) if asked else None


def _json(call: Call, name: str) -> dict[str, Any]:
    value = call.params.get(name) or {}
    return json.loads(value) if isinstance(value, str) else value
