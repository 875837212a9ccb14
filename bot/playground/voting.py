"""A person votes."""

from __future__ import annotations

from typing import Any

from bot.playground import shapes
from bot.playground.errors import NotPossibleError
from bot.playground.miniature import Miniature
from bot.playground.polls import Poll
from bot.playground.world import Chat, Member, Message

Json = dict[str, Any]
_CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


def vote(
    mini: Miniature,
    user_id: int,
    poll_id: str,
    option_ids: list[int],
    *,
    forwarded: bool = False,
    as_chat: bool = False,
) -> None:
    """Choose options by their original indexes; [] takes the vote back.

    forwarded: the person votes on a forward that nobody here sees, so need not be a member of a chat with the poll.
    as_chat: an anonymous admin votes, of whom the bot learns only the chat. Raises NotPossibleError when the poll
    does not allow it.
    """
    if poll_id not in mini.world.polls:
        raise NotPossibleError("There is no such poll.")
    sent = mini.world.polls[poll_id]
    poll = _open_poll(sent, mini.now())
    chats = [_now(mini, chat_id) for chat_id, _ in poll.places]
    where = chats[0] if forwarded else _seen_by(chats, user_id)
    as_chat = as_chat or where.members.get(user_id, Member()).is_anonymous
    _check_choice(poll, user_id, option_ids)
    _count(poll, user_id, option_ids)
    mini.record.acted("vote", user_id, poll_id=poll_id, option_ids=list(option_ids))
    if mini.updates.wants("poll"):
        mini.updates.put("poll", poll.shown(mini.now()))
    if not poll.fixed["is_anonymous"]:
        told = _answer(mini, where, poll, user_id, option_ids, as_chat=as_chat)
        mini.latencies.voted(mini.updates.put("poll_answer", told))
    for chat_id, message_id in poll.places:
        if message_id in mini.world.chats[chat_id].messages:
            mini.show(mini.world.chats[chat_id].messages[message_id])


def _open_poll(sent: Message, now: int) -> Poll:
    poll = sent.poll
    if poll is None or poll.is_closed(now):
        raise NotPossibleError("This poll is closed.")
    return poll


def _now(mini: Miniature, chat_id: int) -> Chat:
    """The chat, or the supergroup that it has become: there are its members now."""
    chat = mini.world.chat(chat_id)
    return chat if chat.migrated_to is None else mini.world.chat(chat.migrated_to)


def _seen_by(chats: list[Chat], user_id: int) -> Chat:
    """The first of the poll's chats in which the person is."""
    for chat in chats:
        if chat.id == user_id or chat.members.get(user_id, Member("left")).present:
            return chat
    if chats[0].private:
        raise NotPossibleError("That is somebody else's private chat.")
    raise NotPossibleError("Only members of the group can vote.")


def _check_choice(poll: Poll, user_id: int, option_ids: list[int]) -> None:
    if any(index not in range(len(poll.options)) for index in option_ids):
        raise NotPossibleError("There is no such option.")
    if len(set(option_ids)) > 1 and not poll.fixed["allows_multiple_answers"]:
        raise NotPossibleError("This poll takes one answer.")
    if user_id in poll.votes and not poll.fixed["allows_revoting"]:
        raise NotPossibleError("This poll takes no second vote.")
    if user_id not in poll.votes and not option_ids:
        raise NotPossibleError("There is no vote to take back.")


def _count(poll: Poll, user_id: int, option_ids: list[int]) -> None:
    poll.votes.pop(user_id, None)
    if option_ids:
        poll.votes[user_id] = sorted(set(option_ids))


def _answer(mini: Miniature, chat: Chat, poll: Poll, user_id: int, option_ids: list[int], *, as_chat: bool) -> Json:
    """The Bot API's PollAnswer; a chat's vote carries a stand-in user, as Telegram sends it for old bots."""
    who: Json = {"user": mini.world.account(user_id).user}
    if as_chat:
        who = {"voter_chat": shapes.chat(mini.world, chat), "user": _CHANNEL_BOT}
    chosen = {"option_ids": list(option_ids), "option_persistent_ids": poll.persistent_ids(option_ids)}
    return {"poll_id": poll.id, **who, **chosen}
