"""How a group's rounds look: the result, an unfolded card, and why there is no new poll."""

from __future__ import annotations

from dataclasses import replace

from bot.core.bank import Language
from bot.core.markdown import render
from bot.core.text import NOTHING, Text, join, lines, units
from bot.flows.rounds import Busy, Flipped, NoQuestion, Result
from bot.tg.views import View, folded, name
from bot.tg.words import Words

_NAMES = 10


def result_views(words: Words, result: Result) -> tuple[View, ...]:
    """How the poll ended, the whole answer folded into it; what did not fit, as further messages."""
    body = render(result.question.answer) if result.question else NOTHING
    head = lines(_count(words, result), _foreign(words, result), _right(words, result), _why(words, result))
    first, more = folded(head, body, _leaders(words, result))
    return (View(first), *(View(piece) for piece in more))


def folded_view(words: Words, result: Result) -> View:
    """A result that has been read: one line, and all else folded into it but who led then."""
    text = result_views(words, replace(result, leaders=()))[0].text
    at = units(text.text.partition("\n")[0])
    rest = text.slice(at, text.units).stripped()
    return View(lines(text.slice(0, at), rest.quote(folded=True)))


def flipped_views(words: Words, flipped: Flipped) -> tuple[View, ...]:
    """The card with its answer as a folded quotation."""
    head = lines(
        words(flipped.language, "rounds-card-head", topic=flipped.topic), render(flipped.question.prompt).bold()
    )
    first, more = folded(head, render(flipped.question.answer))
    return (View(first), *(View(piece) for piece in more))


def busy_view(words: Words, busy: Busy) -> View:
    """A poll is open there until that hour."""
    until = f"{busy.closes_at.astimezone(busy.zone):%H:%M}"
    return View(words(busy.language, "rounds-busy", until=until))


def no_question_view(words: Words, none: NoQuestion) -> View:
    """Nothing to ask, and what to write instead."""
    if none.unknown is None:
        return View(words(none.language, "rounds-empty"))
    wanted = name(none.unknown.wanted)
    close = _listed(words, none.language, [topic.named(none.language) for topic in none.unknown.close])
    key = "rounds-unknown-close" if close else "rounds-unknown"
    return View(words(none.language, key, wanted=wanted, close=close))


def forbidden_view(words: Words, language: Language) -> View:
    """Polls are not allowed there."""
    return View(words(language, "rounds-forbidden"))


def _count(words: Words, result: Result) -> Text:
    if not result.answered:
        return words(result.language, "rounds-nobody", topic=result.topic)
    right = len(result.right)
    return words(result.language, "rounds-count", topic=result.topic, answered=result.answered, right=right)


def _foreign(words: Words, result: Result) -> Text:
    """A poll has no room for the line that says in which language alone its question exists."""
    if result.question is None or result.question.language == result.language:
        return NOTHING
    return words(result.language, f"question-only-{result.question.language}")


def _right(words: Words, result: Result) -> Text:
    if not result.right:
        return NOTHING
    count, shown = len(result.right), result.right[:_NAMES]
    names = _listed(words, result.language, [name(answer.name) for answer in shown])
    key = "rounds-right" if count <= _NAMES else "rounds-right-many"
    return words(result.language, key, names=names, count=count, points=str(result.round.points))


def _why(words: Words, result: Result) -> Text:
    """What misled most, and why it is wrong; nobody answered, nobody was misled."""
    if result.question is None or not result.answered:
        return NOTHING
    why = render(result.question.explanation)
    choices = result.question.choices
    if result.tempting is None or result.tempting >= len(choices):
        return why
    return lines(words(result.language, "rounds-tempting", choice=render(choices[result.tempting].text)), why)


def _leaders(words: Words, result: Result) -> Text:
    if not any(score.points for score in result.leaders):
        return NOTHING
    leaders = join(" · ", (f"{name(score.name)} {score.points}" for score in result.leaders if score.points))
    return words(result.language, "rounds-week", leaders=leaders)


def _listed(words: Words, language: Language, names: list[str]) -> str:
    return words.said(language, "rounds-comma").join(names)
