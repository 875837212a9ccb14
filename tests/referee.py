"""The referee: what a bot sent and what the playground answered, judged by two independent schemas of the Bot API.

`judge(playground.record)` raises AssertionError with every complaint at once. Requests must fit aiogram's method
models, with no parameter unknown or outdated at any depth, and Telegram's limits (tests/limits.py). Answers must
parse in aiogram and in python-telegram-bot with no field left over at any depth.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any, get_args

import aiogram.methods
import telegram
from aiogram.methods import Response, TelegramMethod
from pydantic import BaseModel, ValidationError

from bot.playground.record import Call, Record
from tests.limits import broken_limits

Json = dict[str, Any]
NEWER_THAN_PTB = frozenset({"can_send_welcome_messages"})  # required since Bot API 10.3; PTB 22.8 speaks 10.0
PTB_RESULTS: dict[str, type[telegram.TelegramObject]] = {
    "getMe": telegram.User,
    "getUpdates": telegram.Update,
    "getWebhookInfo": telegram.WebhookInfo,
    "sendMessage": telegram.Message,
    "editMessageText": telegram.Message,
    "editMessageReplyMarkup": telegram.Message,
    "sendPhoto": telegram.Message,
    "sendDocument": telegram.Message,
    "editMessageMedia": telegram.Message,
    "sendPoll": telegram.Message,
    "stopPoll": telegram.Poll,
    "createForumTopic": telegram.ForumTopic,
    "getChat": telegram.ChatFullInfo,
    "getChatMember": telegram.ChatMember,
    "getChatAdministrators": telegram.ChatMember,
    "getMyCommands": telegram.BotCommand,
    "getMyName": telegram.BotName,
    "getMyDescription": telegram.BotDescription,
    "getMyShortDescription": telegram.BotShortDescription,
}


def judge(record: Record, *, poisoned: Collection[int] = ()) -> None:
    """Assert that every call in the record is beyond complaint; updates with a `poisoned` id are not looked at."""
    found = complaints(record.calls, poisoned)
    assert not found, "\n".join(found)


def complaints(calls: Iterable[Call], poisoned: Collection[int] = ()) -> list[str]:
    """One sentence for everything wrong in requests and answers."""
    return [f"{call.method} (call {call.number}): {wrong}" for call in calls for wrong in _wrongs(call, poisoned)]


def request_complaints(method: str, params: Json) -> list[str]:
    """What is wrong with one request; [] when nothing is."""
    model = _model(method)
    if model is None:
        return ["no such method"]
    decoded, wrong = _decoded(model, _uploads_named(params))
    if wrong:
        return wrong
    try:
        request = model.model_validate(decoded)
    except ValidationError as error:
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return [*_left_over(request), *_outdated(model, decoded), *broken_limits(method, decoded)]


def answer_complaints(method: str, answer: Json) -> list[str]:
    """What is wrong with one answer; [] when nothing is."""
    model = _model(method)
    if model is None:
        return [] if not answer["ok"] else ["no such method"]
    try:
        parsed = Response[model.__returning__].model_validate(answer)  # type: ignore[name-defined]
    except ValidationError as error:
        return [f"aiogram: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    found = [f"aiogram: {wrong}" for wrong in _left_over(parsed)]
    return found + (_ptb_complaints(method, answer["result"]) if answer["ok"] else [])


def _wrongs(call: Call, poisoned: Collection[int]) -> list[str]:
    found = request_complaints(call.method, call.params)
    if not isinstance(call.answer, dict):  # unanswered, cut, or a page of HTML
        return found
    return found + answer_complaints(call.method, _without(call.answer, poisoned))


def _without(answer: Json, poisoned: Collection[int]) -> Json:
    if not poisoned or not isinstance(answer.get("result"), list):
        return answer
    kept = [one for one in answer["result"] if not isinstance(one, dict) or one.get("update_id") not in poisoned]
    return {**answer, "result": kept}


def _model(method: str) -> type[TelegramMethod[Any]] | None:
    return getattr(aiogram.methods, method[:1].upper() + method[1:], None)


def _uploads_named(params: Json) -> Json:
    """Files become the `attach://name` by which JSON refers to them; parts so referred to are no parameters."""
    files = {name for name, value in params.items() if isinstance(value, dict) and "file_size" in value}
    text = json.dumps({name: value for name, value in params.items() if name not in files}, ensure_ascii=False)
    return {
        name: f"attach://{name}" if name in files else value
        for name, value in params.items()
        if not (name in files and f"attach://{name}" in text)
    }


def _decoded(model: type[BaseModel], params: Json) -> tuple[Json, list[str]]:
    """Texts that carry numbers, Booleans or JSON as such; and those that carry neither."""
    decoded, wrong = {}, []
    for name, value in params.items():
        field = model.model_fields.get(name)
        if not isinstance(value, str) or field is None or _takes_text(field.annotation):
            decoded[name] = value
            continue
        try:
            decoded[name] = json.loads(value)
        except ValueError:
            wrong.append(f"{name}: {value!r} is no JSON")
    return decoded, wrong


def _takes_text(annotation: Any) -> bool:
    """Whether a str may stand there itself (int | str does not count inside a list)."""
    return annotation is str or str in get_args(annotation)


def _left_over(value: Any, where: str = "") -> Iterator[str]:
    """Every field, at any depth, that aiogram's models do not know."""
    if isinstance(value, BaseModel):
        yield from (f"{where}{name}: unknown field" for name in value.model_extra or ())
        for name in type(value).model_fields:
            yield from _left_over(getattr(value, name), f"{where}{name}.")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _left_over(item, f"{where}{index}.")


def _outdated(model: type[BaseModel], decoded: Json) -> list[str]:
    extras = {name: model.model_fields[name].json_schema_extra for name in decoded if name in model.model_fields}
    return [
        f"{name}: outdated" for name, extra in extras.items() if isinstance(extra, dict) and extra.get("deprecated")
    ]


def _ptb_complaints(method: str, result: Any) -> list[str]:
    kind = PTB_RESULTS.get(method)
    found: list[str] = []
    for item in result if isinstance(result, list) else [result]:
        if not isinstance(item, dict):
            continue
        if kind is None:
            found.append(f"PTB: no class is named for {method}")
            continue
        try:
            found += [f"PTB: {wrong}" for wrong in _unread(kind.de_json(item, None))]
        except (TypeError, KeyError, ValueError) as error:
            found.append(f"PTB: {error}")
    return found


def _unread(value: Any, where: str = "") -> Iterator[str]:
    """Every field, at any depth, that PTB's classes do not know."""
    if isinstance(value, telegram.TelegramObject):
        yield from (f"{where}{name}: unknown field" for name in value.api_kwargs if name not in NEWER_THAN_PTB)
        for name, held in value._get_attrs().items():
            if name != "api_kwargs":
                yield from _unread(held, f"{where}{name}.")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _unread(item, f"{where}{index}.")
