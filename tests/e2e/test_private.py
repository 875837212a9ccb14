"""A person and the bot in private, from the first /start to the last /forget."""

from datetime import UTC, datetime

import pytest

from bot.app import Running
from bot.core.bank import Ref
from bot.core.markdown import plain, render
from bot.playground.server import Playground
from tests.e2e.acting import calls_of, forge, labels, right_letter, say, settled, shown, shows, styled, tap
from tests.referee import judge


@pytest.mark.parametrize(("name", "greeting", "off"), [("小周", "我是考官", "关闭"), ("Ada", "I am Kaoguan", "Off")])
async def test_start_greets_in_the_language_of_telegram(
    playground: Playground, bot: Running, name: str, greeting: str, off: str
) -> None:
    """The greeting speaks the person's language, offers hours, and asks for the zone."""
    person = playground.person(name)
    message = await say(playground, person, "/start")
    assert message["text"].startswith(greeting)
    assert {"08:00", "12:30", "21:00", off} <= set(labels(message))
    chosen = await tap(playground, person, message, "21:00")
    assert "21:00 ✓" in labels(chosen)
    answer = await say(playground, person, "Munich")
    assert "UTC+1" in answer["text"]
    assert ("慕尼黑" if name == "小周" else "Munich") in answer["text"]
    settings = await say(playground, person, "/settings")
    assert "21:00" in settings["text"]
    assert ("柏林" if name == "小周" else "Berlin") in settings["text"]


async def test_three_questions_are_asked_answered_and_explained(playground: Playground, bot: Running) -> None:
    """A right answer, a wrong one, a guess: one edit each, never the same question twice, everything counted."""
    zhou = playground.person("小周")
    message = await say(playground, zhou, "/quiz")
    asked = set()
    for turn, wrong in enumerate((False, True, False)):
        asked.add(message["text"].splitlines()[1])
        assert labels(message) == ["A", "B", "C", "D", "…", "打字回答"]
        right = right_letter(bot, message)
        pressed = next(letter for letter in "ABCD" if (letter == right) != wrong)
        answered = await tap(playground, zhou, message, pressed)
        assert ("✗" if wrong else "✓") in answered["text"]
        assert styled(answered, "expandable_blockquote")
        assert "明天再问" in answered["text"] or "天后再问" in answered["text"]
        assert labels(answered)[0] == "下一题"
        if turn == 2:
            answered = await tap(playground, zhou, answered, "其实是猜的")
            assert "明天再问" in answered["text"]
        before = len(zhou.chat.from_bot)
        await tap(playground, zhou, answered, "下一题")
        assert len(zhou.chat.from_bot) == before + 1
        message = zhou.chat.last
    assert len(asked) == 3
    stats = await say(playground, zhou, "/stats")
    assert "答了 3 次，答对 2 次" in stats["caption"]
    assert stats["photo"][-1]["width"] == 1080
    judge(playground.record)


@pytest.mark.parametrize(("name", "language", "after"), [("小周", "zh", "下一题"), ("Ada", "en", "Next")])
async def test_each_is_asked_in_their_own_language(
    playground: Playground, bot: Running, name: str, language: str, after: str
) -> None:
    """Prompt, choices, explanation and answer are of one version: the one in the person's language."""
    person = playground.person(name)
    message = await say(playground, person, "/quiz softmax")
    question = shown(bot, message["text"])
    assert question.language == language
    assert all(plain(choice.text) in message["text"] for choice in question.choices)
    answered = await tap(playground, person, message, right_letter(bot, message))
    assert "✓" in answered["text"]
    assert plain(question.explanation) in answered["text"]
    assert render(question.answer).text.splitlines()[0] in styled(answered, "expandable_blockquote")[0]
    assert after in labels(answered)


async def test_double_taps_change_nothing_twice(playground: Playground, bot: Running) -> None:
    """Two taps on a choice, on Next, on two choices at once: one answer, one next question."""
    zhou = playground.person("小周")
    message = await say(playground, zhou, "/quiz")
    for letter in ("A", "A", "B", "C"):
        await zhou.press(message, letter)
    await playground.wait_for(lambda: len(zhou.toasts) == 4)
    await settled(playground)
    answered = zhou.chat.message(message["message_id"])
    assert "A" in answered["text"].splitlines()[7]
    for _ in range(3):
        await zhou.press(answered, "下一题")
    await playground.wait_for(lambda: len(zhou.toasts) == 7)
    await settled(playground)
    assert len(zhou.chat.from_bot) == 2
    assert bot.poller.in_flight == 0


