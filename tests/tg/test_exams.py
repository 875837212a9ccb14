"""/exam through the handlers, and how it looks in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.bank import Ref
from bot.core.exams import Exam
from bot.core.learners import Learner, Ration
from bot.core.planning import Situation, plan
from bot.core.review import Rating, Review
from bot.flows.exams import Standing
from bot.store import learners
from bot.store.database import Database
from bot.tg.exams_views import Outlook, plan_view
from bot.tg.words import Words
from tests.practice_bench import ADA, LIBRARY
from tests.tg.phone import Phone, phone_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both
NOON, DAY = datetime(2026, 3, 2, 4, tzinfo=UTC), timedelta(days=1)


@pytest.fixture
async def phone(database: Database) -> Phone:
    """Ada, on 2 March 2026."""
    return await phone_of_ada(database, LIBRARY)


async def test_the_plan(phone: Phone) -> None:
    """The day, how many a day, today, and where the daily hour is missing, how to choose one."""
    await phone.say("/exam 3月7日")
    assert phone.last().text.splitlines() == [
        "考试 3 月 7 日（周六），还有 5 天",
        "新题 5 道，每天最多 1 道",
        "复习每天约 1 道，最多的一天 1 道",
        "今天还有：新题 1 道，复习 0 道",
        "到那天，问过的 5 题大概都还记得",
        "还没定每天几点出题：/daily 21:00",
    ]
    await phone.say("/exam", 2)
    assert phone.telegram.sent()[0].text == phone.telegram.sent()[1].text
    await phone.say("/exam 2027-01-05 注意力", 3)
    assert phone.last().text.startswith("考试 2027 年 1 月 5 日（周二），还有 309 天 · 注意力\n")
    await phone.say("/exam off", 4)
    assert phone.last().text == "没有考试计划了，复习照常。"
    await phone.say("/exam", 5)
    assert phone.last().text == "没有考试计划。这样写：/exam 2026-03-30，后面可以加主题。"


async def test_what_is_wrong_is_one_sentence(phone: Phone) -> None:
    """With the way to write it."""
    said = {
        "/exam soon": "没看懂「soon」是哪一天。这样写：/exam 2026-03-30",
        "/exam 2026-03-01": "「2026-03-01」已经过了。这样写：/exam 2026-03-30",
        "/exam 今天": "就在今天，来不及排了。想快过一遍：/cram",
        "/exam 2030-01-01": "「2030-01-01」太远了，最多排到两年后。这样写：/exam 2026-03-30",
    }
    for number, (typed, answer) in enumerate(said.items()):
        await phone.say(typed, number)
        assert phone.last().text == answer
    await phone.say("/exam 3-30 xyzzy", 9)
    assert phone.last().text.startswith("没有叫「xyzzy」的主题。有这些：注意力、BERT 家族、训练。")


async def test_it_cannot_fit_and_a_button_makes_room(phone: Phone, database: Database) -> None:
    """It says what does not fit and what would; the press raises the limit and shows the plan anew."""
    await database.write(learners.change, ADA.id, "new_a_day", 1)
    await phone.say("/exam 3-5")
    assert "排不下：每天 1 道新题，到那天还有 2 道没问过。每天 2 道就排得下。" in phone.last().text
    assert "照现在的量，3 月 7 日（周六）考才来得及。" in phone.last().text
    await phone.tap("每天 2 道新题")
    shown = phone.last("editMessageText").text
    assert "排不下" not in shown
    assert "新题 5 道，每天最多 2 道" in shown
    await phone.press("1exam:0:9999")
    await phone.press("1exam:7:2")
    assert [toast.startswith("这个按钮太旧了") for toast in phone.toasts()] == [False, True, True]


async def test_days_away(phone: Phone) -> None:
    """How many of the days they are, that today is one, and what they make impossible."""
    await phone.say("/vacation 3-3 3-4")
    await phone.say("/exam 3-7", 2)
    assert "\n其中 2 天休假，不出题\n" in phone.last().text
    await phone.say("/vacation 9", 3)
    await phone.say("/exam 3-7", 4)
    assert phone.last().text.splitlines()[:4] == [
        "考试 3 月 7 日（周六），还有 5 天",
        "其中 5 天休假，不出题",
        "今天休假，不出题",
        "有 5 道轮不上：那几天在休假。不休了：/vacation off",
    ]


async def test_what_is_put_aside_the_day_before(phone: Phone) -> None:
    """It is told, as it comes no more."""
    await phone.say("/quiz bert")
    await phone.tap("…")
    await phone.tap("明天再说")
    await phone.say("/exam 3-3 bert", 2)
    assert "有 1 道轮不上：说了明天再说，可明天就考了。" in phone.last().text


def standing(language: str, keys: tuple[str, ...], reviews_a_day: int | None) -> Standing:
    """Somebody who got these wrong twice and has two days."""
    log = (Review(Rating.AGAIN, NOON - 9 * DAY), Review(Rating.AGAIN, NOON - 8 * DAY))
    learner, exam = Learner(90, 10, reviews_a_day), Exam(date(2026, 3, 4))
    logs = {Ref("nlp", key): log for key in keys}
    today = Ration(10, reviews_a_day)
    of = Situation(logs, (), learner, today, 2, NOON, NOON + DAY / 2, NOON + 2 * DAY)
    return Standing("zh" if language == "zh" else "en", NOON.date(), exam, of, pushed=True)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", ["题都问过了，剩下的是复习", "到那天，4 题里大约会忘 1 题。最悬的：", "每天 4 道就排得下。"]),
        ("en", ["Everything has been asked", "Of 4 questions you will have forgotten about 1", "4 a day would do."]),
    ],
)
def test_what_will_be_forgotten(language: str, expected: list[str], backend: str) -> None:
    """It names the least sure with their chance, and that the reviews do not fit."""
    stands = standing(language, ("a1", "a2", "a3", "b1"), 1)
    view = plan_view(Words(), Outlook(stands, plan(stands.situation)), LIBRARY)
    for part in expected:
        assert part in view.text.text
    assert view.text.text.count("\n· ") == 2
    assert "%" in view.text.text
    assert [button.data for row in view.rows for button in row] == ["1exam:1:4"]


def test_the_day_itself(backend: str) -> None:
    """Nothing is planned any more."""
    stands = standing("zh", ("a1",), None)
    stands = replace(stands, today=date(2026, 3, 4), situation=replace(stands.situation, days=0))
    view = plan_view(Words(), Outlook(stands, plan(stands.situation)), LIBRARY)
    assert view.text.text.splitlines() == ["考试就在今天，3 月 4 日（周三）", "没有要排的了。想快过一遍：/cram"]
    stands = replace(stands, language="en", exam=replace(stands.exam, about="bert"))
    view = plan_view(Words(), Outlook(stands, plan(stands.situation)), LIBRARY)
    assert view.text.text.startswith("Exam today, Wed 4 Mar · ")


def test_less_than_a_review_a_day_is_not_about_none(backend: str) -> None:
    """Four questions in a hundred days: at most so many on a day."""
    stands = standing("zh", ("a1", "a2", "a3", "b1"), None)
    stands = replace(stands, situation=replace(stands.situation, days=100, at=NOON + 100 * DAY))
    said = plan_view(Words(), Outlook(stands, plan(stands.situation)), LIBRARY).text.text.splitlines()
    assert "复习每天最多 4 道" in said
    assert not any("约 0 道" in line for line in said)
