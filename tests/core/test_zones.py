"""From what a person types to a zone."""

from datetime import UTC, datetime

import pytest

from bot.core.cities import CITIES
from bot.core.people import Chat, Defaults, find_zone, language_for, zone_for
from bot.core.zones import LIKELY, offset_title, place_title, zone_named, zone_title

SUMMER = datetime(2026, 7, 1, tzinfo=UTC)
WINTER = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("北京", "Asia/Shanghai"),
        ("深圳市", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        (" shenzhen ", "Asia/Shanghai"),
        ("Munich", "Europe/Berlin"),
        ("MÜNCHEN", "Europe/Berlin"),
        ("munchen", "Europe/Berlin"),
        ("Bogotá", "America/Bogota"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("美西", "America/Los_Angeles"),
        ("UTC+8", "Etc/GMT-8"),
        ("ＵＴＣ＋８", "Etc/GMT-8"),
        ("GMT-5", "Etc/GMT+5"),
        ("+05:30", "Asia/Kolkata"),
        ("utc+5:45", "Asia/Kathmandu"),
        ("UTC", "UTC"),
        ("shenzen", "Asia/Shanghai"),
        ("东八区", "Etc/GMT-8"),
        ("西5区", "Etc/GMT+5"),
        ("東十二時區", "Etc/GMT-12"),
        ("UTC 8", "Etc/GMT-8"),
        ("gmt8", "Etc/GMT-8"),
        ("UTC+0", "UTC"),
        ("Munich, Germany", "Europe/Berlin"),
        ("慕尼黑，德国", "Europe/Berlin"),
        ("New York, USA", "America/New_York"),
        ("Washington, D.C.", "America/New_York"),
        ("Wien", "Europe/Vienna"),
        ("Roma", "Europe/Rome"),
        ("Tokio", "Asia/Tokyo"),
        ("San Juan", "America/Puerto_Rico"),
    ],
)
def test_what_people_type_is_understood(typed: str, zone: str) -> None:
    """Cities in both languages, IANA names, offsets, and one slip of the finger."""
    assert zone_named(typed) == zone


@pytest.mark.parametrize(
    "typed",
    [
        "Factory",
        "San Jose, Costa Rica",
        "东十六区",
        "Atlantis, Germany",
        "",
        "25:00",
        "UTC+15",
        "utc+3:17",
        "hello",
        "东西南北",
        "x" * 500,
        "../etc/passwd",
        "\x00",
    ],
)
def test_garbage_is_no_place(typed: str) -> None:
    """What means no place gives None and raises nothing."""
    assert zone_named(typed) is None


@pytest.mark.parametrize("typed", ["慕尼黑", "munich", "Boston", "UTC+8", "北京时间", "Europe/Berlin", "东八区", "LA"])
def test_a_place_is_known_unasked(typed: str) -> None:
    """A city, an offset with its UTC and an IANA name mean what they mean without any question."""
    assert zone_named(typed, sure=True) == zone_named(typed) is not None


@pytest.mark.parametrize("typed", ["+1", "z", "East", "act", "shenzen", "👍", "谢谢", "GB", "5"])
def test_unasked_nothing_is_guessed(typed: str) -> None:
    """What may be a slip of the finger, or talk, is no place unless one was asked for."""
    assert zone_named(typed, sure=True) is None


def test_a_place_is_called_as_it_was_typed() -> None:
    """By its usual name in the reader's language; what is no city of that zone is called by the zone."""
    assert place_title("munchen", "Europe/Berlin", "zh") == "慕尼黑"
    assert place_title("shenzen", "Asia/Shanghai", "zh") == "深圳"
    assert place_title("慕尼黑", "Europe/Berlin", "en") == "Munich"
    assert place_title("New York, USA", "America/New_York", "en") == "New York"
    assert place_title("Europe/Berlin", "Europe/Berlin", "en") == "Berlin"
    assert place_title("UTC+8", "Etc/GMT-8", "zh") == "UTC+8"


def test_every_city_lives_in_a_zone_that_exists() -> None:
    """Each of the 200 and more cities is found by each of its names, in a zone the system knows."""
    assert len(CITIES) >= 200
    for zone, chinese, english in CITIES:
        assert find_zone(zone) is not None, zone
        for name in (*chinese, *english):
            assert zone_named(name) == zone, name


def test_zones_are_shown_by_their_city() -> None:
    """People read a city or an offset, in their own language."""
    assert zone_title("Asia/Shanghai", "zh") == "北京"
    assert zone_title("America/New_York", "en") == "New York"
    assert zone_title("Etc/GMT-8", "zh") == "UTC+8"
    assert zone_title("America/Argentina/Salta", "en") == "Salta"


def test_an_offset_follows_the_season() -> None:
    """The offset shown is the one in force at that instant."""
    assert offset_title("Europe/Berlin", SUMMER) == "UTC+2"
    assert offset_title("Europe/Berlin", WINTER) == "UTC+1"
    assert offset_title("Asia/Kolkata", WINTER) == "UTC+5:30"
    assert offset_title("America/New_York", WINTER) == "UTC-5"


def test_the_likely_zones_exist() -> None:
    """No button offers a zone that the system does not have."""
    assert all(find_zone(zone) for zone in LIKELY)


def test_a_private_chat_speaks_as_telegram_does_until_told_otherwise() -> None:
    """zh for any Chinese, en for any other language, the default where Telegram says nothing."""
    defaults = Defaults("zh")
    private, group = Chat(1, "private"), Chat(-1, "group")
    assert language_for(private, "zh-hans", defaults) == "zh"
    assert language_for(private, "de", defaults) == "en"
    assert language_for(private, None, defaults) == "zh"
    assert language_for(group, "de", defaults) == "zh"
    assert language_for(Chat(1, "private", language="zh"), "de", defaults) == "zh"


def test_a_zone_that_no_longer_exists_falls_back() -> None:
    """A stored name that left the database of zones does not break the chat."""
    assert zone_for(Chat(1, "private", timezone="Mars/Olympus"), Defaults()).key == "Asia/Shanghai"
    assert zone_for(None, Defaults(timezone="Nowhere/At_All")).key == "UTC"
