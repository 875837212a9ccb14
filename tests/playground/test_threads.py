"""Forum topics, which are threads here: made, closed, reopened, deleted, by people and by the bot."""

from __future__ import annotations

import pytest
import telegram
from telegram.error import BadRequest

from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground


@pytest.fixture
def forum(playground: Playground) -> ChatHandle:
    """A supergroup in topic mode: 小周 its founder, Ada a member, the bot a plain member."""
    group = playground.add_group("Forum", playground.person("小周"), playground.person("Ada"), supergroup=True)
    playground.forum(group)
    return group


async def kinds(bot: telegram.Bot) -> list[str]:
    """What sort of message each waiting update carries."""
    names = ("forum_topic_created", "forum_topic_closed", "forum_topic_reopened", "forum_topic_edited", "text")
    messages = [update.message for update in await bot.get_updates()]
    return [next(name for name in names if getattr(message, name) is not None) for message in messages]


async def test_a_person_opens_closes_and_reopens_a_thread(
    judged: telegram.Bot, forum: ChatHandle, xiaozhou: Person, ada: Person
) -> None:
    """The bot hears each step; in a closed thread members and a plain bot are silent, admins are not."""
    thread = await xiaozhou.create_thread(forum, "每日一题")
    assert forum.threads == {thread: "每日一题"}
    sent = await judged.send_message(forum.id, "题", message_thread_id=thread)
    assert (sent.message_thread_id, sent.is_topic_message, sent.chat.is_forum) == (thread, True, True)
    await xiaozhou.close_thread(forum, thread)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await judged.send_message(forum.id, "题", message_thread_id=thread)
    with pytest.raises(NotPossibleError, match="closed"):
        await ada.send(forum, "答", thread_id=thread)
    await xiaozhou.send(forum, "/quiz", thread_id=thread)
    await xiaozhou.reopen_thread(forum, thread)
    await judged.send_message(forum.id, "题", message_thread_id=thread)
    assert await kinds(judged) == ["forum_topic_created", "forum_topic_closed", "text", "forum_topic_reopened"]


async def test_a_deleted_thread_is_not_found(judged: telegram.Bot, forum: ChatHandle, xiaozhou: Person) -> None:
    """Its messages are gone with it."""
    thread = await xiaozhou.create_thread(forum, "每日一题")
    await judged.send_message(forum.id, "题", message_thread_id=thread)
    await xiaozhou.delete_thread(forum, thread)
    assert forum.messages == []
    assert forum.threads == {}
    for unknown in (thread, 999):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await judged.send_poll(forum.id, "q", ["a", "b"], message_thread_id=unknown)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await judged.send_chat_action(forum.id, "typing", message_thread_id=thread)
    with pytest.raises(NotPossibleError, match="deleted"):
        await xiaozhou.send(forum, "?", thread_id=thread)


async def test_the_bot_manages_threads_as_an_admin(
    playground: Playground, judged: telegram.Bot, forum: ChatHandle
) -> None:
    """Every method works with the right and is refused without."""
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await judged.create_forum_topic(forum.id, "题")
    playground.member(forum, None, "administrator", can_manage_topics=False)
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await judged.create_forum_topic(forum.id, "题")
    playground.member(forum, None, "administrator")
    made = await judged.create_forum_topic(forum.id, "题")
    assert forum.threads[made.message_thread_id] == "题"
    await judged.edit_forum_topic(forum.id, made.message_thread_id, name="每日")
    assert forum.threads[made.message_thread_id] == "每日"
    await judged.close_forum_topic(forum.id, made.message_thread_id)
    with pytest.raises(BadRequest, match="Topic_not_modified"):
        await judged.close_forum_topic(forum.id, made.message_thread_id)
    await judged.send_message(forum.id, "an admin may", message_thread_id=made.message_thread_id)
    await judged.reopen_forum_topic(forum.id, made.message_thread_id)
    await judged.delete_forum_topic(forum.id, made.message_thread_id)
    with pytest.raises(BadRequest, match="Topic_id_invalid"):
        await judged.close_forum_topic(forum.id, made.message_thread_id)
    with pytest.raises(BadRequest, match="Topic_title_empty"):
        await judged.create_forum_topic(forum.id, " ")


async def test_only_a_supergroup_in_topic_mode_has_threads(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, xiaozhou: Person, ada: Person
) -> None:
    """A basic group cannot switch it on; a member of a forum cannot make one."""
    with pytest.raises(NotPossibleError, match="supergroup"):
        playground.forum(group)
    with pytest.raises(BadRequest, match="The chat is not a forum"):
        await judged.create_forum_topic(group.id, "题")
    with pytest.raises(NotPossibleError, match="no threads"):
        await xiaozhou.create_thread(group, "题")
    upgraded = playground.migrate(group)
    playground.forum(upgraded)
    with pytest.raises(NotPossibleError, match="admins"):
        await ada.create_thread(upgraded, "题")
