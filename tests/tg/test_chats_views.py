"""The greeting and the settings, in both languages."""

from datetime import UTC, datetime

import pytest

from bot.core.bank import Bank, Language, Library
from bot.core.people import Chat
from bot.flows.chats import Profile
from bot.tg.buttons import Press, Verb, unpack
from bot.tg.chats_views import NEVER, Field, Page, chosen, greeting, group_greeting, help_view, page, zone_set
from bot.tg.commands import COMMANDS, Audience, listed
from bot.tg.views import View
from bot.tg.words import Words

NOW = datetime(2026, 7, 1, 6, 5, tzinfo=UTC)
WORDS = Words()
LIBRARY = Library((Bank("bert", {"zh": "BERT 与 Transformer", "en": "BERT and the Transformer"}, (), ()),))


def profile(language: Language, zone: str = "Europe/Berlin", *minutes: int, kind: str = "private") -> Profile:
    """A chat that chose this."""
    return Profile(Chat(7, "group" if kind == "group" else "private"), language, zone, minutes)


def labels(view: View) -> list[str]:
    """What the buttons say."""
    return [button.label for row in view.rows for button in row]


@pytest.mark.parametrize(
    ("language", "bank", "zone"), [("zh", "BERT 与 Transformer", "柏林"), ("en", "BERT and the Transformer", "Berlin")]
)
def test_the_greeting_names_the_bank_the_zone_and_the_local_time(language: Language, bank: str, zone: str) -> None:
    """It fits a screen, and what holds is ticked."""
    view = greeting(WORDS, profile(language, "Europe/Berlin", 480), LIBRARY, NOW)
    assert bank in view.text.text
    assert zone in view.text.text
    assert "UTC+2" in view.text.text
    assert "08:05" in view.text.text
    assert {"08:00 ✓", f"{zone} ✓"} <= set(labels(view))
    assert len(view.text.text.splitlines()) <= 6


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_group_is_greeted_with_the_pages_to_set_up(language: Language) -> None:
    """Hour, zone and language are one tap away; with every remark it still fits a screen."""
    remarks = [WORDS(language, key) for key in ("lifecycle-privacy", "lifecycle-no-polls")]
    view = group_greeting(WORDS, profile(language, kind="group"), LIBRARY, *remarks)
    pressed = [unpack(button.data) for button in view.rows[0]]
    assert pressed == [Press(Verb.DAILY, (0,)), *(Press(Verb.SETTINGS, (to,)) for to in (Page.ZONE, Page.LANGUAGE))]
    assert len(view.text.text.splitlines()) == 5
    assert greeting(WORDS, profile(language, kind="group"), LIBRARY, NOW).rows == view.rows


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("which", list(Page))
def test_every_button_of_every_page_means_something(language: Language, which: Page) -> None:
    """Each carries a press this version understands; each choice names the page to show again."""
    view = page(WORDS, profile(language, "Asia/Shanghai", 465), which, LIBRARY, NOW)
    for button in (button for row in view.rows for button in row):
        press = unpack(button.data)
        assert press is not None
        assert press.verb in {Verb.SET, Verb.SETTINGS, Verb.LEARN, Verb.AWAY}
        assert press.verb is not Verb.SET or press.numbers[0] == which


def test_an_hour_of_ones_own_stands_among_the_offered_ones() -> None:
    """07:45 was typed; it shows, ticked, in order."""
    view = page(WORDS, profile("en", "Asia/Shanghai", 465), Page.HOUR, LIBRARY, NOW)
    assert labels(view)[:2] == ["07:45 ✓", "08:00"]
    assert unpack(view.rows[1][0].data) == Press(Verb.SET, (Page.HOUR, Field.HOUR, NEVER))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_settings_say_what_holds(language: Language) -> None:
    """Hour, zone with its time, language; and that there is no hour."""
    text = page(WORDS, profile(language, "Asia/Shanghai", 480, 1260), Page.MAIN, LIBRARY, NOW).text.text
    assert "08:00, 21:00" in text
    assert "14:05" in text
    assert "08:00" not in page(WORDS, profile(language), Page.MAIN, LIBRARY, NOW).text.text.splitlines()[1]
    assert "08:05" in zone_set(WORDS, profile(language), "Munich", NOW).text.text


def test_a_zone_that_is_but_an_offset_says_so_once() -> None:
    """UTC+8 needs no (UTC+8) behind it."""
    assert zone_set(WORDS, profile("en", "Etc/GMT-8"), "+8", NOW).text.text == "Time zone: UTC+8 (now 14:05)."
    assert zone_set(WORDS, profile("zh", "UTC"), "utc", NOW).text.text == "时区：UTC（UTC+0，现在 06:05）。"


@pytest.mark.parametrize(
    ("field", "minutes", "said"),
    [
        (Field.HOUR, (1260,), "每天出题：21:00"),
        (Field.HOUR, (), "每天出题：没有定时间"),
        (Field.ZONE, (), "时区：柏林（UTC+2，现在 08:05）"),
        (Field.LANGUAGE, (), "语言：中文"),
    ],
)
def test_what_was_chosen_is_said_as_the_settings_say_it(field: Field, minutes: tuple[int, ...], said: str) -> None:
    """Off looks on the buttons as if nothing had been pressed: the toast tells."""
    assert chosen(WORDS, profile("zh", "Europe/Berlin", *minutes), field, NOW) == said


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("audience", list(Audience))
def test_help_lists_what_works_there(language: Language, audience: Audience) -> None:
    """Each command that those people have use for, and no other; all but what is folded on one screen."""
    shown = help_view(WORDS, language, audience).text
    text = shown.text
    for command in COMMANDS:
        expected = command in listed(audience) and command.name != "help"
        assert (f"\n/{command.name} " in text) == expected, command.name
    fold = next((one.offset for one in shown.entities if one.type == "expandable_blockquote"), len(text))
    assert len(text[:fold].splitlines()) <= 20


def test_members_and_admins_of_a_group_have_different_commands() -> None:
    """Who may change nothing is offered nothing that changes."""
    members = {command.name for command in listed(Audience.MEMBERS)}
    admins = {command.name for command in listed(Audience.ADMINS)}
    assert members < admins
    assert {"settings", "daily", "timezone", "language"} <= admins - members
    assert "管理员发 /help" not in help_view(WORDS, "zh", Audience.ADMINS).text.text
