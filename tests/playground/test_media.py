"""Photos and documents: what was sent can be fetched again."""

from __future__ import annotations

import struct
import zlib

import pytest
import telegram
from telegram.error import BadRequest

from bot.playground import membership
from bot.playground.errors import NotPossibleError
from bot.playground.handles import ChatHandle
from bot.playground.server import Playground


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PNG = b"".join(  # three pixels wide, two high, all of one blue
    (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(2 * (b"\0" + 3 * b"\x2a\x6f\xb0"))),
        _chunk(b"IEND", b""),
    )
)


async def test_an_upload_comes_back_as_it_was(playground: Playground, bot: telegram.Bot, group: ChatHandle) -> None:
    """getFile leads to the bytes; a PNG's own size is told; no record repeats the content."""
    sent = await bot.send_photo(group.id, PNG, caption="图")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (3, 2)
    notes = await bot.send_document(group.id, b"a,b\n", filename="week.csv")
    assert notes.document is not None
    assert notes.document.file_name == "week.csv"
    async with telegram.Bot(
        playground.token, base_url=f"{playground.url}/bot", base_file_url=f"{playground.url}/file/bot"
    ) as reader:
        for kind, content in ((sent.photo[-1], PNG), (notes.document, b"a,b\n")):
            found = await reader.get_file(kind.file_id)
            assert bytes(await found.download_as_bytearray()) == content
    assert "content" not in playground.record.of("sendPhoto")[0].params["photo"]


async def test_an_unknown_file_is_refused(bot: telegram.Bot) -> None:
    """In Telegram's words."""
    with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily unavailable"):
        await bot.get_file("BQACnothing")


async def test_another_photo_takes_the_place_of_the_first(
    playground: Playground, bot: telegram.Bot, group: ChatHandle
) -> None:
    """With its caption; the same again is no change; a photo that was sent once goes by its id."""
    sent = await bot.send_photo(group.id, PNG, caption="浅色")
    other = telegram.InputMediaPhoto(PNG, caption="深色")
    edited = await bot.edit_message_media(other, group.id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.caption == "深色"
    assert edited.photo[-1].file_id != sent.photo[-1].file_id
    back = telegram.InputMediaPhoto(sent.photo[-1].file_id)
    again = await bot.edit_message_media(back, group.id, sent.message_id)
    assert isinstance(again, telegram.Message)
    assert (again.caption, again.photo[-1].width) == (None, 3)
    with pytest.raises(BadRequest, match="exactly the same"):
        await bot.edit_message_media(back, group.id, sent.message_id)
    assert "photo" in group.message(sent.message_id)
    assert len(playground.record.of("editMessageMedia")) == 3


async def test_a_photo_nobody_has_sent_is_refused(bot: telegram.Bot, group: ChatHandle) -> None:
    """As is one for a message that has none."""
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_photo(group.id, "BQACnothing")
    text = await bot.send_message(group.id, "x")
    with pytest.raises(BadRequest, match="There is no media in the message"):
        await bot.edit_message_media(telegram.InputMediaPhoto(PNG), group.id, text.message_id)


async def test_a_persons_file_reaches_the_bot(playground: Playground, bot: telegram.Bot) -> None:
    """As a message with a document, whose content can be fetched; Telegram gives a bot no more than 20 MB."""
    zhou = playground.person("小周")
    await zhou.upload("week.csv", b"a,b\n", caption="/import")
    (update,) = await bot.get_updates(timeout=0)
    assert update.message is not None
    assert update.message.document is not None
    assert (update.message.document.file_name, update.message.document.mime_type) == ("week.csv", "text/csv")
    assert update.message.caption == "/import"
    assert (await bot.get_file(update.message.document.file_id)).file_size == 4
    large = await zhou.upload("large.zip", bytes(20 * 1024 * 1024 + 1))
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(large["document"]["file_id"])


async def test_who_may_send_no_files_sends_none(playground: Playground, group: ChatHandle) -> None:
    """A group may take that right away."""
    lin = playground.person("Lin")
    membership.change(playground.mini, group.id, lin.id, "restricted", can_send_documents=False)
    with pytest.raises(NotPossibleError, match="may not send files"):
        await lin.upload("week.csv", b"", chat=group)


@pytest.mark.parametrize(
    ("name", "kind", "field"),
    [
        ("a.png", "", "photo"),
        ("a.ogg", "", "voice"),
        ("a.mp3", "", "audio"),
        ("a.mp4", "video_note", "video_note"),
        ("a.png", "document", "document"),
    ],
)
async def test_a_persons_file_is_what_its_name_says(
    playground: Playground, bot: telegram.Bot, name: str, kind: str, field: str
) -> None:
    """A picture is a photo of its own size, what a phone records a voice note; or what is asked for."""
    zhou = playground.person("小周")
    await zhou.upload(name, PNG, kind=kind)
    (update,) = await bot.get_updates(timeout=0)
    sent = getattr(update.message, field)
    assert sent
    if field == "photo":
        assert (sent[-1].width, sent[-1].height) == (3, 2)
    with pytest.raises(NotPossibleError, match="A file is one of"):
        await zhou.upload(name, b"", kind="sticker")
