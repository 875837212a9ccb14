"""The end of a week as the group sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import TimedOut

from bot.core.calendar import Period
from bot.core.streaks import Streak
from bot.flows.seasons import Closing, Hall, Missed, Notable
from bot.store.database import Database
from bot.store.scores import Score
from bot.store.seasons import Season
from bot.tg import boards, seasons
from bot.tg.buttons import Verb, pack
from bot.tg.seasons_views import closing_view, hall_view
from bot.tg.words import Words
from tests.group_bench import ADA, BOB, GROUP, NOON, Clock, Front, Study, desk_for
from tests.practice_bench import choice_question
from tests.tg.fake_api import Call, FakeApi

WORDS = Words()
WEEK, MONTH = Period.week(NOON.date()), Period.month(NOON.date())
MONDAY_9 = datetime(2026, 3, 9, 1, tzinfo=UTC)
QUESTION = replace(
    choice_question("a1", "attention", 2),
    explanation="权重之和为 1 由 softmax 保证。与缩放无关。",
    references="- Vaswani 等，2017，arXiv:1706.03762\n- 另一篇",
)
CLOSING = Closing(
    Season(GROUP.id, WEEK, MONDAY_9, "claimed", None),
    None,
    "zh",
    tied=0,
    podium=(Score(1, 7, "Ada", 60, 4, 5), Score(2, 8, "小周", 45, 3, 5), Score(2, 9, "Lin", 45, 3, 4)),
    improved=Notable("Lin", 25),
    longest=Notable("Ada", 12),
    rounds=7,
    people=5,
    people_before=4,
    streak=Streak(3, 0),
    missed=(Missed(QUESTION, 4, 5, 0), Missed(replace(QUESTION, references="", explanation=""), 1, 2, None)),
    silent=False,
)


def test_a_week_s_end_in_chinese() -> None:
    """Podium, notable people, how many took part, what was missed with what to read, and a button."""
    view = closing_view(WORDS, CLOSING)
    assert view.text.text.split("\n") == [
        "本周小结 · 3 月 2–8 日",
        "1  Ada　60",
        "2  小周　45",
        "2  Lin　45",
        "进步最大：Lin（+25） · 连续最久：Ada 12 天",
        "7 题，5 人作答（上一期 4 人）",
        "全组连续 3 天",
        "最容易错的：",
        "1. a1 问什么？　5 人答，4 人错",
        "2. a1 问什么？　2 人答，1 人错",
        "1. 错的人多选「a1 的选项 0」。权重之和为 1 由 softmax 保证。（Vaswani 等，2017，arXiv:1706.03762）",
        "2. a1 的完整答案。",
    ]
    (folded,) = [entity for entity in view.text.entities if entity.type == "expandable_blockquote"]
    assert view.text.text.encode("utf-16-le")[2 * folded.offset :].decode("utf-16-le").startswith("1. 错的人")
    assert [(button.label, button.data) for button in view.rows[0]] == [("再问这 2 题", f"1z:{WEEK.key}")]


def test_a_month_s_end_in_english() -> None:
    """The same for English readers, and nothing where there is nothing to say."""
    season = replace(CLOSING.season, period=MONTH)
    bare = replace(CLOSING, season=season, language="en", missed=(), improved=None, longest=None, people_before=0)
    view = closing_view(WORDS, replace(bare, streak=Streak(0, 0)))
    assert view.text.text.split("\n") == [
        "The month is over · Mar 2026",
        "1  Ada  60",
        "2  小周  45",
        "2  Lin  45",
        "7 questions, answered by 5",
    ]
    assert view.rows == ()


def test_it_fits_a_message_whatever_is_written() -> None:
    """Long names, prompts, choices, explanations and references are cut."""
    long = replace(QUESTION, prompt="问" * 300, explanation="长" * 200, references="书" * 900)
    crowd = tuple(Score(1, number, "名" * 200, 99, 1, 1) for number in range(10))
    view = closing_view(WORDS, replace(CLOSING, podium=crowd, tied=490, missed=(Missed(long, 4, 5, 0),) * 3))
    assert view.text.units < 4096
    assert "还有 490 人并列" in view.text.text
    weeks = [Period.week(NOON.date() + timedelta(weeks=week)) for week in range(12)]
    hall = Hall(tuple((week, crowd) for week in weeks), "zh")
    assert hall_view(WORDS, hall).text.units < 4096


@pytest.fixture
def front(database: Database, clock: Clock) -> Front:
    """A group before the bot."""
    telegram = FakeApi()
    desk = desk_for(database, telegram, clock)
    return Front(desk, telegram, [*boards.handlers(desk), *seasons.handlers(desk)])


async def answered(front: Front, database: Database) -> None:
    """Ada is right, Bob is wrong."""
    study = Study(database)
    opened, poll = await study.poll()
    await study.vote(ADA, poll, 2)
    await study.vote(BOB, poll, 0)
    await study.finish(opened)


async def test_the_tick_tells_a_week_once(front: Front, database: Database, clock: Clock) -> None:
    """At the group's hour, and by no later tick."""
    await answered(front, database)
    for clock.now in (MONDAY_9 - timedelta(minutes=1), MONDAY_9, MONDAY_9 + timedelta(minutes=1)):
        await seasons.tick(front.desk)
    (told,) = front.telegram.sent()
    assert told.text.startswith("本周小结 · 3 月 2–8 日\n1  Ada　10")


