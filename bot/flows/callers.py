"""Who calls in a private chat, when, and what holds there: what every use case of practice begins with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.bank import Language, Library
from bot.core.calendar import day_end, day_start, study_day
from bot.core.people import Chat, Defaults, Person, language_for, zone_for
from bot.core.topics import Unknown
from bot.flows import schedule
from bot.store import people
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Caller:
    """A person in their private chat at `now` (aware UTC), with the library as it is then."""

    library: Library
    person: Person
    chat: Chat
    now: datetime
    defaults: Defaults

    @property
    def language(self) -> Language:
        """What to speak with them."""
        return language_for(self.chat, self.person.language_code, self.defaults)

    @property
    def zone(self) -> ZoneInfo:
        """Where they live."""
        return zone_for(self.chat, self.defaults)

    def study_day(self, at: datetime | None = None) -> date:
        """Their study day of `at` (aware UTC), or of now."""
        return study_day(at or self.now, self.zone, self.chat.day_start)

    def day_start(self) -> datetime:
        """When their study day of now began (aware UTC)."""
        return day_start(self.now, self.zone, self.chat.day_start)

    def day_end(self, at: datetime | None = None) -> datetime:
        """When the study day of `at`, or of now, is over (aware UTC)."""
        return day_end(at or self.now, self.zone, self.chat.day_start)


@dataclass(frozen=True, slots=True)
class Graded:
    """It was answered in words; the grade shows the answer, and waits for a rating."""

    language: Language


@dataclass(frozen=True, slots=True)
class TooOld:
    """The press means nothing (any more) in this chat."""

    language: Language


@dataclass(frozen=True, slots=True)
class NoTopic:
    """Nothing is called what the person typed; `unknown` tells what may have been meant."""

    language: Language
    unknown: Unknown


@dataclass(frozen=True, slots=True)
class Unseen:
    """The round was sent several times and no answer came: say so, and then `asking.give_up`. Its buttons work wherever
    it stands."""

    language: Language
    round_id: int


def known(tx: Tx, caller: Caller) -> Caller:
    """The caller with the chat's stored settings; nothing is noted."""
    return replace(caller, chat=people.find_chat(tx, caller.chat.id) or caller.chat)


def arrive(tx: Tx, caller: Caller) -> Caller:
    """Note who came; the caller with the chat's stored settings."""
    return replace(caller, chat=schedule.arrive(tx, caller.person, caller.chat, caller.now, caller.defaults))
