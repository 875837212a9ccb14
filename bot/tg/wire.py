"""Our values as the Bot API writes them."""

from __future__ import annotations

from typing import Any

from telegram import ChatMember, ChatMemberRestricted
from telegram.constants import ChatMemberStatus, KeyboardButtonStyle

from bot.core.text import Entity
from bot.tg.buttons import Button
from bot.tg.views import PollView, Rows, View

Json = dict[str, Any]
_NO_PREVIEW = {"is_disabled": True}
_OUT = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})


def message(view: View) -> Json:
    """A text message's fields, those of a new one and of an edited one alike."""
    return {
        "text": view.text.text,
        "entities": [_entity(entity) for entity in view.text.entities] or None,
        "reply_markup": markup(view.rows),
        "link_preview_options": _NO_PREVIEW,
    }


def photo(view: View, file_id: str) -> Json:
    """A photo's fields, the view's text as its caption; `file_id` is Telegram's, or `attach://` and a part's name."""
    return {"photo": file_id, **_caption(view), "reply_markup": markup(view.rows)}


def media(view: View, file_id: str) -> Json:
    """What makes a photo of a message that has one already."""
    caption = {name: value for name, value in _caption(view).items() if value is not None}
    return {"media": {"type": "photo", "media": file_id, **caption}, "reply_markup": markup(view.rows)}


def document(view: View) -> Json:
    """A file's fields, the view's text as its caption; the file itself is a part of the same name."""
    return {"document": "attach://document", **_caption(view), "reply_markup": markup(view.rows)}


def _caption(view: View) -> Json:
    return {"caption": view.text.text, "caption_entities": [_entity(entity) for entity in view.text.entities] or None}


def poll(view: PollView) -> Json:
    """A quiz poll's fields: not anonymous, protected, shuffled by each client, closed by the bot alone."""
    return {
        "question": view.prompt,
        "options": [{"text": choice} for choice in view.choices],
        "type": "quiz",
        "is_anonymous": False,
        "allows_revoting": False,
        "shuffle_options": True,
        "protect_content": True,
        "correct_option_ids": [view.right],
        "explanation": view.explanation.text or None,
        "explanation_entities": [_entity(entity) for entity in view.explanation.entities] or None,
    }


def reply(message_id: int | None) -> Json | None:
    """Answer that message; where it is gone, say it all the same."""
    return {"message_id": message_id, "allow_sending_without_reply": True} if message_id else None


def markup(rows: Rows) -> Json | None:
    """The buttons under a message; None without any."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]} if rows else None


def is_in(member: ChatMember) -> bool:
    """Whether that status is a member's; who is restricted may be in or out."""
    return member.is_member if isinstance(member, ChatMemberRestricted) else member.status not in _OUT


def counts_as_in(member: Json) -> bool:
    """The same of a member as Telegram writes it."""
    restricted = member["status"] == ChatMemberStatus.RESTRICTED
    return bool(member.get("is_member")) if restricted else member["status"] not in _OUT


def _entity(entity: Entity) -> Json:
    stretch: Json = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    if entity.url:
        stretch["url"] = entity.url
    if entity.language:
        stretch["language"] = entity.language
    return stretch


def _button(button: Button) -> Json:
    face: Json = {"text": button.label}
    if button.url:
        face["url"] = button.url
    else:
        face["callback_data"] = button.data
    if button.danger:
        face["style"] = KeyboardButtonStyle.DANGER
    return face
