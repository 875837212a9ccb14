"""A playground, a browser on its page, and raw Bot API calls in place of a bot. All of it on the session's loop."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio
from playwright.async_api import Browser

from bot.playground.server import Playground
from tests.browser import launched
from tests.playground.page.stage import Stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all page tests."""
    async with launched() as chromium:
        yield chromium


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser: Browser) -> AsyncIterator[Stage]:
    """A fresh playground; whatever a page complained about fails the test."""
    async with Playground() as playground, aiohttp.ClientSession() as http:
        stage = Stage(playground, browser, http)
        yield stage
        await stage.close()
    assert stage.complaints == []
