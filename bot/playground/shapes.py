"""State as the Bot API's JSON, for the bot; and the richer form for the page."""

from __future__ import annotations

from typing import Any

from bot.playground.world import Account, Chat, Member, Message, World

Json = dict[str, Any]
_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_send_welcome_messages",
)
_MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def user(world: World, user_id: int) -> Json:
    """The Bot API's User: the bot or a person."""
    return sender_of_bot(world) if user_id == world.bot["id"] else world.account(user_id).user


def sender_of_bot(world: World) -> Json:
    """The bot as it stands under its messages: getMe's extra fields left out."""
    return {key: world.bot[key] for key in ("id", "is_bot", "first_name", "username")}


def chat(world: World, place: Chat) -> Json:
    """The Bot API's Chat."""
    if not place.private:
        return {"id": place.id, "title": place.title, "type": place.type}
    person = world.account(place.id).user
    names = ("first_name", "last_name", "username")
    named: Json = {key: person[key] for key in names if key in person}
    return {"id": place.id, **named, "type": "private"}


def message(world: World, sent: Message, now: int, *, reply: bool = True) -> Json:
    """The Bot API's Message; a reply carries the other message, but not that one's own reply."""
    place = world.chats[sent.chat_id]
    shown: Json = {"message_id": sent.id, "date": sent.date, "chat": chat(world, place), "from": sent.sender}
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


def page_message(world: World, sent: Message, now: int) -> Json:
    """A message for the page and for tests: a poll also tells who voted what."""
    shown = message(world, sent, now)
    if sent.poll is not None:
        shown["poll"]["votes"] = {str(voter): list(chosen) for voter, chosen in sent.poll.votes.items()}
        shown["poll"]["shuffle_options"] = sent.poll.shuffled
        shown["poll"].setdefault("correct_option_ids", [])
    return shown


def page_chat(world: World, place: Chat, now: float) -> Json:
    """A chat for the page, without its messages."""
    return {
        **chat(world, place),
        "members": [{"user_id": who, "status": member.status} for who, member in place.members.items()],
        "pinned": list(place.pinned),
        "typing": place.typing_until > now,
        "migrated_to": place.migrated_to,
    }


def page_person(account: Account) -> Json:
    """A person for the page."""
    return {**account.user, "blocked": account.blocked}


def member(who: Json, place: Member) -> Json:
    """The Bot API's ChatMember."""
    shown: Json = {"user": who, "status": place.status}
    if place.status == "creator":
        return {**shown, "is_anonymous": False}
    if place.status == "administrator":
        return {**shown, "can_be_edited": False, "is_anonymous": False, **dict.fromkeys(_ADMIN_RIGHTS, True)}
    if place.status == "restricted":
        rights = dict.fromkeys(_MEMBER_RIGHTS, True) | {"can_send_polls": place.can_send_polls}
        return {**shown, "is_member": True, **rights, "until_date": 0}
    return {**shown, "until_date": 0} if place.status == "kicked" else shown
