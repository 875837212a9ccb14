"""What page tests work with: pages of people, and a bot that is a few HTTP requests."""

from __future__ import annotations

from typing import Any, Literal

import aiohttp
from playwright.async_api import Browser, BrowserContext, Locator, Page

from bot.playground.server import Playground

Json = dict[str, Any]
GROUP = "读书小组"
DESKTOP, PHONE = (1180, 800), (390, 844)  # CSS pixels


class Stage:
    """A playground and the pages open on it."""

    def __init__(self, playground: Playground, browser: Browser, http: aiohttp.ClientSession) -> None:
        self.playground = playground
        self.complaints: list[str] = []  # errors and warnings of every page
        self._browser = browser
        self._http = http
        self._contexts: list[BrowserContext] = []

    async def bot(self, method: str, **params: Any) -> Any:
        """Call the Bot API as the bot and return the result. Raises AssertionError with a refusal's words."""
        address = f"{self.playground.url}/bot{self.playground.token}/{method}"
        async with self._http.post(address, json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer["description"]
        return answer["result"]

    async def open(
        self,
        person: str,
        chat: str | None = None,
        *,
        size: tuple[int, int] = DESKTOP,
        scheme: Literal["light", "dark"] = "light",
        lang: str = "zh",
        **context: Any,
    ) -> Page:
        """A page of its own showing a person's chat: a group by title, or "bot" for the private one."""
        viewport = {"width": size[0], "height": size[1]}
        opened = await self._browser.new_context(viewport=viewport, color_scheme=scheme, **context)  # type: ignore[arg-type]
        opened.set_default_timeout(5000)
        self._contexts.append(opened)
        page = await opened.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "warning" else None)
        await page.goto(f"{self.playground.url}/#{self.address(person, chat)}{f'&lang={lang}' if lang else ''}")
        await page.wait_for_selector("html[data-ready=true]")
        return page

    def address(self, person: str, chat: str | None) -> str:
        """The hash under which the page shows this view."""
        who = self.playground.person(person).id
        where = {None: "", "bot": f"&chat={who}"}.get(chat)
        return f"person={who}{where if where is not None else f'&chat={self.playground.chat(str(chat)).id}'}"

    async def say(self, person: str, text: str, **more: Any) -> Json:
        """The bot writes to someone who has started it."""
        who = self.playground.person(person)
        if not who.chat.messages:
            await who.send(None, "/start")
        sent: Json = await self.bot("sendMessage", chat_id=who.id, text=text, **more)
        return sent

    async def quiz(self, *choices: str, right: int = 0, **more: Any) -> Json:
        """The bot puts a native quiz poll to the group."""
        asked = {"is_anonymous": False, "type": "quiz", "correct_option_ids": [right], **more}
        options = [{"text": choice} for choice in choices]
        chat_id = self.playground.chat(GROUP).id
        sent: Json = await self.bot("sendPoll", chat_id=chat_id, question="为什么？", options=options, **asked)
        return sent

    async def close(self) -> None:
        """Close every page."""
        for context in self._contexts:
            await context.close()


def shown(page: Page, message: Json) -> Locator:
    """A message on the page."""
    return page.get_by_test_id(f"message-{message['message_id']}")


def keys(*labels: str) -> Json:
    """An inline keyboard of one row; each button's data is its label in lower case."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()} for label in labels]]}
