"""The commands there are, where each may be used, and registering them with Telegram."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.core.bank import LANGUAGES, Language
from bot.core.text import Text, join
from bot.tg.words import Words


@dataclass(frozen=True, slots=True)
class Command:
    """One command; its description is the message `command-<name>`."""

    name: str
    private: bool = True
    group: bool = False
    operators: bool = False  # in private, and only for ADMIN_IDS


COMMANDS = (
    Command("quiz", group=True),
    Command("daily", group=True),
    Command("stats"),
    Command("topics"),
    Command("leaderboard", group=True),
    Command("me", group=True),
    Command("why", group=True),
    Command("hide", group=True),
    Command("void", private=False, group=True),
    Command("settings", group=True),
    Command("timezone", group=True),
    Command("language", group=True),
    Command("help", group=True),
    Command("start"),
    Command("forget"),
    Command("reload", private=False, operators=True),
)


def listed(*, group: bool) -> tuple[Command, ...]:
    """The commands of a group, or of a private chat."""
    return tuple(command for command in COMMANDS if (command.group if group else command.private))


def overview(words: Words, language: Language, *, group: bool) -> Text:
    """One line a command, for /help."""
    rows = (f"/{c.name} {words.said(language, f'command-{c.name}')}" for c in listed(group=group) if c.name != "help")
    return join("\n", rows)


async def register(bot: ExtBot[Any], words: Words, default: Language, operators: Iterable[int] = ()) -> None:
    """Tell Telegram the commands, for each kind of chat and in every language; and what the bot is."""
    await _list(bot, words, default, BotCommandScopeAllPrivateChats(), listed(group=False))
    await _list(bot, words, default, BotCommandScopeAllGroupChats(), listed(group=True))
    for operator in operators:
        with suppress(BadRequest):  # who has never written to the bot has no chat to show commands in
            theirs = tuple(command for command in COMMANDS if command.private or command.operators)
            await _list(bot, words, default, BotCommandScopeChat(operator), theirs)
    for code in (None, *LANGUAGES):
        await bot.set_my_short_description(words.said(code or default, "about-short"), language_code=code)
        await bot.set_my_description(words.said(code or default, "about-long"), language_code=code)


async def _list(
    bot: ExtBot[Any], words: Words, default: Language, scope: BotCommandScope, which: tuple[Command, ...]
) -> None:
    for code in (None, *LANGUAGES):
        commands = [BotCommand(c.name, words.said(code or default, f"command-{c.name}")) for c in which]
        await bot.set_my_commands(commands, scope=scope, language_code=code)
