"""Boards as people see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, cast

import pytest

from bot.core.bank import Language
from bot.core.people import Chat, Person
from bot.core.streaks import Streak
from bot.flows.boards import Board, Group, Mine, Place, Span
from bot.store.database import Database
from bot.store.scores import Score
from bot.tg import boards as feature
from bot.tg.boards_views import board_view, mine_view, place_toast
from bot.tg.buttons import Verb, pack
from bot.tg.views import View
from bot.tg.words import Words
from tests.group_bench import ADA, BOB, GROUP, LIBRARY, LIN, NOON, Clock, Front, Study, chat_json, desk_for
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
    return Board(-100, span, "读书小组", days, ROWS, own, language)


def look(shown: Board, *, private: bool = False) -> View:
    """The board as its chat sees it."""
    return board_view(Words(), shown, LIBRARY, private=private)


def test_a_board_lists_rank_name_points_and_answers() -> None:
    """One line a person, the points without separators, nobody linked."""
    week = (date(2026, 11, 23), date(2026, 11, 29))
    view = look(board("zh", days=week))
    title, *lines = view.text.text.split("\n")
    assert title == "本周 · 读书小组 · 11 月 23–29 日"
    assert lines[:2] == ["1  Ada　1060（4/5）", "2  小周　45（3/5）"]
    assert "@Lin" not in lines[2]
    assert [[button.label for button in row] for row in view.rows] == [
        ["今天", "本周 ✓", "本月", "全部"],
        ["我的名次", "名人堂"],
    ]


@pytest.mark.parametrize(("language", "title"), [("zh", "11 月 30 日–12 月 6 日"), ("en", "30 Nov – 6 Dec")])
def test_a_week_across_months_names_both(language: Language, title: str) -> None:
    """The days are told as that language tells them."""
    view = look(board(language, days=(date(2026, 11, 30), date(2026, 12, 6))))
    assert view.text.text.split("\n")[0].endswith(title)


def test_one_s_own_line_stands_apart() -> None:
    """Under the others, with its rank, by name."""
    view = look(board("en", Span.ALL, own=Score(12, 5, "Zoe", 5, 1, 3)))
    assert view.text.text.split("\n")[-2:] == ["…", "12  Zoe  5 (1/3)"]
    assert view.text.text.startswith("All time · 读书小组\n")


def test_every_month_has_its_name() -> None:
    """Twelve different months in each language."""
    words = Words()
    for language in ("zh", "en"):
        names = [words.said(language, "month-name", month=month) for month in range(1, 13)]
        assert all(first != second for first, second in pairwise(names))
        assert len(set(names)) == 12


def test_what_is_off_a_board_is_said_under_it() -> None:
    """Voided rounds, points kept back, and the group's streak."""
    shown = replace(board("zh"), voided=2, alone=True, streak=Streak(14, 2))
    assert look(shown).text.text.split("\n")[-3:] == [
        "有 2 题作废，不计分。",
        "本周只有一个人作答，分先记下；有第二个人作答后一并计入。",
        "全组连续 14 天，可再缺 2 天",
    ]
    english = look(replace(board("en"), voided=1, streak=Streak(2, 0))).text.text.split("\n")
    assert english[-2:] == ["1 round was voided and counts for nothing.", "Group streak: 2 days"]
    assert "streak" not in look(replace(board("en"), streak=Streak(1, 0))).text.text


def test_a_topic_s_board_says_so_and_its_buttons_stay_with_it() -> None:
    """The number in the buttons is one more than the topic's place, as 0 means everything."""
    view = look(replace(board("en"), about="bert"))
    assert view.text.text.startswith("This week · BERT 家族 · 读书小组\n")
    assert [button.data for button in view.rows[0]] == ["1b:1:2", "1b:2:2", "1b:3:2", "1b:0:2"]


def test_one_s_place_fits_a_toast() -> None:
    """Three lines with an arrow at one's own, whatever people are called; and sentences where there is none."""
    rows = tuple(Score(rank, rank, "名" * 200, 99_999, 1, 1) for rank in (10, 11, 12))
    for language in ("zh", "en"):
        toast = place_toast(Words(), Place(rows, 11, hidden=False, language=language))
        assert len(toast) <= 200
        assert [line.split("  ")[1].startswith("→") for line in toast.split("\n")] == [False, True, False]
        assert "/quiz" in place_toast(Words(), Place((), 11, hidden=False, language=language))
        assert "/hide" in place_toast(Words(), Place(rows, 11, hidden=True, language=language))


def test_in_private_one_s_groups_are_lines_and_buttons() -> None:
    """Points, streak, a line and a button for each group, and the way to everybody's board."""
    groups = (Group(-100, "读书小组", ROWS[1], 45), Group(-200, "BERT 组", None))
    mine = Mine("zh", 45, 320, Streak(12, 1), groups, hidden=False, worldwide=False)
    view = mine_view(Words(), mine)
    assert view.text.text.split("\n") == [
        "你的积分：本周 45，全部 320（私聊和各群合计）",
        "连续 12 天，可再缺 1 天",
        "读书小组：本周第 2 名，45 分",
        "BERT 组：本周还没有作答",
    ]
    assert [[(b.label, b.data) for b in row] for row in view.rows] == [
        [("读书小组", "1b:2:-100"), ("BERT 组", "1b:2:-200")],
        [("加入总榜", "1j:1")],
    ]
    joined = mine_view(Words(), replace(mine, worldwide=True, hidden=True, language="en"))
    assert [button.label for button in joined.rows[-1]] == ["Global board", "Leave global"]
    assert "/hide" in joined.text.text


