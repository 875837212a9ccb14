"""Whatever is sent to the bot, it goes on, touches nobody else's rows, and neither its log nor its tables run full.

Seeds are fixed. FUZZ_UPDATES (by default 250 a seed) and FUZZ_SEED make a longer run; see CONTRIBUTING.
"""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random

import pytest

from bot.app import Running
from bot.playground.server import Playground
from bot.tg import attempts, limiter
from bot.tg.buttons import Verb
from bot.tg.commands import COMMANDS
from bot.tg.gates import Pace
from tests.e2e.acting import forge, say
from tests.e2e.fuzzing import NASTY_TEXTS, Json, Village, removals, spoilt
from tests.e2e.rig_faults import logging_to

UPDATES = int(os.environ.get("FUZZ_UPDATES", "250"))
SEEDS = [int(os.environ["FUZZ_SEED"])] if "FUZZ_SEED" in os.environ else [1, 2]
BATCH = 90  # fewer than getUpdates gives at once
LINE, EACH = 20_000, 10  # characters of a line of the log; lines of one kind in ten minutes


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither Telegram's pace nor the pauses between tries are of interest here, and both take long."""
    monkeypatch.setattr(attempts, "_SHORT_S", (0.0, 0.0))
    for lane in ("PRIVATE", "GROUP", "EVERYBODY"):
        monkeypatch.setattr(limiter, lane, Pace(10_000, 1.0))


@pytest.fixture
def log(playground: Playground) -> Iterator[io.StringIO]:
    """What the process logs."""
    stream = io.StringIO()
    with logging_to(stream, playground.token):
        yield stream


@pytest.fixture
async def village(playground: Playground, log: io.StringIO, bot: Running, tmp_path: Path) -> AsyncIterator[Village]:
    """Everybody at home; afterwards nothing of the others has changed, the bot answers them, and nothing is left."""
    here = Village(playground, bot, tmp_path / "e2e.db")
    await here.lives()
    before = here.snapshot()
    yield here
    await here.settles()
    assert here.snapshot() == before
    assert "/quiz" in (await say(playground, here.victim, "/help"))["text"]
    assert "/quiz" in (await say(playground, here.mallory, "/help"))["text"]
    assert bot.poller.trouble() is None
    await here.settles()
    assert not bot.poller._handling._lanes._last
    assert all("parse_mode" not in call.params for call in playground.record.calls)
    assert max(map(len, log.getvalue().splitlines()), default=0) <= LINE


@pytest.mark.parametrize("seed", SEEDS)
async def test_spoilt_updates_of_every_kind(village: Village, log: io.StringIO, seed: int) -> None:
    """Values gone, null, of another type, huge, negative, nested, or made to break something."""
    draw, known = Random(seed), await village.real_updates()
    assert {"message", "callback_query", "poll_answer", "my_chat_member", "chat_member"} <= {
        kind for update in known for kind in update
    }
    for begun in range(0, UPDATES, BATCH):
        batch = [spoilt(draw.choice(known), draw) for _ in range(min(BATCH, UPDATES - begun))]
        await village.feeds(batch)
    troubles = [line for line in map(json.loads, log.getvalue().splitlines()) if line["level"] in {"warning", "error"}]
    assert max(Counter((line["logger"], line["event"]) for line in troubles).values()) <= EACH


async def test_every_field_missing(village: Village) -> None:
    """Each field of each kind of update, one at a time."""
    missing = [update for known in await village.real_updates() for update in removals(known)]
    for begun in range(0, len(missing), BATCH):
        await village.feeds(missing[begun : begun + BATCH])


async def test_forged_presses(village: Village, playground: Playground) -> None:
    """Buttons that name other people's rounds, chats and places change nothing of theirs."""
    numbers = [row["id"] for row in village.rows("rounds")] + sorted(village.theirs())
    numbers += [0, -1, 1, 2**31, 2**53, 10**16, -(10**16), 2**63]
    shown = await say(playground, village.mallory, "/quiz")
    group = await say(playground, village.mallory, "/leaderboard", village.own)
    for verb in Verb:
        for number in numbers:
            for rest in ("", ":0", ":1", f":1:{number}", ":0:0"):
                data = f"1{verb}:{number}{rest}"
                if len(data.encode()) <= 64:
                    forge(playground, village.mallory, shown if number % 2 else group, data)
        await village.settles()
    for data in (
        "",
        "1",
        "1a",
        "1a:",
        "1a:x",
        "2a:1:1",
        "1zz:1",
        "1a:1:1:1:1",
        "１a:1:1",
        "1a:\u0661:1",
        "\0",
        "x" * 64,
    ):
        forge(playground, village.mallory, shown, data)
    await village.settles()


@pytest.mark.parametrize("private", [True, False])
async def test_every_command_with_every_argument(village: Village, playground: Playground, private: bool) -> None:
    """Ten thousand characters, half characters, markup: each command takes it, and what it says is fit to be sent."""
    chat = village.mallory.chat if private else village.own
    real = await village.real_updates()
    like = next(one["message"] for one in real if one.get("message", {}).get("text", "").startswith("/start"))
    place: Json = {"id": chat.id, "type": "private", "first_name": "x"} if private else _as_group(village)
    texts = [f"/{command.name} {text}" for command in COMMANDS if command.name != "forget" for text in NASTY_TEXTS]
    told = [_command(like, text, place, number) for number, text in enumerate(texts)]
    for begun in range(0, len(told), BATCH):
        await village.feeds(told[begun : begun + BATCH])
    assert [row["error"] for row in village.rows("failed_updates")] == []


async def test_hostile_names(village: Village, playground: Playground) -> None:
    """Names of people and groups stand on boards, in results and greetings, and break none of them."""
    real = await village.real_updates()
    like = next(one["message"] for one in real if one.get("message", {}).get("text", "").startswith("/start"))
    told: list[Json] = []
    for number, name in enumerate(NASTY_TEXTS):
        person = {**like["from"], "id": 6_000_000_000 + number, "first_name": name, "last_name": name, "username": name}
        group = _as_group(village) | {"title": name}
        for text in ("/leaderboard", "/me", "/why", "/hide", "/settings"):
            told.append({"update_id": 0, "message": _message(like, text, group, 70_000 + len(told)) | {"from": person}})
    await village.feeds(told[:BATCH])
    await village.feeds(told[BATCH:])
    assert [row["error"] for row in village.rows("failed_updates")] == []


def _as_group(village: Village) -> Json:
    return {"id": village.own.id, "type": "supergroup", "title": village.own.title}


def _command(like: Json, text: str, place: Json, number: int) -> Json:
    return {"update_id": 0, "message": _message(like, text, place, 50_000 + number)}


def _message(like: Json, text: str, place: Json, number: int) -> Json:
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    return {**like, "message_id": number, "text": text, "entities": [entity], "chat": place}
