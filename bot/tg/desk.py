"""What every feature is given, and who came with what."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from telegram import Chat as TgChat
from telegram import Message, Update, User

from bot.core.bank import Language, Library
from bot.core.learners import Parameters
from bot.core.opinions import Heard, Paper
from bot.core.optimizing import Log
from bot.core.people import Chat, Defaults, Person
from bot.flows import chats, rebuilding
from bot.flows.callers import Caller
from bot.flows.listening import Said
from bot.tg.alone import Alone
from bot.tg.buttons import Press, unpack
from bot.tg.delivery import Delivery
from bot.tg.views import View
from bot.tg.visits import KINDS, Visit, argument_of
from bot.tg.words import Words

P = ParamSpec("P")
T = TypeVar("T")
Optimize = Callable[[Sequence[Log]], Awaitable[Parameters | None]]
_RECORDED = ("audio/", "image/", "video/")  # kinds of files
_PAUSES_S = (0.2, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # a minute in all, below what an update or a push may take


class Work(Protocol):
    """`Database.write` or `Database.read`: runs a use case whole, as one transaction."""

    def __call__(
        self, use_case: Callable[Concatenate[Any, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Awaitable[T]:
        """Run `use_case(tx, ...)` and give back what it returns."""
        ...


class Opinion(Protocol):
    """What a language model holds of a person's answer; without `ask`, only what is known already. Never raises."""

    def __call__(self, person_id: int, paper: Paper, /, *, ask: bool = True) -> Awaitable[Heard]:
        """Nothing, unless the operator has set one and the person wants it."""
        ...


async def nobody_asked(_person_id: int, _paper: Paper, /, *, ask: bool = True) -> Heard:  # noqa: ARG001 - as Opinion has it
    """For a desk without a language model."""
    return Heard()


async def nothing_to_hear() -> bool:
    """For a desk without a poller."""
    return True


async def nothing_behind(_update_id: int) -> bool:
    """For a desk without a poller."""
    return True


def nothing_newer(_update_id: int) -> tuple[str, ...]:
    """For a desk without a poller."""
    return ()


async def nothing_to_reload() -> tuple[str, ...]:
    """For a desk without a shelf."""
    return ()


async def nothing_to_wipe() -> None:
    """For a desk without files of its own."""


def nothing_passes(_error: Exception) -> bool:
    """For a desk without a database that may be away for a while."""
    return False


