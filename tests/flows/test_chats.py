"""A chat and its settings, on both databases."""

from datetime import UTC, datetime, timedelta

from bot.core.people import Chat, Defaults, Person
from bot.flows import chats, forgetting
from bot.flows.chats import NotUnderstood, Profile
from bot.store import people, pushes
from bot.store.database import Tx

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DEFAULTS = Defaults("zh", "Asia/Shanghai")
ADA, PRIVATE = Person(7, "Ada", "ada", "en"), Chat(7, "private", "Ada")
GROUP = Chat(-9, "group", "读书小组")


def test_a_new_chat_lives_by_the_defaults(tx: Tx) -> None:
    """In private Telegram's language, in a group the default; the default zone; no hour."""
    profile = chats.visit(tx, ADA, PRIVATE, NOW, DEFAULTS)
    assert (profile.language, profile.zone, profile.minutes) == ("en", "Asia/Shanghai", ())
    assert chats.visit(tx, ADA, GROUP, NOW, DEFAULTS).language == "zh"
    assert people.find_person(tx, 7) == ADA


def test_a_language_is_chosen_by_button_or_by_word(tx: Tx) -> None:
    """zh, 中文, Chinese; anything else changes nothing and is told."""
    assert chats.set_language(tx, ADA, PRIVATE, "zh", NOW, DEFAULTS).language == "zh"
    for typed, language in (
        ("EN", "en"),
        ("中文", "zh"),
        (" English ", "en"),
        ("chinese", "zh"),
        ("en-GB", "en"),
        ("zh-CN", "zh"),
    ):
        result = chats.say_language(tx, ADA, PRIVATE, typed, NOW, DEFAULTS)
        assert isinstance(result, Profile)
        assert result.language == language
    result = chats.say_language(tx, ADA, PRIVATE, "klingon", NOW, DEFAULTS)
    assert isinstance(result, NotUnderstood)
    assert result.profile.language == "zh"


def test_a_zone_moves_the_hours_with_it(tx: Tx) -> None:
    """Nine o'clock stays nine o'clock, wherever the person lives."""
    chats.set_hour(tx, ADA, PRIVATE, 540, None, NOW, DEFAULTS)
    before = pushes.slots_of(tx, 7)[0].next_push_at
    moved = chats.set_zone(tx, ADA, PRIVATE, "Europe/Berlin", NOW, DEFAULTS)
    after = pushes.slots_of(tx, 7)[0].next_push_at
    assert (moved.zone, moved.minutes) == ("Europe/Berlin", (540,))
    assert before == datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert after == datetime(2026, 11, 24, 8, tzinfo=UTC)


def heard(tx: Tx, typed: str, at: datetime = NOW) -> str | NotUnderstood | None:
    """The zone that a plain message in private set, or what became of it instead."""
    result = chats.hear(tx, ADA, PRIVATE, typed, at, DEFAULTS)
    return result.zone if isinstance(result, Profile) else result


def test_a_place_is_taken_at_any_time(tx: Tx) -> None:
    """Unasked, after a button was pressed, and to correct the one before; talk is none."""
    assert heard(tx, "Munich") == "Europe/Berlin"
    chats.set_zone(tx, ADA, PRIVATE, "Asia/Tokyo", NOW, DEFAULTS)
    for typed, zone in (("Boston", "America/New_York"), ("UTC+8", "Etc/GMT-8"), ("北京时间", "Asia/Shanghai")):
        assert heard(tx, typed) == zone
    assert [heard(tx, typed) for typed in ("👍", "+1", "shenzen", "")] == [None] * 4


def test_the_question_about_the_zone_helps_with_slips_while_it_is_open(tx: Tx) -> None:
    """What is not understood leaves it open, a place closes it."""
    chats.ask_zone(tx, ADA, PRIVATE, NOW, DEFAULTS)
    assert isinstance(heard(tx, "Atlantis"), NotUnderstood)
    assert heard(tx, "shenzen") == "Asia/Shanghai"
    assert heard(tx, "shenzen") is None
    chats.ask_zone(tx, None, GROUP, NOW, DEFAULTS)
    stored = people.find_chat(tx, GROUP.id)
    assert stored is not None
    assert stored.asking is None


def test_the_question_about_the_zone_is_not_open_for_ever(tx: Tx) -> None:
    """Days later an emoji or a sentence is no attempt at a city; nor is it after a question of an older version."""
    chats.ask_zone(tx, ADA, PRIVATE, NOW, DEFAULTS)
    assert isinstance(heard(tx, "👍", NOW + timedelta(minutes=59)), NotUnderstood)
    assert heard(tx, "👍", NOW + timedelta(days=3)) is None
    people.change_chat(tx, PRIVATE.id, asking="timezone")
    assert heard(tx, "How are you?") is None


