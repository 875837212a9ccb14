"""The minute tick's pushes: sending what is due, and telling once what keeps it away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from zlib import crc32

import structlog
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.core.text import lines
from bot.flows import complaints, opening, pushing, schedule, settling
from bot.flows.asking import Asked
from bot.flows.complaints import Complaint, Kind
from bot.flows.opening import Opening
from bot.flows.pushing import Due, Pausing, Ready, Unfinished
from bot.flows.settling import Settled
from bot.metrics import PUSHES
from bot.tg import daily_views as look
from bot.tg.abreast import abreast
from bot.tg.delivery import Gone, Outcome, Refused, Sent
from bot.tg.desk import Desk
from bot.tg.exams_views import exam_line
from bot.tg.pauses import unanswered
from bot.tg.posting import post, sending
from bot.tg.question_views import question_view

log = structlog.get_logger(__name__)
PATIENCE = 90  # seconds one push may take, below the lease: it is not sent by two ticks at once
_SOON, _MUCH_LATER = timedelta(minutes=2), timedelta(hours=1)
_SPREAD_S = 120  # that is added to "soon", at most: what is put off in one tick comes back in several
_UNSURE = timedelta(minutes=5)  # doubled each time: what got no answer may stand there
_LATE = timedelta(minutes=10)
_BATCH = 2000
_TROUBLES: dict[Outcome, Kind] = {Refused("polls"): "polls", Refused("rights"): "rights", Refused("thread"): "thread"}


async def tick(desk: Desk) -> None:
    """Send every push whose time has come, and again those that were cut short. One tick at a time."""
    push = _Pushing(desk)
    await desk.write(schedule.set_right, desk.clock(), desk.defaults)
    await abreast(push.again, await desk.read(pushing.unfinished, desk.clock(), _BATCH))
    tried: set[Ready] = set()
    while hours := [hour for hour in await desk.read(pushing.ready, desk.clock(), _BATCH) if hour not in tried]:
        tried.update(hours)  # one that failed comes back as it was, one that caught up a day with another instant
        await abreast(push.first, hours, desk.delivery.at_once)


class _Pushing:
    """One push from its claim to its settlement. Whatever one chat does, the others get theirs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def first(self, hour: Ready) -> None:
        """Claim and send what has come due."""
        await self._push(pushing.claim, hour)

    async def again(self, cut: Unfinished) -> None:
        """Claim and send what was cut short."""
        await self._push(pushing.claim_again, cut)

    async def _push(self, claim: Callable[..., Due | Settled | None], wanted: Ready | Unfinished) -> None:
        desk = self._desk
        try:
            claimed = await desk.write(claim, desk.library(), wanted, desk.clock(), desk.defaults)
            if isinstance(claimed, Due):
                await self._deliver(claimed)
            elif claimed is not None:
                PUSHES.labels(claimed).inc()
        except Exception:  # the push stays due, or claimed until its lease ends
            log.exception("push_failed", chat=wanted.chat_id, minute=wanted.minute)

    async def _deliver(self, due: Due) -> None:
        if due.push.state == "later" and complaints.owes(due.chat, "slow", due.slot.thread_id):
            await self._complain(due, "slow")  # first: what is sent right after the push would be held up again
        try:
            async with asyncio.timeout(PATIENCE), sending(self._desk, due.round_id):
                outcome = await self._send(due)
        except (NetworkError, RetryAfter, TimeoutError) as error:
            await self._later(due, error)
        else:
            await self._settle(due, outcome)

    async def _send(self, due: Due) -> Outcome:
        delivery, words = self._desk.delivery, self._desk.words
        if isinstance(due.ask, Opening):
            return await post(delivery, words, due.ask, silent=due.silent, bulk=due.bulk)
        view = (
            question_view(words, due.ask) if isinstance(due.ask, Asked) else look.pausing_view(words, due.ask.language)
        )
        if due.exam is not None:
            exam = exam_line(words, due.ask.language, due.exam.day, due.push.study_day)
            view = replace(view, text=lines(exam, view.text))
        thread_id = due.slot.thread_id
        return await delivery.send(due.chat.id, view, thread_id=thread_id, silent=due.silent, bulk=due.bulk)

    async def _later(self, due: Due, error: Exception) -> None:
        """Soon if it may pass by itself; rarely if Telegram refuses the message or gives no answer."""
        now = self._desk.clock()
        wait = _MUCH_LATER if isinstance(error, BadRequest) else _soon(due)
        if unanswered(error):
            if isinstance(due.ask, Pausing):  # it may have been told, and once is polite
                await self._desk.insist(settling.paused, due.push, now)
                PUSHES.labels("paused").inc()
                return
            wait = _UNSURE * 2**due.ask.round.sends
        await self._desk.write(settling.later, due.push, due.round_id, now + wait, now)
        PUSHES.labels("later").inc()
        log.warning("push_delayed", chat=due.chat.id, minute=due.push.minute, error=type(error).__name__)
        held_up = isinstance(
            error, (BadRequest, RetryAfter, TimeoutError)
        )  # our own limiter may wait longer than we do
        if held_up and not due.chat.private and await self._desk.delivery.is_slow(due.chat.id):
            await self._complain(due, "slow")

    async def _settle(self, due: Due, outcome: Outcome) -> None:
        now = self._desk.clock()
        if due.round_id is None:
            await self._desk.insist(settling.paused, due.push, now)
        elif isinstance(outcome, Sent):
            await self._stands(due, due.round_id, outcome)
        else:
            state: Settled = "gone" if isinstance(outcome, Gone) else "refused"
            await self._desk.insist(settling.dropped, due.push, due.round_id, state, now)
        PUSHES.labels(_named(due, outcome)).inc()
        late = now - due.push.due_at
        if not isinstance(outcome, Sent) or late >= _LATE:  # a hundred thousand go well, and are counted
            about = {"chat": due.chat.id, "minute": due.push.minute, "late": int(late.total_seconds())}
            log.info("push_settled", outcome=type(outcome).__name__.lower(), **about)
        if outcome in _TROUBLES:
            await self._complain(due, _TROUBLES[outcome])

    async def _stands(self, due: Due, round_id: int, sent: Sent) -> None:
        """Its round is open; pin it if wanted. What works is written down before what does not is told."""
        desk = self._desk
        posted = (round_id, sent.message_id, sent.poll_id, desk.clock(), desk.defaults)
        pins = await desk.insist(settling.sent, due.push, *posted, chat_id=sent.chat_id)
        pinned = await self._pin(sent) if pins else None
        if due.chat.trouble:
            await desk.write(complaints.worked, due.chat.id, _works(due, sent, pinned), due.slot.thread_id)
        if sent.astray:
            await desk.write(opening.astray, round_id)
            await self._complain(due, "thread")
        if pinned == Refused("rights"):
            await self._complain(due, "pin")

    async def _pin(self, sent: Sent) -> Outcome | None:
        """A pin is a nicety: what passes by itself is not waited for."""
        with suppress(NetworkError, RetryAfter, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                return await self._desk.delivery.pin(sent.chat_id, sent.message_id)
        return None

    async def _complain(self, due: Due, kind: Kind) -> None:
        """Tell once what keeps a group's pushes away: the admin who set the hour, else the group. What surely did not
        arrive is told with a later push."""
        desk, slot = self._desk, due.slot
        if due.chat.private:
            return
        told = await desk.write(complaints.complain, due.chat.id, kind, slot.thread_id, slot.set_by, desk.defaults)
        if told is not None:
            told = replace(told, minute=slot.minute)
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._tell(told, slot.thread_id, silent=due.silent)
            except (NetworkError, RetryAfter, TimeoutError) as error:
                if not unanswered(error):
                    await desk.write(complaints.owe, due.chat.id, kind, slot.thread_id)

    async def _tell(self, told: Complaint, thread_id: int | None, *, silent: bool) -> None:
        delivery, words = self._desk.delivery, self._desk.words
        if told.admin is not None:
            view = look.trouble_view(words, told, private=True)
            if isinstance(await delivery.send(told.admin.id, view, silent=silent, bulk=True), Sent):
                return
        view = look.trouble_view(words, told, private=False)
        await delivery.send(told.chat.id, view, thread_id=thread_id, silent=silent, bulk=True)


def _soon(due: Due) -> timedelta:
    """The same for a push each time, another for another chat or day."""
    drawn = crc32(f"{due.push.chat_id} {due.push.study_day}".encode())
    return _SOON + timedelta(seconds=drawn % _SPREAD_S)


def _named(due: Due, outcome: Outcome) -> str:
    """What became of it in one word."""
    if isinstance(outcome, Refused):
        return outcome.reason
    if isinstance(outcome, Gone):
        return "gone"
    return "paused" if due.round_id is None else "astray" if outcome.astray else "sent"


def _works(due: Due, sent: Sent, pinned: Outcome | None) -> list[Kind]:
    """What this push has shown to work; slow mode lets a second try through."""
    shown: dict[Kind, bool] = {
        "rights": True,
        "thread": not sent.astray,
        "polls": bool(sent.poll_id),
        "pin": isinstance(pinned, Sent),
        "slow": due.push.state != "later",
    }
    return [kind for kind, works in shown.items() if works]
