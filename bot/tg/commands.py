"""The commands there are, where each may be used, and registering them with Telegram."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.core.bank import LANGUAGES, Language
from bot.core.text import Text, lines
from bot.tg.words import Words


class Audience(Enum):
    """Who is shown a list of commands."""

    PRIVATE = "private"
    MEMBERS = "members"  # of a group
    ADMINS = "admins"  # of a group
    OPERATOR = "operator"  # in private


Part = Literal["practice", "plan", "results", "settings"]
"""What a command is about: /help puts those together."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command; its description is the message `command-<name>`."""

    name: str
    part: Part
    private: bool = True
    group: bool = False
    admins: bool = False  # in groups, and only for their admins
    operators: bool = False  # in private, and only for ADMIN_IDS
    in_group: str = ""  # the message that describes it in groups, where it does something else there


COMMANDS = (
    Command("quiz", "practice", group=True),
    Command("review", "practice"),
    Command("interview", "practice"),
    Command("cram", "practice"),
    Command("mistakes", "practice"),
    Command("topics", "practice"),
    Command("undo", "practice"),
    Command("daily", "plan", admins=True),
    Command("exam", "plan"),
    Command("vacation", "plan"),
    Command("stats", "results"),
    Command("leaderboard", "results", group=True),
    Command("me", "results", group=True),
    Command("why", "results", group=True),
    Command("hide", "results", group=True),
    Command("void", "results", private=False, admins=True),
    Command("settings", "settings", admins=True),
    Command("timezone", "settings", admins=True),
    Command("language", "settings", admins=True),
    Command("help", "settings", group=True),
    Command("start", "settings"),
    Command("export", "settings"),
    Command("import", "settings"),
    Command("forget", "settings", admins=True, in_group="command-forget-group"),
    Command("reload", "settings", private=False, operators=True),
)


def listed(audience: Audience) -> tuple[Command, ...]:
    """The commands that these people have use for."""
    return tuple(command for command in COMMANDS if _serves(command, audience))


def overview(words: Words, language: Language, audience: Audience) -> tuple[Text, ...]:
    """The commands by what they are about, one line each, for /help."""
    shown = [command for command in listed(audience) if command.name != "help"]
    parts = dict.fromkeys(command.part for command in shown)
    return tuple(
        lines(
            words(language, f"help-{part}").bold(),
            *(Text(_line(words, language, command, audience)) for command in shown if command.part == part),
        )
        for part in parts
    )


async def register(bot: ExtBot[Any], words: Words, default: Language, operators: Iterable[int] = ()) -> None:
    """Tell Telegram the commands, for each kind of chat and in every language; and what the bot is."""
    for scope, audience in _scopes():
        await _list(bot, words, default, scope, audience)
    for operator in operators:
        with suppress(BadRequest):  # who has never written to the bot has no chat to show commands in
            await _list(bot, words, default, BotCommandScopeChat(operator), Audience.OPERATOR)
    for code in (None, *LANGUAGES):
        await bot.set_my_short_description(words.said(code or default, "about-short"), language_code=code)
        await bot.set_my_description(words.said(code or default, "about-long"), language_code=code)


def _scopes() -> tuple[tuple[BotCommandScope, Audience], ...]:
    """Telegram shows each person the narrowest list that fits."""
    return (
        (BotCommandScopeAllPrivateChats(), Audience.PRIVATE),
        (BotCommandScopeAllGroupChats(), Audience.MEMBERS),
        (BotCommandScopeAllChatAdministrators(), Audience.ADMINS),
    )


async def _list(bot: ExtBot[Any], words: Words, default: Language, scope: BotCommandScope, audience: Audience) -> None:
    for code in (None, *LANGUAGES):
        spoken = code or default
        commands = [BotCommand(c.name, _described(words, spoken, c, audience)) for c in listed(audience)]
        await bot.set_my_commands(commands, scope=scope, language_code=code)


def _serves(command: Command, audience: Audience) -> bool:
    return {
        Audience.PRIVATE: command.private,
        Audience.MEMBERS: command.group,
        Audience.ADMINS: command.group or command.admins,
        Audience.OPERATOR: command.private or command.operators,
    }[audience]


def _line(words: Words, language: Language, command: Command, audience: Audience) -> str:
    return f"/{command.name} {_described(words, language, command, audience)}"


def _described(words: Words, language: Language, command: Command, audience: Audience) -> str:
    in_group = command.in_group if audience in {Audience.MEMBERS, Audience.ADMINS} else ""
    return words.said(language, in_group or f"command-{command.name}")
