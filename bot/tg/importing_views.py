"""What is said of a file that was brought: whose it is, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.archive.brought import Brought
from bot.core.bank import Language
from bot.core.text import Text, lines
from bot.flows.merging import Merged, Plan
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import View, name
from bot.tg.words import Words

LEAVE, TAKE = 0, 1  # what a button carries
Values = dict[str, Text | str | int]


def ask_view(words: Words, language: Language, mine: int, message_id: int, brought: Brought, days: int) -> View:
    """Whose file it is by what stands in it, how much it is, and whether it should count as that of the person `mine`
    all the same. The buttons carry the message that brought it."""
    owner = brought.owner
    assert owner is not None  # else nobody is asked
    numbers: Values = {"id": str(owner.id), "mine": str(mine), "name": name(owner.name)}
    whose = words(language, "import-other" if owner.name.strip() else "import-other-unnamed", **numbers)
    on = words.said(language, "progress-days", count=days, days=f"{days:,}")
    count: Values = {"count": brought.total, "number": f"{brought.total:,}", "days": on}
    buttons = [_button(words, language, "import-leave", message_id, LEAVE)]
    buttons.insert(0, _button(words, language, "import-take", message_id, TAKE))
    return View(lines(whose, words(language, "import-other-has", **count)), (tuple(buttons),))


def merged_view(words: Words, language: Language, plan: Plan, merged: Merged) -> View:
    """What became of a file: how many reviews it has, how many were new, what no bank here has, and what else came."""
    counts: Values = {"total": plan.total, "number": str(plan.total)}
    done = words(language, "import-done", **counts, new=merged.new, added=str(merged.new))
    strange, questions = plan.unknown_reviews, str(plan.unknown_questions)
    unknown: Values = {"count": strange, "reviews": str(strange), "questions": questions}
    left = words(language, "import-unknown", **unknown) if plan.unknown_reviews else Text()
    own = (words(language, f"import-own-{name}", **values) for name, values in _own(merged))
    return View(lines(done, left, *own, words(language, "import-next") if merged.new else Text()))


def _own(merged: Merged) -> Iterator[tuple[str, Values]]:
    """What else came, by the words for it."""
    if merged.study:
        yield "study", {}
    if merged.suspended:
        yield "suspended", {"count": merged.suspended, "number": str(merged.suspended)}
    if merged.exam_day:
        yield "exam", {"day": merged.exam_day.isoformat()}


def _button(words: Words, language: Language, label: str, message_id: int, wish: int) -> Button:
    return Button(words.said(language, label), pack(Verb.IMPORT, message_id, wish))