async def test_the_daily_question_arrives_at_the_hour_of_the_zone(playground: Playground, bot: Running) -> None:
    """Nine in Berlin is nine in Berlin; one a day, due first, silent only at night; off is off."""
    ada = playground.person("Ada")
    await say(playground, ada, "/timezone Munich")
    confirmed = await say(playground, ada, "/daily 9:00")
    assert "09:00" in confirmed["text"]
    await playground.clock.jump_to(datetime(2026, 11, 23, 7, 59, 30, tzinfo=UTC))
    await settled(playground)
    before = len(ada.chat.from_bot)
    await playground.clock.jump_to(datetime(2026, 11, 23, 8, 0, 30, tzinfo=UTC))
    await playground.wait_for(lambda: len(ada.chat.from_bot) == before + 1)
    assert labels(ada.chat.last) == ["A", "B", "C", "D", "…", "Write it"]
    await playground.clock.jump_to(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    await settled(playground)
    assert len(ada.chat.from_bot) == before + 1
    await say(playground, ada, "/daily off")
    before = len(ada.chat.from_bot)
    await playground.clock.jump_to(datetime(2026, 11, 24, 8, 1, tzinfo=UTC))
    await settled(playground)
    assert len(ada.chat.from_bot) == before


async def test_every_hour_offered_is_met_by_a_jump_to_tomorrow_morning(playground: Playground, bot: Running) -> None:
    """08:00, 12:30 and 21:00, chosen by button, each come on the way to nine, and again a day later."""
    people = [playground.person(name) for name in ("小周", "Ada", "Lin")]
    for person, hour in zip(people, ("08:00", "12:30", "21:00"), strict=True):
        await tap(playground, person, await say(playground, person, "/start"), hour)
    for days in (1, 2):
        await playground.clock.jump_to(datetime(2026, 11, 23 + days, 1, tzinfo=UTC))
        assert [len(person.chat.from_bot) for person in people] == [1 + days] * 3


async def test_nothing_due_is_said_with_what_comes_next(playground: Playground, bot: Running) -> None:
    """When all has been asked, one sentence says so and when the next one comes."""
    lin = playground.person("Lin")
    message = await say(playground, lin, "/quiz 注意力")
    for _ in range(3):
        answered = await tap(playground, lin, message, right_letter(bot, message))
        await tap(playground, lin, answered, "下一题")
        message = lin.chat.last
        await playground.clock.advance(5)
    assert labels(message) != ["A", "B", "C", "D", "…"]
    assert "注意力" in message["text"]
    unknown = await say(playground, lin, "/quiz 注意里")
    assert "注意力" in unknown["text"] + "".join(labels(unknown))


async def test_blocked_the_chat_rests_and_wakes_on_the_next_message(playground: Playground, bot: Running) -> None:
    """A push to somebody who blocked the bot is no error; after unblocking all goes on."""
    mia = playground.person("Mia")
    await say(playground, mia, "/daily 10:00")
    await mia.block()
    await settled(playground)
    sends = len(playground.record.of("sendMessage"))
    await playground.clock.jump_to(datetime(2026, 11, 23, 2, 0, 30, tzinfo=UTC))
    await settled(playground)
    assert len(playground.record.of("sendMessage")) == sends
    await mia.unblock()
    await say(playground, mia, "/settings")
    before = len(mia.chat.from_bot)
    await playground.clock.jump_to(datetime(2026, 11, 24, 2, 0, 30, tzinfo=UTC))
    await playground.wait_for(lambda: len(mia.chat.from_bot) == before + 1)


async def test_free_text_and_unknown_commands_get_one_helpful_line(playground: Playground, bot: Running) -> None:
    """Whatever is written in private is answered with one line that says what to do."""
    zhou = playground.person("小周")
    assert "/quiz" in (await say(playground, zhou, "你好"))["text"]
    assert "/help" in (await say(playground, zhou, "/nonsense"))["text"]
    assert "21:30" in (await say(playground, zhou, "/daily 25:00"))["text"]
    assert "深圳" in (await say(playground, zhou, "/timezone 火星"))["text"]


async def test_a_city_is_taken_wherever_one_was_offered(playground: Playground, bot: Running) -> None:
    """After a button of the greeting, after a second /start, after a button of the settings."""
    zhou = playground.person("小周")
    await tap(playground, zhou, await say(playground, zhou, "/start"), "柏林")
    assert "慕尼黑" in (await say(playground, zhou, "Munich"))["text"]
    await say(playground, zhou, "/start")
    assert "深圳" in (await say(playground, zhou, "shenzen"))["text"]
    page = await tap(playground, zhou, await say(playground, zhou, "/settings"), "时区")
    await tap(playground, zhou, page, "东京")
    assert "波士顿" in (await say(playground, zhou, "Boston"))["text"]


async def test_forget_erases_everything_after_asking_once(playground: Playground, bot: Running) -> None:
    """Kept when the person says so; gone, with the schedule, when they say that."""
    zhou = playground.person("小周")
    message = await say(playground, zhou, "/quiz")
    await tap(playground, zhou, message, "A")
    await say(playground, zhou, "/daily 10:00")
    asked = await say(playground, zhou, "/forget")
    await zhou.press(asked, "留着")
    await shows(playground, zhou.chat, asked, "都留着")
    assert "答了 1 次" in (await say(playground, zhou, "/stats"))["caption"]
    asked = await say(playground, zhou, "/forget")
    await zhou.press(asked, "全部删除")
    await shows(playground, zhou.chat, asked, "已全部删除")
    before = len(zhou.chat.from_bot)
    await playground.clock.jump_to(datetime(2026, 11, 23, 2, 0, 30, tzinfo=UTC))
    await settled(playground)
    assert len(zhou.chat.from_bot) == before
    assert "还没" in (await say(playground, zhou, "/stats"))["text"]


async def test_an_old_or_forged_button_is_answered_by_a_toast(playground: Playground, bot: Running) -> None:
    """A press on what a restart or another version left behind gets a sentence, not a spinner."""
    zhou = playground.person("小周")
    message = await say(playground, zhou, "/quiz")
    toasts = len(zhou.toasts)
    for data in (
        "0a:1:1",
        "1a:999999:0",
        "1a:1:9",
        "garbage",
        "1w:9:9:9",
        "1n:424242",
        "1t:1:3",
        "1f:7",
        "1b:77",
        "1q:99",
    ):
        forge(playground, zhou, message, data)
    await playground.wait_for(lambda: len(zhou.toasts) == toasts + 10)
    assert bot.desk.library().question(Ref("bert", "scaled-dot-product"), "zh") is not None
    assert not [call for call in calls_of(playground) if call.status not in {200, None}]
