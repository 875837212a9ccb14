"""Privacy mode: which messages of a group reach the bot."""

from __future__ import annotations

from bot.playground.world import Chat, Message, World


def hears(world: World, chat: Chat, sent: Message) -> bool:
    """All in private and where the bot is an admin; else service messages, its commands, and replies to it."""
    if chat.private:
        return True
    bot = world.bot_member(chat)
    if not bot.present:
        return False
    if bot.admin or world.bot["can_read_all_group_messages"] or "text" not in sent.body:
        return True
    return _answers_bot(world, chat, sent) or _commands_bot(world, sent.body["text"])


def _answers_bot(world: World, chat: Chat, sent: Message) -> bool:
    original = chat.messages.get(sent.reply_to or 0)
    return original is not None and original.sender["id"] == world.bot["id"]


def _commands_bot(world: World, text: str) -> bool:
    """`/quiz` or `/quiz@kaoguan_bot`, not `/quiz@another_bot`."""
    command, _, name = text.split(maxsplit=1)[0].partition("@")
    return command.startswith("/") and len(command) > 1 and name.lower() in {"", world.bot["username"].lower()}
