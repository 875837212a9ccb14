"""People and the bot come, go and are promoted; a group becomes a supergroup."""

from __future__ import annotations

from typing import Any

from bot.playground import shapes
from bot.playground.actions import tell
from bot.playground.errors import NotPossibleError
from bot.playground.miniature import Miniature
from bot.playground.rights import KNOWN, may
from bot.playground.world import Chat, Member

Json = dict[str, Any]
STATUSES = ("creator", "administrator", "member", "restricted", "left", "kicked")


def change(
    mini: Miniature,
    chat_id: int,
    user_id: int,
    status: str,
    *,
    by: int | None = None,
    is_member: bool = True,
    is_anonymous: bool = False,
    **rights: bool,
) -> None:
    """Give someone (or the bot) another place in a group; `by` is who does it (left out: the person, or a founder).

    `rights` are those of ChatMember by name; one that is False is taken from what the status gives.
    """
    chat = _group(mini, chat_id)
    old, new = chat.members.get(user_id, Member("left")), Member(status, _lacks(rights), is_member, is_anonymous)
    if status not in STATUSES:
        raise NotPossibleError(f"A member's status is one of {', '.join(STATUSES)}.")
    if new == old:
        return
    who = shapes.user(mini.world, user_id)
    actor = who if by is None and _acts_alone(who, old, new) else mini.world.account(by or _founder(mini, chat)).user
    chat.members[user_id] = new
    mini.record.acted("member", int(actor["id"]), chat_id=chat_id, member=user_id, status=status)
    _announce(mini, chat, actor, who, old, new)
    mini.show_chat(chat)


def _lacks(rights: dict[str, bool]) -> frozenset[str]:
    if not rights.keys() <= KNOWN:
        raise NotPossibleError(f"There is no such right: {', '.join(sorted(rights.keys() - KNOWN))}.")
    return frozenset(name for name, given in rights.items() if not given)


def _acts_alone(who: Json, old: Member, new: Member) -> bool:
    """People come and go by themselves; bots are added, and who was removed is let in again."""
    moves = new.status in {"member", "left"} and old.present != new.present
    return moves and old.status != "kicked" and not who["is_bot"]


def migrate(mini: Miniature, chat_id: int) -> int:
    """Upgrade a group: the old chat tells the new id and the new one the old; return the new id."""
    old = _group(mini, chat_id)
    if old.type != "group":
        raise NotPossibleError("Only a basic group can become a supergroup.")
    new_id = -1_002_000_000_000 - next(mini.world.numbers)
    new = mini.world.add_group(new_id, old.title, dict(old.members))
    founder = mini.world.account(_founder(mini, old)).user
    farewell = mini.post(old, founder, {"migrate_to_chat_id": new_id})
    old.migrated_to = new_id
    greeting = mini.post(new, founder, {"migrate_from_chat_id": chat_id})
    mini.record.acted("migrate", int(founder["id"]), chat_id=chat_id, new_chat_id=new_id)
    tell(mini, "message", old, farewell)
    tell(mini, "message", new, greeting)
    mini.events.publish("reset")
    return new_id


def retitle(mini: Miniature, chat_id: int, user_id: int, title: str) -> None:
    """Give a group another name, which takes the right to."""
    chat, account = _group(mini, chat_id), mini.world.account(user_id)
    if not may(chat, user_id, "can_change_info"):
        raise NotPossibleError("Only admins with that right can rename the group.")
    chat.title = title
    mini.record.acted("title", user_id, chat_id=chat_id, title=title)
    mini.show_chat(chat)
    tell(mini, "message", chat, mini.post(chat, account.user, {"new_chat_title": title}))


def rename(mini: Miniature, user_id: int, names: Json) -> None:
    """Change a person's first_name, last_name or username ("" takes it away). Telegram tells bots nothing of it."""
    account = mini.world.account(user_id)
    account.user = {key: value for key, value in (account.user | names).items() if value != ""}
    mini.record.acted("rename", user_id, **names)
    mini.events.publish("person", person=shapes.page_person(account))


def _group(mini: Miniature, chat_id: int) -> Chat:
    chat = mini.world.chat(chat_id)
    if chat.private:
        raise NotPossibleError("A private chat has no members to change.")
    if chat.migrated_to is not None:
        raise NotPossibleError("This group became a supergroup already.")
    return chat


def _founder(mini: Miniature, chat: Chat) -> int:
    people = [who for who in chat.members if who in mini.world.accounts]
    founders = [who for who in people if chat.members[who].status == "creator"]
    return next(iter(founders or people or mini.world.accounts))


def _announce(mini: Miniature, chat: Chat, actor: Json, who: Json, old: Member, new: Member) -> None:
    """The change itself where the bot may know it, and the line in the chat when someone comes or goes."""
    is_bot = who["id"] == mini.world.bot["id"]
    if is_bot or mini.world.bot_member(chat).admin:
        changed = {
            "chat": shapes.chat(mini.world, chat),
            "from": actor,
            "date": mini.now(),
            "old_chat_member": shapes.member(who, old),
            "new_chat_member": shapes.member(who, new),
        }
        mini.updates.put("my_chat_member" if is_bot else "chat_member", changed)
    if old.present != new.present:
        body: Json = {"new_chat_members": [who]} if new.present else {"left_chat_member": who}
        tell(mini, "message", chat, mini.post(chat, actor, body))


def bot_leaves(mini: Miniature, chat: Chat) -> None:
    """The bot leaves a group of its own will."""
    bot = shapes.sender_of_bot(mini.world)
    old, new = mini.world.bot_member(chat), Member("left")
    chat.members[bot["id"]] = new
    _announce(mini, chat, bot, bot, old, new)
    mini.show_chat(chat)
