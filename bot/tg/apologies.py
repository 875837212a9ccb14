"""What somebody is told whose message or press was not handled, whatever it was about."""

from __future__ import annotations

from telegram import Update

from bot.tg.desk import Desk, said, visit
from bot.tg.views import View


async def apologise(desk: Desk, update: Update) -> None:
    """Tell the person that their message or press could not be handled."""
    await _tell(desk, update, "update-failed")


async def slow_down(desk: Desk, update: Update) -> None:
    """Tell the person that they are too fast."""
    await _tell(desk, update, "too-fast")


async def _tell(desk: Desk, update: Update, why: str) -> None:
    came = visit(update)
    if came is None:
        return
    language = await said(desk, came)
    if update.callback_query:
        await desk.delivery.toast(update.callback_query.id, desk.words.said(language, why), alert=True)
    else:
        await desk.delivery.send(came.chat.id, View(desk.words(language, why)), thread_id=came.thread_id)
