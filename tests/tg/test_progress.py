"""/stats through its handlers: a picture with the numbers in words, drawn once, kept by Telegram, in two themes."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from telegram.error import RetryAfter

from bot.core.review import Rating, Review
from bot.flows import forgetting, merging
from bot.pictures.fonts import Face, Fonts
from bot.store.database import Database
from bot.store.tables_own import pictures
from bot.tg import progress
from bot.tg.delivery import Delivery, Outcome
from bot.tg.routes import Routes
from bot.tg.studio import Studio
from tests.group_bench import desk_for
from tests.practice_bench import LIBRARY, NOON
from tests.tg.fake_api import Call
from tests.tg.phone import Phone, phone_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both


@pytest.fixture
async def phone(database: Database) -> Phone:
    """Ada, who has answered one question."""
    phone = await phone_of_ada(database, LIBRARY)
    await phone.say("/quiz")
    await phone.press("1a:1:0")
    return phone


def uploads(phone: Phone) -> list[bool]:
    """Of each picture shown, whether it was uploaded."""
    shown = [call for call in phone.telegram.calls if call.method in {"sendPhoto", "editMessageMedia"}]
    return ["attach://picture" in str(call.fields) for call in shown]


async def test_the_picture_is_uploaded_once(phone: Phone) -> None:
    """Asked again it is the one Telegram has; a new answer makes another one at once, and a new day, too."""
    await phone.say("/stats", 5)
    await phone.say("/stats", 6)
    first, second = phone.telegram.sent("sendPhoto")
    assert first.fields["photo"] == "attach://picture"
    assert str(second.fields["photo"]).startswith("file")
    assert first.fields["caption"] == second.fields["caption"]
    await phone.say("/quiz", 7)
    await phone.press("1a:2:0")
    await phone.say("/stats", 8)
    phone.clock.now += timedelta(days=1)
    await phone.say("/stats", 9)
    assert uploads(phone) == [True, False, True, True]


async def test_the_other_theme_is_one_tap_away_and_remembered(phone: Phone) -> None:
    """The same message shows the other colours; the next /stats does, too; both are kept."""
    await phone.say("/stats", 5)
    await phone.tap("深色")
    repainted = phone.last("editMessageMedia").fields
    assert repainted["message_id"] == phone.question_id()
    assert repainted["media"]["caption"] == phone.last("sendPhoto").fields["caption"]
    assert phone.labels() == ["浅色"]
    await phone.say("/stats", 6)
    assert phone.labels() == ["浅色"]
    await phone.tap("浅色")
    assert uploads(phone) == [True, True, False, False]
    assert phone.toasts()[-2:] == ["", ""]


async def test_a_theme_there_is_not(phone: Phone) -> None:
    """A forged button is too old."""
    await phone.say("/stats", 5)
    await phone.press("1p:2")
    assert phone.toasts()[-1] == "这个按钮太旧了，重新发命令吧。"
    assert phone.telegram.sent("editMessageMedia") == []


async def test_a_picture_that_telegram_has_lost_is_drawn_anew(phone: Phone) -> None:
    """And kept under its new id."""
    await phone.say("/stats", 5)

    def lost(call: Call) -> tuple[int, str] | None:
        known = str(call.fields.get("photo", "")).startswith("file1004")
        return (400, "Bad Request: wrong file identifier/HTTP URL specified") if known else None

    phone.telegram.trouble = lost
    await phone.say("/stats", 6)
    await phone.say("/stats", 7)
    assert uploads(phone) == [True, True, False]


async def test_what_cannot_be_drawn_is_told_in_words(phone: Phone, database: Database) -> None:
    """A font that is no font, or a picture Telegram refuses: the numbers come as text."""
    broken = Fonts(Face(__file__), Face(__file__), chinese=True)
    desk = desk_for(database, phone.telegram, phone.clock)
    working, phone.routes = phone.routes, Routes(progress.routes(desk, broken).commands)
    await phone.say("/stats", 5)
    assert phone.last().text.startswith("答了 1 次")
    phone.routes = working
    phone.telegram.trouble = lambda call: (400, "Bad Request: IMAGE_PROCESS_FAILED") if "photo" in call.fields else None
    await phone.say("/stats", 6)
    assert phone.last().text.startswith("答了 1 次")
    assert phone.telegram.sent("sendPhoto") == []


async def test_too_many_requests_are_raised_so_that_the_update_comes_again(phone: Phone, database: Database) -> None:
    """The limiter has given up by then; nothing is kept of what did not arrive, and the next try draws it."""
    phone.telegram.trouble = lambda _call: (429, "Too Many Requests: retry after 5")
    with pytest.raises(RetryAfter):
        await phone.say("/stats", 5)
    assert await kept(database) == []
    phone.telegram.trouble = lambda _call: None
    await phone.say("/stats", 5)
    assert uploads(phone) == [True]


async def test_whoever_blocks_the_bot_meanwhile_is_left_in_peace(phone: Phone, database: Database) -> None:
    """No text in the picture's place, no error, nothing kept."""
    phone.telegram.trouble = lambda _call: (403, "Forbidden: bot was blocked by the user")
    await phone.say("/stats", 5)
    assert len(phone.telegram.sent()) == 1
    assert await kept(database) == []


async def test_forgotten_with_the_person(phone: Phone, database: Database) -> None:
    """Who is erased has no picture, and is told how to begin."""
    await phone.say("/stats", 5)
    assert len(await kept(database)) == 1
    await database.write(forgetting.forget_person, 7, int(NOON.timestamp()))
    assert await kept(database) == []
    await phone.say("/stats", 6)
    assert phone.last().text == "还没有作答。从一题开始：/quiz"


async def test_what_was_brought_along_is_shown(phone: Phone, database: Database) -> None:
    """Imported reviews are no answers, but what the person knows: it is not said that there is nothing."""
    await database.write(forgetting.forget_person, 7, int(NOON.timestamp()))
    await phone.say("/quiz", 6)
    log = {LIBRARY.refs[0]: (Review(Rating.GOOD, NOON - timedelta(days=1)),)}
    await database.write(merging.merge, 7, 6, log)
    await phone.say("/stats", 7)
    caption = str(phone.last("sendPhoto").fields["caption"])
    assert "在记 1 题" in caption
    assert "过去一年复习 1 次，学习 1 天，其中 1 次是导入的" in caption
    assert "答了" not in caption


async def test_a_picture_that_arrives_after_an_erasure_is_not_written_down(
    phone: Phone, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the person comes back."""
    photo = Delivery.photo

    async def erased_meanwhile(self: Delivery, *what: Any, **more: Any) -> Outcome:
        outcome = await photo(self, *what, **more)
        await database.write(forgetting.forget_person, 7, int(NOON.timestamp()))
        return outcome

    monkeypatch.setattr(Delivery, "photo", erased_meanwhile)
    await phone.say("/stats", 5)
    assert uploads(phone) == [True]
    assert await kept(database) == []


async def test_the_uploaded_picture_is_a_picture(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """What leaves is the PNG that was drawn, beside the event loop."""
    made: list[bytes] = []
    draw = Studio.draw

    async def watched(self: Studio, *what: Any) -> bytes | None:
        drawn = await draw(self, *what)
        made.append(drawn or b"")
        return drawn

    monkeypatch.setattr(Studio, "draw", watched)
    await phone.say("/stats", 5)
    assert Image.open(BytesIO(made[0])).size[0] == 1080


async def kept(database: Database) -> list[Any]:
    """The pictures that are written down."""
    return await database.read(lambda tx: list(tx.execute(select(pictures))))