@dataclass(frozen=True, slots=True)
class Desk:
    """The dependencies of a feature. `library` gives the banks as they are now, `clock` the instant (UTC).

    `heard` returns when what people did until now has been handled, False if Telegram does not tell; `behind` when
    nothing from before the update of that number can come again, False if that cannot be known now; `newer` gives
    the data of what the same person has pressed on the same message since the press of that number, and waits; `reload`
    takes in the banks as they are now and gives what is wrong with them, and then the old ones stay; `passes` tells of
    what a write has raised whether it may pass by itself. Whoever shows a grade is `alone` with its round meanwhile.
    `wipe` leaves nothing in the database's files of what was erased. `optimize` fits FSRS to a person's log; it may
    raise anything, and is None where that is not installed.
    """

    write: Work
    read: Work
    library: Callable[[], Library]
    clock: Callable[[], datetime]
    words: Words
    delivery: Delivery
    defaults: Defaults
    admin_ids: frozenset[int] = frozenset()
    heard: Callable[[], Awaitable[bool]] = nothing_to_hear
    behind: Callable[[int], Awaitable[bool]] = nothing_behind
    newer: Callable[[int], tuple[str, ...]] = nothing_newer
    reload: Callable[[], Awaitable[tuple[str, ...]]] = nothing_to_reload
    passes: Callable[[Exception], bool] = nothing_passes
    opinion: Opinion = nobody_asked
    adviser: str = ""
    alone: Alone = field(default_factory=Alone)
    wipe: Callable[[], Awaitable[None]] = nothing_to_wipe
    optimize: Optimize | None = None

    async def insist(self, use_case: Callable[Concatenate[Any, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Write down what stands at Telegram already. Left undone it would be sent once more, so what passes by itself
        (a full disk, a locked database) is tried again for a minute before it is raised."""
        for pause in _PAUSES_S:
            try:
                return await self.write(use_case, *args, **kwargs)
            except Exception as error:
                if not self.passes(error):
                    raise
            await asyncio.sleep(pause)
        return await self.write(use_case, *args, **kwargs)


def visit(update: Update) -> Visit | None:
    """The visit that a message or a press is; None where it comes from no chat we serve."""
    message, chat = update.effective_message, update.effective_chat
    if message is None or chat is None or chat.type not in KINDS:
        return None
    user = update.callback_query.from_user if update.callback_query else _author(message)
    reply = message.reply_to_message if isinstance(message, Message) else None
    if reply and reply.forum_topic_created:  # every message of a thread replies to its first one
        reply = None
    return Visit(
        chat_of(chat),
        person(user) if user else None,
        message.message_id,
        message.message_thread_id if message.is_topic_message else None,
        argument_of(message.text or ""),
        reply.message_id if reply else None,
        user is None and _speaks_as(message) == chat.id,
        update.callback_query.id if update.callback_query else "",
    )


def plainly_said(update: Update) -> tuple[Visit, Said] | None:
    """Who says what in a plain message: words, or something said aloud or written by hand, which nobody can grade but
    the person. None where it is neither, or nobody's."""
    came, message = visit(update), update.message
    if came is None or came.person is None or message is None:
        return None
    aloud = recorded(message)
    said = Said(came.message_id, message.text or "", came.reply_to, aloud)
    return (came, said) if said.text or aloud else None


def recorded(message: Message) -> bool:
    """Whether it is a recording or a picture, be it sent as a file; a GIF is neither."""
    if message.voice or message.audio or message.video_note or message.video or message.photo:
        return True
    file = None if message.animation else message.document
    return file is not None and (file.mime_type or "").startswith(_RECORDED)


def caller_of(desk: Desk, came: Visit) -> Caller:
    """Who came in private, now."""
    assert came.person is not None  # in private somebody always is
    return Caller(desk.library(), came.person, came.chat, desk.clock(), desk.defaults)


async def may_change(desk: Desk, came: Visit) -> bool:
    """Whether who came may change the chat's settings: anyone in private; in a group its admins, anonymous ones too."""
    if came.chat.private or came.anonymous_admin:
        return True
    return came.person is not None and await desk.delivery.is_admin(came.chat.id, came.person.id)


async def replanned(desk: Desk, person_id: int) -> None:
    """Plan all of a person's cards by the preset they have now, a slice at a time; once more changes nothing."""
    done = await desk.write(rebuilding.replan, person_id)
    while done.last is not None:
        done = await desk.write(rebuilding.replan, person_id, done.last)


async def said(desk: Desk, came: Visit) -> Language:
    """What to speak with who came."""
    return await desk.read(chats.language_of, came.person, came.chat, desk.defaults)


async def anonymous(desk: Desk, came: Visit) -> View:
    """What is said to whoever writes as the group or as a channel, where it is about themselves."""
    return View(desk.words(await said(desk, came), "anonymous-who"))


def press(update: Update) -> Press | None:
    """What the pressed button means; None if it means nothing to this version."""
    return unpack(update.callback_query.data) if update.callback_query else None


def overtaken(desk: Desk, update: Update, edits: Callable[[Press], bool]) -> bool:
    """Whether the message need not be edited for this press, as a newer one of the same person waits that surely edits
    it as well: `edits` tells so of one. Only for what a press shows; what it does is always done."""
    waiting = (unpack(data) for data in desk.newer(update.update_id))
    return any(edits(pressed) for pressed in waiting if pressed is not None)


def person(user: User) -> Person:
    """A Telegram user as last seen; a deleted account has no name."""
    return Person(user.id, user.full_name or "", user.username, user.language_code)


def _speaks_as(message: Message) -> int | None:
    """The id of the chat in whose name the message was written."""
    return message.sender_chat.id if message.sender_chat else None


def _author(message: Message) -> User | None:
    """Who wrote it; nobody for anonymous admins and channels, whose `from` is a stand-in."""
    return message.from_user if message.sender_chat is None else None


def chat_of(chat: TgChat) -> Chat:
    """A Telegram chat as last seen. Raises KeyError for a channel."""
    return Chat(chat.id, KINDS[chat.type], chat.title or chat.full_name or "")
