"""The life of a group: members, names, forwards, pins, moves."""

from __future__ import annotations

import pytest
import telegram
from telegram.error import BadRequest, Forbidden

from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground

ALL = [kind for kind in telegram.Update.ALL_TYPES if kind != "poll"]


async def fresh(bot: telegram.Bot) -> list[telegram.Update]:
    """The updates that wait, all kinds but counts asked for, each then confirmed."""
    updates = list(await bot.get_updates(allowed_updates=ALL))
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates


async def test_the_bot_learns_of_members_only_as_an_admin_that_asks(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, ada: Person
) -> None:
    """chat_member comes to an admin that listed it in allowed_updates; the line in the chat comes to everyone."""
    await fresh(judged)
    await ada.leave(group)
    assert [update.chat_member for update in await fresh(judged)] == [None]
    playground.member(group, None, "administrator")
    await ada.join(group)
    _, change, line = await fresh(judged)
    assert change.chat_member is not None
    assert (change.chat_member.old_chat_member.status, change.chat_member.new_chat_member.status) == ("left", "member")
    assert line.message is not None
    assert line.message.new_chat_members[0].id == ada.id
    await judged.get_updates(allowed_updates=[])
    await ada.leave(group)
    assert [update.chat_member for update in await judged.get_updates()] == [None]


async def test_every_place_in_a_group_has_its_shape(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, ada: Person
) -> None:
    """getChatMember tells left, kicked and restricted people apart, inside or not, right by right."""
    for status in ("left", "kicked", "member"):
        playground.member(group, ada, status)
        assert (await judged.get_chat_member(group.id, ada.id)).status == status
    playground.member(group, ada, "restricted", can_send_polls=False)
    inside = await judged.get_chat_member(group.id, ada.id)
    assert isinstance(inside, telegram.ChatMemberRestricted)
    assert (inside.is_member, inside.can_send_messages, inside.can_send_polls) == (True, True, False)
    playground.member(group, ada, "restricted", is_member=False)
    outside = await judged.get_chat_member(group.id, ada.id)
    assert isinstance(outside, telegram.ChatMemberRestricted)
    assert not outside.is_member
    assert await judged.get_chat_member_count(group.id) == 5
    playground.member(group, ada, "administrator", can_pin_messages=False)
    admin = (await judged.get_chat_administrators(group.id))[1]
    assert isinstance(admin, telegram.ChatMemberAdministrator)
    assert (admin.user.id, admin.can_pin_messages, admin.can_delete_messages) == (ada.id, False, True)
    with pytest.raises(NotPossibleError, match="no such right: can_fly"):
        playground.member(group, ada, "administrator", can_fly=True)


async def test_a_pin_is_told_in_the_chat_and_to_the_bot_itself(
    playground: Playground, judged: telegram.Bot, group: ChatHandle
) -> None:
    """Of its own messages this is one of the few that come back to a bot; pinning twice is pinning once."""
    playground.member(group, None, "administrator")
    sent = await judged.send_message(group.id, "board")
    await fresh(judged)
    for _ in range(2):
        await judged.pin_chat_message(group.id, sent.message_id, disable_notification=True)
    (update,) = await fresh(judged)
    assert update.message is not None
    assert update.message.pinned_message is not None
    assert update.message.pinned_message.message_id == sent.message_id
    await judged.unpin_all_chat_messages(group.id)
    assert group.pinned == []
    with pytest.raises(BadRequest, match="Message to unpin not found"):
        await judged.unpin_chat_message(group.id)


async def test_an_anonymous_admin_is_the_group(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, ada: Person
) -> None:
    """Their messages and votes name the group and stand-ins; their presses name them."""
    playground.member(group, ada, "administrator", is_anonymous=True)
    sent = await ada.send(group, "/daily 09:00")
    asked = await judged.send_poll(group.id, "q", ["a", "b"], is_anonymous=False)
    await ada.vote(group.message(asked.message_id), 1)
    message, _count, vote = await fresh(judged)
    assert message.message is not None
    assert message.message.sender_chat is not None
    assert message.message.sender_chat.id == group.id
    assert message.message.from_user is not None
    assert message.message.from_user.id == 1087968824
    assert vote.poll_answer is not None
    assert vote.poll_answer.voter_chat is not None
    assert vote.poll_answer.voter_chat.id == group.id
    await ada.edit(sent, "/daily 10:00")
    keys = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("A", callback_data="a")]])
    board = await judged.send_message(group.id, "board", reply_markup=keys)
    await ada.press(group.message(board.message_id), "A")
    _, press = await fresh(judged)
    assert press.callback_query is not None
    assert press.callback_query.from_user.id == ada.id


