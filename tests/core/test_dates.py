"""Days as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import day_meant

TODAY = date(2026, 11, 26)
LONG_MONTHS = [f"{date(2026, month, 1):%B}" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-20", (2026, 12, 20)),
        ("2026/12/20", (2026, 12, 20)),
        ("2026.12.20", (2026, 12, 20)),
        ("20261220", (2026, 12, 20)),
        ("２０２６－１２－２０", (2026, 12, 20)),
        ("12-20", (2026, 12, 20)),
        ("12/20", (2026, 12, 20)),
        ("12月20日", (2026, 12, 20)),
        ("12 月 20 号", (2026, 12, 20)),
        ("2027年1月5日", (2027, 1, 5)),
        ("20 Dec", (2026, 12, 20)),
        ("20th December 2026", (2026, 12, 20)),
        ("December 20th, 2026", (2026, 12, 20)),
        ("dec. 20", (2026, 12, 20)),
        ("1-5", (2027, 1, 5)),
        ("11-26", (2026, 11, 26)),
        ("11-25", (2027, 11, 25)),
        ("2-29", (2028, 2, 29)),
        ("tomorrow", (2026, 11, 27)),
        ("明天", (2026, 11, 27)),
        ("in 3 weeks", (2026, 12, 17)),
        ("三周后", (2026, 12, 17)),
        ("10天后", (2026, 12, 6)),
        ("2025-01-01", (2025, 1, 1)),
        ("20.12.", (2026, 12, 20)),
        ("3.12.", (2026, 12, 3)),
        ("3.12", (2027, 3, 12)),
        ("20/12", (2026, 12, 20)),
        ("12/20/2026", (2026, 12, 20)),
        ("20/12/2026", (2026, 12, 20)),
        ("3/4/2027", (2027, 3, 4)),
        ("12-1-2026", (2026, 12, 1)),
        ("20-12-2026", (2026, 12, 20)),
        ("十二月二十日", (2026, 12, 20)),
        ("二〇二七年一月五號", (2027, 1, 5)),
        ("Sunday, 20 December 2026", (2026, 12, 20)),
        ("12月20日（周日）", (2026, 12, 20)),
        ("on Sunday, the 20th of December", (2026, 12, 20)),
    ],
)
def test_a_day_in_several_forms(typed: str, day: tuple[int, int, int]) -> None:
    """Without a year it is the next such day, today included; a year that is over is over."""
    assert day_meant(typed, TODAY) == date(*day)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "2026-13-01",
        "2026-02-30",
        "30 Feb",
        "2-30",
        "12",
        "2026",
        "12-20-30",
        "20 Foo",
        "注意力",
        "32 Dec",
        "31/31/2026",
        "on",
    ],
)
def test_what_is_no_day(typed: str) -> None:
    """Garbage, half a day, and days that no calendar has."""
    assert day_meant(typed, TODAY) is None


@given(st.dates(TODAY, TODAY + timedelta(days=365)))
def test_every_day_of_the_year_to_come_in_every_form(day: date) -> None:
    """Each is understood, whatever it is written like."""
    month, number = LONG_MONTHS[day.month - 1], day.day
    written = [f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{number}日", f"{number} {month} {day.year}"]
    written += [f"{number} {month[:3].lower()} {day.year}", f"{month} {number}, {day.year}"]
    assert {day_meant(one, TODAY) for one in written} == {day}


@given(st.text(max_size=40))
def test_no_text_is_too_odd(typed: str) -> None:
    """Whatever is typed is a day or none."""
    found = day_meant(typed, TODAY)
    assert found is None or isinstance(found, date)
