"""Which function answers which method."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground.methods import chats, getting, media, messages, pins, polling, profile, threads
from bot.playground.miniature import Miniature
from bot.playground.wire import Params

Method = Callable[[Miniature, Params], Any]  # some are coroutine functions

METHODS: dict[str, Method] = {
    "getMe": getting.get_me,
    "getUpdates": getting.get_updates,
    "setWebhook": getting.set_webhook,
    "deleteWebhook": getting.delete_webhook,
    "getWebhookInfo": getting.get_webhook_info,
    "logOut": getting.leave_server,
    "close": getting.leave_server,
    "sendMessage": messages.send_message,
    "editMessageText": messages.edit_message_text,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "answerCallbackQuery": messages.answer_callback_query,
    "sendChatAction": messages.send_chat_action,
    "pinChatMessage": pins.pin_chat_message,
    "unpinChatMessage": pins.unpin_chat_message,
    "unpinAllChatMessages": pins.unpin_all_chat_messages,
    "createForumTopic": threads.create_forum_topic,
    "editForumTopic": threads.edit_forum_topic,
    "closeForumTopic": threads.close_forum_topic,
    "reopenForumTopic": threads.reopen_forum_topic,
    "deleteForumTopic": threads.delete_forum_topic,
    "setMessageReaction": messages.set_message_reaction,
    "sendPhoto": media.send_photo,
    "sendDocument": media.send_document,
    "editMessageMedia": media.edit_message_media,
    "getFile": media.get_file,
    "sendPoll": polling.send_poll,
    "stopPoll": polling.stop_poll,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "setMyCommands": profile.set_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "getMyCommands": profile.get_my_commands,
    "setMyName": profile.setter("name", 64),
    "getMyName": profile.getter("name"),
    "setMyDescription": profile.setter("description", 512),
    "getMyDescription": profile.getter("description"),
    "setMyShortDescription": profile.setter("short_description", 120),
    "getMyShortDescription": profile.getter("short_description"),
}
_BY_LOWER = {name.lower(): name for name in METHODS}


def canonical(name: str) -> str:
    """The method's name as documented; Telegram minds no case. Unknown names stay as they are."""
    return _BY_LOWER.get(name.lower(), name)
