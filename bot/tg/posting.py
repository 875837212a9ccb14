"""Putting a round before its people; in a group a quiz poll, or a card for a question without choices."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress

import structlog
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.core.bank import Question
from bot.core.markdown import plain, render
from bot.core.text import NOTHING, lines
from bot.flows import opening
from bot.flows.opening import Opening
from bot.tg.buttons import Button, Verb, pack
from bot.tg.delivery import Delivery, Outcome
from bot.tg.desk import Desk
from bot.tg.pauses import unanswered
from bot.tg.views import PollView, View
from bot.tg.words import Words

log = structlog.get_logger(__name__)
_PROMPT, _CHOICE, _EXPLANATION, _LINE_FEEDS = 300, 100, 200, 2  # Telegram's limits for polls


@asynccontextmanager
async def sending(desk: Desk, round_id: int | None) -> AsyncIterator[None]:
    """Around a send of that round: one that surely did not arrive is none of the few that may go without an answer."""
    try:
        yield
    except (NetworkError, RetryAfter) as error:
        if round_id is not None and not unanswered(error):
            await desk.write(opening.unsent, round_id)
        raise


async def post(
    delivery: Delivery, words: Words, opened: Opening, *, silent: bool = False, bulk: bool = False
) -> Outcome:
    """Send it to its thread."""
    chat_id, thread_id = opened.round.chat_id, opened.round.thread_id
    if opened.round.kind == "poll":
        view = poll_view(opened.question)
        return await delivery.poll(chat_id, view, thread_id=thread_id, silent=silent, bulk=bulk)
    return await delivery.send(chat_id, card_view(words, opened), thread_id=thread_id, silent=silent, bulk=bulk)


async def follow(send: Callable[..., Awaitable[Outcome]], views: Iterable[View], *, reply_to: int) -> None:
    """The rest of what is told, as far as it gets: its beginning is written down, and is not told again."""
    try:
        for view in views:
            await send(view, reply_to=reply_to)
    except TelegramError as error:
        log.warning("rest_not_told", error=type(error).__name__)


async def unpin(desk: Desk, chat_id: int, message_id: int) -> None:
    """A pin that stays is no reason to tell no result."""
    with suppress(NetworkError, RetryAfter):
        await desk.delivery.unpin(chat_id, message_id)


def poll_view(question: Question) -> PollView:
    """The question as a poll, in plain text; an explanation that Telegram would refuse is left to the result."""
    explanation = render(question.explanation)
    fits = explanation.units <= _EXPLANATION and explanation.text.count("\n") <= _LINE_FEEDS
    return PollView(
        plain(question.prompt)[:_PROMPT],
        tuple(plain(choice.text)[:_CHOICE] for choice in question.choices),
        question.right,
        explanation if fits else NOTHING,
    )


def card_view(words: Words, opened: Opening) -> View:
    """A question to talk about, and the button that unfolds its answer."""
    language, question = opened.language, opened.question
    topic = opened.topic.named(language) if opened.topic else question.topic
    text = lines(
        words(language, "rounds-card-head", topic=topic),
        words(language, f"question-only-{question.language}") if question.language != language else NOTHING,
        render(question.prompt).bold(),
        words(language, "rounds-card-hint"),
    )
    return View(text, ((Button(words.said(language, "rounds-flip"), pack(Verb.FLIP, opened.round.id)),),))
