"""People, groups and what of them the bot gets to know."""

from __future__ import annotations

import pytest
import telegram
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground

BUTTONS = telegram.InlineKeyboardMarkup(
    [[telegram.InlineKeyboardButton(name, callback_data=f"v1:{name}") for name in ("A", "B. second")]]
)


async def texts(bot: telegram.Bot) -> list[str | None]:
    """The texts of the updates that wait, each then confirmed."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [update.effective_message.text if update.effective_message else None for update in updates]


async def test_privacy_mode_hears_commands_and_replies_alone(
    judged: telegram.Bot, group: ChatHandle, xiaozhou: Person
) -> None:
    """In a group a plain member bot hears its own commands and replies to itself."""
    sent = await judged.send_message(group.id, "question")
    for text in ("hello", "/quiz", "/quiz@Kaoguan_Bot topic", "/quiz@other_bot", "see /quiz"):
        await xiaozhou.send(group, text)
    await xiaozhou.send(group, "my answer", reply_to=sent.message_id)
    assert await texts(judged) == ["/quiz", "/quiz@Kaoguan_Bot topic", "my answer"]


async def test_an_admin_bot_and_a_private_chat_hear_everything(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, xiaozhou: Person
) -> None:
    """Privacy mode ends where the bot is an admin, and does not exist in private."""
    playground.member(group, None, "administrator")
    await xiaozhou.send(group, "hello")
    await xiaozhou.send(None, "hi")
    assert await texts(judged) == [None, "hello", "hi"]


async def test_a_message_can_be_edited(judged: telegram.Bot, xiaozhou: Person) -> None:
    """The bot gets edited_message with the new text."""
    sent = await xiaozhou.send(None, "Pekin")
    await xiaozhou.edit(sent, "Peking")
    _, edited = await judged.get_updates()
    assert edited.edited_message is not None
    assert edited.edited_message.text == "Peking"
    assert edited.edited_message.edit_date is not None


async def test_a_press_comes_with_its_message_and_ends_in_a_toast(judged: telegram.Bot, xiaozhou: Person) -> None:
    """Buttons are found by text, data or beginning; the first answer is what the person sees."""
    await xiaozhou.send(None, "/start")
    await judged.send_message(xiaozhou.id, "choose", reply_markup=BUTTONS)
    for button in ("A", "v1:A", "B"):
        await xiaozhou.press(xiaozhou.chat.last, button)
    presses = [update.callback_query for update in await judged.get_updates() if update.callback_query]
    assert [press.data for press in presses] == ["v1:A", "v1:A", "v1:B. second"]
    assert presses[0].message is not None
    assert presses[0].message.message_id == xiaozhou.chat.last["message_id"]
    await presses[0].answer("right", show_alert=True)
    await presses[0].answer("again")
    assert xiaozhou.toasts == [{"text": "right", "alert": True}]
    with pytest.raises(NotPossibleError, match="no button 'C'"):
        await xiaozhou.press(xiaozhou.chat.last, "C")


async def test_a_press_is_forgotten_after_150_seconds(
    playground: Playground, bot: telegram.Bot, xiaozhou: Person
) -> None:
    """A late answer is refused; an unknown query too."""
    await xiaozhou.send(None, "/start")
    await bot.send_message(xiaozhou.id, "choose", reply_markup=BUTTONS)
    query_id = await xiaozhou.press(xiaozhou.chat.last, "A")
    await playground.clock.advance(151)
    for wrong in (query_id, "12345"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
            await bot.answer_callback_query(wrong)


async def test_the_bot_cannot_speak_first(bot: telegram.Bot, ada: Person) -> None:
    """Nobody hears from a bot that they have not written to."""
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(ada.id, "hello")


async def test_who_blocks_the_bot_is_not_reached_until_they_unblock_it(judged: telegram.Bot, ada: Person) -> None:
    """Both changes arrive as my_chat_member; blocking twice is one change."""
    await ada.send(None, "/start")
    await ada.block()
    await ada.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await judged.send_message(ada.id, "hello")
    with pytest.raises(NotPossibleError, match="unblock"):
        await ada.send(None, "hello?")
    await ada.unblock()
    await judged.send_message(ada.id, "hello")
    changes = [update.my_chat_member for update in await judged.get_updates() if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]
    assert all(change.chat.type == "private" for change in changes)


async def test_the_bot_is_thrown_out_and_taken_in_again(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, xiaozhou: Person
) -> None:
    """Outside it hears nothing and is refused; coming in it gets my_chat_member and the service message."""
    playground.member(group, None, "kicked")
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await judged.send_message(group.id, "hello")
    await xiaozhou.send(group, "/quiz")
    playground.member(group, None, "left")
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await judged.send_message(group.id, "hello")
    playground.member(group, None, "member")
    updates = await judged.get_updates()
    changes = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "left", "member"]
    assert changes[-1].from_user.id == xiaozhou.id
    messages = [update.message for update in updates if update.message]
    assert [[user.username for user in message.new_chat_members] for message in messages] == [["kaoguan_bot"]]


async def test_a_supergroup_says_so_when_it_throws_the_bot_out(playground: Playground, bot: telegram.Bot) -> None:
    """The refusal names the kind of chat."""
    group = playground.add_group("Circle", playground.person("Ada"), supergroup=True)
    playground.member(group, None, "kicked")
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group.id, "hello")


async def test_people_come_and_go_before_the_bots_eyes(
    playground: Playground, judged: telegram.Bot, group: ChatHandle
) -> None:
    """Joining and leaving are service messages, which privacy mode lets through."""
    newcomer = playground.add_person("新人")
    playground.member(group, newcomer, "member")
    playground.member(group, newcomer, "left")
    came, went = [update.message for update in await judged.get_updates()]
    assert came is not None
    assert came.new_chat_members[0].first_name == "新人"
    assert went is not None
    assert went.left_chat_member is not None
    with pytest.raises(NotPossibleError, match="members of the group"):
        await newcomer.send(group, "/quiz")


async def test_a_group_becomes_a_supergroup(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, ada: Person
) -> None:
    """Both chats tell of it, the old id is refused with the new one, members and open polls live on."""
    await judged.send_poll(group.id, "q", ["a", "b"], is_anonymous=False)
    poll = group.last
    upgraded = playground.migrate(group)
    farewell, greeting = [update.message for update in await judged.get_updates()]
    assert farewell is not None
    assert (farewell.chat.id, farewell.migrate_to_chat_id) == (group.id, upgraded.id)
    assert greeting is not None
    assert (greeting.chat.id, greeting.migrate_from_chat_id) == (upgraded.id, group.id)
    with pytest.raises(ChatMigrated) as moved:
        await judged.send_message(group.id, "hello")
    assert moved.value.new_chat_id == upgraded.id
    assert playground.record.calls[-1].answer["description"].endswith("group chat was upgraded to a supergroup chat")
    await judged.send_message(upgraded.id, "hello")
    await ada.send(upgraded, "/quiz")
    await ada.vote(poll, 0)
    with pytest.raises(NotPossibleError, match="supergroup"):
        await ada.send(group, "/quiz")
    assert playground.chat("读书小组").id == upgraded.id


async def test_threads_keep_their_messages(playground: Playground, judged: telegram.Bot) -> None:
    """A message to a thread says so, and an answer to a message stands in its thread."""
    group = playground.add_group("Topics", playground.person("Ada"), supergroup=True)
    asked = await playground.person("Ada").send(group, "/quiz", thread_id=77)
    sent = await judged.send_message(group.id, "here", message_thread_id=77)
    assert (sent.message_thread_id, sent.is_topic_message) == (77, True)
    answer = await judged.send_message(
        group.id, "there", reply_parameters=telegram.ReplyParameters(asked["message_id"])
    )
    assert answer.message_thread_id == 77


async def test_only_an_admin_bot_pins(playground: Playground, judged: telegram.Bot, group: ChatHandle) -> None:
    """Pins need the right to; getChat shows the newest."""
    sent = await judged.send_message(group.id, "board")
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages"):
        await judged.pin_chat_message(group.id, sent.message_id)
    playground.member(group, None, "administrator")
    await judged.pin_chat_message(group.id, sent.message_id)
    pinned = (await judged.get_chat(group.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    await judged.unpin_chat_message(group.id)
    assert group.pinned == []


async def test_the_bot_may_react_and_leave(judged: telegram.Bot, group: ChatHandle, ada: Person) -> None:
    """A reaction is remembered; after leaving, the group is closed to the bot."""
    sent = await ada.send(group, "/quiz")
    await judged.set_message_reaction(group.id, sent["message_id"], "👍")
    await judged.leave_chat(group.id)
    with pytest.raises(Forbidden, match="not a member"):
        await judged.send_message(group.id, "hello")