async def test_a_rename_tells_the_bot_nothing_and_shows_everywhere(
    judged: telegram.Bot, group: ChatHandle, ada: Person
) -> None:
    """The next update carries the new name; so does every older message."""
    before = await ada.send(group, "/quiz")
    await ada.rename("Ada L.", last_name="Lovelace", username="")
    assert len(await fresh(judged)) == 1
    assert group.message(before["message_id"])["from"]["first_name"] == "Ada L."
    await ada.send(group, "/quiz")
    (update,) = await fresh(judged)
    assert update.effective_user is not None
    assert (update.effective_user.full_name, update.effective_user.username) == ("Ada L. Lovelace", None)


async def test_the_groups_name_changes_before_the_bots_eyes(
    judged: telegram.Bot, group: ChatHandle, xiaozhou: Person, ada: Person
) -> None:
    """Admins rename it; a plain member cannot."""
    with pytest.raises(NotPossibleError, match="admins"):
        await ada.retitle(group, "Mine")
    await xiaozhou.retitle(group, "夜读")
    (update,) = await fresh(judged)
    assert update.message is not None
    assert (update.message.new_chat_title, update.message.chat.title) == ("夜读", "夜读")


async def test_a_forwarded_poll_is_the_same_poll(
    playground: Playground, judged: telegram.Bot, group: ChatHandle
) -> None:
    """Outsiders who see the forward vote in it, and all votes count together; a protected one stays where it is."""
    asked = await judged.send_poll(group.id, "q", ["a", "b"], is_anonymous=False)
    ada, stranger = playground.person("Ada"), playground.add_person("Stranger")
    other = playground.add_group("Elsewhere", ada, stranger, bot=False)
    with pytest.raises(NotPossibleError, match="members"):
        await stranger.vote(group.last, 0)
    copy = await ada.forward(group.message(asked.message_id), other)
    await stranger.vote(copy, 0)
    answers = [update.poll_answer for update in await fresh(judged) if update.poll_answer]
    assert [(one.poll_id, one.user.id if one.user else 0) for one in answers] == [(copy["poll"]["id"], stranger.id)]
    assert copy["poll"]["id"] == group.last["poll"]["id"]
    assert group.last["poll"]["total_voter_count"] == other.last["poll"]["total_voter_count"] == 1
    sealed = await judged.send_poll(group.id, "q", ["a", "b"], protect_content=True)
    with pytest.raises(NotPossibleError, match="protected"):
        await ada.forward(group.message(sealed.message_id), other)


async def test_who_is_thrown_out_did_not_go_by_themselves(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, ada: Person, xiaozhou: Person
) -> None:
    """The founder stands under the line; demotion says nothing in the chat."""
    playground.member(group, ada, "administrator")
    playground.member(group, ada, "member")
    assert group.messages == []
    playground.member(group, ada, "kicked")
    (update,) = await fresh(judged)
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.id == xiaozhou.id
    with pytest.raises(NotPossibleError, match="admin to come back"):
        await ada.join(group)
    playground.member(group, ada, "member")
    back = (await fresh(judged))[-1].message
    assert back is not None
    assert back.from_user is not None
    assert (back.from_user.id, back.new_chat_members[0].id) == (xiaozhou.id, ada.id)
    playground.member(group, None, "restricted", is_member=False)
    with pytest.raises(Forbidden, match="not a member"):
        await judged.send_message(group.id, "hello")


async def test_a_poll_moves_with_its_group(playground: Playground, group: ChatHandle, judged: telegram.Bot) -> None:
    """Who votes after the group became a supergroup is asked about there: a newcomer may, who has left may not."""
    asked = await judged.send_poll(group.id, "q", ["a", "b"], is_anonymous=False)
    poll = group.message(asked.message_id)
    upgraded = playground.migrate(group)
    newcomer = playground.add_person("新人")
    await newcomer.join(upgraded)
    await newcomer.vote(poll, 0)
    await playground.person("Ada").leave(upgraded)
    with pytest.raises(NotPossibleError, match="members"):
        await playground.person("Ada").vote(poll, 0)


async def test_who_and_what_is_deleted_is_not_reached(
    playground: Playground, judged: telegram.Bot, group: ChatHandle, ada: Person
) -> None:
    """A deactivated account and a deleted group are refused in words of their own, and act no more."""
    await ada.send(None, "/start")
    await ada.delete_account()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await judged.send_message(ada.id, "hello")
    playground.delete_group(group)
    with pytest.raises(Forbidden, match="the group chat was deleted"):
        await judged.send_message(group.id, "hello")
    for person in (ada, playground.person("Lin")):
        with pytest.raises(NotPossibleError, match="deleted"):
            await person.send(group, "hello")
