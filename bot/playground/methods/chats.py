"""What the bot may ask about chats and their members."""

from __future__ import annotations

from typing import Any

from bot.playground import membership, shapes
from bot.playground.errors import bad
from bot.playground.methods import target
from bot.playground.miniature import Miniature
from bot.playground.wire import Params
from bot.playground.world import Member

Json = dict[str, Any]
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(mini: Miniature, asked: Params) -> Json:
    """The Bot API's ChatFullInfo, with the little there is to tell."""
    place = target.chat(mini, asked)
    shown = {
        **shapes.chat(mini.world, place),
        "accent_color_id": abs(place.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, place.private),
    }
    if place.slow_mode:
        shown["slow_mode_delay"] = place.slow_mode
    pinned = place.messages.get(place.pinned[-1]) if place.pinned else None
    return shown | ({"pinned_message": mini.shape(pinned)} if pinned else {})


def get_chat_member(mini: Miniature, asked: Params) -> Json:
    """One member; a known stranger has left, an unknown id is refused."""
    place = target.reachable(mini, asked)
    user_id = asked.number("user_id")
    if user_id not in mini.world.accounts and user_id != mini.world.bot["id"]:
        raise bad("PARTICIPANT_ID_INVALID")
    if place.hidden_members and not mini.world.bot_member(place).admin and user_id != mini.world.bot["id"]:
        raise bad("member list is inaccessible")
    known = Member() if place.private else place.members.get(user_id, Member("left"))
    return shapes.member(shapes.user(mini.world, user_id), known)


def get_chat_administrators(mini: Miniature, asked: Params) -> list[Json]:
    """The group's admins, bots but this one left out."""
    place = target.reachable(mini, asked)
    if place.private:
        raise bad("there are no administrators in the private chat")
    admins = [(who, member) for who, member in place.members.items() if member.admin]
    return [shapes.member(shapes.user(mini.world, who), member) for who, member in admins]


def get_chat_member_count(mini: Miniature, asked: Params) -> int:
    """How many are in the chat, the bot included."""
    place = target.reachable(mini, asked)
    return 2 if place.private else sum(member.present for member in place.members.values())


def leave_chat(mini: Miniature, asked: Params) -> bool:
    """The bot goes by itself."""
    place = target.reachable(mini, asked)
    if place.private:
        raise bad("chat member status can't be changed in private chats")
    membership.bot_leaves(mini, place)
    return True
