"""Simulated members: whoever has a skill answers the polls of their groups, after some thought, on the clock."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import partial
from random import Random

from bot.playground import voting
from bot.playground.errors import NotPossibleError
from bot.playground.miniature import Miniature
from bot.playground.polls import Poll
from bot.playground.world import Account, Chat, Message

_DILIGENCE = 0.85  # of all polls, so many are answered
_MEDIAN_LN, _SPREAD = 3.3, 0.7  # think time is log-normal: half of them within 27 s
_SHORTEST, _LONGEST = 4.0, 300.0  # seconds
_PATIENCE = 5.0  # real seconds for the bot to take in a vote before the clock goes on


class Crowd:
    """Watches for polls. What a member chooses, and when, follows from the seed, the poll's number and the person."""

    def __init__(self, mini: Miniature, seed: int) -> None:
        self._mini = mini
        self._seed = seed
        self._polls = 0
        mini.watchers.append(self._spoke)

    def _spoke(self, message: Message) -> None:
        chat = self._mini.world.chats[message.chat_id]
        if message.poll is None or message.edit_date is not None:
            return
        self._polls += 1
        if not chat.private:
            self._plan(chat, message.poll)

    def _plan(self, chat: Chat, poll: Poll) -> None:
        accounts = self._mini.world.accounts
        for account in [
            accounts[who] for who in sorted(chat.members) if who in accounts and accounts[who].skill is not None
        ]:
            draw = Random(f"{self._seed}/{self._polls}/{account.id}")  # noqa: S311 - play, and to be repeatable
            if not chat.members[account.id].present or draw.random() > _DILIGENCE:
                continue
            thought = min(max(draw.lognormvariate(_MEDIAN_LN, _SPREAD), _SHORTEST), _LONGEST)
            choice = _choice(account, poll, draw)
            moment = self._mini.clock.now() + timedelta(seconds=thought)
            self._mini.clock.at(moment, partial(self._vote, account.id, poll.id, choice))

    async def _vote(self, user_id: int, poll_id: str, choice: list[int]) -> None:
        """Vote, and in a jump let the bot hear of it before time goes on: of all but those whom the page does not show.

        Who has left, or voted by hand, does not vote.
        """
        with suppress(NotPossibleError):
            voting.vote(self._mini, user_id, poll_id, choice)
            if self._mini.clock.jumping and user_id not in self._mini.world.unseen:
                await self._mini.updates.confirmed(_PATIENCE)


def _choice(account: Account, poll: Poll, draw: Random) -> list[int]:
    """Right as often as their skill says, else any wrong one; in a poll without a right answer, anything."""
    right: list[int] = poll.fixed.get("correct_option_ids", [])
    wrong = [index for index in range(len(poll.options)) if index not in right]
    if right and (not wrong or draw.random() < (account.skill or 0)):
        return right
    return [draw.choice(wrong)]
