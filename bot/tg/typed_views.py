"""How a typed answer looks: asked whether there is more, graded, rated."""

from __future__ import annotations

from bot.core.bank import Language
from bot.core.grades import Grade
from bot.core.judging import NOTHING as NOTHING_SAID
from bot.core.opinions import Silence
from bot.core.review import Rating
from bot.core.rubrics import Claim, Point, Rubric
from bot.core.text import NOTHING, Text, lines
from bot.flows.writing import Written
from bot.tg.buttons import Button, Verb, pack
from bot.tg.question_views import Views, comes_back, leech, leech_rows, next_button, ratings, whole_answer
from bot.tg.views import Rows, View, folded, short
from bot.tg.words import Words

_HEAD = 2600  # units of what stands before the reference
_QUOTES = (60, 24, 0)  # characters of the person's own words; less where there are many points
_SAY = (200, 90, 40)  # of a point
_LABEL: dict[Language, int] = {"zh": 14, "en": 32}  # characters of a point on a button


def note_view(words: Words, written: Written) -> View:
    """Is there more?"""
    language = written.asked.language
    button = Button(words.said(language, "typed-done"), pack(Verb.DONE, written.asked.round.id))
    return View(words(language, "typed-note"), ((button,),))


def noted_view(words: Words, written: Written) -> View:
    """The same once there was no more, or more after the grade: what counts stands below."""
    return View(words(written.asked.language, "typed-below"))


def graded_view(
    words: Words,
    written: Written,
    grade: Grade | None,
    silence: Silence | None = None,
    adviser: str = "",
    *,
    claiming: bool = False,
) -> Views:
    """What was made and missed, with the person's own words; the reference folded; and a rating to confirm, or
    (`claiming`) the points that the person may say they made. Where there is `silence` it says so: the person wants a
    second opinion, and `adviser` gave none."""
    asked, rubric = written.asked, written.asked.rubric
    head = _head(words, written, grade, rubric) if grade and rubric else words(asked.language, "typed-ungraded")
    alone = words(asked.language, f"typed-offline-{silence}", host=adviser) if silence else NOTHING
    text, rest = folded(head, whole_answer(words, asked), lines(alone, _tail(words, written, grade)))
    return View(text, _rows(words, written, grade, rubric, claiming=claiming)), rest


def points_view(words: Words, written: Written, grade: Grade) -> View:
    """Which of the points missed last time are there now; and then the whole is asked for, of who knows none too: the
    reference is not shown yet."""
    language, points = written.asked.language, {point.id: point for point in written.only}
    quote, say = _QUOTES[0], _SAY[0]
    said = lines(
        words(language, "typed-points", hit=str(len(grade.hits)), all=str(len(points))).bold(),
        *(words(language, f"typed-flag-{flag}") for flag in grade.flags if flag != "unknown"),
        *(_hit(words, written, points[hit.point], hit.quote, quote, say, frozenset()) for hit in grade.hits),
        *(words(language, "typed-missed-again", say=short(points[key].say[language], say)) for key in grade.missed),
        Text("\n") + words(language, "typed-whole"),
    )
    button = Button(words.said(language, "typed-enough"), pack(Verb.WHOLE, written.asked.round.id))
    return View(said, ((button,),))


def _head(words: Words, written: Written, grade: Grade, rubric: Rubric) -> Text:
    """As much of the person's words as leaves room for the reference."""
    heads = (_lines(words, written, grade, rubric, quote, say) for quote, say in zip(_QUOTES, _SAY, strict=True))
    head = NOTHING
    for head in heads:
        if head.units <= _HEAD:
            break
    return head if head.units <= _HEAD else head.slice(0, _HEAD)


def _lines(words: Words, written: Written, grade: Grade, rubric: Rubric, quote: int, say: int) -> Text:
    language, points = written.asked.language, {point.id: point for point in rubric.points}
    claims = {claim.id: claim for claim in rubric.wrong}
    said = len(grade.hits)
    title = words(
        language, "typed-score", hit=str(said), all=str(len(points)), band=words(language, f"typed-band-{grade.band}")
    )
    own = written.overridden
    return lines(
        title.bold(),
        *(words(language, f"typed-flag-{flag}") for flag in grade.flags),
        *(_hit(words, written, points[hit.point], hit.quote, quote, say, own) for hit in grade.hits),
        *(_wrong(words, written, claims[one.claim], one.quote, quote, say) for one in grade.wrong),
        *(words(language, "typed-missed", say=short(points[key].say[language], say)) for key in grade.missed),
        NOTHING if grade.sure or written.result else words(language, "typed-unsure"),
    )


def _hit(words: Words, written: Written, point: Point, quote: str, room: int, say: int, own: frozenset[str]) -> Text:
    language = written.asked.language
    values: dict[str, Text | str | int] = {"say": short(point.say[language], say)}
    if point.id in own:
        return words(language, "typed-hit-own", **values)
    return (
        words(language, "typed-hit", quote=short(quote, room), **values)
        if room
        else words(language, "typed-hit-bare", **values)
    )


def _wrong(words: Words, written: Written, claim: Claim, quote: str, room: int, say: int) -> Text:
    language = written.asked.language
    right = short(claim.say[language], say)
    return words(language, "typed-wrong", quote=short(quote, room or 24), right=right)


def _tail(words: Words, written: Written, grade: Grade | None) -> Text:
    language = written.asked.language
    if written.result is not None:
        late = words(language, "typed-late") if written.late else NOTHING
        return lines(leech(words, written.result), comes_back(words, written.result), late)
    if grade is None:
        return words(language, "practice-rate")
    return words(language, "typed-suggestion", rating=words(language, f"practice-rating-{grade.rating}"))


def _rows(words: Words, written: Written, grade: Grade | None, rubric: Rubric | None, *, claiming: bool) -> Rows:
    asked, result = written.asked, written.result
    chosen: Rating | None = result.rating if result else grade.rating if grade else None
    row = ratings(words, asked, chosen, Verb.CONFIRM)
    if result is not None:
        portion = result.asked.portion
        on = ((next_button(words, asked),),) if portion is None or portion.left else ()
        return (row, *on, *leech_rows(words, result))
    if grade is None or rubric is None or NOTHING_SAID & set(grade.flags):
        return (row,)
    points = _overrides(words, written, grade, rubric)
    number, language = asked.round.id, asked.language
    if claiming and points:
        back = Button(words.said(language, "button-back"), pack(Verb.CLAIM, number, 0))
        return (*((button,) for button in points), (back,))
    if not points:
        return (row,)
    only = points[0].data if len(points) == 1 and not written.overridden else pack(Verb.CLAIM, number, 1)
    return (row, (Button(words.said(language, "typed-claim"), only),))


def _overrides(words: Words, written: Written, grade: Grade, rubric: Rubric) -> list[Button]:
    """One button for each missed point, and one to take back each that the person says they made."""
    language, number, own = written.asked.language, written.asked.round.id, written.overridden
    return [
        Button(
            words.said(
                language,
                f"typed-{'back' if point.id in own else 'said'}",
                say=short(point.say[language], _LABEL[language]),
            ),
            pack(Verb.OVERRIDE, number, place, 0 if point.id in own else 1),
        )
        for place, point in enumerate(rubric.points)
        if point.id in own or point.id in grade.missed
    ]
