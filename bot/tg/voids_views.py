"""How a voided round looks."""

from __future__ import annotations

from bot.core.markdown import plain
from bot.flows.voids import NoRound, Voided
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import View, short
from bot.tg.words import Words


def voided_view(words: Words, done: Voided) -> View:
    """What has become of the round, and the button that takes that back."""
    prompt = short(plain(done.question.prompt)) if done.question else "?"
    key, label = ("void-off", "void-button-back") if done.off else ("void-on", "void-button-off")
    text = words(done.language, key, prompt=prompt, count=done.points, points=str(done.points))
    button = Button(words.said(done.language, label), pack(Verb.VOID, done.round.id, 0 if done.off else 1))
    return View(text, ((button,),))


def no_round_view(words: Words, none: NoRound) -> View:
    """How to say which round is meant."""
    return View(words(none.language, "void-none"))
