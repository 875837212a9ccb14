"""What is behind the dots of a question or a result, and the list of suspended questions."""

from __future__ import annotations

from bot.core.bank import Language
from bot.core.learners import Held
from bot.core.markdown import plain
from bot.core.text import Text, lines
from bot.flows.answers import Result
from bot.flows.asking import Asked
from bot.flows.withholding import PAGE, Line, Standing, Suspended, Wish
from bot.tg.buttons import Button, Verb, pack
from bot.tg.practice_views import result_view
from bot.tg.question_views import Views, question_text, question_view
from bot.tg.views import Rows, View
from bot.tg.words import Words

_SHOWN = 60  # characters of a prompt in the list
_HELD: dict[Held, Wish] = {"buried": Wish.BURY, "suspended": Wish.SUSPEND}


def standing_view(words: Words, standing: Standing, *, more: bool) -> Views:
    """The round as it stands, with its usual buttons or what else can be done; laid aside unanswered, just that."""
    stands = standing.stands
    if isinstance(stands, Result):
        return result_view(words, stands, _behind_result(words, stands, standing.state) if more else None)
    if standing.state != "asked":
        return _laid_aside(words, stands, standing.state), ()
    if not more:
        return question_view(words, stands), ()
    return View(question_text(words, stands), _behind_question(words, stands)), ()


def suspended_view(words: Words, suspended: Suspended) -> View:
    """One page of the suspended questions, each with a button that brings it back."""
    language = suspended.language
    back = (Button(words.said(language, "button-back"), pack(Verb.LEARN)),)
    if not suspended.count:
        return View(words(language, "suspended-none"), (back,))
    first = suspended.page * PAGE + 1
    numbered = tuple(enumerate(suspended.lines, first))
    text = lines(
        words(language, "suspended-title", count=suspended.count, number=str(suspended.count)),
        *(_line(words, language, at, line) for at, line in numbered),
    )
    buttons = tuple(
        Button(words.said(language, "suspended-back", at=str(at)), pack(Verb.BRING, suspended.page, line.number))
        for at, line in numbered
    )
    rows = tuple(buttons[at : at + 3] for at in range(0, len(buttons), 3))
    return View(text, (*rows, (*_turns(suspended), *back)))


def _turns(suspended: Suspended) -> tuple[Button, ...]:
    page, last = suspended.page, (suspended.count - 1) // PAGE
    before = (Button("‹", pack(Verb.SUSPENDED, page - 1)),) if page else ()
    return (*before, *((Button("›", pack(Verb.SUSPENDED, page + 1)),) if page < last else ()))


def _line(words: Words, language: Language, at: int, line: Line) -> Text:
    prompt = plain(line.question.prompt) if line.question else words.said(language, "suspended-gone")
    short = prompt if len(prompt) <= _SHOWN else f"{prompt[:_SHOWN]}…"
    return Text(f"{at}. {short}")


def _laid_aside(words: Words, asked: Asked, state: Held) -> View:
    language, number = asked.language, asked.round.id
    text = lines(Text(plain(asked.question.prompt)).bold(), words(language, f"withheld-{state}"))
    after_all = Button(words.said(language, "withhold-not"), pack(Verb.WISH, number, Wish.ASK))
    return View(text, ((Button(words.said(language, "practice-next"), pack(Verb.NEXT, number)), after_all),))


def _behind_question(words: Words, asked: Asked) -> Rows:
    language, number = asked.language, asked.round.id
    bury = Button(words.said(language, "withhold-bury"), pack(Verb.WISH, number, Wish.BURY))
    return ((bury, _suspend(words, asked, "asked"), _back(words, asked)),)


def _behind_result(words: Words, result: Result, state: Held) -> Rows:
    """It comes back tomorrow at the earliest, so there is nothing to bury."""
    number, at = result.asked.round.id, int(result.answered_at.timestamp())
    undo = Button(words.said(result.asked.language, "practice-undo"), pack(Verb.UNDO, number, at))
    return ((undo, _suspend(words, result.asked, state), _back(words, result.asked)),)


def _suspend(words: Words, asked: Asked, state: Held) -> Button:
    """Pressed once more it is as before; twice in a hurry it is not, as both presses say what is wanted."""
    on = _HELD.get(state) is Wish.SUSPEND
    label = words.said(asked.language, "withhold-suspend") + (" ✓" if on else "")
    return Button(label, pack(Verb.WISH, asked.round.id, Wish.ASK if on else Wish.SUSPEND))


def _back(words: Words, asked: Asked) -> Button:
    return Button(words.said(asked.language, "button-back"), pack(Verb.MORE, asked.round.id, 0))
