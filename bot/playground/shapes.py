"""State as the Bot API's JSON, for the bot; and the richer form for the page."""

from __future__ import annotations

from typing import Any

from bot.playground.rights import ADMIN_RIGHTS, MEMBER_RIGHTS
from bot.playground.world import Account, Chat, Member, Message, World

Json = dict[str, Any]
ANONYMOUS: Json = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def user(world: World, user_id: int) -> Json:
    """The Bot API's User: the bot or a person."""
    return sender_of_bot(world) if user_id == world.bot["id"] else world.account(user_id).user


def sender_of_bot(world: World) -> Json:
    """The bot as it stands under its messages: getMe's extra fields left out."""
    return {key: world.bot[key] for key in ("id", "is_bot", "first_name", "username")}


def chat(world: World, place: Chat) -> Json:
    """The Bot API's Chat."""
    if not place.private:
        shown: Json = {"id": place.id, "title": place.title, "type": place.type}
        return shown | ({"is_forum": True} if place.forum else {})
    person = world.account(place.id).user
    names = ("first_name", "last_name", "username")
    named: Json = {key: person[key] for key in names if key in person}
    return {"id": place.id, **named, "type": "private"}


def message(world: World, sent: Message, now: int, *, reply: bool = True) -> Json:
    """The Bot API's Message; a reply carries the other message, but not that one's own reply."""
    place = world.chats[sent.chat_id]
    shown: Json = {
        "message_id": sent.id,
        "date": sent.date,
        "chat": chat(world, place),
        "from": _now(world, sent.sender),
    }
    if sent.author is not None:
        shown["sender_chat"] = chat(world, place)
    if sent.thread_id is not None:
        shown |= {"message_thread_id": sent.thread_id, "is_topic_message": True}
    if sent.edit_date is not None:
        shown["edit_date"] = sent.edit_date
    original = place.messages.get(sent.reply_to or 0)
    if reply and original is not None:
        shown["reply_to_message"] = message(world, original, now, reply=False)
    shown |= sent.body
    if sent.poll is not None:
        shown["poll"] = sent.poll.shown(now)
    if sent.markup is not None:
        shown["reply_markup"] = sent.markup
    return shown


def _now(world: World, sender: Json) -> Json:
    """A sender under the name they have now: Telegram keeps no old ones."""
    account = world.accounts.get(sender["id"])
    return account.user if account else sender


def page_message(world: World, sent: Message, now: int) -> Json:
    """A message for the page and for tests: a poll also tells who voted what."""
    shown = message(world, sent, now)
    if sent.poll is not None:
        shown["poll"]["votes"] = {str(voter): list(chosen) for voter, chosen in sent.poll.votes.items()}
        shown["poll"]["shuffle_options"] = sent.poll.shuffled
        shown["poll"].setdefault("correct_option_ids", [])
    if sent.author is not None:
        shown["author_id"] = sent.author
    return shown


def page_chat(world: World, place: Chat, now: float) -> Json:
    """A chat for the page, without its messages."""
    return {
        **chat(world, place),
        "members": [_page_member(who, member) for who, member in place.members.items()],
        "threads": {str(number): {"name": one.name, "state": one.state} for number, one in place.threads.items()},
        "slow_mode": place.slow_mode,
        "pinned": list(place.pinned),
        "typing": place.typing_until > now,
        "migrated_to": place.migrated_to,
    }


def page_person(account: Account) -> Json:
    """A person for the page."""
    return {**account.user, "blocked": account.blocked, "simulated": account.skill is not None}


def _page_member(who: int, place: Member) -> Json:
    shown: Json = {"user_id": who, "status": place.status, "lacks": sorted(place.lacks)}
    return shown | {"is_member": place.present, "is_anonymous": place.is_anonymous}


def member(who: Json, place: Member) -> Json:
    """The Bot API's ChatMember."""
    shown: Json = {"user": who, "status": place.status}
    if place.status == "creator":
        return {**shown, "is_anonymous": place.is_anonymous}
    if place.status == "administrator":
        return {**shown, "can_be_edited": False, "is_anonymous": place.is_anonymous, **_rights(ADMIN_RIGHTS, place)}
    if place.status == "restricted":
        return {**shown, "is_member": place.is_member, **_rights(MEMBER_RIGHTS, place), "until_date": 0}
    return {**shown, "until_date": 0} if place.status == "kicked" else shown


def _rights(names: tuple[str, ...], place: Member) -> dict[str, bool]:
    return {name: name not in place.lacks for name in names}
