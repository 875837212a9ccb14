"""A running playground, and two independent clients of its Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiogram
import aiohttp
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from tests.referee import judge


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """Telegram in miniature on a free port."""
    async with Playground() as running:
        yield running


@pytest.fixture
async def bot(playground: Playground) -> AsyncIterator[telegram.Bot]:
    """python-telegram-bot as it comes."""
    async with telegram.Bot(playground.token, base_url=f"{playground.url}/bot") as client:
        yield client


@pytest.fixture
async def aiobot(playground: Playground) -> AsyncIterator[aiogram.Bot]:
    """aiogram as it comes."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(playground.url))
    async with aiogram.Bot(playground.token, session=session) as client:
        yield client


@pytest.fixture
async def call(playground: Playground) -> AsyncIterator[Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]]:
    """A bare client: method and parameters in, the whole envelope out."""
    async with aiohttp.ClientSession() as session:

        async def post(method: str, params: dict[str, Any]) -> dict[str, Any]:
            async with session.post(f"{playground.url}/bot{playground.token}/{method}", json=params) as answer:
                envelope: dict[str, Any] = await answer.json()
                assert envelope.get("error_code", 200) == answer.status
                return envelope

        yield post


@pytest.fixture
def xiaozhou(playground: Playground) -> Person:
    """A person, founder of the group."""
    return playground.person("小周")


@pytest.fixture
def ada(playground: Playground) -> Person:
    """Another person, plain member of the group."""
    return playground.person("Ada")


@pytest.fixture
def group(playground: Playground) -> ChatHandle:
    """The group with everybody in it."""
    return playground.chat("读书小组")


@pytest.fixture
async def judged(playground: Playground, bot: telegram.Bot) -> AsyncIterator[telegram.Bot]:
    """The same bot, under the referee: every request and answer of the test must be beyond complaint."""
    yield bot
    judge(playground.record)
