"""A scenario is played: every step, in order, with the bot's answers in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import telegram

from bot.playground import player as player_module
from bot.playground.clock import PlaygroundClock
from bot.playground.player import Player
from bot.playground.script import read
from bot.playground.server import Playground

HEAD = "start: 2026-11-23 20:00\npace: 0\npeople: {小周: , Ada: {language: en}, Noah: {joins: later}}\nsteps:\n"


@asynccontextmanager
async def staged(tmp_path: Path, *steps: str) -> AsyncIterator[tuple[Playground, Player, list[str]]]:
    """A playground with a poll and a message with a button in the group, the player, and what it complains of."""
    path = tmp_path / "x.yaml"
    told: list[str] = []
    path.write_text(HEAD + "".join(f"  - {step}\n" for step in steps), encoding="utf-8")
    scenario = read(path)
    async with Playground(clock=PlaygroundClock(scenario.start), cast=scenario.cast) as playground:
        async with telegram.Bot(playground.token, base_url=f"{playground.url}/bot") as bot:
            keys = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Week", callback_data="w")]])
            group = playground.chat("读书小组")
            await bot.send_message(group.id, "board", reply_markup=keys)
            await bot.send_poll(group.id, "q", ["a", "b"], type="quiz", correct_option_ids=[1], is_anonymous=False)
        yield playground, Player(playground, scenario, told.append), told


async def test_every_verb_does_what_it_says(tmp_path: Path) -> None:
    """Said, pressed, voted, joined, renamed, titled, promoted, left, upgraded; the clock moves."""
    steps = (
        "小周 says: hello",
        "Ada presses: We",
        "Ada votes: wrong",
        "小周 votes: B",
        "Noah joins",
        "Noah renames: N.",
    )
    more = (
        "小周 titles: 夜读",
        "小周 promotes: Ada",
        "小周 demotes: Ada",
        "clock: 21:00",
        "Noah leaves",
        "小周 upgrades",
    )
    async with staged(tmp_path, *steps, *more, "pause: 0", "Ada says: here") as (playground, player, told):
        await player.play()
        kinds = [action.kind for action in playground.record.actions]
        assert told == []
        assert kinds == [
            *("send", "press", "vote", "vote", "member", "rename", "title", "member", "member", "member", "migrate"),
            "send",
        ]
        assert playground.clock.now() >= datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
        assert playground.chat("夜读").last["text"] == "here"
        votes = next(iter(playground.mini.world.polls.values())).poll
        assert votes is not None
        assert list(votes.votes.values()) == [[0], [1]]


async def test_a_step_that_cannot_be_done_is_told_and_the_others_are_done(tmp_path: Path) -> None:
    """With the file and the line."""
    async with staged(tmp_path, "小周 votes: right", "Ada votes: D", "Ada says: on") as (playground, player, told):
        await player.play()
        assert told == [f"{tmp_path / 'x.yaml'}:6: There is no such option."]
        assert playground.chat("读书小组").last["text"] == "on"


async def test_it_begins_when_somebody_looks_and_again_after_a_reset(tmp_path: Path) -> None:
    """The page's strip says which step is played; held, nothing goes on."""
    async with staged(tmp_path, "Ada says: one", "Ada says: two") as (playground, player, _told):
        strips: list[int] = []
        mini = playground.mini
        mini.events.listen(
            lambda event: (
                strips.append(event["scenario"]["step"])
                if event["kind"] == "scenario" and event["scenario"].get("step")
                else None
            )
        )
        living = asyncio.ensure_future(player.live())
        await asyncio.sleep(0)
        assert strips == []
        mini.going.clear()
        mini.events.open()
        await asyncio.sleep(0)
        assert strips == []
        mini.going.set()
        await playground.wait_for(lambda: strips == [1, 2])
        mini.reset()
        await playground.wait_for(lambda: strips == [1, 2, 1, 2])
        assert playground.chat("读书小组").last["text"] == "two"
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)


async def test_a_scenario_lets_telegram_fail_and_recover(tmp_path: Path) -> None:
    """Faults are set and called off, limits hold, and what was handed out comes again."""
    steps = ("fault: sendmessage 429 x3 2.5s", "fault: '* twice'", "limits: on", "小周 tells: /start")
    async with staged(tmp_path, *steps) as (playground, player, told):
        await player.play()
        shown = [(one.method, one.kind, one.left, one.seconds) for one in playground.faults.waiting]
        assert shown == [("sendMessage", "429", 3, 2.5)]
        assert playground.faults.hits == {("message", "twice"): 1}
        assert playground.limits.on
    async with staged(tmp_path, *steps[:2], "calm", "limits: off") as (playground, player, told):
        playground.limits.switch(on=True)
        heard = playground.mini.events.open()
        await player.play()
        assert (told, playground.faults.waiting, playground.limits.on) == ([], [], False)
        assert "switches" in {(heard.get_nowait() or {})["kind"] for _ in range(heard.qsize())}


async def test_a_scenario_delivers_again_what_was_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest of it, and nobody waits long for a bot that is gone."""
    monkeypatch.setattr(player_module, "_PATIENCE", 0.01)
    async with staged(tmp_path, "redeliver: 1") as (playground, player, told):
        for text in ("old", "new"):
            await playground.person("Ada").send(None, text)
        given = await playground.updates.get(0, 100, 0)
        assert await playground.updates.get(given[-1]["update_id"] + 1, 100, 0) == []
        await player.play()
        assert (told, playground.updates.pending) == ([], given[1:])
