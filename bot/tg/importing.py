"""/import: a file of an export, or an .apkg from Anki, is merged into the person's reviews; one that names somebody
else only when the person has said so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeGuard

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.archive import opened
from bot.archive.brought import MOST_OF_ONE, Brought
from bot.archive.errors import UnreadableError
from bot.core.bank import Language
from bot.flows import importing, merging
from bot.flows.importing import Late
from bot.flows.merging import Plan, TooMany
from bot.tg.buttons import Press, Verb, pattern
from bot.tg.delivery import Refused
from bot.tg.desk import Desk, caller_of, press, recorded, replanned, said, visit
from bot.tg.importing_views import LEAVE, TAKE, ask_view, merged_view
from bot.tg.views import View
from bot.tg.visits import Visit

_LARGEST = 20_000_000  # bytes that a bot can download
_COMMAND = "/import"


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/import, files in private, and the buttons under a file that names somebody else."""
    here = _Importing(desk)
    return [
        CommandHandler("import", here.asked, filters.UpdateType.MESSAGE),
        MessageHandler(filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & _Export(), here.brought),
        CallbackQueryHandler(here.pressed, pattern(Verb.IMPORT)),
    ]


def listener(desk: Desk) -> Callable[[Update], Awaitable[bool]]:
    """Whether a message in private is taken for a file that is none, and then all that is done about it."""
    return _Importing(desk).mistaken


class _Export(filters.MessageFilter):
    """A file that may be an export: a picture or a recording is an answer, however it is sent."""

    def filter(self, message: Message) -> bool:
        return message.document is not None and not recorded(message)


@dataclass(frozen=True, slots=True)
class _File:
    """A file read whole, by the message that brought it, and what there is to do about it."""

    message_id: int
    brought: Brought
    plan: Plan


