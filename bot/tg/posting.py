"""Putting a group's round before its people: a quiz poll, or a card for a question without choices."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from bot.core.bank import Question
from bot.core.markdown import plain, render
from bot.core.text import NOTHING, lines
from bot.flows.opening import Opening
from bot.tg.buttons import Button, Verb, pack
from bot.tg.delivery import Delivery, Outcome, Refused, Sent
from bot.tg.views import PollView, View
from bot.tg.words import Words

_PROMPT, _CHOICE, _EXPLANATION, _LINE_FEEDS = 300, 100, 200, 2  # Telegram's limits for polls


async def post(
    delivery: Delivery, words: Words, opened: Opening, *, silent: bool = False, bulk: bool = False
) -> Outcome:
    """Send it to its thread; where that thread is closed or gone, to the chat."""
    chat_id, thread_id = opened.round.chat_id, opened.round.thread_id
    if opened.round.kind == "poll":
        poll = poll_view(opened.question)
        return await in_thread(partial(delivery.poll, chat_id, poll, silent=silent, bulk=bulk), thread_id)
    card = card_view(words, opened)
    return await in_thread(partial(delivery.send, chat_id, card, silent=silent, bulk=bulk), thread_id)


async def in_thread(send: Callable[..., Awaitable[Outcome]], thread_id: int | None) -> Outcome:
    """`send` to the thread; where that is closed or gone, to the chat."""
    outcome = await send(thread_id=thread_id)
    if outcome == Refused("thread") and thread_id is not None:
        outcome = await send(thread_id=None)
        return replace(outcome, strayed=True) if isinstance(outcome, Sent) else outcome
    return outcome


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
