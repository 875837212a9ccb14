"""Boards as people see them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from bot.core.bank import Language
from bot.core.people import Chat
from bot.flows.boards import Board, Span, Totals
from bot.store.database import Database
from bot.store.scores import Score
from bot.tg import boards as feature
from bot.tg.boards_views import board_view, totals_view
from bot.tg.buttons import Verb, pack
from bot.tg.words import Words
from tests.group_bench import ADA, Clock, Front, desk_for
from tests.tg.fake_api import FakeApi

ROWS = (Score(1, 7, "Ada", 1060, 4, 5), Score(2, 8, "小周", 45, 3, 5), Score(2, 9, "@Lin", 45, 3, 4))


@pytest.fixture
def front(database: Database) -> Front:
    """A group before the bot."""
    telegram = FakeApi()
    desk = desk_for(database, telegram, Clock())
    return Front(desk, telegram, feature.handlers(desk))


def board(
    language: Language, span: Span = Span.WEEK, days: tuple[date, date] | None = None, own: Score | None = None
) -> Board:
    """A board of three."""
    return Board(span, "读书小组", days, ROWS, own, language)


def test_a_board_lists_rank_name_points_and_answers() -> None:
    """One line a person, the points without separators, nobody linked."""
    week = (date(2026, 11, 23), date(2026, 11, 29))
    view = board_view(Words(), board("zh", days=week))
    title, *lines = view.text.text.split("\n")
    assert title == "本周 · 读书小组 · 11 月 23–29 日"
    assert lines[:2] == ["1  Ada　1060（4/5）", "2  小周　45（3/5）"]
    assert "@Lin" not in lines[2]
    assert [button.label for button in view.rows[0]] == ["本周", "全部"]


@pytest.mark.parametrize(("language", "title"), [("zh", "11 月 30 日–12 月 6 日"), ("en", "30 Nov – 6 Dec")])
def test_a_week_across_months_names_both(language: Language, title: str) -> None:
    """The days are told as that language tells them."""
    view = board_view(Words(), board(language, days=(date(2026, 11, 30), date(2026, 12, 6))))
    assert view.text.text.split("\n")[0].endswith(title)


def test_one_s_own_line_stands_apart() -> None:
    """Under the others, with its rank, by name."""
    view = board_view(Words(), board("en", Span.ALL, own=Score(12, 5, "Zoe", 5, 1, 3)))
    assert view.text.text.split("\n")[-2:] == ["…", "12  Zoe  5 (1/3)"]
    assert view.text.text.startswith("All time · 读书小组\n")


def test_every_month_has_its_name() -> None:
    """Twelve different months in each language."""
    words = Words()
    for language in ("zh", "en"):
        names = [words.said(language, "boards-month", month=month) for month in range(1, 13)]
        assert all(first != second for first, second in pairwise(names))
        assert len(set(names)) == 12


def test_totals_are_one_line() -> None:
    """Plain numbers, in both languages."""
    for language in ("zh", "en"):
        text = totals_view(Words(), Totals(10, 1020, language)).text.text
        assert "\n" not in text
        assert "1020" in text


async def test_leaderboard_and_its_buttons(front: Front) -> None:
    """The week first; a press edits the same message; an unknown span is the week."""
    await front.says("/leaderboard")
    (call,) = front.telegram.sent()
    assert call.text == "本周 · 读书小组 · 3 月 2–8 日\n还没有人作答。发 /quiz 来一题"
    await front.presses(pack(Verb.BOARD, Span.ALL))
    await front.presses(pack(Verb.BOARD, 99))
    titles = [edit.text.split(" ")[0] for edit in front.telegram.sent("editMessageText")]
    assert titles == ["全部", "本周"]
    assert front.toasts() == ["", ""]


async def test_leaderboard_in_private_tells_one_s_own_points(front: Front) -> None:
    """There is no board of one."""
    await front.says("/leaderboard", chat=Chat(ADA.id, "private", "Ada"))
    (call,) = front.telegram.sent()
    assert call.text == "你的积分：本周 0，全部 0（私聊和各群合计）"
