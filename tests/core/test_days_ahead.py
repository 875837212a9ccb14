"""Days told from today on, in both languages."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import day_meant

THURSDAY = date(2026, 11, 26)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "typed"),
    [
        (
            (2026, 11, 27),
            ["Friday", "on Friday", "fri", "this Friday", "周五", "星期五", "禮拜五", "本周五", "这个星期五"],
        ),
        ((2026, 12, 3), ["Thursday", "周四", "next Thursday", "下周四", "下個禮拜四", "Thursday next week"]),
        ((2026, 12, 4), ["next Friday", "next fri", "Friday next week", "下周五", "下星期五", "下个周五", "下週五"]),
        ((2026, 12, 6), ["next Sunday", "下周日", "下周天", "下星期天", "下个礼拜日"]),
        ((2026, 12, 11), ["下下周五", "下下个星期五"]),
        ((2026, 11, 25), ["本周三", "这周三", "yesterday", "昨天"]),
        ((2026, 11, 26), ["today", "今天", "in 0 days", "in zero days", "零天后", "26号", "本周四"]),
        ((2026, 11, 28), ["后天", "後天", "day after tomorrow", "the day after tomorrow"]),
        ((2026, 12, 17), ["in 3 weeks", "in three weeks", "3 weeks from now", "三周后", "3个星期之后", "三個禮拜後"]),
        ((2026, 12, 26), ["in a month", "一个月后", "1个月以后", "下个月26号"]),
        ((2027, 11, 26), ["in a year", "一年后", "in 12 months"]),
        ((2026, 12, 20), ["the 20th", "on the 20th", "20th", "20号", "20日", "二十号", "下月20日"]),
        ((2026, 11, 30), ["月底", "本月底", "这个月底", "月末", "end of the month", "the end of this month"]),
        (
            (2026, 12, 31),
            ["年底", "end of the year", "下月底", "下个月底", "end of next month", "12月底", "end of Dec"],
        ),
        ((2027, 2, 28), ["2月底", "end of February"]),
    ],
)
def test_days_told_from_a_thursday(day: tuple[int, int, int], typed: list[str]) -> None:
    """Weeks begin on Monday; a weekday alone is never today."""
    assert [day_meant(one, THURSDAY) for one in typed] == [date(*day)] * len(typed)


@pytest.mark.parametrize(
    "typed", ["weekend", "周末", "next week", "下周", "周七", "13月底", "99号", "下个月31日和", "a", "in a"]
)
def test_what_tells_no_day(typed: str) -> None:
    """Too wide, or no day of any calendar."""
    assert day_meant(typed, THURSDAY) is None


def test_a_month_later_stays_in_its_month() -> None:
    """The 31st has no 28th after it."""
    assert day_meant("一个月后", date(2027, 1, 31)) == date(2027, 2, 28)
    assert day_meant("31号", date(2027, 2, 1)) == date(2027, 3, 31)
    assert day_meant("下个月31号", date(2027, 1, 31)) is None


@given(DAYS, st.integers(0, 6))
def test_every_weekday_from_every_day(today: date, weekday: int) -> None:
    """Alone within the next seven days; `next` in the week after today's, in both languages the same."""
    name, char = WEEKDAYS[weekday], "一二三四五六日"[weekday]
    alone, following = day_meant(name, today), day_meant(f"next {name}", today)
    monday = today - timedelta(days=today.weekday())
    assert alone == day_meant(f"周{char}", today)
    assert alone is not None
    assert 1 <= (alone - today).days <= 7
    assert following == day_meant(f"下周{char}", today) == monday + timedelta(days=7 + weekday)
