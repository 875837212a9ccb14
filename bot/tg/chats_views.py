"""The greeting, the settings and their pages."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

from bot.core.bank import LANGUAGES, Language, Library
from bot.core.people import find_zone
from bot.core.text import NOTHING, Text, join, lines
from bot.core.zones import LIKELY, offset_title, place_title, zone_title
from bot.flows.chats import Profile
from bot.tg.buttons import Button, Verb, pack
from bot.tg.commands import Audience, overview
from bot.tg.phrases import unreminded
from bot.tg.views import Rows, View, folded, labels
from bot.tg.words import Words

HOURS = (8 * 60, 12 * 60 + 30, 21 * 60)
NEVER = -1


class Page(IntEnum):
    """What a settings message shows."""

    GREETING = 0
    MAIN = 1
    HOUR = 2
    ZONE = 3
    LANGUAGE = 4


class Field(IntEnum):
    """What a button of a page chooses."""

    HOUR = 0  # minute of the day, or NEVER
    ZONE = 1  # index into LIKELY
    LANGUAGE = 2  # index into LANGUAGES


def clock_time(minute: int) -> str:
    """A minute of the day as 09:05."""
    return f"{minute // 60:02}:{minute % 60:02}"


def page(words: Words, profile: Profile, which: Page, library: Library, now: datetime) -> View:
    """Any page, as it looks now."""
    if which is Page.GREETING:
        return greeting(words, profile, library, now)
    views = {Page.HOUR: _hour_page, Page.ZONE: _zone_page, Page.LANGUAGE: _language_page}
    return views.get(which, _main_page)(words, profile, now)


def greeting(words: Words, profile: Profile, library: Library, now: datetime) -> View:
    """Who I am, what is here, and what to set up."""
    if not profile.chat.private:
        return group_greeting(words, profile, library)
    text = lines(
        words(profile.language, "start-private", **_stock(words, profile, library)),
        words(profile.language, "start-zone-ask", where=_where(words, profile, now)),
        words(profile.language, "start-hour-ask"),
    )
    return View(text, _hours(words, profile, Page.GREETING) + _zones(profile, Page.GREETING))


def group_greeting(words: Words, profile: Profile, library: Library, *remarks: Text) -> View:
    """The same for a group, where admins set it up; the remarks are about what the bot may do there."""
    text = words(profile.language, "start-group", **_stock(words, profile, library))
    return View(lines(text, *remarks), (_pages(words, profile),))


def help_view(words: Words, language: Language, audience: Audience) -> View:
    """How this works, and every command that these people have use for; in private, where there are many, what one
    practises with, and the others folded."""
    first, *others = overview(words, language, audience)
    if audience in {Audience.PRIVATE, Audience.OPERATOR}:
        head = join("\n\n", (words(language, "help-private"), first))
        return View(folded(head, join("\n\n", others))[0])
    more = words(language, "help-admins-more") if audience is Audience.MEMBERS else NOTHING
    return View(join("\n\n", (words(language, "help-group"), first, *others, more)))


def zone_set(words: Words, profile: Profile, typed: str, now: datetime) -> View:
    """The zone as it is now, by the city that was typed."""
    title = place_title(typed, profile.zone, profile.language)
    return View(words(profile.language, "zone-set", where=_where(words, profile, now, title)))


def chosen(words: Words, profile: Profile, field: Field, now: datetime) -> str:
    """What holds now that a button of that field was pressed; for a toast."""
    if field is Field.HOUR:
        return lines(_hour_line(words, profile), unreminded(words, profile.language, profile.unreminded)).text
    return (_zone_line(words, profile, now) if field is Field.ZONE else _language_line(words, profile)).text


def _stock(words: Words, profile: Profile, library: Library) -> dict[str, str | int]:
    """The names of the banks, and how many questions are in them."""
    separator = words.said(profile.language, "bank-list-separator")
    return {
        "banks": separator.join(bank.named(profile.language) for bank in library.banks),
        "count": len(library.refs),
    }


def _where(words: Words, profile: Profile, now: datetime, title: str = "") -> Text:
    """The zone, or a place in it, with its offset and the hour it is there; a bare offset says so once."""
    local = now.astimezone(find_zone(profile.zone))
    title, offset = title or zone_title(profile.zone, profile.language), offset_title(profile.zone, now)
    if title == offset:
        return words(profile.language, "zone-offset", offset=offset, time=f"{local:%H:%M}")
    return words(profile.language, "zone-city", zone=title, offset=offset, time=f"{local:%H:%M}")


def _hour_line(words: Words, profile: Profile) -> Text:
    hours = join(", ", (clock_time(minute) for minute in profile.minutes))
    key = "settings-hour" if hours else "settings-hour-none"
    if hours and profile.chat.paused_at is not None:
        key = "settings-hour-paused"
    return words(profile.language, key, **({"hours": hours} if hours else {}))


def _zone_line(words: Words, profile: Profile, now: datetime) -> Text:
    return words(profile.language, "settings-zone", where=_where(words, profile, now))


def _language_line(words: Words, profile: Profile) -> Text:
    return words(
        profile.language, "settings-language", language=words(profile.language, f"language-{profile.language}")
    )


def _main_page(words: Words, profile: Profile, now: datetime) -> View:
    language = profile.language
    text = lines(
        words(language, "settings-title").bold(),
        _hour_line(words, profile),
        _zone_line(words, profile, now),
        _language_line(words, profile),
    )
    away = Button(words.said(language, "vacation-button"), pack(Verb.AWAY, 0))
    study = (Button(words.said(language, "study-button"), pack(Verb.LEARN)), away)
    return View(text, (_pages(words, profile), *([study] if profile.chat.private else [])))


def _pages(words: Words, profile: Profile) -> tuple[Button, ...]:
    """The ways on; a group's hours have pages of their own."""
    hours = pack(Verb.SETTINGS, Page.HOUR) if profile.chat.private else pack(Verb.DAILY, 0)
    pages = (
        (hours, "button-hour"),
        (pack(Verb.SETTINGS, Page.ZONE), "button-zone"),
        (pack(Verb.SETTINGS, Page.LANGUAGE), "button-language"),
    )
    return tuple(Button(words.said(profile.language, key), data) for data, key in pages)


