"""How boards look, one's place on them, and how one stands in private."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.bank import Language, Library
from bot.core.text import NOTHING, Text, lines
from bot.core.topics import abouts, title_about
from bot.flows.boards import EVERYBODY, Board, Group, Line, Mine, NoTopic, Place, Span
from bot.tg.buttons import Button, Verb, pack
from bot.tg.phrases import days_text, streak_text
from bot.tg.views import Rows, View, labels, name
from bot.tg.words import Words

_SPANS = (Span.DAY, Span.WEEK, Span.MONTH, Span.ALL)
_GROUPS = 12  # of one's own, listed in private


def board_view(words: Words, board: Board, library: Library, *, private: bool) -> View:
    """The ranking, the caller's own line under it where it is further down, what is off it, the other boards."""
    rows = [_row(words, board.language, row) for row in board.rows]
    own = [Text("…"), _row(words, board.language, board.own)] if board.own else []
    empty = NOTHING if board.voided else words(board.language, "boards-empty")
    body = lines(*rows, *own) if rows else empty
    buttons = _private_buttons(words, board) if private else _group_buttons(words, board, library)
    return View(lines(_title(words, board, library).bold(), body, *_notes(words, board)), buttons)


def place_toast(words: Words, place: Place) -> str:
    """The caller's line between its neighbours; at most 200 characters with names cut short."""
    if place.hidden:
        return words.said(place.language, "boards-hidden")
    if not place.lines:
        return words.said(place.language, "boards-nowhere")
    return "\n".join(
        words.said(place.language, "boards-place", rank=row.rank, name=_short(row, place), points=str(row.points))
        for row in place.lines
    )


def mine_view(words: Words, mine: Mine) -> View:
    """Points everywhere, the streak, and a line and a button for each group."""
    language, week, all_time = mine.language, str(mine.week), str(mine.all_time)
    text = lines(
        words(language, "boards-totals", week=week, all=all_time),
        streak_text(words, language, "boards-own-streak", mine.streak),
        *(_group(words, mine, group) for group in mine.groups[:_GROUPS]),
        words(language, "boards-hidden") if mine.hidden else NOTHING,
    )
    groups = [Button(name(g.title), pack(Verb.BOARD, Span.WEEK, g.chat_id)) for g in mine.groups[:_GROUPS]]
    return View(text, (*labels(groups, 2), _worldwide(words, mine)))


def hidden_view(words: Words, language: Language, *, hidden: bool) -> View:
    """Off the boards, or back on them, and the way to the other."""
    key, label = ("hide-on", "hide-button-back") if hidden else ("hide-off", "hide-button-hide")
    button = Button(words.said(language, label), pack(Verb.HIDE, 0 if hidden else 1))
    return View(words(language, key), ((button,),))


def no_topic_view(words: Words, none: NoTopic) -> View:
    """There is no such board; what may have been meant."""
    close = words.said(none.language, "list-comma").join(topic.named(none.language) for topic in none.unknown.close)
    key = "boards-unknown-close" if close else "boards-unknown"
    return View(words(none.language, key, wanted=name(none.unknown.wanted), close=close))


def span_title(words: Words, language: Language, span: Span) -> str:
    """What a span is called on its button."""
    return words.said(language, f"boards-{span.name.lower()}")


def _row(words: Words, language: Language, row: Line) -> Text:
    counts = {"points": str(row.points), "right": str(row.right), "answered": str(row.answered)}
    return words(language, "boards-row", rank=str(row.rank), name=name(row.name), **counts)


def _title(words: Words, board: Board, library: Library) -> Text:
    everybody = words.said(board.language, "boards-everybody")
    parts = (
        span_title(words, board.language, board.span),
        title_about(library, board.about, board.language) if board.about else "",
        everybody if board.chat_id == EVERYBODY else name(board.title) if board.title else "",
        days_text(words, board.language, *board.days) if board.days else "",
    )
    return Text(" · ".join(part for part in parts if part))


def _notes(words: Words, board: Board) -> Iterable[Text]:
    """Why a line may not be what one expects, and the group's streak."""
    if board.voided:
        yield words(board.language, "boards-voided", count=board.voided, number=str(board.voided))
    if board.alone:
        yield words(board.language, "boards-alone")
    if board.streak.length > 1:
        yield streak_text(words, board.language, "boards-group-streak", board.streak)


def _group_buttons(words: Words, board: Board, library: Library) -> Rows:
    about = 1 + abouts(library).index(board.about) if board.about else 0
    spans = _span_buttons(words, board, about)
    me = Button(words.said(board.language, "boards-me"), pack(Verb.PLACE, board.span, about))
    return (spans, (me, Button(words.said(board.language, "boards-hall"), pack(Verb.HALL))))


def _private_buttons(words: Words, board: Board) -> Rows:
    back = Button(words.said(board.language, "button-back"), pack(Verb.MINE))
    if board.chat_id == EVERYBODY:
        return (_span_buttons(words, board, board.chat_id), (back,))
    why = Button(words.said(board.language, "boards-why"), pack(Verb.WHY, board.span, 0, board.chat_id))
    return (_span_buttons(words, board, board.chat_id), (why, back))


def _span_buttons(words: Words, board: Board, number: int) -> tuple[Button, ...]:
    ticks = {board.span: " ✓"}
    labelled = ((span, span_title(words, board.language, span) + ticks.get(span, "")) for span in _SPANS)
    return tuple(Button(label, pack(Verb.BOARD, span, number)) for span, label in labelled)


def _group(words: Words, mine: Mine, group: Group) -> Text:
    language, points = mine.language, str(group.points)
    if mine.hidden:
        return words(language, "boards-group-hidden", group=name(group.title), points=points)
    if group.week is None:
        return words(language, "boards-group-none", group=name(group.title))
    return words(language, "boards-group", group=name(group.title), rank=str(group.week.rank), points=points)


def _worldwide(words: Words, mine: Mine) -> tuple[Button, ...]:
    """To everybody's board, and off it; or onto it."""
    if not mine.worldwide:
        return (Button(words.said(mine.language, "boards-join"), pack(Verb.WORLDWIDE, 1)),)
    return (
        Button(words.said(mine.language, "boards-everybody"), pack(Verb.BOARD, Span.WEEK, EVERYBODY)),
        Button(words.said(mine.language, "boards-leave"), pack(Verb.WORLDWIDE, 0)),
    )


def _short(row: Line, place: Place) -> str:
    shown = name(row.name)
    mine = "→ " if row.person_id == place.person_id else ""
    return mine + (shown if len(shown) <= 20 else shown[:19] + "…")