def test_a_chat_that_rests_wakes_with_its_hours(tx: Tx) -> None:
    """Blocked, nothing is planned; the next message plans it again."""
    chats.set_hour(tx, ADA, PRIVATE, 540, None, NOW, DEFAULTS)
    chats.rest(tx, 7, NOW)
    assert pushes.slots_of(tx, 7)[0].next_push_at is None
    later = NOW + timedelta(days=3)
    assert chats.visit(tx, ADA, PRIVATE, later, DEFAULTS).chat.quiet_since is None
    assert pushes.slots_of(tx, 7)[0].next_push_at == datetime(2026, 11, 27, 1, tzinfo=UTC)


def test_a_group_that_moves_keeps_its_settings_and_moving_twice_is_moving_once(tx: Tx) -> None:
    """Both sides of a migration tell of it."""
    chats.set_language(tx, None, GROUP, "en", NOW, DEFAULTS)
    chats.set_hour(tx, None, GROUP, 600, 33, NOW, DEFAULTS)
    for _ in range(2):
        chats.move(tx, GROUP.id, -1009, NOW, DEFAULTS)
    profile = chats.visit(tx, None, Chat(-1009, "supergroup", "读书小组"), NOW, DEFAULTS)
    assert (profile.language, profile.minutes) == ("en", (600,))
    assert people.find_chat(tx, GROUP.id) is None


def test_who_is_forgotten_is_a_stranger_again(tx: Tx) -> None:
    """Settings, hours and the name are gone."""
    chats.set_zone(tx, ADA, PRIVATE, "Europe/Berlin", NOW, DEFAULTS)
    chats.set_hour(tx, ADA, PRIVATE, 540, None, NOW, DEFAULTS)
    forgetting.forget_person(tx, 7, int(NOW.timestamp()))
    assert people.find_person(tx, 7) is None
    assert pushes.slots_of(tx, 7) == ()
    assert chats.language_of(tx, None, PRIVATE, DEFAULTS) == "zh"
    assert chats.visit(tx, ADA, PRIVATE, NOW, DEFAULTS).zone == "Asia/Shanghai"


def test_an_hour_chosen_in_a_thread_is_pushed_there(tx: Tx) -> None:
    """The settings keep the thread they were pressed in, as /daily does."""
    chats.set_hour(tx, None, GROUP, 600, 33, NOW, DEFAULTS)
    assert [slot.thread_id for slot in pushes.slots_of(tx, GROUP.id)] == [33]


def test_a_sticker_is_no_city(tx: Tx) -> None:
    """What has no text leaves the question about the zone open."""
    chats.ask_zone(tx, ADA, PRIVATE, NOW, DEFAULTS)
    assert chats.hear(tx, ADA, PRIVATE, "", NOW, DEFAULTS) is None
    assert isinstance(chats.hear(tx, ADA, PRIVATE, "Munich", NOW, DEFAULTS), Profile)


def test_a_group_is_greeted_again_after_a_day_away(tx: Tx) -> None:
    """Not while it is known, nor soon after; and asking makes nothing known."""
    assert chats.arrival(tx, GROUP, NOW, DEFAULTS) is not None
    assert people.find_chat(tx, GROUP.id) is None
    chats.visit(tx, None, GROUP, NOW, DEFAULTS)
    assert chats.arrival(tx, GROUP, NOW + timedelta(days=9), DEFAULTS) is None
    chats.set_language(tx, None, GROUP, "en", NOW, DEFAULTS)
    chats.rest(tx, GROUP.id, NOW)
    assert chats.arrival(tx, GROUP, NOW + timedelta(hours=23), DEFAULTS) is None
    found = chats.arrival(tx, GROUP, NOW + timedelta(hours=24), DEFAULTS)
    assert found is not None
    assert found.language == "en"


def test_only_a_basic_group_of_that_title_can_have_become_the_supergroup(tx: Tx) -> None:
    """One the bot is still in; a supergroup stays what it is."""
    for chat in (GROUP, Chat(-10, "group", "别的"), Chat(-11, "supergroup", GROUP.title)):
        chats.visit(tx, None, chat, NOW, DEFAULTS)
    bigger = Chat(-1009, "supergroup", GROUP.title)
    assert chats.namesakes(tx, bigger) == (GROUP.id,)
    assert chats.namesakes(tx, GROUP) == ()
    chats.rest(tx, GROUP.id, NOW)
    assert chats.namesakes(tx, bigger) == ()
