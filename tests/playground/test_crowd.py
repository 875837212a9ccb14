"""Simulated members: who they are, when they answer, and that a seed repeats it all."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import telegram

from bot.playground.clock import PlaygroundClock
from bot.playground.defaults import MOST, lively
from bot.playground.server import Playground

START = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
Votes = dict[str, list[int]]


async def ask(playground: Playground, count: int = 1) -> list[str]:
    """The bot puts so many quizzes to the group; their ids."""
    async with telegram.Bot(playground.token, base_url=f"{playground.url}/bot") as bot:
        more = {"type": "quiz", "correct_option_ids": [1], "is_anonymous": False}
        asked = [
            await bot.send_poll(playground.chat("读书小组").id, "q", ["a", "b", "c"], **more)  # type: ignore[arg-type]
            for _ in range(count)
        ]
    return [message.poll.id for message in asked if message.poll]


def votes(playground: Playground, poll_id: str) -> Votes:
    """Who chose what."""
    poll = playground.mini.world.polls[poll_id].poll
    assert poll is not None
    return {playground.person(who).user["first_name"]: chosen for who, chosen in poll.votes.items()}


async def played(seed: int) -> list[tuple[str, Votes]]:
    """Ten questions to six members, and what came of them."""
    async with Playground(clock=PlaygroundClock(START), seed=seed, cast=lively(6, seed)) as playground:
        asked = await ask(playground, 10)
        await playground.clock.advance(600)
        return [(poll_id, votes(playground, poll_id)) for poll_id in asked]


async def test_a_seed_repeats_ids_choices_and_their_order() -> None:
    """Twice the same seed is twice the same evening; another seed is another."""
    assert await played(7) == await played(7)
    assert await played(7) != await played(8)


async def test_all_of_them_answer_in_a_jump_and_each_at_their_own_time() -> None:
    """Votes come one by one, seconds apart on the clock, and a lone visitor can still vote."""
    async with Playground(clock=PlaygroundClock(START), seed=3, cast=lively(6, 3)) as playground:
        (asked,) = await ask(playground)
        assert votes(playground, asked) == {}
        await playground.clock.advance(600)
        acted = [action for action in playground.record.actions if action.kind == "vote"]
        assert len(acted) >= 3
        moments = [action.at for action in acted]
        assert moments == sorted(moments)
        assert len({moment.replace(microsecond=0) for moment in moments}) > 1
        assert all(4 <= (moment - START).total_seconds() < 330 for moment in moments)
        await playground.person("小周").vote(asked, 1)


async def test_skill_decides_how_often_one_is_right() -> None:
    """Over sixty questions the best is right far more often than the weakest; both miss some."""
    async with Playground(clock=PlaygroundClock(START), seed=5, cast=lively(6, 5)) as playground:
        asked = await ask(playground, 60)
        await playground.clock.advance(600)
        accounts = [one for one in playground.mini.world.accounts.values() if one.skill is not None]
        accounts.sort(key=lambda account: account.skill or 0)
        shares = []
        for account in (accounts[0], accounts[-1]):
            chosen = [votes(playground, one).get(account.user["first_name"]) for one in asked]
            shares.append(chosen.count([1]) / sum(one is not None for one in chosen))
    weakest, best = shares
    assert 0 < weakest < 0.6 < best < 1


async def test_nobody_answers_who_left_or_answered_by_hand() -> None:
    """A visitor may be any of them; a closed poll takes nobody's vote."""
    async with Playground(clock=PlaygroundClock(START), seed=3, cast=lively(4, 3)) as playground:
        group = playground.chat("读书小组")
        for name in ("Ada", "Lin", "小陈"):
            await playground.person(name).leave(group)
        (asked,) = await ask(playground)
        await playground.person("Mia").vote(asked, 0)
        await playground.clock.advance(600)
        assert votes(playground, asked) == {"Mia": [0]}


async def test_they_go_on_after_a_reset() -> None:
    """The same people, new identifiers: nothing of the old world fits the new one."""
    async with Playground(clock=PlaygroundClock(START), seed=3, cast=lively(6, 3)) as playground:
        (before,) = await ask(playground)
        playground.mini.reset()
        await playground.clock.advance(600)
        (after,) = await ask(playground)
        assert after != before
        await playground.clock.advance(600)
        assert votes(playground, after)


def test_a_lively_group_is_as_large_as_asked() -> None:
    """The founder is the visitor; all names differ."""
    for count in (1, 4, 6, MOST):
        cast = lively(count, 1)
        assert sum(part.skill is not None for part in cast.people) == count
        assert len({part.name for part in cast.people}) == len(cast.people) == 1 + max(count, 4)
        assert cast.people[0].skill is None


async def test_an_alarm_rings_by_itself_and_a_jump_stops_at_each() -> None:
    """Inside a jump the clock shows each alarm's moment, and alarms set on the way ring too."""
    clock, heard = PlaygroundClock(START), []

    async def ring() -> None:
        heard.append(round((clock.now() - START).total_seconds()))
        if len(heard) == 1:
            clock.at(START.replace(minute=45), ring)

    for minute in (50, 40, 31):
        clock.at(START.replace(minute=minute), ring)
    await clock.advance(16 * 60)
    assert heard == [60, 600, 900]
    rung = asyncio.Event()

    async def last() -> None:
        rung.set()

    async with Playground(clock=clock), asyncio.timeout(5):
        clock.at(clock.now(), last)
        await rung.wait()
