"""How a group's rounds look: the result, an unfolded card, and why there is no new poll."""

from __future__ import annotations

from dataclasses import replace

from bot.core.bank import Language, Library, Question
from bot.core.markdown import render
from bot.core.text import NOTHING, Text, join, lines, units
from bot.flows.results import Result, Standing, Winner
from bot.flows.rounds import Busy, Flipped, NoQuestion
from bot.tg.views import View, folded, name
from bot.tg.words import Words

_NAMES = 10
_TOPICS = 20


def result_views(words: Words, result: Result) -> tuple[View, ...]:
    """How the poll ended, the whole answer folded into it; what did not fit, as further messages."""
    body = render(result.question.answer) if result.question else NOTHING
    head = lines(
        _count(words, result),
        _foreign(words, result.question, result.language),
        _right(words, result),
        _why(words, result),
    )
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
        words(flipped.language, "rounds-card-head", topic=flipped.topic),
        _foreign(words, flipped.question, flipped.language),
        render(flipped.question.prompt).bold(),
    )
    first, more = folded(head, render(flipped.question.answer))
    return (View(first), *(View(piece) for piece in more))


def busy_view(words: Words, busy: Busy) -> View:
    """A poll is open there until that hour."""
    until = f"{busy.closes_at.astimezone(busy.zone):%H:%M}"
    return View(words(busy.language, "rounds-busy", until=until))


def no_question_view(words: Words, none: NoQuestion, library: Library) -> View:
    """Nothing to ask, and what to write instead: the topics close to what was typed, else all there are."""
    if none.unknown is None:
        return View(words(none.language, "rounds-empty"))
    topics = none.unknown.close or library.topics[:_TOPICS]
    listed = _listed(words, none.language, [topic.named(none.language) for topic in topics])
    key = "rounds-unknown-close" if none.unknown.close else "rounds-unknown"
    return View(words(none.language, key, wanted=name(none.unknown.wanted), topics=listed))


def forbidden_view(words: Words, language: Language) -> View:
    """Polls are not allowed there."""
    return View(words(language, "rounds-forbidden"))


def _count(words: Words, result: Result) -> Text:
    if not result.answered:
        return words(result.language, "rounds-nobody", topic=result.topic)
    right = len(result.right)
    return words(result.language, "rounds-count", topic=result.topic, answered=result.answered, right=right)


def _foreign(words: Words, question: Question | None, language: Language) -> Text:
    """The line that says in which language alone the question exists, for which a poll has no room."""
    if question is None or question.language == language:
        return NOTHING
    return words(language, f"question-only-{question.language}")


def _right(words: Words, result: Result) -> Text:
    """Who was right, those who earned the same on one line."""
    lots: dict[str, list[Winner]] = {}
    for winner in result.right:
        lots.setdefault(_earned(result, winner), []).append(winner)
    return lines(*(_lot(words, result, key, lot) for key, lot in lots.items()))


def _earned(result: Result, winner: Winner) -> str:
    if result.round.voided_at is not None:
        return "rounds-right-voided"
    if not winner.points:
        return "rounds-right-again"
    if not winner.held:
        return "rounds-right"
    return "rounds-right-alone" if result.past else "rounds-right-held"


def _lot(words: Words, result: Result, key: str, lot: list[Winner]) -> Text:
    names = [name(winner.name) for winner in lot if not winner.hidden][:_NAMES]
    rest = len(lot) - len(names)
    shown = _listed(words, result.language, names)
    if rest:
        said = "rounds-names-many" if names else "rounds-names-hidden"
        number = len(lot) if result.language == "zh" else rest
        shown = words.said(result.language, said, names=shown, count=rest, number=str(number))
    return words(result.language, key, names=shown, count=len(lot), points=str(lot[0].points))


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
    """The first of the week, with an arrow and the ranks won for whom this round has lifted."""
    leaders = [standing for standing in result.leaders if standing.score.points]
    if not leaders:
        return NOTHING
    shown = join(" · ", (_leader(standing) for standing in leaders))
    return words(result.language, "rounds-week-past" if result.past else "rounds-week", leaders=shown)


def _leader(standing: Standing) -> str:
    lifted = f" ↑{standing.up}" if standing.up else ""
    return f"{name(standing.score.name)} {standing.score.points}{lifted}"


def _listed(words: Words, language: Language, names: list[str]) -> str:
    return words.said(language, "list-comma").join(names)
