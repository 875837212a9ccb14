"""A whole bot of python-telegram-bot on the playground, and what a crash leaves behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    PollAnswerHandler,
)

from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from tests.referee import judge

Context = ContextTypes.DEFAULT_TYPE


async def ask(update: Update, _context: Context) -> None:
    """A question: buttons in private, a quiz in a group."""
    assert update.message is not None
    if update.message.chat.type == "private":
        keyboard = InlineKeyboardMarkup.from_row([InlineKeyboardButton(one, callback_data=one) for one in "AB"])
        await update.message.reply_text("A or B?", reply_markup=keyboard)
    else:
        right: Any = [0]
        await update.message.reply_poll("A or B?", ["A", "B"], False, "quiz", correct_option_ids=right)


async def pressed(update: Update, _context: Context) -> None:
    """Say so, and take the keyboard away."""
    assert update.callback_query is not None
    await update.callback_query.answer("noted")
    await update.callback_query.edit_message_text(f"You chose {update.callback_query.data}.")


async def voted(update: Update, context: Context) -> None:
    """Congratulate in private."""
    assert update.poll_answer is not None
    assert update.poll_answer.user is not None
    await context.bot.send_message(update.poll_answer.user.id, f"You chose {update.poll_answer.option_ids[0]}.")


@pytest.fixture
async def application(playground: Playground) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """The bot, polling."""
    running = ApplicationBuilder().token(playground.token).base_url(f"{playground.url}/bot").build()
    running.add_handlers([CommandHandler("quiz", ask), CallbackQueryHandler(pressed), PollAnswerHandler(voted)])
    async with running:
        await running.start()
        assert running.updater is not None
        await running.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        yield running
        await running.updater.stop()
        await running.stop()


@pytest.mark.usefixtures("application")
async def test_a_person_plays_with_a_real_bot(playground: Playground, xiaozhou: Person) -> None:
    """Command, keyboard, press, toast and edit go round through the real library."""
    await xiaozhou.send(None, "/quiz")
    await playground.wait_for(lambda: xiaozhou.chat.from_bot)
    await xiaozhou.press(xiaozhou.chat.last, "B")
    await playground.wait_for(lambda: xiaozhou.chat.texts == ["You chose B."])
    assert xiaozhou.toasts == [{"text": "noted", "alert": False}]
    judge(playground.record)


@pytest.mark.usefixtures("application")
async def test_a_group_votes_with_a_real_bot(playground: Playground, group: ChatHandle, ada: Person) -> None:
    """A quiz in the group, a vote, an answer in private."""
    await ada.send(None, "/start")
    await ada.send(group, "/quiz@kaoguan_bot")
    await playground.wait_for(lambda: group.polls)
    await ada.vote(group.last, 1)
    await playground.wait_for(lambda: ada.chat.texts == ["You chose 1."])
    kinds = [(action.kind, action.user_id) for action in playground.record.actions]
    assert kinds == [("send", ada.id), ("send", ada.id), ("vote", ada.id)]
    sends = playground.record.of("sendPoll", "sendMessage")
    assert [call.method for call in sends] == ["sendPoll", "sendMessage"]
    assert playground.record.actions[-1].number < sends[-1].number
    assert playground.record.actions[-1].at <= sends[-1].at
    judge(playground.record)


async def test_a_dead_reader_takes_no_update_with_it(playground: Playground, ada: Person) -> None:
    """A bot that dies while it polls leaves its updates to the next one, votes included."""
    url = f"{playground.url}/bot{playground.token}/getUpdates"
    async with aiohttp.ClientSession() as session:
        dying = asyncio.ensure_future(session.post(url, data={"timeout": "50"}))
        await playground.wait_for(lambda: playground.record.of("getUpdates"))
        dying.cancel()
        await ada.send(None, "/quiz")
        await playground.wait_for(lambda: playground.record.calls[0].status is not None)
        async with session.post(url, data={"timeout": "50"}) as answer:
            (update,) = (await answer.json())["result"]
    assert update["message"]["text"] == "/quiz"


async def test_waiting_for_what_never_comes_ends(playground: Playground) -> None:
    """wait_for gives up with TimeoutError."""
    with pytest.raises(TimeoutError):
        await playground.wait_for(lambda: False, 0.01)
