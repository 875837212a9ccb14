"""How an interview looks: its questions, what is asked on about them, and the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.core.bank import Language, Library
from bot.core.grades import Grade
from bot.core.interviewing import MOST, Wish, readings
from bot.core.markdown import plain, render
from bot.core.review import Rating
from bot.core.text import NOTHING, Text, join, lines
from bot.core.topics import title_about
from bot.flows.conducting import Asking
from bot.flows.summing import Answered, Grades, Summing
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import Rows, View, folded, labels, short
from bot.tg.words import Words

_PROMPT, _POINT, _POINTS = 60, 60, 3  # characters of a question and of a missing point in the verdict; points of each
_READINGS = 4
_STRONG, _FAIR = 0.8, 0.5  # shares of solid answers


def note_text(words: Words, begun: Asking, wanted: Wish, *, again: bool) -> Text:
    """What is not as was wished behind /interview: one goes on already (`again`), there are fewer questions, or no
    interview has so many. Nothing where all is."""
    language = begun.language
    if again:
        return words(language, "interview-goes-on") if wanted != Wish("") else NOTHING
    if wanted.number is None or wanted.number == begun.of:
        return NOTHING
    if begun.of < wanted.size:
        return words(language, "interview-only")
    return words(language, "interview-bounds", most=str(MOST))


def asking_view(words: Words, asked: Asking, note: Text = NOTHING, *, again: bool = False) -> View:
    """The question, without difficulty or choices; or what is asked on about it. The `note` comes first, or what an
    interview is where it begins."""
    language, number = asked.language, asked.round.id
    row = (
        Button(words.said(language, "interview-done"), pack(Verb.INTERVIEW_DONE, number, asked.on)),
        Button(words.said(language, "interview-stop"), pack(Verb.INTERVIEW_STOP, number)),
    )
    if asked.point is not None:
        return View(lines(note, words(language, "interview-on", ask=asked.point.ask[language])), (row,))
    first = words(language, "interview-begins", count=asked.of, number=str(asked.of), minutes=str(asked.planned))
    head = words(
        language,
        "interview-head",
        at=str(asked.at),
        of=str(asked.of),
        elapsed=str(asked.elapsed),
        planned=str(asked.planned),
    )
    begins = first + "\n" if asked.at == 1 and not again else NOTHING
    return View(lines(note, begins, head, render(asked.question.prompt).bold()), (row,))


def verdict_views(words: Words, sums: Summing, grades: Grades, library: Library) -> tuple[View, tuple[Text, ...]]:
    """Strong points, gaps, what to read; the model answers folded; and a rating for each question, to confirm."""
    if not sums.answers:
        return View(words(sums.language, "interview-unanswered")), ()
    head = lines(
        _title(words, sums, library),
        words(sums.language, f"interview-verdict-{_verdict(grades.values())}"),
        *_section(words, sums, "interview-strong", _strong(sums, grades)),
        *_section(words, sums, "interview-gaps", _gaps(words, sums, grades)),
        *_section(words, sums, "interview-read", _read(sums, grades)),
    )
    tail = _planned(words, sums) if sums.planned else words(sums.language, "interview-rate")
    text, rest = folded(head, _answers(sums), tail)
    return View(text, () if sums.planned else _rows(words, sums, grades)), rest


def ratings_of(sums: Summing, grades: Grades) -> dict[int, Rating]:
    """What each question is rated: as the person says, else as its grade suggests; one without either is left out."""
    suggested = {
        one.step: one.rating or (grade.rating if (grade := grades[one.step]) else None) for one in sums.answers
    }
    return {step: rating for step, rating in suggested.items() if rating is not None}


def _next(now: Rating | None) -> Rating:
    """The rating after that one, round and round."""
    return Rating.AGAIN if now in {None, Rating.EASY} else Rating(int(now or 0) + 1)


def _title(words: Words, sums: Summing, library: Library) -> Text:
    about = (
        title_about(library, sums.about, sums.language) if sums.about else words(sums.language, "interview-everything")
    )
    count = len(sums.answers)
    values: dict[str, Text | str | int] = {
        "count": count,
        "number": str(count),
        "minutes": str(sums.minutes),
        "about": about,
    }
    return words(sums.language, "interview-over", **values).bold()


def _verdict(grades: Iterable[Grade | None]) -> str:
    """In one word, of those that could be judged."""
    bands = [grade.band for grade in grades if grade is not None]
    if not bands:
        return "none"
    solid = bands.count("solid") / len(bands)
    return "strong" if solid >= _STRONG and "not-yet" not in bands else "fair" if solid >= _FAIR else "weak"


def _section(words: Words, sums: Summing, key: str, entries: Iterable[Text]) -> tuple[Text, ...]:
    some = tuple(entries)
    return (Text("\n") + words(sums.language, key).bold(), *some) if some else ()


def _strong(sums: Summing, grades: Grades) -> Iterator[Text]:
    for one in sums.answers:
        grade = grades[one.step]
        if grade is not None and grade.band == "solid":
            yield Text(f"✓ {one.step + 1}. {_prompt(one)}")


def _gaps(words: Words, sums: Summing, grades: Grades) -> Iterator[Text]:
    """What is missing or wrong, question by question; what was said aloud is the person's to judge."""
    for one in sums.answers:
        grade, label = grades[one.step], f"{one.step + 1}. {_prompt(one)}"
        if grade is None:
            yield words(sums.language, "interview-yourself", question=label)
        elif gaps := _missing(words, sums.language, one, grade):
            yield words(sums.language, "interview-gap", question=label, gaps=gaps)


