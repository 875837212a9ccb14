"""/export: everything that is the person's, as files."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, filters

from bot.archive import parcel
from bot.archive.anki_schedule import Memory
from bot.archive.parcel import Parcel
from bot.archive.tables import Document
from bot.core.people import Person, zone_for
from bot.flows import chats, exporting
from bot.flows.chats import Profile
from bot.flows.exporting import Belongings
from bot.tg.delivery import Sent
from bot.tg.desk import Desk, visit
from bot.tg.payload import Attachment
from bot.tg.views import View, name
from bot.tg.visits import Visit

CARDS = "kaoguan-cards.apkg"


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """/export, in private; in a group it says where."""
    return [CommandHandler("export", _Exporting(desk).asked, filters.UpdateType.MESSAGE)]


class _Exporting:
    """The handler, around its desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._one = asyncio.Lock()  # made one after the other: each takes a core, and memory

    async def asked(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Make both files and send them."""
        came, desk = visit(update), self._desk
        if came is None:
            return
        profile = await desk.write(chats.visit, came.person, came.chat, desk.clock(), desk.defaults)
        if came.person is None or not came.chat.private:
            view = View(desk.words(profile.language, "private-only"))
            await desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
            return
        await desk.delivery.typing(came.chat.id)
        async with self._one:
            await self._send(came, profile, await self._parcel(came.person, profile))

    async def _parcel(self, person: Person, profile: Profile) -> Parcel:
        desk, now = self._desk, self._desk.clock()
        theirs = await desk.read(exporting.everything, person.id)
        return Parcel(
            Document(person.id, now, theirs.tables),
            _memory(desk, profile, theirs),
            desk.library(),
            profile.language,
            self._readme(person, profile),
        )

    async def _send(self, came: Visit, profile: Profile, packed: Parcel) -> None:
        """The ZIP first; whoever cannot be reached is sent no second one."""
        words, language, day = self._desk.words, profile.language, packed.memory.day(packed.memory.now)
        whole = await asyncio.to_thread(parcel.everything, packed)
        file = Attachment(f"kaoguan-export-{day.isoformat()}.zip", whole, "application/zip")
        caption = View(words(language, "export-everything"))
        if not isinstance(await self._desk.delivery.document(came.chat.id, caption, file), Sent):
            return
        deck = Attachment(CARDS, await asyncio.to_thread(parcel.cards, packed))
        counts = {"cards": str(len(packed.library.refs)), "reviewed": str(_reviewed(packed))}
        await self._desk.delivery.document(came.chat.id, View(words(language, "export-cards", **counts)), deck)

    def _readme(self, person: Person, profile: Profile) -> str:
        desk, zone = self._desk, zone_for(profile.chat, self._desk.defaults)
        when = desk.clock().astimezone(zone).strftime("%Y-%m-%d %H:%M")
        return desk.words.said(profile.language, "export-readme", name=name(person.name), when=when, zone=profile.zone)


def _memory(desk: Desk, profile: Profile, theirs: Belongings) -> Memory:
    zone, day_start = zone_for(profile.chat, desk.defaults), profile.chat.day_start
    return Memory(theirs.log, theirs.plans, zone, day_start, desk.clock(), theirs.preset, theirs.suspended)


def _reviewed(packed: Parcel) -> int:
    return sum(ref in packed.memory.plans for ref in packed.library.refs)
