"""What Telegram's refusals mean. Its descriptions are all there is to tell them apart."""

from __future__ import annotations

from telegram.error import BadRequest, Forbidden

# The first that fits.
_MEANS = (
    ("message is not modified", "unchanged"),
    ("chat not found", "gone"),
    ("user is deactivated", "gone"),
    ("peer_id_invalid", "gone"),
    ("group chat was deactivated", "gone"),
    ("not enough rights to send polls", "polls"),
    ("polls can't be sent", "polls"),
    ("chat_send_poll_forbidden", "polls"),
    ("poll has already been closed", "closed"),
    ("poll can't be stopped", "closed"),
    ("message to edit not found", "lost"),
    ("message with poll to stop not found", "lost"),
    ("message can't be edited", "lost"),
    ("message to pin not found", "lost"),
    ("message to unpin not found", "lost"),
    ("query is too old", "late"),
    ("query_id_invalid", "late"),
    ("topic_closed", "thread"),
    ("topic_deleted", "thread"),
    ("message thread not found", "thread"),
    ("wrong file identifier", "file"),
    ("wrong remote file identifier", "file"),
    ("wrong file_id", "file"),
    ("image_process_failed", "picture"),
    ("photo_invalid_dimensions", "picture"),
    ("not enough rights", "rights"),
    ("have no rights", "rights"),
    ("chat_write_forbidden", "rights"),
    ("chat_send_plain_forbidden", "rights"),
    ("chat_restricted", "rights"),
    ("chat_admin_required", "rights"),
)


def refusal(error: BadRequest | Forbidden) -> str | None:
    """What it comes to, in one word; None: nothing known. What is forbidden for no known reason is gone."""
    said = error.message.lower()
    known = next((meaning for words, meaning in _MEANS if words in said), None)
    return known or ("gone" if isinstance(error, Forbidden) else None)
