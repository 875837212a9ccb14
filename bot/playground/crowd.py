"""Simulated members: whoever has a skill answers the polls of their groups, after some thought, on the clock."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from bot.playground import voting
from bot.playground.errors import NotPossibleError
from bot.playground.miniature import Miniature
from bot.playground.polls import Poll
from bot.playground.world import Account, Chat, Member

Json = dict[str, Any]
_DILIGENCE = 0.85  # of all polls, so many are answered
_MEDIAN_LN, _SPREAD = 3.3, 0.7  # think time is log-normal: half of them within 27 s
_SHORTEST, _LONGEST = 4.0, 300.0  # seconds
_PATIENCE = 5.0  # real seconds for the bot to take in a vote before the clock goes on


class Crowd:
    """Watches for polls. What a member chooses, and when, follows from the seed, the poll's number and the person."""

    def __init__(self, mini: Miniature, seed: int) -> None:
        self._mini = mini
        self._seed = seed
        self._seen: set[str] = set()
        mini.events.listen(self._heard)

    def _heard(self, event: Json) -> None:
        poll_id = (event.get("message") or {}).get("poll", {}).get("id")
        if poll_id is None or poll_id in self._seen:
            return
        self._seen.add(poll_id)
        sent = self._mini.world.polls[poll_id]
        chat = self._mini.world.chats[sent.chat_id]
        if sent.poll is not None and not chat.private:
            self._plan(chat, sent.poll)

    def _plan(self, chat: Chat, poll: Poll) -> None:
        for account in self._mini.world.accounts.values():
            draw = Random(f"{self._seed}/{len(self._seen)}/{account.id}")  # noqa: S311 - play, and to be repeatable
            member = chat.members.get(account.id, Member("left"))
            if account.skill is None or not member.present or draw.random() > _DILIGENCE:
                continue
            thought = min(max(draw.lognormvariate(_MEDIAN_LN, _SPREAD), _SHORTEST), _LONGEST)
            choice = _choice(account, poll, draw)
            moment = self._mini.clock.now() + timedelta(seconds=thought)
            self._mini.clock.at(moment, partial(self._vote, account.id, poll.id, choice))

    async def _vote(self, user_id: int, poll_id: str, choice: list[int]) -> None:
        """Vote, and let the bot hear of it before time goes on. Who has left, or voted by hand, does not."""
        with suppress(NotPossibleError):
            voting.vote(self._mini, user_id, poll_id, choice)
            await self._mini.updates.confirmed(_PATIENCE)


def _choice(account: Account, poll: Poll, draw: Random) -> list[int]:
    """Right as often as their skill says, else any wrong one; in a poll without a right answer, anything."""
    right: list[int] = poll.fixed.get("correct_option_ids", [])
    wrong = [index for index in range(len(poll.options)) if index not in right]
    if right and (not wrong or draw.random() < (account.skill or 0)):
        return right
    return [draw.choice(wrong)]
