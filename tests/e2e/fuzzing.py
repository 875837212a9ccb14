"""Hostile input: updates as Telegram sent them, spoilt in every way, and a look at what belongs to others."""

from __future__ import annotations

import copy
import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from bot.app import Running
from bot.playground import actions
from bot.playground.handles import Person
from bot.playground.server import Playground
from tests.e2e.acting import say, settled, tap, worked_off

Json = dict[str, Any]
Place = tuple[Any, Any]  # a container and the key or index in it
NASTY_TEXTS = (
    "",
    " \n\t\u3000",
    "\0",
    "\ud800",  # half a character
    "\u202eevil\u202c\u2066x",
    "\u200b\u200d\u2060\ufeff",
    "\U0001f9e8" * 4096,
    "字" * 10_240,
    "a " * 5_120,
    "9 " * 100,
    "a" * 10_240,
    "a\u0301\u0336" * 3_000,
    "<b>bold</b><a href='tg://user?id=1'>x</a>&amp;</script>",
    "*_`[x](tg://user?id=1)`_*||{{7*7}}%s%n${x}",
    "@spam t.me/spam https://example.com/" + "x" * 500,
    "'; DROP TABLE answers; --",
    "/quiz@kaoguan_bot /quiz\n/forget",
    "9" * 5_000,
    "-0",
    "１２３",
    "NaN",
)
NASTY_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    2**31,
    2**53 + 1,
    -(2**63),
    2**63,
    10**30,
    1.5,
    1e308,
    [],
    {},
    [None],
    [[[[[]]]]],
    [{}] * 300,
    {"id": 1, "type": "private"},
    *NASTY_TEXTS,
)


def nested(depth: int) -> Json:
    """An object in an object, so many times."""
    found: Json = {}
    for _ in range(depth):
        found = {"reply_to_message": found, "x": [found]} if depth < 12 else {"reply_to_message": found}
    return found


def places(value: Any) -> Iterator[Place]:
    """Every place in a JSON value, at any depth, at which something stands."""
    keys: Any = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


def removals(update: Json) -> Iterator[Json]:
    """The update without one of its fields, for each of them."""
    for number in range(len(list(places(update)))):
        spoilt = copy.deepcopy(update)
        holder, key = list(places(spoilt))[number]
        del holder[key]
        yield spoilt


def spoilt(update: Json, draw: Random) -> Json:
    """The update with one to three of its values gone, null, of another type, huge, negative, nested or hostile."""
    changed = copy.deepcopy(update)
    for _ in range(draw.choice((1, 1, 2, 3))):
        found = list(places(changed))
        if not found:
            break
        holder, key = draw.choice(found)
        _spoil(holder, key, draw)
    return changed


def _spoil(holder: Any, key: Any, draw: Random) -> None:
    kind = draw.randrange(6)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key] = nested(draw.choice((3, 9, 150)))
    elif kind == 2 and isinstance(holder[key], str):
        holder[key] += draw.choice(NASTY_TEXTS)
    elif kind == 3 and isinstance(holder[key], int):
        holder[key] = draw.choice((-holder[key], holder[key] * 10**9, str(holder[key]), holder[key] + 0.5))
    else:
        holder[key] = copy.deepcopy(draw.choice(NASTY_VALUES))


