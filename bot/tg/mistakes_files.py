"""One's mistakes as files to take away: to read (Markdown), and for a spreadsheet (CSV)."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from bot.core.markdown import plain
from bot.flows.mistakes import Mistakes, Wrong
from bot.tg.payload import Attachment
from bot.tg.words import Words

_COLUMNS = ("bank", "id", "topic", "question", "chosen", "right", "missed", "answered_at")


def mistakes_files(words: Words, found: Mistakes, now: datetime) -> tuple[Attachment, Attachment]:
    """Both, named by the day of `now` (aware UTC) where the person lives."""
    day = f"{now.astimezone(found.zone):%Y-%m-%d}"
    read, sheet = _markdown(words, found, day).encode(), _csv(found).encode("utf-8-sig")  # so that Excel reads Chinese
    return (
        Attachment(f"mistakes-{day}.md", read, "text/markdown"),
        Attachment(f"mistakes-{day}.csv", sheet, "text/csv"),
    )


def _markdown(words: Words, found: Mistakes, day: str) -> str:
    title = words.said(found.language, "mistakes-title", day=day)
    entries = (_entry(words, found, at, wrong) for at, wrong in enumerate(found.wrong, 1))
    return "\n\n".join((f"# {title}", *entries)) + "\n"


def _entry(words: Words, found: Mistakes, at: int, wrong: Wrong) -> str:
    """The question with what was chosen, what is right and why, and the whole answer: as the bank's author wrote it."""
    question, said = wrong.question, []
    if question.choices and wrong.chosen is not None:
        said.append(words.said(found.language, "mistakes-chosen", choice=question.choices[wrong.chosen].text))
    if question.choices:
        said.append(words.said(found.language, "mistakes-right", choice=question.choices[question.right].text))
    said += [words.said(found.language, "mistakes-missed", say=say) for say in wrong.missed]
    listed = "\n".join(f"- {line}" for line in said)
    parts = (f"## {at}. {question.prompt}", listed, question.explanation, question.answer)
    return "\n\n".join(part for part in parts if part)


def _csv(found: Mistakes) -> str:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_COLUMNS)
    writer.writerows(_row(found, wrong) for wrong in found.wrong)
    return sheet.getvalue()


def _row(found: Mistakes, wrong: Wrong) -> tuple[str, ...]:
    question = wrong.question
    chosen = question.choices[wrong.chosen].text if wrong.chosen is not None else ""
    right = question.choices[question.right].text if question.choices else ""
    told = map(plain, (question.prompt, chosen, right))
    when = wrong.at.astimezone(found.zone).isoformat()
    return (question.ref.bank, question.ref.id, question.topic, *told, "; ".join(wrong.missed), when)
