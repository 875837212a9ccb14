"""How the plan for an exam looks."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.bank import Language, Library
from bot.core.exams import NoDay
from bot.core.learners import Learner
from bot.core.markdown import plain
from bot.core.planning import Day, Plan, enough, later
from bot.core.text import NOTHING, Text, lines
from bot.core.topics import title_about
from bot.flows.exams import MOST, NoExam, NotTaken, Standing
from bot.tg.buttons import Button, Verb, pack
from bot.tg.phrases import weekday_text
from bot.tg.views import Rows, View, fitted, name
from bot.tg.words import Words

_AHEAD = timedelta(days=28)  # of the day in an example
_NAMED, _PROMPT = 3, 56  # columns
_FORGOTTEN = 0.8  # below it a question is named among those that may be forgotten


class Outlook:
    """A plan with what would be enough where it does not fit; made outside the loop, as it simulates every day."""

    def __init__(self, standing: Standing, plan: Plan) -> None:
        self.standing = standing
        self.plan = plan
        self.enough: Learner | None = None if plan.fits else enough(standing.situation)


def plan_view(words: Words, outlook: Outlook, library: Library) -> View:
    """The day, how many a day, today, what will be forgotten; and what is wrong with it, if anything."""
    standing, plan = outlook.standing, outlook.plan
    head = _head(words, standing, library)
    if not plan.days:
        return View(lines(head, words(standing.language, "exam-today-it-is")))
    text = lines(
        head,
        _away(words, outlook),
        _new(words, outlook),
        _reviews(words, outlook),
        _today(words, outlook),
        _forgotten(words, outlook, library),
        _tight(words, outlook),
        _missed(words, outlook),
        words(standing.language, "exam-pushed" if standing.pushed else "exam-unpushed"),
    )
    return View(text, _rows(words, outlook))


def no_exam_view(words: Words, none: NoExam) -> View:
    """There is none (any more), and how to name one."""
    language, how = none.language, f"{none.today + _AHEAD:%Y-%m-%d}"
    if none.off:
        return View(words(language, "exam-off"))
    over = (
        words(language, "exam-over", date=weekday_text(words, language, none.over.day, none.today))
        if none.over
        else NOTHING
    )
    return View(lines(over, words(language, "exam-none", day=how)))


def not_taken_view(words: Words, refused: NotTaken, library: Library) -> View:
    """What is wrong with what was typed, and how to write it."""
    language, how = refused.language, f"{refused.today + _AHEAD:%Y-%m-%d}"
    if isinstance(refused.why, NoDay):
        return View(words(language, f"exam-no-day-{refused.why.why}", typed=name(refused.why.typed), day=how))
    close = refused.why.close or library.topics
    topics = words.said(language, "list-comma").join(topic.named(language) for topic in close[:10])
    return View(words(language, "exam-unknown", typed=name(refused.why.wanted), topics=topics, day=how))


def exam_line(words: Words, language: Language, day: date, today: date) -> Text:
    """What the push of the exam's day says of it, and the one line of a later push that ends the plan by itself."""
    if day == today:
        return words(language, "exam-day")
    return words(language, "exam-over", date=weekday_text(words, language, day, today))


def _head(words: Words, standing: Standing, library: Library) -> Text:
    language, exam = standing.language, standing.exam
    about = title_about(library, exam.about, language) if exam.about else ""
    days, when = (exam.day - standing.today).days, weekday_text(words, language, exam.day, standing.today)
    key = "exam-head" if days else "exam-head-today"
    if about:
        key += "-about"
    return words(language, key, date=when, count=days, days=str(days), about=about).bold()


def _away(words: Words, outlook: Outlook) -> Text:
    """On how many of the days the person is away."""
    number = len(outlook.plan.days) - len(outlook.standing.situation.studied)
    return words(outlook.standing.language, "exam-away", count=number, number=str(number)) if number else NOTHING


