"""The parts of a running playground, and the few things that both the bot and people do with them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from bot.playground import shapes
from bot.playground.clock import PlaygroundClock
from bot.playground.defaults import DEFAULT, Cast, new_world
from bot.playground.events import Events
from bot.playground.faults import Faults
from bot.playground.latencies import Latencies
from bot.playground.limits import Limits
from bot.playground.numbers import Identifiers
from bot.playground.polls import Poll
from bot.playground.record import Action, Call, Record
from bot.playground.updates import Updates
from bot.playground.world import Chat, Message, World

Json = dict[str, Any]
_UNSEEN_KEPT, _UNSEEN_GROUP_KEPT = 8, 60  # messages of a private chat and of a group that the page does not show


class Miniature:
    """Clock, world, updates, events, record, faults and limits of one playground."""

    def __init__(
        self,
        clock: PlaygroundClock,
        *,
        limits: bool,
        keep: int,
        seed: int | None = None,
        cast: Cast = DEFAULT,
        first_message: int = 1,
    ) -> None:
        self.clock = clock
        self.events = Events()
        self.record = Record(clock, keep, self._tell_line)
        self.faults = Faults(self.tell_switches)
        self.latencies = Latencies()
        self.watchers: list[Callable[[Message], None]] = []  # hear of all that the bot says and changes
        self.updates = Updates(clock, self.faults, self.latencies.confirmed)
        self.limits = Limits(on=limits)
        self.identifiers = Identifiers(seed)
        self._cast = cast
        self._worlds = 0
        self.world: World = new_world(cast, first_message)
        self.scenario: Json = {}
        self.going = asyncio.Event()  # unset while a scenario is held
        self.going.set()
        self.busy = asyncio.Event()  # unset while the unseen people rest
        self.busy.set()

    def reset(self) -> None:
        """A fresh world; every id is another, so that a bot's memory of the old one fits nothing in it."""
        self._worlds += 1
        self.world = new_world(self._cast, next(self.world.numbers), self._worlds)
        self.updates.drop()
        self.latencies.clear()
        self.events.publish("reset", anew=True)

    def tell_scenario(self, **shown: Any) -> None:  # noqa: ANN401 - any JSON
        """Tell the pages which step is played: title, step (from 1), of, who, verb, words; nothing: none any more."""
        self.scenario = shown
        self.events.publish("scenario", scenario=self.scenario | {"going": self.going.is_set()})

    @property
    def switches(self) -> Json:
        """What is to go wrong, what has gone wrong, and whether token and limits hold."""
        hits = [{"method": method, "kind": kind, "count": count} for (method, kind), count in self.faults.hits.items()]
        waiting = [fault.shown for fault in self.faults.waiting]
        return {"waiting": waiting, "hits": hits, "revoked": self.faults.revoked, "limits": self.limits.on}

    def tell_switches(self) -> None:
        """Tell the pages how these stand."""
        self.events.publish("switches", switches=self.switches)

    def switch_limits(self, *, on: bool) -> None:
        """Enforce Telegram's limits, or do not."""
        self.limits.switch(on=on)
        self.tell_switches()

    def revoke_token(self, *, revoked: bool) -> None:
        """Take the token away from the bot, whose long poll ends, or give it back."""
        self.faults.revoke(revoked=revoked)
        self.updates.close()

    def now(self) -> int:
        """Unix seconds."""
        return self.clock.seconds()

    def post(
        self,
        chat: Chat,
        sender: Json,
        body: Json,
        *,
        reply_to: int | None = None,
        thread_id: int | None = None,
        markup: Json | None = None,
        poll: Poll | None = None,
        author: int | None = None,
    ) -> Message:
        """Put a message into a chat and show it to the pages."""
        number = next(chat.numbers)
        sent = Message(number, chat.id, self.now(), sender, body, reply_to, thread_id, markup, poll, author=author)
        chat.messages[number] = sent
        if poll is not None:
            self.world.polls.setdefault(poll.id, sent)
            poll.places.append((chat.id, number))
        if sender["id"] == self.world.bot["id"]:
            chat.typing_until = 0.0
            self.spoke(sent, "reply")
        if chat.id in self.world.unseen:
            self._forget_old(chat)
        self.show(sent)
        return sent

    def spoke(self, message: Message, how: str) -> None:
        """The bot has said something ("reply") or changed it ("edit")."""
        self.latencies.reacted(message.chat_id, how, message.id)
        for watcher in self.watchers:
            watcher(message)

    def _forget_old(self, chat: Chat) -> None:
        """Nobody looks at what was said long ago where nobody looks."""
        while len(chat.messages) > (_UNSEEN_KEPT if chat.private else _UNSEEN_GROUP_KEPT):
            gone = chat.messages.pop(next(iter(chat.messages)))
            if gone.poll is not None:
                self.world.polls.pop(gone.poll.id, None)

    def tell(self, place: int, kind: str, **fields: Any) -> None:  # noqa: ANN401 - any JSON
        """Tell the pages of something with a chat or person, unless they do not show it."""
        if place in self.world.unseen:
            self.events.stir()
        else:
            self.events.publish(kind, **fields)

    def _tell_line(self, one: Call | Action) -> None:
        """A call that is over, or what somebody did."""
        if self.is_seen(one):
            self.events.publish("call", call=one.line)

    def is_seen(self, one: Call | Action) -> bool:
        """Whether it has to do with nobody whom the page does not show."""
        if isinstance(one, Action):
            return one.user_id not in self.world.unseen
        if one.method == "getUpdates" and one.ok and one.answer["result"]:
            return not self.world.unseen.issuperset(map(_person_of, one.answer["result"]))
        query = self.world.queries.get(str(one.params.get("callback_query_id")), {})
        return one.chat_id not in self.world.unseen and query.get("user_id") not in self.world.unseen

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message, pinned or not."""
        del chat.messages[message_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.tell(chat.id, "deleted", chat_id=chat.id, message_id=message_id)

    def shape(self, message: Message) -> Json:
        """A message as the bot sees it."""
        return shapes.message(self.world, message, self.now())

    def seen(self, message: Message) -> Json:
        """A message as the page and the tests see it."""
        return shapes.page_message(self.world, message, self.now())

    def show(self, message: Message) -> None:
        """Tell the pages that a message is new or changed; a deleted one stays away."""
        if message.chat_id in self.world.unseen:
            self.events.stir()
        elif message.id in self.world.chats[message.chat_id].messages:
            self.events.publish("message", chat_id=message.chat_id, message=self.seen(message))

    def show_chat(self, chat: Chat) -> None:
        """Tell the pages that a chat is new or changed."""
        self.tell(chat.id, "chat", chat=shapes.page_chat(self.world, chat, self.clock.now().timestamp()))

    def state(self) -> Json:
        """Everything the page starts from."""
        world, unseen, now = self.world, self.world.unseen, self.clock.now().timestamp()
        return {
            "seq": self.events.seq,
            "now": now,
            "bot": world.bot,
            "commands": world.commands,
            "scenario": self.scenario | {"going": self.going.is_set()},
            "switches": self.switches,
            "people": [shapes.page_person(account) for account in world.accounts.values() if account.id not in unseen],
            "chats": [
                {
                    **shapes.page_chat(world, chat, now),
                    "messages": [self.seen(message) for message in chat.messages.values()],
                }
                for chat in world.chats.values()
                if chat.id not in unseen
            ],
        }


def _person_of(update: Json) -> int:
    """Whose update it is; 0 for nobody's."""
    content = next(content for name, content in update.items() if name != "update_id")
    return int(content.get("from", content.get("user", {})).get("id", 0))
