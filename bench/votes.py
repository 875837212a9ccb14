"""Votes on group polls, which cause no call: from the moment they wait until the last is confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AsyncExitStack
from itertools import count

from bench import updates
from bench.load import closed, confirmed
from bench.report import Figure, Goal
from bench.stack import Target, crowd, echoes, kaoguan, run, target

_VOTERS = 50  # of each poll
_groups = count(-1_002_000_000_000, -1)
_messages = count(1)


def votes(rounds: int, small: bool) -> Iterable[Figure]:
    """Members' first votes, in twenty groups at once, beside a bare PTB echo."""
    return run(_side_by_side(rounds, 2 if small else 20))


async def _side_by_side(rounds: int, groups: int) -> list[Figure]:
    rates, bare = list[float](), list[float]()
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(kaoguan())
        ptb = await stack.enter_async_context(target("bench.bots.ptb_echo", "{url}"))
        for number in range(rounds + 1):  # the first warms up
            said = echoes(crowd(groups * _VOTERS // 2, number))
            with ours.process.paused():
                heard = await closed(ptb.fake, ptb.seen, said, finish="sendMessage", in_flight=64)
            with ptb.process.paused():
                given = await open_polls(ours, groups)
                rate = len(given) / await confirmed(ours.fake, given)
            if number:
                rates.append(rate)
                bare.append(heard.rate)
    ratios = tuple(one / other for one, other in zip(rates, bare, strict=True))
    return [
        Figure("votes", "vote on a group poll", tuple(rates), "updates/s"),
        Figure("votes", "ptb echo", tuple(bare), "updates/s"),
        Figure("votes", "vote : PTB echo", ratios, "x", Goal(">=", 4.0)),
    ]


async def open_polls(ours: Target, count: int) -> list[bytes]:
    """A poll in each of so many new groups, its members known; gives all their votes, which nobody has cast yet."""
    groups = [next(_groups) for _ in range(count)]
    asks = [(group, updates.message(1, next(_messages), "/quiz@bench_bot", group)) for group in groups]
    await closed(ours.fake, ours.seen, asks, finish="sendPoll", in_flight=len(asks))
    members = [(person, group) for group in groups for person in range(100, 100 + _VOTERS)]
    await confirmed(ours.fake, [updates.joined(person, group) for person, group in members])
    return [updates.vote(person, ours.seen.polls[group], person % 4) for person, group in members]
