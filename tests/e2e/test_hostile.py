"""What people do that nobody asked them to: odd spellings and names, stickers, kicks, banks that change."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import Running
from bot.playground import actions
from bot.playground.handles import Person
from bot.playground.server import Playground
from tests.e2e.acting import CLOSES, Json, calls_of, labels, right_letter, right_of, say, settled, shows, styled, tap
from tests.e2e.conftest import Start
from tests.referee import judge

PLAIN = Path(__file__).parents[1] / "banks" / "plain.txt"


def post(playground: Playground, person: Person, **body: Any) -> None:
    """Something that is no text, sent to the bot in private."""
    mini = playground.mini
    chat = mini.world.chat(person.id)
    actions.tell(mini, "message", chat, mini.post(chat, person.user, body))


def bank(folder: Path, *, right: int = 0, count: int = 4, answer: str = "答。", long: bool = False) -> Path:
    """A bank of one question with `count` choices."""
    here = folder / "tiny" / "zh"
    here.mkdir(parents=True, exist_ok=True)
    topics = "topics:\n- id: topic\n  title: {zh: 主题, en: Topic}\n"
    about = f"title: {{zh: 小题库, en: Tiny}}\n{topics}licence: MIT\nsources: [own]\n"
    (here.parent / "bank.yaml").write_text(about, "utf-8")
    marks = ["x" if at == right else " " for at in range(count)]
    words = [f"{at:02}" + "选" * (98 if long else 1) for at in range(count)]
    choices = "\n".join(f"- [{mark}] {word}" for mark, word in zip(marks, words, strict=True))
    prompt, why = ("为" * 299 + "？", "解" * 200) if long else ("为何？", "因为。")
    text = f"# 主题\n## {prompt} {{#only}}\n{answer}\n### 选项\n{choices}\n### 解析\n{why}\n"
    (here / "topic.md").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("between", [" ", "\u3000", "\n", "  \u3000 "], ids=["blank", "full-width", "line", "many"])
async def test_any_blank_ends_a_command(playground: Playground, bot: Running, between: str) -> None:
    """What Chinese keyboards put behind a command is a blank, too."""
    zhou, ada = playground.person("小周"), playground.person("Ada")
    assert "21:30" in (await say(playground, zhou, f"/daily{between}２１：３０"))["text"]
    assert "晚" not in zhou.chat.last["text"]
    assert "没有叫「什么」" in (await say(playground, zhou, f"/quiz{between}什么"))["text"]
    assert (await say(playground, ada, f"/quiz{between}#softmax"))["text"].startswith("Attention")


async def test_stickers_and_photos_get_the_line_that_text_gets(playground: Playground, bot: Running) -> None:
    """They are no city either while one is asked for; and the next city still counts."""
    zhou = playground.person("小周")
    await say(playground, zhou, "/timezone")
    for body in ({"dice": {"emoji": "🎲", "value": 3}}, {"location": {"latitude": 1.0, "longitude": 2.0}}):
        before = len(zhou.chat.from_bot)
        post(playground, zhou, **body)
        await playground.wait_for(lambda: len(zhou.chat.from_bot) == before + 1)  # noqa: B023
        assert zhou.chat.last["text"] == "这条没有对上等着作答的题。要题发 /quiz，看全部命令发 /help"
    assert "慕尼黑" in (await say(playground, zhou, "慕尼黑"))["text"]


async def test_every_choice_in_the_greeting_is_answered(playground: Playground, bot: Running) -> None:
    """Off changes nothing that can be seen, so the toast says what holds; a zone moves the hour with it."""
    lin, zhou = playground.person("Lin"), playground.person("小周")
    await tap(playground, lin, await say(playground, lin, "/start"), "关闭")
    assert lin.toasts[-1]["text"] == "每天出题：没有定时间"
    greeting = await say(playground, zhou, "/start daily_from_a_link")
    await tap(playground, zhou, greeting, "21:00")
    shown = await tap(playground, zhou, greeting, "柏林")
    assert zhou.toasts[-1]["text"] == "时区：柏林（UTC+1，现在 02:30）"
    assert {"21:00 ✓", "柏林 ✓"} <= set(labels(shown))
    await playground.clock.jump_to(datetime(2026, 11, 23, 20, 0, 30, tzinfo=UTC))
    assert await playground.wait_for(lambda: labels(zhou.chat.last) == ["A", "B", "C", "D", "…", "打字回答"])


async def test_what_is_about_oneself_is_sent_to_the_private_chat(playground: Playground, bot: Running) -> None:
    """/stats, /topics and a member's /forget in a group get one sentence; nonsense there gets none."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    for person, command in ((zhou, "/stats"), (zhou, "/topics"), (playground.person("Lin"), "/forget@kaoguan_bot")):
        assert "私聊" in (await say(playground, person, command, group))["text"]
    before = len(group.from_bot)
    await zhou.send(group, "/nonsense")
    await settled(playground)
    assert len(group.from_bot) == before


NAMES = ("\u200b", "\u3164", "\u202eevil", "N" * 200, "@spam", "t.me/x", "a\nb", "👩‍👩‍👧", "同名", "同名")


async def test_names_that_would_break_a_board_do_not(playground: Playground, bot: Running) -> None:
    """Each is one line that links nothing; two people of one name are two lines."""
    people = [playground.add_person(name) for name in NAMES]
    group = playground.add_group("@spam\n标题" * 20, *people)
    poll = await say(playground, people[0], "/quiz", group)
    for person in people:
        await person.vote(poll, right_of(poll))
    await settled(playground)
    board = await say(playground, people[0], "/leaderboard", group)
    title, *rows = board["text"].splitlines()
    assert len(title) < 80
    assert len(rows) == len(NAMES)
    assert all(row.startswith("1  ") and row.endswith("10（1/1）") for row in rows)
    assert sum("同名" in row for row in rows) == 2
    assert sum("  ?\u3000" in row for row in rows) == 2
    assert any("👩‍👩‍👧" in row for row in rows)
    assert not {entity["type"] for entity in board["entities"]} & {"mention", "url"}
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: "10 人作答，10 人答对" in group.last.get("text", ""))
    judge(playground.record)


