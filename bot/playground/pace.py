"""Slow mode: how long a member of a group waits between two messages."""

from __future__ import annotations

from bot.playground.world import Chat, Member


def wait_left(chat: Chat, user_id: int, now: int) -> int:
    """Seconds until they may write again; 0 when they may, as admins always may."""
    if chat.members.get(user_id, Member()).admin:
        return 0
    return max(0, chat.spoken.get(user_id, now - chat.slow_mode) + chat.slow_mode - now)
