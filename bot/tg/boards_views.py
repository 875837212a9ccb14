"""How a board looks."""

from __future__ import annotations

from datetime import date

from bot.core.bank import Language
from bot.core.text import NOTHING, Text, lines
from bot.flows.boards import Board, Span, Totals
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import View, name
from bot.tg.words import Words


def board_view(words: Words, board: Board) -> View:
    """The ranking, the caller's own line under it where it is further down, and the other boards' buttons."""
    said = [
        words(
            board.language,
            "boards-row",
            rank=str(row.rank),
            name=name(row.name),
            points=str(row.points),
            right=str(row.right),
            answered=str(row.answered),
        )
        for row in (*board.rows, *((board.own,) if board.own else ()))
    ]
    if board.own is not None:
        said.insert(-1, Text("…"))
    body = lines(*said) if said else words(board.language, "boards-empty")
    buttons = tuple(
        Button(_span(words, board.language, span), pack(Verb.BOARD, span)) for span in (Span.WEEK, Span.ALL)
    )
    return View(lines(_title(words, board).bold(), body), (buttons,))


def totals_view(words: Words, totals: Totals) -> View:
    """What the person has earned, everywhere."""
    week, all_time = str(totals.week), str(totals.all_time)
    return View(words(totals.language, "boards-totals", week=week, all=all_time))


def _title(words: Words, board: Board) -> Text:
    days = _days(words, board.language, *board.days) if board.days else NOTHING
    parts = (_span(words, board.language, board.span), name(board.title) if board.title else "", days.text)
    return Text(" · ".join(part for part in parts if part))


def _span(words: Words, language: Language, span: Span) -> str:
    return words.said(language, f"boards-{span.name.lower()}")


def _days(words: Words, language: Language, first: date, last: date) -> Text:
    months = [words.said(language, "boards-month", month=day.month) for day in (first, last)]
    values = {"first": str(first.day), "last": str(last.day), "month": months[0], "next": months[1]}
    return words(language, "boards-days" if first.month == last.month else "boards-days-across", **values)
