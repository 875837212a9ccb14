"""Our values as Telegram's library writes them, and its own in our words."""

from __future__ import annotations

from telegram import (
    ChatMember,
    ChatMemberRestricted,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ChatMemberStatus, KeyboardButtonStyle

from bot.core.text import Entity, Text
from bot.tg.buttons import Button
from bot.tg.views import Rows


def reply(message_id: int | None) -> ReplyParameters | None:
    """Answer that message; where it is gone, say it all the same."""
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None


def entities(text: Text) -> list[MessageEntity] | None:
    """The text's entities; None without any."""
    return [_entity(entity) for entity in text.entities] or None


def markup(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons under a message; None without any."""
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows]) if rows else None


def is_in(member: ChatMember) -> bool:
    """Whether that status is a member's; who is restricted may be in or out."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


def _entity(entity: Entity) -> MessageEntity:
    return MessageEntity(entity.type, entity.offset, entity.length, url=entity.url, language=entity.language)


def _button(button: Button) -> InlineKeyboardButton:
    style = KeyboardButtonStyle.DANGER if button.danger else None
    return InlineKeyboardButton(button.label, callback_data=button.data or None, url=button.url or None, style=style)