async def test_a_network_that_is_away_delays_it(front: Front, database: Database, clock: Clock) -> None:
    """It is told after the lease; a chat that is gone is told nothing, and no tick tries for ever."""
    await answered(front, database)
    clock.now = MONDAY_9
    front.telegram.trouble = lambda _call: (500, "Internal Server Error")
    await seasons.tick(front.desk)
    front.telegram.trouble = lambda _call: None
    await seasons.tick(front.desk)
    assert front.telegram.sent() == []
    clock.now += timedelta(minutes=2)
    await seasons.tick(front.desk)
    assert len(front.telegram.sent()) == 1


async def test_a_telegram_that_does_not_answer_is_told_three_times(
    front: Front, database: Database, clock: Clock
) -> None:
    """The message may have arrived each time: later and later, then never again."""
    await answered(front, database)
    clock.now = MONDAY_9
    tries: list[datetime] = []

    def silent(_call: Call) -> None:
        tries.append(clock.now)
        raise TimedOut

    front.telegram.after = silent
    for _minute in range(300):
        await seasons.tick(front.desk)
        clock.now += timedelta(minutes=1)
    assert [(at - MONDAY_9).total_seconds() / 60 for at in tries] == [0, 5, 25]


async def test_a_message_that_telegram_refuses_is_not_sent_for_ever(
    front: Front, database: Database, clock: Clock
) -> None:
    """Once, whatever is wrong with it; the hall of fame has the podium all the same."""
    await answered(front, database)
    clock.now = MONDAY_9
    tries: list[Call] = []

    def refused(call: Call) -> tuple[int, str]:
        tries.append(call)
        return 400, "Bad Request: MESSAGE_TOO_LONG"

    front.telegram.trouble = refused
    for _ in range(5):
        await seasons.tick(front.desk)
        clock.now += timedelta(minutes=3)
    assert len(tries) == 1


async def test_a_group_that_threw_the_bot_out_hears_nothing(front: Front, database: Database, clock: Clock) -> None:
    """One try, and never again."""
    await answered(front, database)
    clock.now = MONDAY_9
    tries: list[Call] = []

    def kicked(call: Call) -> tuple[int, str]:
        tries.append(call)
        return 403, "Forbidden: bot was kicked from the supergroup chat"

    front.telegram.trouble = kicked
    for _ in range(3):
        await seasons.tick(front.desk)
        clock.now += timedelta(minutes=3)
    assert len(tries) == 1


async def test_asking_again_and_the_hall_of_fame(front: Front, database: Database, clock: Clock) -> None:
    """Toasts say what was done; the hall stands on the board's message and leads back."""
    await answered(front, database)
    clock.now = MONDAY_9
    await front.presses(pack(Verb.HALL))
    assert "还没有人上榜" in front.telegram.sent("editMessageText")[-1].text
    await seasons.tick(front.desk)
    for _ in range(2):
        await front.presses(pack(Verb.AGAIN, WEEK.key))
    await front.presses(pack(Verb.AGAIN, 99))
    await front.presses(pack(Verb.HALL))
    assert front.toasts() == [
        "",
        "好，接下来先问这 1 题",
        "已经排上了，接下来会先问",
        "这个按钮太旧了，重新发命令吧。",
        "",
    ]
    assert front.telegram.sent("editMessageText")[-1].text == "名人堂\n3 月 2–8 日　Ada 10"
