"""How the rounds behind one's points look."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.core.calendar import week_of
from bot.core.markdown import plain
from bot.core.text import Text, lines
from bot.flows.boards import Span
from bot.flows.reasons import Reason, Reasons
from bot.tg.boards_views import span_title
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import Rows, View, name, short
from bot.tg.words import Words


def reasons_view(words: Words, found: Reasons, *, private: bool) -> View:
    """The sum, a line a round, other spans and pages."""
    span = span_title(words, found.language, found.span)
    title = words(found.language, "why-title", group=name(found.title), span=span, points=str(found.points))
    rows = [_row(words, found, reason) for reason in found.rows]
    body = lines(*rows) if rows else words(found.language, "why-nothing")
    return View(lines(title.bold(), body), _buttons(words, found, private=private))


def _row(words: Words, found: Reasons, reason: Reason) -> Text:
    local = reason.given.answer.answered_at.astimezone(ZoneInfo(found.zone))
    prompt = short(plain(reason.question.prompt)) if reason.question else "?"
    values = {"date": f"{local:%m-%d}", "prompt": prompt, "points": str(reason.given.answer.points)}
    return words(found.language, _key(found, reason), **values)


def _key(found: Reasons, reason: Reason) -> str:
    answer = reason.given.answer
    if reason.given.voided:
        return "why-voided"
    if not answer.right:
        return "why-wrong"
    if not answer.points:
        return "why-again"
    if not answer.held:
        return "why-right"
    return "why-held" if answer.day >= week_of(found.today)[0] else "why-alone"


def _buttons(words: Words, found: Reasons, *, private: bool) -> Rows:
    number = found.chat_id if private else found.person_id
    spans = tuple(
        Button(span_title(words, found.language, span), pack(Verb.WHY, span, 0, number))
        for span in (Span.DAY, Span.WEEK, Span.MONTH, Span.ALL)
    )
    pages = []
    if found.page:
        pages.append(Button("‹", pack(Verb.WHY, found.span, found.page - 1, number)))
    if found.more:
        pages.append(Button("›", pack(Verb.WHY, found.span, found.page + 1, number)))
    if private:
        pages.append(Button(words.said(found.language, "button-back"), pack(Verb.BOARD, found.span, number)))
    return (spans, tuple(pages)) if pages else (spans,)
