"""What a person brings back: whether a file is waited for, whose it is, and what becomes of it.

One's own file is merged at once. One that names somebody else is merged only when the person has said so: their history
would count as the person's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.core.bank import Language
from bot.flows.callers import Caller, arrive
from bot.flows.merging import Log
from bot.store import imports, people, rounds
from bot.store.database import Tx
from bot.store.instants import seconds

_ASKED = "import"
_OPEN = timedelta(hours=1)  # how long /import waits for its file
_KEPT = timedelta(days=1)  # how long a file may be taken over; Telegram keeps updates as long, which come again then
_QUARTER_S = 900  # no study day begins within a quarter of an hour


@dataclass(frozen=True, slots=True)
class Late:
    """A file that is not kept any more: it should be sent again."""

    language: Language


@dataclass(frozen=True, slots=True)
class Decided:
    """Whether somebody else's file is `taken` over or left; `file_id` is Telegram's until the person was told."""

    language: Language
    taken: bool
    file_id: str | None


def expect(tx: Tx, caller: Caller, message_id: int) -> Caller:
    """Take the next file that comes in private after that message as an import, for an hour."""
    here = arrive(tx, caller)
    people.change_chat(tx, here.chat.id, asking=f"{_ASKED} {seconds(here.now)} {message_id}")
    return here


def arrived(tx: Tx, caller: Caller, message_id: int) -> tuple[Caller, bool]:
    """A file has come: who sent it, and whether /import was waiting for one, or had been when it came first."""
    here = arrive(tx, caller)
    since = _waits_since(here)
    waits = since is not None and since < message_id
    return here, waits or imports.find(tx, here.person.id, message_id) is not None


def no_file(tx: Tx, caller: Caller, message_id: int, reply_to: int | None) -> Caller | None:
    """Something without words has come that is no file, a picture perhaps: who sent it, if /import waits for one. It is
    an answer where a question was asked after /import, or where it replies to what was said before."""
    here = arrive(tx, caller)
    since = _waits_since(here)
    if since is None or message_id < since or (reply_to is not None and reply_to < since):
        return None
    asked = rounds.open_in(tx, here.chat.id, ("typed", "recall", "interview"))
    return None if any((one.message_id or 0) > since for one in asked) else here


def ask(tx: Tx, caller: Caller, message_id: int, file_id: str) -> Caller | None:
    """The file names somebody else: keep where it is until the person has said whether they want it. None if they have
    said so already."""
    here = _come(tx, caller)
    imports.begin(tx, here.person.id, message_id, "asked", here.now, file_id)
    there = imports.find(tx, here.person.id, message_id)
    return here if there is not None and there.wish == "asked" else None


def days(caller: Caller, log: Log) -> int:
    """On how many study days the reviews lie, where the person lives now. Takes a while, and no transaction."""
    quarters = {int(review.at.timestamp()) // _QUARTER_S: review.at for reviews in log.values() for review in reviews}
    return len({caller.study_day(at) for at in quarters.values()})


def decide(tx: Tx, caller: Caller, message_id: int, *, take: bool) -> Decided | Late:
    """Take over somebody else's file, or leave it. What was said first stays."""
    here = arrive(tx, caller)
    there = imports.find(tx, here.person.id, message_id)
    if there is None or (there.wish == "asked" and there.at < here.now - _KEPT):
        imports.drop_before(tx, here.person.id, here.now - _KEPT)
        return Late(here.language)
    if there.wish == "asked":
        imports.change(tx, here.person.id, message_id, wish="taken" if take else "left")
    return Decided(here.language, take if there.wish == "asked" else there.wish == "taken", there.file_id)


def begin(tx: Tx, caller: Caller, message_id: int) -> None:
    """The file is the person's own, or names nobody: it is taken in."""
    here = _come(tx, caller)
    imports.begin(tx, here.person.id, message_id, "taken", here.now)


def told(tx: Tx, person_id: int, message_id: int) -> None:
    """What became of the file stands in the chat: it need not be fetched again."""
    imports.change(tx, person_id, message_id, file_id=None)


def _come(tx: Tx, caller: Caller) -> Caller:
    """The file that /import waited for has come; those of days ago are forgotten."""
    here = arrive(tx, caller)
    imports.drop_before(tx, here.person.id, here.now - _KEPT)
    if (here.chat.asking or "").startswith(_ASKED):
        people.change_chat(tx, here.chat.id, asking=None)
    return here


def _waits_since(here: Caller) -> int | None:
    """The message of the /import that waits for a file: what comes after it may be one. None if none waits."""
    what, at, message_id = (*(here.chat.asking or "").split(), "", "0", "0")[:3]
    return int(message_id) if what == _ASKED and int(at) >= seconds(here.now - _OPEN) else None
