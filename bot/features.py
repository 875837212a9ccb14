"""What the bot does about an update: every feature, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import structlog
from telegram import Update
from telegram.ext import BaseHandler

from bot.pictures.fonts import Fonts, find_fonts
from bot.tg import (
    boards,
    chats,
    cramming,
    daily,
    exams,
    exporting,
    forgetting,
    importing,
    interviewing,
    learners,
    lifecycle,
    members,
    mistakes,
    operators,
    practice,
    progress,
    reasons,
    rounds,
    seasons,
    typed,
    vacations,
    voids,
    withholding,
)
from bot.tg.desk import Desk
from bot.tg.routes import Routes

log = structlog.get_logger()


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """Every feature's handlers; the first that fits takes the update, the last resort takes the rest."""
    questions = (rounds, daily, boards, reasons, voids, seasons)
    others = (*questions, chats, learners, lifecycle, members, exporting, importing, forgetting, operators)
    taking = (handler for feature in others for handler in feature.handlers(desk))
    return [*typed.handlers(desk), *taking, *chats.last_resort(desk, _listener(desk))]


def routes(desk: Desk, username: str) -> Routes:
    """What is dealt with before any handler is asked: what people do in private to learn, and votes."""
    private = practice.routes(desk, typed.regrader(desk)) | progress.routes(desk, _fonts())
    private |= cramming.routes(desk) | mistakes.routes(desk) | interviewing.routes(desk)
    private |= exams.routes(desk) | withholding.routes(desk) | typed.routes(desk) | vacations.routes(desk)
    return replace(private, voted=rounds.routes(desk).voted, username=username.lower())


def _listener(desk: Desk) -> Callable[[Update], Awaitable[bool]]:
    """Who takes a plain message in private: /import, if it waits for a file and this is none; an interview under way,
    else a question that waits for words."""
    no_file, in_an_interview = importing.listener(desk), interviewing.listener(desk)
    to_a_question = typed.listener(desk)

    async def takes(update: Update) -> bool:
        return await no_file(update) or await in_an_interview(update) or await to_a_question(update)

    return takes


def _fonts() -> Fonts:
    """What pictures are written with; the operator is told once where they cannot be in Chinese."""
    fonts = find_fonts()
    if not fonts.chinese:
        log.warning("no_chinese_font", pictures="in English", install="fonts-noto-cjk")
    return fonts
