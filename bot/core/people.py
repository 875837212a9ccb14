"""Who answers and where: persons and chats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.bank import Language
from bot.core.calendar import study_day

DAY_START = 4  # o'clock
ChatKind = Literal["private", "group", "supergroup"]


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram user as last seen; `id` is Telegram's."""

    id: int
    name: str
    username: str | None = None
    language_code: str | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat and its settings; a private chat has its person's id. None means: as the operator's defaults say.

    `quiet_since` is set (UTC Unix seconds) while nothing can be sent there, `paused_at` while nothing is pushed as
    nobody answered; `asking` names what plain messages answer, and since when. `pins`: the daily poll is pinned while
    it is open. `trouble` names what kept pushes away and has been told, words with blanks between;
    one with a question mark could not be told yet. `theme` is how pictures look, light or dark.
    """

    id: int
    kind: ChatKind
    title: str = ""
    language: Language | None = None
    timezone: str | None = None
    day_start: int = DAY_START
    asking: str | None = None
    quiet_since: int | None = None
    paused_at: int | None = None
    pins: bool = False
    trouble: str | None = None
    theme: str | None = None

    @property
    def slow(self) -> bool:
        """Whether it is known to be in slow mode: its 429s would hold up everybody in the lane of scheduled sends."""
        return not {"slow", "slow?"}.isdisjoint((self.trouble or "").split())

    @property
    def private(self) -> bool:
        """Whether this is one person's own chat with the bot."""
        return self.kind == "private"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a chat has chosen nothing; `timezone` is an IANA name."""

    language: Language = "zh"
    timezone: str = "Asia/Shanghai"


def language_for(chat: Chat, language_code: str | None, defaults: Defaults) -> Language:
    """The chat's chosen language; else, in private, what the person's Telegram speaks; else the default."""
    if chat.language:
        return chat.language
    if not chat.private or not language_code:
        return defaults.language
    return "zh" if language_code.lower().startswith("zh") else "en"


_UTC = ZoneInfo("UTC")


def zone_for(chat: Chat | None, defaults: Defaults) -> ZoneInfo:
    """The zone the chat lives in; a name the system no longer knows falls back to the default, then to UTC."""
    names = (chat.timezone if chat else None, defaults.timezone)
    return next((zone for name in names if name and (zone := find_zone(name))), _UTC)


def day_in(chat: Chat | None, at: datetime, defaults: Defaults) -> date:
    """The chat's study day of `at` (aware UTC); of a chat never seen, as the defaults have it."""
    return study_day(at, zone_for(chat, defaults), chat.day_start if chat else DAY_START)


@cache
def find_zone(name: str) -> ZoneInfo | None:
    """The IANA zone of that name, or None."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