class _Importing:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._one = asyncio.Lock()  # read one after the other: each may take a core, and memory

    async def asked(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Ask for the file; a command that answers one in the chat is about that."""
        came = visit(update)
        if came is None:
            return
        if came.person is None or not came.chat.private:
            await self._say(came, await said(self._desk, came), "private-only")
            return
        there = update.effective_message.reply_to_message if update.effective_message else None
        if there is not None and there.document is not None:
            await self._take(came, there)
            return
        caller = await self._desk.write(importing.expect, caller_of(self._desk, came), came.message_id)
        await self._say(came, caller.language, "import-ask")

    async def brought(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A file has come: after /import, with it as its caption, or in answer to what I said."""
        came, message = visit(update), update.effective_message
        if came is None or came.person is None or message is None or message.document is None:
            return
        caller, waited = await self._desk.write(importing.arrived, caller_of(self._desk, came), came.message_id)
        if waited or _is_meant(message):
            await self._take(came, message)
        else:
            await self._say(came, caller.language, "import-how")

    async def mistaken(self, update: Update) -> bool:
        """Something else than a file, and no words, while /import waits for a file: it waits on."""
        came, message = visit(update), update.message
        if came is None or came.person is None or message is None or message.text is not None:
            return False
        of = (came.message_id, came.reply_to)
        caller = await self._desk.write(importing.no_file, caller_of(self._desk, came), *of)
        if caller is not None:
            await self._say(came, caller.language, "import-no-file")
        return caller is not None

    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody else's file is taken over, or left."""
        came, wish = visit(update), press(update)
        if came is None or came.person is None or update.callback_query is None:
            return
        if not came.chat.private or not _is_wish(wish):
            text = self._desk.words.said(await said(self._desk, came), "too-old")
            await self._desk.delivery.toast(update.callback_query.id, text)
            return
        view = await self._decided(came, *wish.numbers)
        if view is not None:
            await self._show(came, view)
            await self._desk.insist(importing.told, came.person.id, wish.numbers[0])
        settled = "" if view is not None else self._desk.words.said(await said(self._desk, came), "import-settled")
        await self._desk.delivery.toast(update.callback_query.id, settled)

    async def _decided(self, came: Visit, message_id: int, wish: int) -> View | None:
        """What to show in the question's place; None where it has been dealt with, and that was told."""
        caller, words = caller_of(self._desk, came), self._desk.words
        decided = await self._desk.write(importing.decide, caller, message_id, take=wish == TAKE)
        if isinstance(decided, Late):
            return View(words(decided.language, "import-late"))
        if decided.file_id is None:
            return None
        if not decided.taken:
            return View(words(decided.language, "import-left"))
        async with self._one:
            file = await self._read(came, decided.language, message_id, decided.file_id)
            return file if isinstance(file, View) else await self._merged(came, decided.language, file)

    async def _take(self, came: Visit, message: Message) -> None:
        """The file in `message`, which `came` brings."""
        language = await said(self._desk, came)
        async with self._one:
            view = await self._taken(came, language, message)
        if view is not None:
            await self._desk.delivery.send(came.chat.id, view, reply_to=message.message_id)

    async def _taken(self, came: Visit, language: Language, message: Message) -> View | None:
        """Everything is read and looked at before the first word of it is written. None where all is said."""
        assert message.document is not None
        if (message.document.file_size or 0) > _LARGEST:
            return View(self._desk.words(language, "import-too-big"))
        file_id = message.document.file_id
        file = await self._read(came, language, came.message_id, file_id)
        if isinstance(file, View):
            return file
        if file.brought.owner is not None and file.brought.owner.id != came.chat.id:
            return await self._ask(came, file, file_id)
        await self._desk.write(importing.begin, caller_of(self._desk, came), came.message_id)
        return await self._merged(came, language, file)

    async def _read(self, came: Visit, language: Language, message_id: int, file_id: str) -> _File | View:
        """The file, or what is wrong with it."""
        words, desk = self._desk.words, self._desk
        content = await desk.delivery.fetch(file_id)
        if not isinstance(content, bytes):
            return View(words(language, f"import-{content}"))
        try:
            brought = await asyncio.to_thread(opened.read, content, desk.clock())
        except UnreadableError as error:
            return View(words(language, f"import-{error.trouble.value}"))
        plan = await desk.read(merging.plan, came.chat.id, desk.library(), brought.log, MOST_OF_ONE)
        return View(words(language, "import-large")) if isinstance(plan, TooMany) else _File(message_id, brought, plan)

    async def _ask(self, came: Visit, file: _File, file_id: str) -> View | None:
        """Whether somebody else's file should count as the person's own."""
        caller = await self._desk.write(importing.ask, caller_of(self._desk, came), file.message_id, file_id)
        if caller is None:
            return None
        days = await asyncio.to_thread(importing.days, caller, file.brought.log)
        return ask_view(self._desk.words, caller.language, caller.person.id, file.message_id, file.brought, days)

    async def _merged(self, came: Visit, language: Language, file: _File) -> View:
        """Portion by portion, so that nobody waits; what is cut short is done again with the update."""
        desk, person_id, wishes = self._desk, came.chat.id, file.brought.wishes
        of = (person_id, file.message_id)
        await desk.write(merging.adopt, *of, desk.library(), wishes, desk.clock().date())
        for portion in file.plan.portions:
            await desk.write(merging.merge, *of, portion)
        if "retention" in wishes.study:
            await replanned(desk, person_id)
        return merged_view(desk.words, language, file.plan, await desk.read(merging.merged, *of))

    async def _show(self, came: Visit, view: View) -> None:
        """In the place of the question; below it, where that is gone."""
        outcome = await self._desk.delivery.edit(came.chat.id, came.message_id, view)
        if isinstance(outcome, Refused):
            await self._desk.delivery.send(came.chat.id, view)

    async def _say(self, came: Visit, language: Language, key: str) -> None:
        view = View(self._desk.words(language, key))
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)


def _is_wish(wish: Press | None) -> TypeGuard[Press]:
    """Whether a button says which file, and what is wished of it."""
    return wish is not None and len(wish.numbers) == 2 and wish.numbers[1] in {LEAVE, TAKE}


def _is_meant(message: Message) -> bool:
    """Whether the file itself says that it is to be imported."""
    replied = message.reply_to_message
    answers = replied is not None and replied.from_user is not None and replied.from_user.is_bot
    return answers or (message.caption or "").split(maxsplit=1)[:1] == [_COMMAND]