def _hour_page(words: Words, profile: Profile, now: datetime) -> View:  # noqa: ARG001 - pages share one shape
    return View(
        words(profile.language, "settings-hour-ask"), (*_hours(words, profile, Page.HOUR), _back(words, profile))
    )


def _zone_page(words: Words, profile: Profile, now: datetime) -> View:
    key = "settings-zone-ask" if profile.chat.private else "settings-zone-ask-group"
    text = words(profile.language, key, where=_where(words, profile, now))
    return View(text, (*_zones(profile, Page.ZONE), _back(words, profile)))


def _language_page(words: Words, profile: Profile, now: datetime) -> View:  # noqa: ARG001 - pages share one shape
    choices = (
        _choice(
            words.said(profile.language, f"language-{code}"),
            Page.LANGUAGE,
            Field.LANGUAGE,
            at,
            chosen=code == profile.language,
        )
        for at, code in enumerate(LANGUAGES)
    )
    return View(words(profile.language, "settings-language-ask"), (tuple(choices), _back(words, profile)))


def _hours(words: Words, profile: Profile, on: Page) -> Rows:
    minutes = sorted({*HOURS, *profile.minutes})
    choices = [_choice(clock_time(m), on, Field.HOUR, m, chosen=m in profile.minutes) for m in minutes]
    choices.append(_choice(words.said(profile.language, "button-never"), on, Field.HOUR, NEVER, chosen=False))
    return labels(choices, 4)


def _zones(profile: Profile, on: Page) -> Rows:
    return labels(
        (
            _choice(zone_title(zone, profile.language), on, Field.ZONE, at, chosen=zone == profile.zone)
            for at, zone in enumerate(LIKELY)
        ),
        3,  # of four a row a phone would cut Los Angeles off
    )


def _choice(label: str, on: Page, field: Field, value: int, *, chosen: bool) -> Button:
    return Button(f"{label} ✓" if chosen else label, pack(Verb.SET, on, field, value))


def _back(words: Words, profile: Profile) -> tuple[Button, ...]:
    return (Button(words.said(profile.language, "button-back"), pack(Verb.SETTINGS, Page.MAIN)),)
