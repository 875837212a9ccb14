"""/import: a file of an export, or an .apkg from Anki, is merged into the person's reviews."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from telegram import Document, Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.archive import opened
from bot.archive.brought import MOST_OF_ONE
from bot.archive.errors import UnreadableError
from bot.core.bank import Language
from bot.core.text import Text, lines
from bot.flows import importing
from bot.flows.callers import Caller
from bot.flows.importing import Adopted, Log, Plan, TooMany
from bot.tg.desk import Desk, replanned, said, visit
from bot.tg.views import View
from bot.tg.visits import Visit
from bot.tg.words import Words

_LARGEST = 20_000_000  # bytes that a bot can download
_COMMAND = "/import"


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/import, and files in private."""
    here = _Importing(desk)
    return [
        CommandHandler("import", here.asked, filters.UpdateType.MESSAGE),
        MessageHandler(filters.ChatType.PRIVATE & filters.Document.ALL & filters.UpdateType.MESSAGE, here.brought),
    ]


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
            await self._take(came, there.document, there.message_id)
            return
        caller = await self._desk.write(importing.expect, self._caller(came))
        await self._say(came, caller.language, "import-ask")

    async def brought(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A file has come: after /import, with it as its caption, or in answer to what I said."""
        came, message = visit(update), update.effective_message
        if came is None or came.person is None or message is None or message.document is None:
            return
        caller, waited = await self._desk.write(importing.arrived, self._caller(came))
        if waited or _is_meant(message):
            await self._take(came, message.document, message.message_id)
        else:
            await self._say(came, caller.language, "import-how")

    async def _take(self, came: Visit, file: Document, message_id: int) -> None:
        language = await said(self._desk, came)
        async with self._one:
            view = await self._merged(came, language, file)
        await self._desk.delivery.send(came.chat.id, view, reply_to=message_id)

    async def _merged(self, came: Visit, language: Language, file: Document) -> View:
        """Everything is read and looked at before the first word of it is written."""
        words, desk, person_id = self._desk.words, self._desk, came.chat.id
        if (file.file_size or 0) > _LARGEST:
            return View(words(language, "import-too-big"))
        content = await desk.delivery.fetch(file.file_id)
        if content is None:
            return View(words(language, "import-lost"))
        try:
            brought = await asyncio.to_thread(opened.read, content, desk.clock())
        except UnreadableError as error:
            return View(words(language, f"import-{error.trouble.value}"))
        plan = await desk.read(importing.plan, person_id, desk.library(), brought.log, MOST_OF_ONE)
        if isinstance(plan, TooMany):
            return View(words(language, "import-large"))
        adopted = await desk.write(importing.adopt, person_id, desk.library(), brought.wishes, desk.clock().date())
        new = await self._merge(person_id, plan.portions)
        if "retention" in brought.wishes.study:
            await replanned(desk, person_id)
        await desk.write(importing.taken, person_id)
        return merged_view(words, language, plan, new, adopted)

    async def _merge(self, person_id: int, portions: tuple[Log, ...]) -> int:
        """Portion by portion, so that nobody waits; what is cut short is taken up by the same file sent again."""
        new = 0
        for portion in portions:
            new += await self._desk.write(importing.merge, person_id, portion)
        return new

    def _caller(self, came: Visit) -> Caller:
        desk = self._desk
        if came.person is None:
            raise ValueError("nobody calls")
        return Caller(desk.library(), came.person, came.chat, desk.clock(), desk.defaults)

    async def _say(self, came: Visit, language: Language, key: str) -> None:
        view = View(self._desk.words(language, key))
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)


def merged_view(words: Words, language: Language, plan: Plan, new: int, adopted: Adopted) -> View:
    """What became of a file: how many reviews it has, how many were new, what no bank here has, and what else came."""
    counts: dict[str, Text | str | int] = {"total": plan.total, "number": str(plan.total)}
    done = words(language, "import-done", **counts, new=new, added=str(new))
    strange, questions = plan.unknown_reviews, str(plan.unknown_questions)
    unknown: dict[str, Text | str | int] = {"count": strange, "reviews": str(strange), "questions": questions}
    left = words(language, "import-unknown", **unknown) if plan.unknown_reviews else Text()
    own = (words(language, f"import-own-{name}", **values) for name, values in _own(adopted))
    return View(lines(done, left, *own, words(language, "import-next") if new else Text()))


def _own(adopted: Adopted) -> Iterator[tuple[str, dict[str, Text | str | int]]]:
    """What else came, by the words for it."""
    if adopted.study:
        yield "study", {}
    if adopted.suspended:
        yield "suspended", {"count": adopted.suspended, "number": str(adopted.suspended)}
    if adopted.exam:
        yield "exam", {"day": adopted.exam.day.isoformat()}


def _is_meant(message: Message) -> bool:
    """Whether the file itself says that it is to be imported."""
    replied = message.reply_to_message
    answers = replied is not None and replied.from_user is not None and replied.from_user.is_bot
    return answers or (message.caption or "").split(maxsplit=1)[:1] == [_COMMAND]
