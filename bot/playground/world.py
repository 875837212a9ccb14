"""People, chats and messages: plain state, nothing that acts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import NotPossibleError
from bot.playground.polls import Poll

Json = dict[str, Any]
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
ADMINS = frozenset({"creator", "administrator"})


@dataclass(slots=True)
class Account:
    """A person as Telegram knows them. `started`: has written to the bot, so that it may write to them."""

    user: Json  # the Bot API's User
    started: bool = False
    blocked: bool = False
    deleted: bool = False
    skill: float | None = None  # of a simulated member: how often they are right, 0 to 1

    @property
    def id(self) -> int:
        """The user's id."""
        return int(self.user["id"])


@dataclass(frozen=True, slots=True)
class Member:
    """Someone's place in a group. `lacks` are the rights that the status would have given."""

    status: str = "member"  # creator, administrator, member, restricted, left, kicked
    lacks: frozenset[str] = frozenset()
    is_member: bool = True  # someone restricted may have left and stays restricted
    is_anonymous: bool = False  # an admin who speaks and votes as the group

    @property
    def present(self) -> bool:
        """Whether they are in the group."""
        return self.status in PRESENT and self.is_member

    @property
    def admin(self) -> bool:
        """Whether they run the group."""
        return self.status in ADMINS


@dataclass(slots=True)
class Thread:
    """A forum topic."""

    name: str
    state: str = "open"  # open, closed, deleted


@dataclass(slots=True)
class Message:
    """`body` holds the Bot API's fields that stay as sent (text, entities, service fields, …)."""

    id: int
    chat_id: int
    date: int
    sender: Json
    body: Json
    reply_to: int | None = None
    thread_id: int | None = None
    markup: Json | None = None
    poll: Poll | None = None
    edit_date: int | None = None
    reaction: list[Json] = field(default_factory=list)
    author: int | None = None  # who hides behind the group in an anonymous admin's message


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's), a group or a supergroup."""

    id: int
    type: str
    title: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    typing_until: float = 0.0
    forum: bool = False
    threads: dict[int, Thread] = field(default_factory=dict)
    deleted: bool = False
    hidden_members: bool = False  # from all but admins
    slow_mode: int = 0  # seconds between two messages of one member; admins are free
    spoken: dict[int, int] = field(default_factory=dict)  # who spoke when, in Unix seconds
    migrated_to: int | None = None
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def private(self) -> bool:
        """Whether this is a conversation of two."""
        return self.type == "private"


@dataclass(slots=True)
class World:
    """Everything there is. Message ids run per account in private chats and groups, per chat in supergroups."""

    bot: Json
    accounts: dict[int, Account] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    polls: dict[str, Message] = field(default_factory=dict)
    queries: dict[str, Json] = field(default_factory=dict)  # callback queries: user_id, pressed (Unix s), answered
    commands: dict[str, dict[str, list[Json]]] = field(default_factory=dict)  # scope -> language -> commands
    profile: dict[str, dict[str, str]] = field(default_factory=dict)  # name, description, … -> language -> text
    files: dict[str, bytes] = field(default_factory=dict)  # what was uploaded, by file_id
    webhook: str = ""
    unseen: set[int] = field(default_factory=set)  # people and chats that the page does not show
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def add_person(self, user: Json, skill: float | None = None) -> Account:
        """Someone new, with the private chat that they may open with the bot."""
        account = Account(user, skill=skill)
        self.accounts[account.id] = account
        self.chats[account.id] = Chat(account.id, "private", numbers=self.numbers)
        return account

    def add_group(self, chat_id: int, title: str, members: dict[int, Member]) -> Chat:
        """A basic group, or a supergroup when the id says so (-100…)."""
        kind = "supergroup" if chat_id <= -1_000_000_000_000 else "group"
        numbers = self.numbers if kind == "group" else itertools.count(1)
        self.chats[chat_id] = Chat(chat_id, kind, title, members, numbers=numbers)
        return self.chats[chat_id]

    def account(self, user_id: int) -> Account:
        """Raises NotPossibleError for a stranger."""
        if user_id not in self.accounts:
            raise NotPossibleError(f"There is no person {user_id}.")
        return self.accounts[user_id]

    def chat(self, chat_id: int) -> Chat:
        """Raises NotPossibleError for an unknown chat."""
        if chat_id not in self.chats:
            raise NotPossibleError(f"There is no chat {chat_id}.")
        return self.chats[chat_id]

    def bot_member(self, chat: Chat) -> Member:
        """The bot's own place in a group."""
        return chat.members.get(int(self.bot["id"]), Member("left"))