async def test_who_is_forgotten_while_a_poll_is_open_is_in_no_result(playground: Playground, bot: Running) -> None:
    """The others' places stay, the forgotten one is nowhere, and may come back."""
    group, zhou, lin = playground.chat("读书小组"), playground.person("小周"), playground.person("Lin")
    poll = await say(playground, zhou, "/quiz", group)
    await zhou.vote(poll, right_of(poll))
    await lin.vote(poll, right_of(poll))
    await settled(playground)
    asked = await say(playground, lin, "/forget")
    await lin.press(asked, "全部删除")
    await lin.press(asked, "全部删除")
    await shows(playground, lin.chat, asked, "已全部删除")
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: len(group.from_bot) == 2)
    assert "1 人作答，1 人答对" in group.last["text"]
    board = await say(playground, zhou, "/leaderboard", group)
    assert "小周" in board["text"]
    assert "Lin" not in board["text"]
    assert "还没有作答" in (await say(playground, lin, "/stats"))["text"]


async def test_kicked_in_the_middle_of_a_poll_and_back(playground: Playground, bot: Running) -> None:
    """Nothing fails while it is away; the hour, the zone and the board are as they were, and /quiz is free again."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    await say(playground, zhou, "/daily 10:00", group)
    poll = await say(playground, zhou, "/quiz", group)
    for person in (zhou, playground.person("Lin")):
        await person.vote(poll, right_of(poll))
    await settled(playground)
    playground.member(group, None, "kicked")
    await settled(playground)
    await playground.clock.advance(CLOSES)
    said = len(group.from_bot)
    playground.member(group, None, "member")
    await settled(playground)
    assert len(group.from_bot) == said  # greeted once, and back within a day
    assert "10（1/1）" in (await say(playground, zhou, "/leaderboard", group))["text"]
    assert "10:00" in (await say(playground, zhou, "/settings", group))["text"]
    assert "poll" in await say(playground, zhou, "/quiz", group)
    polls = len(group.polls)
    await playground.clock.jump_to(datetime(2026, 11, 23, 2, 0, 30, tzinfo=UTC))
    await playground.wait_for(lambda: len(group.polls) == polls + 1)


async def test_twelve_long_choices_and_an_endless_answer(playground: Playground, start: Start, tmp_path: Path) -> None:
    """Every limit at once: the question fits, and so does the result, whose answer goes on in replies."""
    code = "**粗** `x` 一段文字。" * 6 + "\n\n| 名 | 值 |\n|---|---|\n| 甲 | $\\sqrt{d_k}$ |\n\n"
    async with start(bank(tmp_path, right=11, count=12, answer=code * 12 + "一段。" * 400, long=True)) as running:
        mia = playground.person("Mia")
        question = await say(playground, mia, "/quiz")
        assert labels(question) == [*"ABCDEFGHIJKL", "…"]
        await mia.press(question, right_letter(running, question))
        answered = await shows(playground, mia.chat, question, "✓")
        assert styled(answered, "expandable_blockquote")
        await playground.wait_for(lambda: len(mia.chat.from_bot) > 1)
        continued = mia.chat.from_bot[1]
        assert continued["reply_to_message"]["message_id"] == question["message_id"]
    assert not [call for call in calls_of(playground) if call.status not in {200, None}]


async def test_a_bank_that_changed_between_question_and_answer(
    playground: Playground, start: Start, tmp_path: Path
) -> None:
    """Another right choice, and the round does not count, nor is it held against anybody."""
    ada, zhou = playground.person("Ada"), playground.person("小周")
    async with start(bank(tmp_path, right=0)):
        old = await say(playground, zhou, "/quiz")
    async with start(bank(tmp_path, right=2)) as running:
        lapsed = await tap(playground, zhou, old, "A")
        assert "这一轮作废" in lapsed["text"]
        assert labels(lapsed) == []
        assert "还没有作答" in (await say(playground, zhou, "/stats"))["text"]
        new = await say(playground, ada, "/quiz")
        assert "✓" in (await tap(playground, ada, new, right_letter(running, new)))["text"]


async def test_a_plain_bank_is_recalled_in_private_and_discussed_in_a_group(
    playground: Playground, start: Start, tmp_path: Path
) -> None:
    """Reveal, rate, rate otherwise, go on; in the group a card whose answer unfolds once for all."""
    (tmp_path / PLAIN.name).write_bytes(PLAIN.read_bytes())
    group, zhou, lin = playground.chat("读书小组"), playground.person("小周"), playground.person("Lin")
    async with start(tmp_path):
        question = await say(playground, zhou, "/quiz")
        revealed = await tap(playground, zhou, question, "看答案")
        assert labels(revealed) == ["重来", "困难", "良好", "简单"]
        rated = await tap(playground, zhou, revealed, "良好")
        assert "良好 ✓" in labels(rated)
        assert "重来 ✓" in labels(await tap(playground, zhou, rated, "重来"))
        card = await say(playground, lin, "/quiz", group)
        open_card: Json = await tap(playground, zhou, card, "看答案")
        assert styled(open_card, "expandable_blockquote")
        assert labels(open_card) == []
    judge(playground.record)
