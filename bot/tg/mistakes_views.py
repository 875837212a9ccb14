"""How one's mistakes look: a page of them."""

from __future__ import annotations

from bot.core.bank import Language, Question
from bot.core.markdown import plain, render
from bot.core.text import Text, lines
from bot.flows.cramming import MISSED
from bot.flows.mistakes import Mistakes, Wrong
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import Rows, View, fitted
from bot.tg.words import Words

_A_PAGE = 3  # six lines each at the most: more would not fit a phone's screen
_PROMPT, _CHOICE, _ANSWER = 84, 72, 110  # columns
_POINTS = 2  # that are named of those left out


def mistakes_view(words: Words, found: Mistakes, page: int = 0) -> View:
    """A page of them, with what was chosen and what is right; buttons to turn, to practise them."""
    if not found.wrong:
        return View(words(found.language, "mistakes-none"))
    page = min(page, _last(found))
    count = len(found.wrong)
    rows = (
        _entry(words, found.language, at + 1, found.wrong[at])
        for at in range(page * _A_PAGE, min(count, (page + 1) * _A_PAGE))
    )
    head = words(found.language, "mistakes-head", count=count, number=str(count))
    return View(lines(head, *rows), (*_turns(found, page), _below(words, found, page)))


def _entry(words: Words, language: Language, at: int, wrong: Wrong) -> Text:
    question = wrong.question
    if wrong.missed:
        missed = (words(language, "mistakes-missed", say=fitted(say, _CHOICE)) for say in wrong.missed[:_POINTS])
        return lines(_prompt(at, question), *missed)
    prompt = _prompt(at, question)
    if not question.choices:
        answer = fitted(render(question.answer).text, _ANSWER)
        return lines(prompt, words(language, "mistakes-answer", answer=answer))
    right = words(language, "mistakes-right", choice=_choice(question.choices[question.right].text))
    if wrong.chosen is None:
        return lines(prompt, right)
    return lines(prompt, words(language, "mistakes-chosen", choice=_choice(question.choices[wrong.chosen].text)), right)


def _prompt(at: int, question: Question) -> Text:
    return Text(f"{at}. {fitted(plain(question.prompt), _PROMPT)}").bold()


def _choice(text: str) -> str:
    return fitted(plain(text), _CHOICE)


def _last(found: Mistakes) -> int:
    return (len(found.wrong) - 1) // _A_PAGE


def _turns(found: Mistakes, page: int) -> Rows:
    """‹ and › to the pages beside this one, which wrap around; the middle shows this one again."""
    pages = _last(found) + 1
    if pages == 1:
        return ()
    to = [("‹", (page - 1) % pages), (f"{page + 1}/{pages}", page), ("›", (page + 1) % pages)]
    return (tuple(Button(label, pack(Verb.MISTAKES, number)) for label, number in to),)


def _below(words: Words, found: Mistakes, page: int) -> tuple[Button, ...]:
    label = words.said(found.language, "mistakes-cram", count=len(found.wrong), number=str(len(found.wrong)))
    export = Button(words.said(found.language, "mistakes-export"), pack(Verb.MISTAKES_FILES, page, found.exported))
    return (Button(label, pack(Verb.CRAM, MISSED)), export)