def _new(words: Words, outlook: Outlook) -> Text:
    days, there = outlook.plan.days, outlook.standing.situation
    total, most = sum(day.new for day in days), max(day.new for day in days)
    if not there.fresh:
        return words(outlook.standing.language, "exam-new-none")
    if not there.coming(there.fresh):
        return NOTHING
    return words(outlook.standing.language, "exam-new", count=total, number=str(total), most=str(most))


def _reviews(words: Words, outlook: Outlook) -> Text:
    days = outlook.plan.days
    if not outlook.plan.busiest:
        return NOTHING
    mean = round(sum(day.reviews for day in days) / len(outlook.standing.situation.studied))
    key = "exam-reviews" if mean else "exam-reviews-few"
    return words(outlook.standing.language, key, mean=str(mean), most=str(outlook.plan.busiest))


def _today(words: Words, outlook: Outlook) -> Text:
    today = outlook.plan.days[0]
    if outlook.standing.situation.absence.away(0):
        return words(outlook.standing.language, "exam-today-away")
    if today == Day(0, 0):
        return words(outlook.standing.language, "exam-today-done")
    return words(outlook.standing.language, "exam-today", new=str(today.new), reviews=str(today.reviews))


def _forgotten(words: Words, outlook: Outlook, library: Library) -> Text:
    """How many, and which most likely."""
    language, plan = outlook.standing.language, outlook.plan
    number, of = round(plan.forgotten), len(plan.chances)
    if not of:
        return NOTHING
    if not number:
        return words(language, "exam-remembered", of=str(of))
    weak = [(ref, chance) for ref, chance in plan.chances[:_NAMED] if chance < _FORGOTTEN]
    asked = [(library.question(ref, language), chance) for ref, chance in weak]
    rows = [f"· {fitted(plain(question.prompt), _PROMPT)}  {chance:.0%}" for question, chance in asked if question]
    return lines(
        words(language, "exam-forgotten" if rows else "exam-forgotten-few", number=str(number), of=str(of)), *rows
    )


def _tight(words: Words, outlook: Outlook) -> Text:
    """What does not fit, and what would."""
    if outlook.enough is None:
        return NOTHING
    learner = outlook.standing.situation.learner
    parts = []
    if outlook.plan.unasked:
        parts.append(_tight_new(words, outlook, learner, outlook.enough))
    if outlook.plan.undone:
        left, most, need = outlook.plan.undone, learner.reviews_a_day, outlook.enough.reviews_a_day
        values = {"left": str(left), "most": str(most), "need": str(need)}
        parts.append(words(outlook.standing.language, "exam-tight-reviews", count=left, **values))
    return lines(*parts)


def _missed(words: Words, outlook: Outlook) -> Text:
    """What there is no day for, and why."""
    number, there = outlook.plan.missed, outlook.standing.situation
    if not number:
        return NOTHING
    key = "exam-missed-away" if len(there.studied) < there.days else "exam-missed-buried"
    return words(outlook.standing.language, key, count=number, number=str(number))


def _tight_new(words: Words, outlook: Outlook, learner: Learner, wanted: Learner) -> Text:
    standing, left = outlook.standing, outlook.plan.unasked
    values = {"left": str(left), "most": str(learner.new_a_day), "need": str(wanted.new_a_day)}
    text = words(standing.language, "exam-tight-new", count=left, **values)
    days = later(standing.situation)
    if days is None:
        return text
    by = weekday_text(words, standing.language, standing.today + timedelta(days=days), standing.today)
    return lines(text, words(standing.language, "exam-later", date=by))


def _rows(words: Words, outlook: Outlook) -> Rows:
    """What a press would make fit."""
    wanted, plan = outlook.enough, outlook.plan
    if wanted is None:
        return ()
    short_of = [(0, wanted.new_a_day, plan.unasked), (1, wanted.reviews_a_day, plan.undone)]
    return tuple(
        (Button(_raise(words, outlook.standing.language, limit, number), pack(Verb.EXAM, limit, number)),)
        for limit, number, missing in short_of
        if missing and number and number <= MOST
    )


def _raise(words: Words, language: Language, limit: int, number: int) -> str:
    return words.said(language, ("exam-raise-new", "exam-raise-reviews")[limit], number=str(number))