class Village:
    """Mallory with a group and friends of her own, and others whom nothing that she does may touch."""

    def __init__(self, playground: Playground, bot: Running, database: Path) -> None:
        self._bot = bot
        self._database = database
        self.playground = playground
        self.mallory = playground.add_person("Mallory", "en")
        self.victim, self.friend = playground.person("小周"), playground.person("Lin")
        self.own = playground.add_group("Mallory's", self.mallory, playground.person("Ada"))
        self.other = playground.add_group("别人的小组", self.victim, self.friend)

    async def lives(self) -> None:
        """Everybody has answered something, has an hour, and has a question that is open."""
        for person, group in ((self.victim, self.other), (self.mallory, self.own)):
            await say(self.playground, person, "/start")
            await say(self.playground, person, "/daily 21:00")
            await self.answers(person)
            await say(self.playground, person, "/quiz")
            await say(self.playground, person, "/daily 20:00", group)
            poll = await say(self.playground, person, "/quiz", group)
            await person.vote(poll, 0)
        await self.friend.vote(self.other.polls[-1], 1)
        await self.settles()

    async def answers(self, person: Person) -> None:
        """A question in private, and a choice."""
        await tap(self.playground, person, await say(self.playground, person, "/quiz"), "A")

    async def real_updates(self) -> list[Json]:
        """One of each kind that Telegram sends of what Mallory does."""
        mini, mallory, own = self.playground.mini, self.mallory, self.own
        await mallory.retitle(own, "Mallory's own")
        await self.playground.person("Mia").join(own)
        await self.playground.person("Mia").leave(own)
        self.playground.member(own, None, "administrator")
        await self.playground.person("Mia").join(own)
        await self.playground.person("Mia").leave(own)
        chat = mini.world.chat(mallory.id)
        for body in _BODIES:
            actions.tell(mini, "message", chat, mini.post(chat, mallory.user, body))
        await mallory.send(own, "/why", reply_to=own.polls[-1])
        await self.settles()
        old = self.own
        self.own = self.playground.migrate(old)
        await self.settles()
        return _of_each_kind(self._delivered({mallory.id, old.id, self.own.id}))

    def _delivered(self, ours: set[int]) -> Iterator[Json]:
        for call in self.playground.record.of("getUpdates"):
            for update in call.answer["result"] if call.ok else ():
                if not _numbers(update) & self.theirs() and _numbers(update) & ours:
                    yield copy.deepcopy(update)

    def theirs(self) -> set[int]:
        """The ids of the people and chats that are not Mallory's."""
        return {self.victim.id, self.friend.id, self.other.id}

    def snapshot(self) -> list[str]:
        """Every row of the database that belongs to the others."""
        with sqlite3.connect(f"file:{self._database}?mode=ro", uri=True) as raw:
            raw.row_factory = sqlite3.Row
            names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            tables = {name: [dict(row) for row in raw.execute(f'SELECT * FROM "{name}"')] for name in names}
        raw.close()
        ids = self.theirs()
        rounds = {row["id"] for row in tables["rounds"] if row["chat_id"] in ids}
        kept = (f"{name} {row}" for name, rows in tables.items() for row in rows if _belongs(name, row, ids, rounds))
        return sorted(kept)

    def rows(self, table: str) -> list[Json]:
        """All of a table."""
        with sqlite3.connect(f"file:{self._database}?mode=ro", uri=True) as raw:
            raw.row_factory = sqlite3.Row
            found = [dict(row) for row in raw.execute(f'SELECT * FROM "{table}"')]
        raw.close()
        return found

    async def feeds(self, updates: list[Json]) -> None:
        """Have Telegram deliver these, whatever they are, and wait until every one is confirmed."""
        waiting = self.playground.updates
        for update in updates:
            kinds = [(kind, what) for kind, what in update.items() if kind != "update_id"]
            kind, what = kinds[0] if kinds else ("message", None)
            waiting.allow(None)
            waiting.repeat({"update_id": _next_id(self.playground), kind: what})
        with suppress(TimeoutError):
            await self.playground.wait_for(lambda: not waiting.pending, timeout=60)
        stuck = [json.dumps(update)[:1000] for update in waiting.pending]
        assert not stuck, "neither handled nor kept:\n" + "\n".join(stuck)
        await self.settles()

    async def settles(self) -> None:
        """Wait until all that anybody did is handled, and the bot is silent."""
        await worked_off(self.playground, self._bot)
        await settled(self.playground)


_BODIES: tuple[Json, ...] = (
    {"dice": {"emoji": "🎲", "value": 3}},
    {"location": {"latitude": 1.0, "longitude": 2.0}},
    {
        "sticker": {
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    },
    {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}], "caption": "/quiz"},
    {"contact": {"phone_number": "1", "first_name": "x"}},
    {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}},
    {"forum_topic_created": {"name": "x", "icon_color": 1}},
    {"web_app_data": {"data": "x", "button_text": "x"}},
    {
        "text": "/start group",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        "via_bot": {"id": 1, "is_bot": True, "first_name": "x"},
    },
)


def _of_each_kind(updates: Iterator[Json]) -> list[Json]:
    found: dict[tuple[str, ...], Json] = {}
    for update in updates:
        kind = next(name for name in update if name != "update_id")
        found[kind, *sorted(update[kind]), str(update[kind].get("chat", {}).get("type"))] = update
    edited = [
        {"update_id": 0, other: update["message"]}
        for update in found.values()
        if "text" in update.get("message", {})
        for other in ("edited_message", "channel_post", "business_message")
    ]
    return [*found.values(), *edited[:6]]


def _numbers(value: Any) -> set[int]:
    return {holder[key] for holder, key in places(value) if isinstance(holder[key], int)}


def _belongs(name: str, row: Json, ids: set[int], rounds: set[int]) -> bool:
    if name in {"people", "chats"}:
        return row["id"] in ids
    if name == "failed_updates":
        return False
    return row.get("chat_id") in ids or row.get("person_id") in ids or row.get("round_id") in rounds


def _next_id(playground: Playground) -> int:
    """The number that Telegram gives next."""
    updates = playground.updates
    updates._next += 1
    return updates._next - 1
