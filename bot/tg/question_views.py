"""How a question looks in a private chat: asked for there, or pushed at the daily hour."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from bot.core.bank import Language, Question
from bot.core.grading import LETTERS, letter, shown
from bot.core.leeches import is_leech
from bot.core.markdown import plain, render
from bot.core.review import Rating
from bot.core.text import NOTHING, Text, join, lines
from bot.flows.answers import Result
from bot.flows.asking import Asked
from bot.flows.portions import Portion
from bot.flows.withholding import Wish
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import Rows, View, folded, labels
from bot.tg.words import Words

Rest = tuple[Text, ...]  # of an answer that did not fit into its message
Views = tuple[View, Rest]
Way = Literal["choice", "typed"]
WAYS: tuple[Way, ...] = ("choice", "typed")
CHOSEN = " ✓"
_PER_ROW = 5
_OPEN = 500  # units of an answer that fits a phone's screen without being folded


def question_view(words: Words, asked: Asked) -> View:
    """The question with a button for each choice, or with one that reveals the answer."""
    left = portion_text(words, asked.language, asked.portion) if asked.portion else NOTHING
    return View(lines(left, question_text(words, asked)), _buttons(words, asked))


def portion_text(words: Words, language: Language, portion: Portion) -> Text:
    """What is left of a portion; once it is done, what is due beside it."""
    if portion.left:
        return words(language, "portion-left", count=portion.left, number=str(portion.left))
    more = words(language, "portion-more", count=portion.more, number=str(portion.more))
    rest = words(language, "portion-postponed", count=portion.postponed, number=str(portion.postponed))
    said = (more if portion.more else NOTHING, rest if portion.postponed else NOTHING)
    done = words(language, "portion-done-some" if portion.more else "portion-done")
    return join(" · ", (done, *filter(None, said)))


def question_text(words: Words, asked: Asked, *, told: bool = False) -> Text:
    """Topic, difficulty, prompt and choices as shown; the right choice in bold once it is `told`."""
    topic = asked.topic.named(asked.language) if asked.topic else asked.question.topic
    kind = asked.round.kind
    order = "" if kind in {"recall", "typed"} else asked.round.choices
    hint = "question-typed" if kind == "typed" else "" if order else "question-recall"
    shown_so = _question(words, asked.question, topic, order, asked.language, "" if told else hint, told)
    return shown_so if told or not asked.missing else lines(shown_so, _missing(words, asked))


def whole_answer(words: Words, asked: Asked) -> Text:
    """The answer with its references."""
    return _whole(words, asked.question, asked.language)


def judged(words: Words, asked: Asked, choice: int | None, tail: Text, before: Text = NOTHING) -> tuple[Text, Rest]:
    """A question with choices once it is answered: `choice` is the original index that was chosen (None: the right
    one). What is right and why, the whole answer folded, `tail`; and the rest of the answer that did not fit."""
    told = question_text(words, asked, told=True)
    head = lines(before, told + "\n", _verdict(words, asked, choice), render(asked.question.explanation))
    return folded(head, whole_answer(words, asked), tail)


def answer_view(words: Words, asked: Asked, tail: Text, rows: Rows, before: Text = NOTHING) -> Views:
    """A recall question with its answer."""
    head = lines(before, question_text(words, asked, told=True))
    answer = whole_answer(words, asked)
    if answer.units <= _OPEN:
        return View(lines(head, answer.quote(), tail), rows), ()
    text, rest = folded(head, answer, tail)
    return View(text, rows), rest


def revealed_view(words: Words, asked: Asked) -> Views:
    """A recall round with its answer, to be rated."""
    return answer_view(words, asked, words(asked.language, "practice-rate"), (ratings(words, asked, None),))


def comes_back(words: Words, result: Result) -> Text:
    """When the question is asked again, and what is left today."""
    language, days = result.asked.language, result.back_in
    back = words(language, "practice-back", days=days, number=str(days))
    if result.asked.portion is not None:
        return join(" · ", (back, portion_text(words, language, result.asked.portion)))
    left = result.due or result.fresh
    key = "due" if result.due else "new" if result.fresh else "none"
    return join(" · ", (back, words(language, f"practice-left-{key}", count=left, number=str(left))))


def leech(words: Words, result: Result) -> Text:
    """That asking it once more helps little."""
    if not is_leech(result.lapses):
        return NOTHING
    return words(result.asked.language, "leech-notice", number=str(result.lapses))


def leech_rows(words: Words, result: Result) -> Rows:
    """Something to begin with instead, if there is, and no more of this one."""
    if not is_leech(result.lapses):
        return ()
    language, number = result.asked.language, result.asked.round.id
    suspend = Button(words.said(language, "withhold-suspend"), pack(Verb.WISH, number, Wish.SUSPEND))
    easier = Button(words.said(language, "leech-easier"), pack(Verb.EASIER, number))
    return ((easier, suspend) if result.easier else (suspend,),)


def ratings(words: Words, asked: Asked, chosen: Rating | None, verb: Verb = Verb.RATE) -> tuple[Button, ...]:
    """The four ratings of oneself, the chosen or suggested one marked."""
    return tuple(
        Button(
            words.said(asked.language, f"practice-rating-{rating}") + (CHOSEN if rating is chosen else ""),
            pack(verb, asked.round.id, rating),
        )
        for rating in Rating
    )


def next_button(words: Words, asked: Asked) -> Button:
    """The way to the next question."""
    return Button(words.said(asked.language, "practice-next"), pack(Verb.NEXT, asked.round.id))


def _missing(words: Words, asked: Asked) -> Text:
    """What was left out last time, asked for without giving it away."""
    count = len(asked.missing)
    head = words(asked.language, "question-missing", count=count, number=str(count))
    return lines(Text("\n") + head, *(Text(f"· {point.ask[asked.language]}") for point in asked.missing))


def _verdict(words: Words, asked: Asked, choice: int | None) -> Text:
    order, right = asked.round.choices, asked.question.right
    chosen = right if choice is None else choice
    key = "practice-right" if chosen == right else "practice-wrong"
    return words(asked.language, key, chosen=letter(order, chosen), right=letter(order, right))


@lru_cache(maxsize=4096)
def _question(
    words: Words,
    question: Question,
    topic: str,
    order: str,
    language: Language,
    hint: str,
    told: bool,  # noqa: FBT001
) -> Text:
    choices = [_choice(question, name, index, told) for name, index in zip(LETTERS, shown(order), strict=False)]
    last = words(language, hint) if hint else ""
    head = words(language, "question-head", topic=topic, difficulty=str(question.difficulty))
    only = words(language, f"question-only-{question.language}") if question.language != language else ""
    return lines(lines(head, only), Text(plain(question.prompt)).bold(), *choices, last)


@lru_cache(maxsize=2048)
def _whole(words: Words, question: Question, language: Language) -> Text:
    references = render(question.references)
    title = words(language, "question-references").bold() if references else ""
    return join("\n\n", (render(question.answer), lines(title, references)))


def _choice(question: Question, name: str, index: int, told: bool) -> Text:  # noqa: FBT001 - passed on
    line = Text(f"{name}. {plain(question.choices[index].text)}")
    return line.bold() if told and question.choices[index].right else line


def _buttons(words: Words, asked: Asked) -> Rows:
    number, count, kind = asked.round.id, len(asked.round.choices), asked.round.kind
    more = Button("…", pack(Verb.MORE, number, 1))
    in_words = (_way(words, asked, "typed"),) if asked.rubric and kind != "typed" else ()
    if kind in {"recall", "typed"}:
        reveal = Button(words.said(asked.language, "question-reveal"), pack(Verb.REVEAL, number))
        choices = (_way(words, asked, "choice"),) if count and asked.question.choices else ()
        return ((reveal, *choices, *in_words, more),)
    letters = (Button(LETTERS[at], pack(Verb.ANSWER, number, at)) for at in range(count))
    rows = labels((*letters, more), _PER_ROW)
    return (*rows, in_words) if in_words and kind == "choice" else rows


def _way(words: Words, asked: Asked, way: Way) -> Button:
    """The button that asks the question otherwise."""
    return Button(words.said(asked.language, f"question-as-{way}"), pack(Verb.WAY, asked.round.id, WAYS.index(way)))
