"""Greeting and settings; and what is said to whatever nothing else understood."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.core.bank import LANGUAGES, Language
from bot.core.text import Text
from bot.core.zones import LIKELY
from bot.flows import chats, listening
from bot.flows.chats import NotUnderstood, Profile
from bot.tg import chats_views as look
from bot.tg.buttons import Press, Verb, pattern
from bot.tg.chats_views import NEVER, Field, Page
from bot.tg.commands import COMMANDS, Audience
from bot.tg.desk import Desk, may_change, overtaken, press, visit
from bot.tg.views import View, name
from bot.tg.visits import Visit

Handler = BaseHandler[Any, Any, Any]
R = TypeVar("R")
_PRIVATE_ONLY = [it.name for it in COMMANDS if not (it.group or it.admins or it.operators) and it.name != "start"]


async def _nothing(_update: Update) -> bool:
    """No feature waits for plain messages."""
    return False


def handlers(desk: Desk) -> list[Handler]:
    """/start, /help, /settings, /timezone, /language and their buttons."""
    here = _Chats(desk)
    commands: dict[str, Callable[[Visit, Profile], Coroutine[Any, Any, None]]] = {
        "start": here.start,
        "help": here.help,
        "settings": here.settings,
        "timezone": here.timezone,
        "language": here.language,
    }
    return [
        *(CommandHandler(command, here.command(action)) for command, action in commands.items()),
        CommandHandler(_PRIVATE_ONLY, here.command(here.private_only), filters.ChatType.GROUPS),
        CallbackQueryHandler(here.pressed_page, pattern(Verb.SETTINGS)),
        CallbackQueryHandler(here.pressed_value, pattern(Verb.SET)),
    ]


def last_resort(desk: Desk, answers: Callable[[Update], Awaitable[bool]] = _nothing) -> list[Handler]:
    """For what no feature took: old buttons, plain text and unknown commands in private. `answers` takes a plain
    message in private that answers something, and tells whether it did."""
    here = _Chats(desk, answers)
    return [
        CallbackQueryHandler(here.too_old),
        MessageHandler(filters.ChatType.PRIVATE & filters.COMMAND, here.command(here.unknown)),
        MessageHandler(filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL & ~filters.COMMAND, here.heard),
    ]


class _Chats:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk, answers: Callable[[Update], Awaitable[bool]] = _nothing) -> None:
        self._desk = desk
        self._answers = answers

    def command(
        self, action: Callable[[Visit, Profile], Coroutine[Any, Any, None]]
    ) -> Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]:
        """A handler that knows who came before it acts."""

        async def handle(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
            came = visit(update)
            if came is not None:
                await action(came, await self._write(chats.visit, came))

        return handle

    async def start(self, came: Visit, profile: Profile) -> None:
        """Greet; in private what is written next may be a city."""
        if came.chat.private:
            await self._write(chats.ask_zone, came)
        await self._say(came, self._page(profile, Page.GREETING))

    async def help(self, came: Visit, profile: Profile) -> None:
        """How this works, and the commands there are for whoever asks."""
        await self._say(came, look.help_view(self._desk.words, profile.language, await self._audience(came)))

    async def settings(self, came: Visit, profile: Profile) -> None:
        """The settings in one message."""
        await self._say(came, self._page(profile, Page.MAIN))

    async def timezone(self, came: Visit, profile: Profile) -> None:
        """Set the zone that was typed, or offer some."""
        if not came.argument:
            await self._say(came, self._page(await self._write(chats.ask_zone, came), Page.ZONE))
        elif await may_change(self._desk, came):
            await self._tell_zone(came, await self._write(chats.say_zone, came, came.argument))
        else:
            await self._say_key(came, profile, "settings-admins-only")

    async def language(self, came: Visit, profile: Profile) -> None:
        """Set the language that was typed, or offer both."""
        if not came.argument:
            await self._say(came, self._page(profile, Page.LANGUAGE))
        elif not await may_change(self._desk, came):
            await self._say_key(came, profile, "settings-admins-only")
        else:
            result = await self._write(chats.say_language, came, came.argument)
            if isinstance(result, NotUnderstood):
                await self._say_key(came, profile, "language-unknown", typed=name(result.typed))
            else:
                await self._say_key(came, result, "language-set")

    async def private_only(self, came: Visit, profile: Profile) -> None:
        """A command about oneself, sent in a group."""
        await self._say_key(came, profile, "private-only")

    async def unknown(self, came: Visit, profile: Profile) -> None:
        """A command that does not exist."""
        await self._say_key(came, profile, "hint-command")

    async def heard(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A plain message in private: an answer, a city, or one helpful line."""
        came = visit(update)
        if came is None or came.person is None or await self._answers(update):
            return
        result = await self._write(chats.hear, came, came.argument)
        if result is None:
            await self._hint(came, await self._write(chats.visit, came))
        else:
            await self._tell_zone(came, result)

    async def _hint(self, came: Visit, profile: Profile) -> None:
        """What may be done instead of talking: above all a question may wait for a tap."""
        there = await self._desk.read(listening.on_table, came.chat.id, self._desk.clock())
        key = f"hint-{there[1]}" if there else "hint-text"
        if there and there[1] == "choice" and self._desk.library().rubric(there[0].ref):
            key = "hint-choice-typed"
        await self._say_key(came, profile, key, most=str(listening.MOST))

    async def pressed_page(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show another page of the settings."""
        came, pressed = visit(update), press(update)
        if came is None or pressed is None or not _turns(pressed):
            await self._toast(update, came, "too-old")
            return
        if not await may_change(self._desk, came):
            await self._toast(update, came, "settings-admins-only")
            return
        flow = chats.ask_zone if pressed.numbers[0] == Page.ZONE else chats.visit
        profile = await self._write(flow, came)
        if overtaken(self._desk, update, _turns):
            await self._toast(update, came, None)
        else:
            await self._show(update, came, profile, Page(pressed.numbers[0]))

    async def pressed_value(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Choose a value and show the page again."""
        came, pressed = visit(update), press(update)
        if came is None or pressed is None or len(pressed.numbers) != 3 or pressed.numbers[0] not in set(Page):
            await self._toast(update, came, "too-old")
        elif not await may_change(self._desk, came):
            await self._toast(update, came, "settings-admins-only")
        else:
            on, field, value = pressed.numbers
            profile = await self._choose(came, field, value)
            if profile is None:
                await self._toast(update, came, "too-old")
            else:
                said = look.chosen(self._desk.words, profile, Field(field), self._desk.clock())
                await self._show(update, came, profile, Page(on), said)

    async def too_old(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button that means nothing any more."""
        await self._toast(update, visit(update), "too-old")

    async def _choose(self, came: Visit, field: int, value: int) -> Profile | None:
        """Write one choice; None for a value that is on no button of this version."""
        if field == Field.HOUR and NEVER <= value < 24 * 60:
            return await self._write(chats.set_hour, came, None if value == NEVER else value, came.thread_id)
        if field == Field.ZONE and 0 <= value < len(LIKELY):
            return await self._write(chats.set_zone, came, LIKELY[value])
        if field == Field.LANGUAGE and 0 <= value < len(LANGUAGES):
            return await self._write(chats.set_language, came, LANGUAGES[value])
        return None

    async def _write(self, flow: Callable[..., R], came: Visit, *values: object) -> R:
        desk = self._desk
        return await desk.write(flow, came.person, came.chat, *values, desk.clock(), desk.defaults)

    def _page(self, profile: Profile, which: Page) -> View:
        return look.page(self._desk.words, profile, which, self._desk.library(), self._desk.clock())

    async def _tell_zone(self, came: Visit, result: Profile | NotUnderstood) -> None:
        if isinstance(result, NotUnderstood):
            key = "zone-unknown" if came.chat.private else "zone-unknown-group"
            await self._say_key(came, result.profile, key, typed=name(result.typed))
        else:
            await self._say(came, look.zone_set(self._desk.words, result, came.argument, self._desk.clock()))

    async def _audience(self, came: Visit) -> Audience:
        if came.chat.private:
            return Audience.PRIVATE
        return Audience.ADMINS if await may_change(self._desk, came) else Audience.MEMBERS

    async def _say(self, came: Visit, view: View) -> None:
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)

    async def _say_key(self, came: Visit, profile: Profile, key: str, **values: Text | str | int) -> None:
        await self._say(came, View(self._desk.words(profile.language, key, **values)))

    async def _show(self, update: Update, came: Visit, profile: Profile, which: Page, said: str = "") -> None:
        if update.callback_query:
            await self._desk.delivery.toast(update.callback_query.id, said)
        await self._desk.delivery.edit(came.chat.id, came.message_id, self._page(profile, which))

    async def _toast(self, update: Update, came: Visit | None, key: str | None) -> None:
        if update.callback_query is None:
            return
        text = self._desk.words.said(await self._language(came), key) if key else ""
        await self._desk.delivery.toast(update.callback_query.id, text)

    async def _language(self, came: Visit | None) -> Language:
        defaults = self._desk.defaults
        if came is None:
            return defaults.language
        return await self._desk.read(chats.language_of, came.person, came.chat, defaults)


def _turns(pressed: Press) -> bool:
    """Whether it turns to a page there is."""
    return pressed.verb is Verb.SETTINGS and len(pressed.numbers) == 1 and pressed.numbers[0] in set(Page)
