"""The wire, with python-telegram-bot, aiogram and a bare HTTP client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiogram
import aiohttp
import pytest
import telegram
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiogram.types import BufferedInputFile
from telegram.error import InvalidToken, NetworkError

from bot.playground.handles import ChatHandle, Person
from bot.playground.server import Playground
from tests.referee import judge

Call = Callable[[str, dict[str, object]], Awaitable[dict[str, object]]]
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def test_ptb_sends_every_kind_of_message(judged: telegram.Bot, xiaozhou: Person, group: ChatHandle) -> None:
    """Text, keyboard, entities, reply, edit, deletion: state follows, and both schemas accept all of it."""
    asked = await xiaozhou.send(group, "/quiz")
    bold = telegram.MessageEntity("bold", 0, 2)
    markup = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("A", callback_data="a"))
    sent = await judged.send_message(
        group.id,
        "你好 @ada_reads",
        entities=[bold],
        reply_markup=markup,
        reply_parameters=telegram.ReplyParameters(asked["message_id"]),
        link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
        protect_content=True,
    )
    assert [entity.type for entity in sent.entities] == ["bold", "mention"]
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/quiz"
    edited = await judged.edit_message_text("再见", group.id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.reply_markup, edited.has_protected_content) == ("再见", None, True)
    assert edited.edit_date is not None
    await judged.edit_message_reply_markup(group.id, sent.message_id, reply_markup=markup)
    assert group.last["reply_markup"]["inline_keyboard"][0][0]["text"] == "A"
    await judged.delete_message(group.id, sent.message_id)
    assert [message["text"] for message in group.messages] == ["/quiz"]


async def test_ptb_asks_everything_it_may_ask(
    playground: Playground, judged: telegram.Bot, xiaozhou: Person, group: ChatHandle
) -> None:
    """Chats, members, commands, names, webhooks: every answer parses with nothing left over."""
    assert (await judged.get_me()).username == "kaoguan_bot"
    assert (await judged.get_chat(group.id)).title == "读书小组"
    assert (await judged.get_chat(xiaozhou.id)).first_name == "小周"
    assert (await judged.get_chat_member(group.id, xiaozhou.id)).status == "creator"
    assert (await judged.get_chat_member(group.id, playground.person("Ada").id)).status == "member"
    playground.member(group, None, "administrator")
    playground.member(group, playground.person("Lin"), "restricted", can_send_polls=False)
    playground.member(group, playground.person("Mia"), "kicked")
    statuses = {(await judged.get_chat_member(group.id, playground.person(name).id)).status for name in ("Lin", "Mia")}
    assert statuses == {"restricted", "kicked"}
    assert len(await judged.get_chat_administrators(group.id)) == 2
    assert await judged.get_chat_member_count(group.id) == 5
    await judged.set_my_commands(
        [("quiz", "Ask me")], scope=telegram.BotCommandScopeAllPrivateChats(), language_code="en"
    )
    commands = await judged.get_my_commands(telegram.BotCommandScopeAllPrivateChats(), "en")
    assert commands == (telegram.BotCommand("quiz", "Ask me"),)
    assert playground.mini.state()["commands"]["all_private_chats"]["en"][0]["command"] == "quiz"
    await judged.delete_my_commands(telegram.BotCommandScopeAllPrivateChats(), "en")
    await judged.set_my_description("问答", language_code="zh")
    assert (await judged.get_my_description("zh")).description == "问答"
    assert (await judged.get_my_short_description()).short_description == ""
    assert (await judged.get_my_name()).name == "考官"
    await judged.set_webhook("https://example.org/hook")
    assert (await judged.get_webhook_info()).url == "https://example.org/hook"
    await judged.delete_webhook(drop_pending_updates=True)
    await judged.send_chat_action(group.id, "typing")
    assert playground.mini.state()["chats"][-1]["typing"]


async def test_files_keep_their_chinese_names(
    playground: Playground, bot: telegram.Bot, aiobot: aiogram.Bot, xiaozhou: Person
) -> None:
    """Multipart with a name beyond ASCII arrives from both clients as it was sent."""
    await xiaozhou.send(None, "/start")
    await bot.send_document(xiaozhou.id, "内容".encode(), filename="题库 一.txt", caption="看 /help")
    await aiobot.send_document(xiaozhou.id, BufferedInputFile(b"12345", "题库 二.txt"))
    await bot.send_photo(xiaozhou.id, b"\x89PNG")
    documents = [message["document"] for message in xiaozhou.chat.messages if "document" in message]
    assert [(document["file_name"], document["file_size"]) for document in documents] == [
        ("题库 一.txt", 6),
        ("题库 二.txt", 5),
    ]
    judge(playground.record)


async def test_aiogram_is_served_as_well(
    playground: Playground, aiobot: aiogram.Bot, xiaozhou: Person, group: ChatHandle
) -> None:
    """A second, independent client sends, polls, edits and is refused in the same words."""
    await xiaozhou.send(group, "/quiz@kaoguan_bot")
    (update,) = await aiobot.get_updates()
    assert update.message is not None
    assert update.message.text == "/quiz@kaoguan_bot"
    sent = await aiobot.send_poll(
        group.id, "几？", ["一", "二"], type="quiz", correct_option_ids=[1], is_anonymous=False
    )
    await playground.person("Ada").vote(group.last, 1)
    _, _, answered = await aiobot.get_updates()
    assert answered.poll_answer is not None
    assert answered.poll_answer.option_persistent_ids == [sent.poll.options[1].persistent_id] if sent.poll else None
    await aiobot.stop_poll(group.id, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="poll has already been closed"):
        await aiobot.stop_poll(group.id, sent.message_id)
    judge(playground.record)


async def test_two_readers_conflict(playground: Playground, bot: telegram.Bot, aiobot: aiogram.Bot) -> None:
    """The older reader learns of the newer one over the wire too."""
    older = asyncio.ensure_future(aiobot.get_updates(timeout=30))
    await playground.wait_for(lambda: playground.record.of("getUpdates"))
    await bot.get_updates()
    with pytest.raises(TelegramConflictError, match="make sure that only one bot instance is running"):
        await older


async def test_json_bodies_queries_and_any_case_are_understood(playground: Playground, xiaozhou: Person) -> None:
    """Whatever way parameters come, and however the method is spelt, the call is the same."""
    await xiaozhou.send(None, "/start")
    base = f"{playground.url}/bot{playground.token}"
    async with aiohttp.ClientSession() as session:
        await session.post(f"{base}/SENDMESSAGE", json={"chat_id": xiaozhou.id, "text": "json"})
        await session.get(f"{base}/sendmessage", params={"chat_id": str(xiaozhou.id), "text": "query"})
        await session.post(f"{base}/sendMessage", data={"chat_id": str(xiaozhou.id), "text": "form"})
    assert xiaozhou.chat.texts == ["json", "query", "form"]
    assert {call.method for call in playground.record.calls} == {"sendMessage"}


async def test_wrong_tokens_are_strangers(playground: Playground) -> None:
    """A token of the wrong shape finds nothing (404); a fixed token lets no other in (401)."""
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{playground.url}/botnonsense/getMe") as answer:
            assert (answer.status, (await answer.json())["description"]) == (404, "Not Found")
        async with session.get(f"{playground.url}/bot1:a!b/getMe") as answer:
            assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")
    async with Playground(token="1:right") as strict:
        wrong = telegram.Bot("1:wrong", base_url=f"{strict.url}/bot")
        with pytest.raises(InvalidToken):
            await wrong.initialize()
        await wrong.shutdown()
        async with telegram.Bot("1:right", base_url=f"{strict.url}/bot") as admitted:
            assert admitted.id == 7_100_000_001


async def test_a_method_it_does_not_model_is_said_to_be_so(bot: telegram.Bot, group: ChatHandle) -> None:
    """501 with a sentence: never a 404, which looks like a wrong token."""
    with pytest.raises(NetworkError, match="The playground does not model the method sendDice"):
        await bot.send_dice(group.id)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 1, "text": "x"}, "chat not found"),
        ({"chat_id": "@ada_reads", "text": "x"}, "chat not found"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": []}, "object expected as reply parameters"),
        ({"text": "x", "message_thread_id": 7}, "message thread not found"),
        ({"text": "x", "entities": "[{"}, "can't parse entities JSON object"),
        ({"text": "x", "message_thread_id": "seven"}, "invalid message_thread_id specified"),
    ],
)
@pytest.mark.provokes("the playground is to refuse it")
async def test_a_wrong_message_is_refused_in_telegrams_words(
    call: Call, group: ChatHandle, params: dict[str, object], words: str
) -> None:
    """Nothing is sent, and the description says why."""
    asked = {"chat_id": group.id} | params if words != "chat_id is empty" else params
    assert await call("sendMessage", asked) == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    assert not group.messages


@pytest.mark.provokes("the playground is to refuse it")
async def test_edits_are_refused_in_telegrams_words(
    bot: telegram.Bot, call: Call, xiaozhou: Person, group: ChatHandle
) -> None:
    """An edit that changes nothing, is empty or too long, or aims at nothing or at another's message."""
    theirs = await xiaozhou.send(group, "hello")
    sent = await bot.send_message(group.id, "hello")
    poll = await bot.send_poll(group.id, "q", ["a", "b"])
    for text, message_id, words in (
        ("hello", sent.message_id, UNCHANGED),
        (" hello ", sent.message_id, UNCHANGED),
        (" ", sent.message_id, "message text is empty"),
        ("x" * 4097, sent.message_id, "MESSAGE_TOO_LONG"),
        ("x", 999, "message to edit not found"),
        ("x", theirs["message_id"], "message can't be edited"),
        ("x", poll.message_id, "there is no text in the message to edit"),
    ):
        answer = await call("editMessageText", {"chat_id": group.id, "message_id": message_id, "text": text})
        assert answer["description"] == f"Bad Request: {words}"


@pytest.mark.provokes("the playground is to refuse it")
async def test_deletions_are_refused_in_telegrams_words(
    playground: Playground, call: Call, xiaozhou: Person, group: ChatHandle
) -> None:
    """A plain member bot deletes no one else's message; an admin does, and none that is gone."""
    theirs = {"chat_id": group.id, "message_id": (await xiaozhou.send(group, "hello"))["message_id"]}
    assert (await call("deleteMessage", theirs))["description"] == "Bad Request: message can't be deleted"
    playground.member(group, None, "administrator")
    assert (await call("deleteMessage", theirs))["ok"]
    assert (await call("deleteMessage", theirs))["description"] == "Bad Request: message to delete not found"
    missing = await call("deleteMessage", {"chat_id": group.id})
    assert missing["description"] == "Bad Request: message identifier is not specified"