def _missing(words: Words, language: Language, one: Answered, grade: Grade) -> Text | None:
    if one.rubric is None or (grade.band == "solid" and not grade.wrong):
        return None
    by_weight = sorted(one.rubric.points, key=lambda point: -point.weight)
    says = [short(point.say[language], _POINT) for point in by_weight if point.id in grade.missed][:_POINTS]
    wrong = {mistake.claim for mistake in grade.wrong}
    says += [short(claim.say[language], _POINT) for claim in one.rubric.wrong if claim.id in wrong]
    return join(words.said(language, "interview-gap-comma"), map(Text, says)) if says else None


def _read(sums: Summing, grades: Grades) -> Iterator[Text]:
    """The sources of what did not go well, each once."""
    weak = [one for one in sums.answers if (grade := grades[one.step]) is None or grade.band != "solid"]
    entries = dict.fromkeys(entry for one in weak for entry in readings(one.question.references, 1))
    for entry, _number in zip(entries, range(_READINGS), strict=False):
        yield Text("· ") + render(entry)


def _answers(sums: Summing) -> Text:
    """The model answers, one after the other."""
    each = (lines(Text(f"{one.step + 1}. {_prompt(one)}").bold(), render(one.question.answer)) for one in sums.answers)
    return join("\n\n", each)


def _rows(words: Words, sums: Summing, grades: Grades) -> Rows:
    ratings = ratings_of(sums, grades)
    number = sums.interview.id
    each = (
        Button(
            f"{one.step + 1} · {_rating(words, sums.language, ratings.get(one.step))}",
            pack(Verb.INTERVIEW_RATE, number, one.step, _next(ratings.get(one.step))),
        )
        for one in sums.answers
    )
    plan = Button(words.said(sums.language, "interview-plan"), pack(Verb.INTERVIEW_PLAN, number))
    return (*labels(each, 3), (plan,))


def _rating(words: Words, language: Language, rating: Rating | None) -> str:
    return words.said(language, f"practice-rating-{rating}") if rating else "?"


def _planned(words: Words, sums: Summing) -> Text:
    """When the questions come back, the soonest first."""
    days = Counter(one.back_in for one in sums.answers if one.back_in is not None)
    each = (
        words(sums.language, "interview-back", days=day, day=str(day), count=count, number=str(count))
        for day, count in sorted(days.items())
    )
    return words(sums.language, "interview-planned", when=join(words.said(sums.language, "list-comma"), each))


def _prompt(one: Answered) -> str:
    return short(plain(one.question.prompt), _PROMPT)
