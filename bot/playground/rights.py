"""Who may do what in a group."""

from __future__ import annotations

from bot.playground.world import Chat, Member, World

ADMIN_RIGHTS = (
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
    "can_manage_topics",
    "can_send_welcome_messages",
)
MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
KNOWN = frozenset(ADMIN_RIGHTS + MEMBER_RIGHTS)


def may(chat: Chat, user_id: int, right: str) -> bool:
    """Whether someone has this right. Sending is everybody's unless taken away; to run the group takes an admin."""
    if chat.private:
        return True
    member = chat.members.get(user_id, Member("left"))
    if member.status == "creator":
        return True
    if right.startswith("can_send_") and right not in ADMIN_RIGHTS:
        return member.present and (member.admin or right not in member.lacks)
    return member.admin and right not in member.lacks


def bot_may(world: World, chat: Chat, right: str) -> bool:
    """Whether the bot has this right."""
    return may(chat, int(world.bot["id"]), right)
