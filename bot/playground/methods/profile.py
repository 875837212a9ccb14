"""The bot's commands, name and descriptions, per language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.playground.errors import bad
from bot.playground.miniature import Miniature
from bot.playground.wire import Params

Json = dict[str, Any]
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {
    "default": "default",
    "all_private_chats": "all_private_chats",
    "all_group_chats": "all_group_chats",
    "all_chat_administrators": "all_chat_administrators",
    "chat": "chat:{chat_id}",
    "chat_administrators": "chat_administrators:{chat_id}",
    "chat_member": "chat_member:{chat_id}:{user_id}",
}


def set_my_commands(mini: Miniature, asked: Params) -> bool:
    """Replace the commands of one scope and language."""
    commands = asked.decoded("commands")
    if not isinstance(commands, list):
        raise bad("can't parse commands: expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    checked = [_command(command) for command in commands]
    mini.world.commands.setdefault(_scope(asked), {})[_language(asked)] = checked
    mini.events.publish("commands", commands=mini.world.commands)
    return True


def delete_my_commands(mini: Miniature, asked: Params) -> bool:
    """Forget the commands of one scope and language."""
    mini.world.commands.get(_scope(asked), {}).pop(_language(asked), None)
    mini.events.publish("commands", commands=mini.world.commands)
    return True


def get_my_commands(mini: Miniature, asked: Params) -> list[Json]:
    """The commands of exactly this scope and language."""
    return mini.world.commands.get(_scope(asked), {}).get(_language(asked), [])


def setter(field: str, longest: int) -> Callable[[Miniature, Params], bool]:
    """setMyName and its like."""

    def change(mini: Miniature, asked: Params) -> bool:
        text, language = asked.text(field), _language(asked)
        if len(text) > longest:
            raise bad(f"bot {field.replace('_', ' ')} is too long")
        mini.world.profile.setdefault(field, {})[language] = text
        if field == "name" and not language:
            mini.world.bot["first_name"] = text or mini.world.bot["first_name"]
        return True

    return change


def getter(field: str) -> Callable[[Miniature, Params], Json]:
    """getMyName and its like; a language without its own text shows the general one."""

    def tell(mini: Miniature, asked: Params) -> Json:
        texts = mini.world.profile.get(field, {})
        general = texts.get("", mini.world.bot["first_name"] if field == "name" else "")
        return {field: texts.get(_language(asked)) or general}

    return tell


def _command(given: Any) -> Json:  # noqa: ANN401 - from the wire
    if not isinstance(given, dict):
        raise bad("can't parse commands: expected an Array of BotCommand")
    name, description = str(given.get("command", "")).removeprefix("/"), str(given.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _scope(asked: Params) -> str:
    scope = asked.object("scope") or {"type": "default"}
    kind = str(scope.get("type"))
    if kind not in _SCOPES:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    try:
        return _SCOPES[kind].format_map(scope)
    except KeyError as missing:
        raise bad(f"can't parse BotCommandScope: can't find field {missing}") from None


def _language(asked: Params) -> str:
    language = asked.text("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad("BOT_COMMAND_LANGUAGE_CODE_INVALID")
    return language
