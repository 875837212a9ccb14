"""The questions before everything is erased. `at` is when they are asked, in Unix seconds: every button carries it."""

from __future__ import annotations

from bot.core.bank import Language
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import View, name
from bot.tg.words import Words

KEEP, ERASE, SURE = 0, 1, 2  # what a button carries; a group asks about ERASE once more


def question(words: Words, language: Language, at: int) -> View:
    """Asked once before a person is forgotten."""
    return View(
        words(language, "forget-ask"), ((_button(words, language, at, "forget-yes", ERASE), _no(words, language, at)),)
    )


def group_question(words: Words, language: Language, at: int) -> View:
    """Asked first before a group is."""
    yes = _button(words, language, at, "forget-group-yes", ERASE)
    return View(words(language, "forget-group-ask"), ((yes, _no(words, language, at)),))


def group_sure(words: Words, language: Language, title: str, at: int) -> View:
    """Asked second. The buttons have changed places, so that tapping twice does not erase."""
    sure = _button(words, language, at, "forget-group-sure", SURE, danger=True)
    return View(words(language, "forget-group-ask-again", title=name(title)), ((_no(words, language, at), sure),))


def _no(words: Words, language: Language, at: int) -> Button:
    return _button(words, language, at, "forget-no", KEEP)


def _button(words: Words, language: Language, at: int, label: str, number: int, *, danger: bool = False) -> Button:
    return Button(words.said(language, label), pack(Verb.FORGET, number, at), danger=danger)
