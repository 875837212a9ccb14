"""Telegram's limits on requests, for the referee: written apart from the playground's own checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from aiogram.enums import UpdateType

Json = dict[str, Any]
_TEXTS = (  # parameter, entities, longest
    ("text", "entities", 4096),
    ("caption", "caption_entities", 1024),
    ("explanation", "explanation_entities", 200),
    ("question", "question_entities", 300),
)
_CODE, _QUOTE = {"pre", "code"}, {"blockquote", "expandable_blockquote"}
_ACTIONS = {"callback_data", "url", "copy_text", "web_app", "login_url", "pay", "callback_game"}


def broken_limits(method: str, request: Json) -> list[str]:
    """One phrase for every limit that a decoded request breaks."""
    found = [*_chat(request), *_texts(method, request)]
    if request.get("reply_markup"):
        found += _keyboard(request["reply_markup"])
    if method in _CHECKS:
        found += _CHECKS[method](request)
    return found


def _chat(request: Json) -> Iterator[str]:
    if "chat_id" in request and not re.fullmatch(r"-?\d+|@\w{4,32}", str(request["chat_id"])):
        yield f"chat_id {request['chat_id']!r} names no chat"


def _texts(method: str, request: Json) -> Iterator[str]:
    for name, entities, longest in _TEXTS:
        text = request.get(name)
        if not isinstance(text, str) or (name == "text" and method == "answerCallbackQuery"):
            continue
        if name in {"text", "question"} and not text.strip():
            yield f"{name} is empty"
        if len(text) > longest and not request.get("parse_mode"):
            yield f"{name} is longer than {longest}"
        yield from _entities(name, text, request.get(entities) or [])


def _entities(name: str, text: str, entities: list[Json]) -> Iterator[str]:
    if len(entities) > 100:
        yield f"{name} has more than 100 entities"
    borders = _borders(text)
    for one in entities:
        if one["offset"] not in borders or one["offset"] + one["length"] not in borders or one["length"] < 1:
            yield f"{name} has an entity that fits no characters: {one}"
    for one, other in combinations(entities, 2):
        yield from (f"{name} has {wrong}: {one}, {other}" for wrong in _clash(one, other))


def _borders(text: str) -> set[int]:
    """The UTF-16 offsets at which a character begins or the text ends."""
    borders, unit = {0}, 0
    for character in text:
        unit += 2 if ord(character) > 0xFFFF else 1
        borders.add(unit)
    return borders


def _clash(one: Json, other: Json) -> Iterator[str]:
    first, second = (set(range(e["offset"], e["offset"] + e["length"])) for e in (one, other))
    kinds = {one["type"], other["type"]}
    if not first & second:
        return
    if kinds <= _QUOTE:
        yield "a quote in a quote"
    elif kinds & _CODE and not kinds & _QUOTE:
        yield "code that meets other formatting"
    elif kinds & (_CODE | _QUOTE) and not (first <= second or second <= first):
        yield "entities that cross"


def _keyboard(markup: Json) -> Iterator[str]:
    rows = markup.get("inline_keyboard", [])
    if sum(map(len, rows)) > 100:
        yield "more than 100 buttons"
    for row in rows:
        if not 1 <= len(row) <= 8:
            yield f"a row of {len(row)} buttons"
        for button in row:
            yield from _button(button)


def _button(button: Json) -> Iterator[str]:
    if not str(button.get("text", "")).strip():
        yield "a button without text"
    actions = [name for name in button if name in _ACTIONS or name.startswith("switch_inline")]
    if len(actions) != 1:
        yield f"a button with {len(actions)} actions"
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        yield "callback_data outside 1-64 bytes"


def _poll(request: Json) -> Iterator[str]:
    options = [one["text"] if isinstance(one, dict) else one for one in request["options"]]
    if not 1 <= len(options) <= 12:
        yield f"{len(options)} options"
    if any(not 1 <= len(option.strip()) <= 100 for option in options):
        yield "an option outside 1-100 characters"
    if request.get("explanation", "").count("\n") > 2:
        yield "an explanation of more than 3 lines"
    if request.get("type") == "quiz":
        yield from _right_options(request, len(options))
    period = request.get("open_period")
    if period is not None and not 5 <= period <= 2_628_000:
        yield "open_period outside 5-2628000"
    if period is not None and request.get("close_date") is not None:
        yield "both open_period and close_date"


def _right_options(request: Json, count: int) -> Iterator[str]:
    right = request.get("correct_option_ids") or []
    if not right or right != sorted(set(right)) or not all(0 <= index < count for index in right):
        yield "correct_option_ids not increasing within the options"
    if len(right) > 1 and not request.get("allows_multiple_answers"):
        yield "several right options in a poll of one answer"


def _toast(request: Json) -> Iterator[str]:
    if len(request.get("text") or "") > 200:
        yield "a toast longer than 200"


def _commands(request: Json) -> Iterator[str]:
    if len(request["commands"]) > 100:
        yield "more than 100 commands"
    for command in request["commands"]:
        if not re.fullmatch("[a-z0-9_]{1,32}", command["command"]):
            yield f"a command called {command['command']!r}"
        if not 1 <= len(command["description"]) <= 256:
            yield "a description outside 1-256 characters"


def _updates(request: Json) -> Iterator[str]:
    unknown = set(request.get("allowed_updates") or ()) - {str(kind.value) for kind in UpdateType}
    if unknown:
        yield f"unknown updates {sorted(unknown)}"
    if not 1 <= request.get("limit", 100) <= 100:
        yield "a limit outside 1-100"


def _profile(name: str, longest: int) -> Callable[[Json], Iterator[str]]:
    def check(request: Json) -> Iterator[str]:
        if len(request.get(name) or "") > longest:
            yield f"{name} longer than {longest}"

    return check


_CHECKS: dict[str, Callable[[Json], Iterator[str]]] = {
    "sendPoll": _poll,
    "answerCallbackQuery": _toast,
    "setMyCommands": _commands,
    "getUpdates": _updates,
    "setMyName": _profile("name", 64),
    "setMyDescription": _profile("description", 512),
    "setMyShortDescription": _profile("short_description", 120),
}
