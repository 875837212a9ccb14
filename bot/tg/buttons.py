"""What a button carries: a version, a verb and small numbers, at most 64 bytes; anything else is None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import NamedTuple

VERSION = "1"
_TOO_BIG = 10**16  # Telegram's ids have 52 bits; no database takes what a forger may write
_DATA = re.compile(r"(?P<version>\d)(?P<verb>[a-z]+)(?P<numbers>(:-?\d{1,19}){0,3})")


@unique
class Verb(StrEnum):
    """What a press asks for; the numbers that follow are named behind each."""

    ANSWER = "a"  # round, shown position
    NEXT = "n"  # round
    GUESSED = "g"  # round
    EASY = "e"  # round
    REVEAL = "r"  # round
    RATE = "t"  # round, rating 1-4
    FLIP = "c"  # round: show a group card's answer
    HOUR = "h"  # minute of the day, or -1 for never
    DAILY = "d"  # what is done to a group's hours, and to which or how: see daily_views.Do
    SETTINGS = "s"  # page to show
    SET = "w"  # page, field, value: choose and show the page again
    FORGET = "f"  # 0 keep, 1 erase (a group: ask once more), 2 erase the group; when it was asked, in Unix seconds
    TOPIC = "q"  # position of the topic: quiz me on it
    BOARD = "b"  # span; in a group what it is about (1 + its place, 0: all), in private the group (0: everybody's)
    PLACE = "m"  # span, what it is about (as BOARD): my place on the board, in a toast
    MINE = "i"  # in private: how I stand
    WORLDWIDE = "j"  # 1 put me on everybody's board, 0 take me off
    HIDE = "o"  # 1 take me off every board, 0 put me back
    WHY = "y"  # span, page, person (in private the group): the rounds behind the points
    VOID = "v"  # round, 1 take it off the boards, 0 put it back
    HALL = "k"  # the hall of fame
    LEARN = "l"  # nothing: my study settings; field: its choices; field, value: choose (see learners_views.Field)
    THEME = "p"  # 0 light, 1 dark: how the picture of my progress looks
    MORE = "more"  # round, 1 or 0: what else can be done about an answer, or no more of it
    WISH = "wish"  # round, what is wanted of its question (see withholding.Wish)
    EASIER = "easier"  # round: a question that may lead up to its one
    SUSPENDED = "susp"  # page of my suspended questions
    BRING = "bring"  # page, question's number: bring it back
    UNDO = "undo"  # round, when it was answered in Unix seconds
    WAY = "tw"  # round, how to ask it from now on (place in question_views.WAYS)
    DONE = "td"  # round: that is all I say
    WHOLE = "tx"  # round: no more of the points missed last time; grade it as an answer to the whole question
    CONFIRM = "tr"  # round, rating 1-4 of a typed answer
    CLAIM = "ts"  # round, 1 or 0: which points I say I made, or no more of it
    OVERRIDE = "to"  # round, place of the point in the rubric, 1 I did say that, 0 I did not
    INTERVIEW_TOPIC = "it"  # position of the topic, how many questions: begin an interview about it
    INTERVIEW_DONE = "id"  # round, how often it was asked on about: that is all I say to it
    INTERVIEW_STOP = "ie"  # round: no more questions
    INTERVIEW_RATE = "ir"  # interview, step, rating of that question: the next one after what it has
    INTERVIEW_PLAN = "ip"  # interview: make reviews of its ratings
    AWAY = "va"  # days I am on vacation from today on, or what vacations_views names beyond those
    AGAIN = "z"  # period: ask what was missed most again
    MISTAKES = "u"  # page
    MISTAKES_FILES = "uf"  # page that is shown, how often they were sent: send them as documents
    EXAM = "exam"  # 0 new questions, 1 reviews; how many a day from now on
    IMPORT = "im"  # message that brought somebody else's file, 1 take it over, 0 leave it
    CRAM = "x"  # position of the topic, 9999 for all, 9998 for what went wrong: go through it as extra study
    CRAM_ANSWER = "xa"  # round, shown position
    CRAM_REVEAL = "xr"  # round
    CRAM_KNEW = "xk"  # round, 1 known, 0 not
    CRAM_NEXT = "xn"  # round
    CRAM_AGAIN = "xx"  # round: what was missed on its lap, once more


class Press(NamedTuple):
    """A button's meaning."""

    verb: Verb
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it does: `data` from `pack`, or a `url` to open. `danger` shows it in red."""

    label: str
    data: str = ""
    url: str = ""
    danger: bool = False


def pack(verb: Verb, *numbers: int) -> str:
    """The button data of a press."""
    return VERSION + verb + "".join(f":{number}" for number in numbers)


def unpack(data: str | None) -> Press | None:
    """The press that `data` means; None for another version, an unknown verb or garbage."""
    match = _DATA.fullmatch(data or "")
    if match is None or match["version"] != VERSION or match["verb"] not in set(Verb):
        return None
    numbers = tuple(int(number) for number in match["numbers"].split(":")[1:])
    return Press(Verb(match["verb"]), numbers) if all(abs(number) < _TOO_BIG for number in numbers) else None


def pattern(*verbs: Verb) -> str:
    """The regular expression of a CallbackQueryHandler for these verbs."""
    return rf"^{VERSION}({'|'.join(verbs)})(:|$)"
