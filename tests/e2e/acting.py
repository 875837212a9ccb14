"""What people do in end-to-end tests, and what they wait to see."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from bot.app import Running
from bot.core.bank import Question
from bot.core.markdown import plain
from bot.playground import actions
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground

Json = dict[str, Any]
CLOSES = 10 * 60 + 1  # seconds; then a round of /quiz is over
TEN = datetime(2026, 11, 23, 2, 0, 30, tzinfo=UTC)  # half a minute past ten in Shanghai, on the first day


async def say(playground: Playground, person: Person, text: str, chat: ChatHandle | None = None) -> Json:
    """Write, and return the bot's next message in that chat, once the bot has written down that it said it."""
    here = chat or person.chat
    before = len(here.from_bot)
    await person.send(chat, text)
    await playground.wait_for(lambda: len(here.from_bot) > before)
    await playground.wait_for(lambda: not playground.updates.pending)
    return here.from_bot[before]


async def tap(playground: Playground, person: Person, message: Json, button: str) -> Json:
    """Press a button, wait for its answer, and return the message as it looks then."""
    before = len(person.toasts)
    await person.press(message, button)
    await playground.wait_for(lambda: len(person.toasts) > before)
    chat = person.chat if message["chat"]["id"] == person.id else playground.chat(message["chat"]["id"])
    await settled(playground)
    return chat.message(message["message_id"])


async def settled(playground: Playground, rest: float = 0.15) -> None:
    """Wait until the bot has confirmed every update, and then called nothing for `rest` real seconds.

    After a burst (a hundred updates, or ten of one person) wait with `worked_off`: confirmed is not handled then.
    """
    await playground.wait_for(lambda: not playground.updates.pending)  # a vote is handled without any call
    calls, began, now = -1, 0.0, asyncio.get_running_loop().time
    # Where the process itself has stood still meanwhile, the bot has had no time to call anything.
    while calls != len(calls_of(playground)) or now() - began > 2 * rest:
        calls, began = len(calls_of(playground)), now()
        with suppress(TimeoutError):
            await playground.wait_for(lambda: len(calls_of(playground)) > calls, timeout=rest)  # noqa: B023


async def worked_off(playground: Playground, bot: Running) -> None:
    """Wait until the bot has handled all it was told, however much that was: a burst it sets aside, where Telegram has
    it no more. Nothing of it is left in its table either."""
    await playground.wait_for(lambda: not playground.updates.pending, timeout=60)
    await playground.wait_for(lambda: not bot.poller.in_flight, timeout=60)
    await playground.wait_for(lambda: not bot.poller._handling.behind)


def calls_of(playground: Playground) -> list[Any]:
    """What the bot has called, long polling aside."""
    return [call for call in playground.record.calls if call.method != "getUpdates"]


def labels(message: Json) -> list[str]:
    """The texts of a message's buttons."""
    rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def styled(message: Json, kind: str) -> list[str]:
    """The stretches of a message's text that carry an entity of this kind."""
    raw = message["text"].encode("utf-16-le")
    return [
        raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        for entity in message.get("entities", [])
        if entity["type"] == kind
    ]


def right_button(message: Json, bank_right: str) -> str:
    """The letter before the choice with this text."""
    return next(str(line[0]) for line in message["text"].splitlines() if line[1:3] == ". " and line[3:] == bank_right)


async def shows(playground: Playground, chat: ChatHandle, message: Json, text: str) -> Json:
    """Wait until a message says `text`; our own pace may hold an edit back for some seconds."""
    number = message["message_id"]
    await playground.wait_for(lambda: text in chat.message(number)["text"], timeout=10)
    return chat.message(number)


def shown(bot: Running, text: str) -> Question:
    """The question whose prompt stands in this text, in the language it stands there."""
    for bank in bot.desk.library().banks:
        for question in bank.questions:
            if plain(question.prompt) in text:
                return question
    raise AssertionError(text)


def right_letter(bot: Running, message: Json) -> str:
    """The letter of the right choice as this message shows it."""
    question = shown(bot, message["text"])
    return right_button(message, plain(question.choices[question.right].text))


def forge(playground: Playground, person: Person, message: Json, data: str) -> None:
    """A press on a button that is not there: of another version, or made up."""
    mini = playground.mini
    query_id = str(len(mini.world.queries) + 10**17)
    mini.world.queries[query_id] = {"user_id": person.id, "pressed": mini.now(), "answered": False}
    seen = actions.message(mini.world.chat(message["chat"]["id"]), message["message_id"])
    query = {"id": query_id, "from": person.user, "message": mini.shape(seen), "chat_instance": "1", "data": data}
    mini.updates.put("callback_query", query)


def right_of(poll: Json) -> int:
    """The original index of a poll's right choice."""
    return int(poll["poll"]["correct_option_ids"][0])
