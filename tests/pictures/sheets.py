"""Sheets to draw: nothing, a little, and a whole year."""

from __future__ import annotations

import random
from datetime import date, timedelta

from bot.core.bank import Language, Topic
from bot.core.retention import Kept
from bot.core.streaks import Streak
from bot.flows.progress import Progress, TopicMemory
from bot.pictures.sheet import Sheet
from bot.tg.progress_views import sheet_of
from bot.tg.words import Words

TODAY = date(2026, 11, 26)  # a Thursday
FIRST = date(2025, 11, 24)  # the Monday of the week in which the year began
DAYS = (TODAY - FIRST).days + 1
WORDS = Words()
_TITLES = (
    ("注意力", "Attention"),
    ("BERT 家族", "The BERT family"),
    ("位置编码与长上下文的外推方法", "Positional encodings and extrapolation"),
    ("训练", "Training"),
    ("微调", "Fine-tuning"),
    ("推理", "Inference"),
    ("评测", "Evaluation"),
)


def progress(
    language: Language = "zh", *, reviewed: dict[date, int] | None = None, ahead: tuple[int, ...] = ()
) -> Progress:
    """Somebody's progress; on the other days they reviewed nothing."""
    counts = reviewed or {}
    each = tuple(counts.get(FIRST + timedelta(days=at), 0) for at in range(DAYS))
    titles = [Topic(f"t{at}", {"zh": zh, "en": en}) for at, (zh, en) in enumerate(_TITLES)]
    topics = tuple(TopicMemory(topic, at, 3, 12) for at, topic in enumerate(titles))
    kept = (Kept(212, 193), Kept(640, 570)) if counts else (Kept(0, 0), Kept(0, 0))
    return Progress(language, None, TODAY, FIRST, each, 0, kept, ahead or (0,) * 14, topics)


def full(language: Language = "zh") -> Progress:
    """A busy year."""
    draw = random.Random(4)
    busy = {FIRST + timedelta(days=at): max(0, round(draw.gauss(9, 6))) for at in range(DAYS) if draw.random() < 0.8}
    return progress(language, reviewed=busy, ahead=(23, 14, 18, 9, 12, 6, 15, 11, 4, 8, 9, 3, 7, 10))


def sheet(of: Progress, streak: Streak = Streak(48, 2), *, chinese: bool = True) -> Sheet:  # noqa: B008 - a value
    """What is drawn of it."""
    return sheet_of(WORDS, of, streak, chinese=chinese)