async def test_leaderboard_and_its_buttons(front: Front) -> None:
    """The week first; a press edits the same message; an unknown span is the week."""
    await front.says("/leaderboard")
    (call,) = front.telegram.sent()
    assert call.text == "本周 · 读书小组 · 3 月 2–8 日\n还没有人作答。发 /quiz 来一题"
    await front.presses(pack(Verb.BOARD, Span.ALL, 0))
    await front.presses(pack(Verb.BOARD, 99))
    titles = [edit.text.split(" ")[0] for edit in front.telegram.sent("editMessageText")]
    assert titles == ["全部", "本周"]
    assert front.toasts() == ["", ""]


async def test_leaderboard_in_private_tells_one_s_own_points(front: Front) -> None:
    """There is no board of one."""
    await front.says("/leaderboard", chat=Chat(ADA.id, "private", "Ada"))
    (call,) = front.telegram.sent()
    assert call.text == "你的积分：本周 0，全部 0（私聊和各群合计）"


HOME = Chat(ADA.id, "private", "Ada")


async def answer_once(front: Front, *people: Person, group: Chat = GROUP) -> None:
    """A round in the group that these people get right, whatever has been asked there before."""
    study = Study(cast("Any", front.desk.write).__self__, now=NOON)
    study.messages = len(front.telegram.calls) + 50
    opened, poll = await study.poll(chat=group)
    for person in people:
        await study.vote(person, poll, 2)
    await study.finish(opened)


async def test_me_is_for_the_presser_alone(front: Front) -> None:
    """A toast, and nobody's message changes; /me in a group says the same."""
    await answer_once(front, ADA, BOB)
    await front.presses(pack(Verb.PLACE, Span.WEEK), person=BOB)
    assert front.toasts() == ["1  Ada　10\n1  → Bob　10"]
    assert front.telegram.sent("editMessageText") == []
    await front.says("/me", person=BOB)
    assert front.telegram.sent()[-1].text == "1  Ada　10\n1  → Bob　10"


async def test_hiding_and_coming_back(front: Front) -> None:
    """The command hides, however often it is handled; its button is the way back, for whoever presses it."""
    await answer_once(front, ADA, BOB)
    for _time in range(2):
        await front.says("/hide", chat=HOME)
    await front.says("/leaderboard", person=BOB)
    await front.presses(pack(Verb.HIDE, 0), chat=HOME)
    await front.says("/leaderboard", person=BOB)
    *hidden, without, whole = [call.text for call in front.telegram.sent()]
    assert all(text.startswith("好，从现在起你不在任何榜上") for text in hidden)
    assert front.telegram.sent("editMessageText")[-1].text.startswith("你回到榜上了")
    assert ("Ada" in without, "Ada" in whole) == (False, True)


async def test_a_group_s_board_in_private_and_back(front: Front) -> None:
    """Picked by a button, switched by buttons; a stranger's press is too old."""
    await answer_once(front, ADA, BOB)
    await front.presses(pack(Verb.BOARD, Span.ALL, GROUP.id), chat=HOME)
    await front.presses(pack(Verb.MINE), chat=HOME)
    boards = [edit.text for edit in front.telegram.sent("editMessageText")]
    assert boards[0].startswith("全部 · 读书小组\n1  Ada　10（1/1）")
    assert boards[1].startswith("你的积分：")
    await front.presses(pack(Verb.BOARD, Span.ALL, GROUP.id), person=LIN, chat=Chat(LIN.id, "private", "Lin"))
    assert front.toasts()[-1] == "这个按钮太旧了，重新发命令吧。"


async def test_joining_everybody_s_board(front: Front) -> None:
    """One press joins, another shows it, a third leaves."""
    await answer_once(front, ADA, BOB)
    await front.presses(pack(Verb.WORLDWIDE, 1), chat=HOME)
    await front.presses(pack(Verb.BOARD, Span.ALL, 0), chat=HOME)
    await front.presses(pack(Verb.WORLDWIDE, 0), chat=HOME)
    joined, shown, left = front.telegram.sent("editMessageText")
    assert "总榜" in str(joined.fields["reply_markup"])
    assert shown.text == "全部 · 总榜\n1  Ada　10（1/1）"
    assert "加入总榜" in str(left.fields["reply_markup"])


async def test_whoever_writes_as_the_group_is_told_why_nothing_is_theirs(front: Front) -> None:
    """An anonymous admin has no points and no place."""
    for command in ("/me", "/hide"):
        await front.says(command, sender_chat=chat_json(GROUP))
        assert front.telegram.sent()[-1].text == "你现在匿名发言，我不知道你是谁。换成自己的身份再发一次。"
