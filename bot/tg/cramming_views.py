"""How extra study looks: a question with its place in the run, what came of it, and the end of a lap."""

from __future__ import annotations

from bot.core.bank import Language, Library, Question
from bot.core.grading import LETTERS
from bot.core.markdown import plain
from bot.core.text import NOTHING, Text, lines
from bot.flows.cramming import EVERYTHING
from bot.flows.runs import Extra, Over, Practised
from bot.tg.buttons import Button, Verb, pack
from bot.tg.question_views import Views, answer_view, judged, question_text
from bot.tg.topic_views import topic_rows
from bot.tg.views import Rows, View, fitted, labels
from bot.tg.words import Words

_PER_ROW = 4
_NAMED = 5  # missed questions named at the end of a lap; more would not fit a phone's screen
_PROMPT = 68  # columns


def choose_view(words: Words, language: Language, library: Library) -> View:
    """Which topic to go through; what this is."""
    every = Button(words.said(language, "cram-everything"), pack(Verb.CRAM, EVERYTHING))
    rows = topic_rows(language, library, library.topics, Verb.CRAM)
    return View(words(language, "cram-choose"), (*rows, (every,)))


def extra_view(words: Words, extra: Extra) -> View:
    """The question with a button for each choice, or with one that reveals the answer."""
    return View(lines(_head(words, extra), question_text(words, extra.asked)), _buttons(words, extra))


def revealed_view(words: Words, extra: Extra) -> Views:
    """A question without choices with its answer: was it known?"""
    language, number = extra.asked.language, extra.asked.round.id
    said = [(1, "cram-said"), (0, "cram-unsaid")]
    row = tuple(Button(words.said(language, key), pack(Verb.CRAM_KNEW, number, knew)) for knew, key in said)
    return answer_view(words, extra.asked, words(language, "cram-did-you"), (row,), _head(words, extra))


def practised_view(words: Words, done: Practised) -> Views:
    """An answered question: what is right and why, and what comes next: another one, or the end of the lap."""
    asked, head = done.extra.asked, _head(words, done.extra)
    if not asked.question.choices:
        known = words(asked.language, "cram-known" if done.right else "cram-unknown")
        return answer_view(words, asked, lines(known, _tail(words, done)), _rows(words, done), head)
    text, rest = judged(words, asked, done.choice, _tail(words, done), head)
    return View(text, _rows(words, done)), rest


def over_view(words: Words, over: Over) -> View:
    """The end of a lap whose last questions have left the bank; or of one that had none."""
    if over.round_id is None:
        return View(words(over.language, "cram-nothing"))
    again = (_again(words, over.language, over.round_id, over.missed),) if over.missed else ()
    return View(_end(words, over.language, over.missed), (again,) if again else ())


def lapsed_view(words: Words, language: Language, round_id: int) -> View:
    """The question has left the bank: the next one takes its place."""
    return View(words(language, "cram-lapsed"), ((_next(words, language, round_id),),))


def _head(words: Words, extra: Extra) -> Text:
    return words(extra.asked.language, "cram-head", at=str(extra.at), of=str(extra.of))


def _tail(words: Words, done: Practised) -> Text:
    language = done.extra.asked.language
    if done.missed is not None:
        return _end(words, language, done.missed)
    left = done.extra.of - done.extra.at
    return words(language, "cram-left", count=left, number=str(left))


def _end(words: Words, language: Language, missed: tuple[Question, ...]) -> Text:
    if not missed:
        return words(language, "cram-over-all")
    named = (Text(f"· {fitted(plain(question.prompt), _PROMPT)}") for question in missed[:_NAMED])
    more = len(missed) - _NAMED
    rest = words(language, "cram-over-more", number=str(more)) if more > 0 else NOTHING
    return lines(words(language, "cram-over", count=len(missed), number=str(len(missed))), *named, rest)


def _rows(words: Words, done: Practised) -> Rows:
    language, number = done.extra.asked.language, done.extra.asked.round.id
    if done.missed is None:
        return ((_next(words, language, number),),)
    return ((_again(words, language, number, done.missed),),) if done.missed else ()


def _next(words: Words, language: Language, round_id: int) -> Button:
    return Button(words.said(language, "practice-next"), pack(Verb.CRAM_NEXT, round_id))


def _again(words: Words, language: Language, round_id: int, missed: tuple[Question, ...]) -> Button:
    label = words.said(language, "cram-again", count=len(missed), number=str(len(missed)))
    return Button(label, pack(Verb.CRAM_AGAIN, round_id))


def _buttons(words: Words, extra: Extra) -> Rows:
    number, count = extra.asked.round.id, len(extra.asked.round.choices)
    if not count:
        return ((Button(words.said(extra.asked.language, "question-reveal"), pack(Verb.CRAM_REVEAL, number)),),)
    return labels((Button(LETTERS[at], pack(Verb.CRAM_ANSWER, number, at)) for at in range(count)), _PER_ROW)
