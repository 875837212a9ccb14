"""A group and the bot: polls, votes, results, the board, the daily."""

from datetime import UTC, datetime

from bot.app import Running
from bot.core.markdown import plain
from bot.playground.server import Playground
from tests.e2e.acting import CLOSES, labels, right_of, say, settled, shown, shows, tap
from tests.e2e.conftest import Start
from tests.referee import judge


async def test_a_poll_is_asked_voted_on_closed_and_explained(playground: Playground, bot: Running) -> None:
    """Three people vote; ten minutes later the result answers the poll, and the board is right."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    poll = await say(playground, zhou, "/quiz", group)
    right, wrong = right_of(poll), (right_of(poll) + 1) % 4
    assert poll["poll"]["type"] == "quiz"
    assert not poll["poll"]["is_anonymous"]
    assert poll["has_protected_content"]
    for name, choice in (("小周", right), ("Ada", wrong), ("Lin", right)):
        await playground.person(name).vote(poll, choice)
    await settled(playground)
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: len(group.from_bot) == 2)
    result = group.last
    assert result["reply_to_message"]["message_id"] == poll["message_id"]
    assert "3 人作答，2 人答对" in result["text"]
    assert "小周" in result["text"]
    assert "Lin" in result["text"]
    assert group.message(poll["message_id"])["poll"]["is_closed"]
    board = await say(playground, zhou, "/leaderboard", group)
    lines = [line for line in board["text"].splitlines() if "（" in line]
    assert [line.split()[0] for line in lines] == ["1", "1", "3"]
    assert {"Lin", "小周"} == {line.split()[1].split("\u3000")[0] for line in lines[:2]}
    everything = await tap(playground, zhou, board, "全部")
    assert "11 月 23" not in everything["text"]
    judge(playground.record)


async def test_a_group_is_asked_in_the_language_its_admin_chose(playground: Playground, bot: Running) -> None:
    """Poll and explanation are in Chinese, the bot's default; in English once an admin says so, whoever asks."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    for language in ("zh", "en"):
        poll = await say(playground, zhou, "/quiz attention", group)
        question = shown(bot, poll["poll"]["question"])
        assert question.language == language
        assert [option["text"] for option in poll["poll"]["options"]] == [plain(c.text) for c in question.choices]
        await zhou.vote(poll, right_of(poll))
        await settled(playground)
        await playground.clock.advance(CLOSES)
        await shows(playground, group, group.last, plain(question.explanation))
        await say(playground, zhou, "/language en", group)


async def test_a_vote_in_a_group_plans_the_persons_own_review(playground: Playground, bot: Running) -> None:
    """What was missed in the group comes back in private the next day."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    poll = await say(playground, zhou, "/quiz", group)
    await zhou.vote(poll, (right_of(poll) + 1) % 4)
    await settled(playground)
    await playground.clock.jump_to(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    question = await say(playground, zhou, "/quiz")
    assert poll["poll"]["question"] in question["text"]


async def test_two_quizzes_at_once_make_one_poll(playground: Playground, bot: Running) -> None:
    """The second asker is told that a question is still open."""
    group = playground.chat("读书小组")
    await playground.person("小周").send(group, "/quiz")
    await playground.person("Ada").send(group, "/quiz@kaoguan_bot")
    await playground.wait_for(lambda: len(group.from_bot) == 2)
    await settled(playground)
    assert len(group.polls) == 1
    assert "09:4" in group.last["text"]


async def test_strangers_anonymous_admins_and_double_votes(playground: Playground, bot: Running) -> None:
    """A channel's vote is nobody's; a first vote counts once."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    poll = await say(playground, zhou, "/quiz", group)
    await playground.person("Ada").vote(poll, right_of(poll), as_chat=True)
    await zhou.vote(poll, right_of(poll))
    await settled(playground)
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: len(group.from_bot) == 2)
    assert "1 人作答，1 人答对" in group.last["text"]


async def test_where_polls_are_forbidden_one_sentence_says_so(playground: Playground, bot: Running) -> None:
    """The question is not used up, and no round stays open."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    playground.member(group, None, "restricted", can_send_polls=False)
    refused = await say(playground, zhou, "/quiz", group)
    assert "投票" in refused["text"]
    playground.member(group, None, "member")
    await settled(playground)
    before = len(group.from_bot)
    await zhou.send(group, "/quiz")
    await playground.wait_for(lambda: len(group.polls) == 1)
    assert len(group.from_bot) == before + 1


async def test_a_group_becomes_a_supergroup_with_all_it_has(playground: Playground, bot: Running) -> None:
    """Between poll and vote: the vote counts, the board and the daily hour move along."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    await say(playground, zhou, "/daily 18:00", group)
    poll = await say(playground, zhou, "/quiz", group)
    bigger = playground.migrate(group)
    await zhou.vote(poll["poll"]["id"], right_of(poll))
    await settled(playground)
    board = await say(playground, zhou, "/leaderboard", bigger)
    assert "小周" in board["text"]
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: any("1 人作答" in text for text in bigger.texts))
    await playground.clock.jump_to(datetime(2026, 11, 23, 10, 0, 30, tzinfo=UTC))
    await playground.wait_for(lambda: len(bigger.polls) == 1)
    judge(playground.record)


async def test_only_admins_set_the_daily_hour(playground: Playground, bot: Running) -> None:
    """Members are told; the admin's hour holds; the poll comes at that hour and stays open."""
    group = playground.chat("读书小组")
    refused = await say(playground, playground.person("Lin"), "/daily 10:00", group)
    assert "管理员" in refused["text"]
    await say(playground, playground.person("小周"), "/daily 10:00", group)
    await playground.clock.jump_to(datetime(2026, 11, 23, 2, 0, 30, tzinfo=UTC))
    await playground.wait_for(lambda: len(group.polls) == 1)
    await playground.clock.advance(3600)
    await settled(playground)
    assert not group.polls[0]["poll"]["is_closed"]


async def test_votes_while_the_bot_is_down_count(playground: Playground, start: Start) -> None:
    """They wait at Telegram, are handled first, and the overdue poll is closed after them."""
    group, zhou = playground.chat("读书小组"), playground.person("小周")
    async with start():
        poll = await say(playground, zhou, "/quiz", group)
    await zhou.vote(poll, right_of(poll))
    await playground.person("Ada").vote(poll, (right_of(poll) + 1) % 4)
    await playground.clock.advance(3600)
    async with start():
        await playground.wait_for(lambda: len(group.from_bot) == 2)
        assert "2 人作答，1 人答对" in group.last["text"]


async def test_added_to_a_group_the_bot_greets_and_kicked_it_rests(playground: Playground, bot: Running) -> None:
    """A greeting on arrival; after a kick nothing is sent and nothing fails."""
    ada = playground.person("Ada")
    group = playground.add_group("LLM 面试", ada, playground.person("Lin"), bot=False)
    playground.member(group, None, "member")
    await playground.wait_for(lambda: len(group.from_bot) == 1)
    assert "/quiz" in group.last["text"]
    await say(playground, ada, "/daily 10:00", group)
    playground.member(group, None, "kicked")
    await settled(playground)
    calls = len(playground.record.of("sendPoll"))
    await playground.clock.jump_to(datetime(2026, 11, 23, 2, 0, 30, tzinfo=UTC))
    await settled(playground)
    assert len(playground.record.of("sendPoll")) == calls


async def test_settings_in_a_group_are_for_admins(playground: Playground, bot: Running) -> None:
    """A member's press is answered by a toast and changes nothing."""
    group, zhou, lin = playground.chat("读书小组"), playground.person("小周"), playground.person("Lin")
    panel = await say(playground, zhou, "/settings", group)
    panel = await tap(playground, zhou, panel, "语言")
    same = await tap(playground, lin, panel, "English")
    assert lin.toasts[-1]["text"] == "只有管理员能改设置。"
    assert labels(same) == labels(panel)
    assert "English ✓" in labels(await tap(playground, zhou, panel, "English"))


async def test_votes_at_the_very_close_are_in_the_result(playground: Playground, bot: Running) -> None:
    """The bot hears out what was on its way when it stopped the poll, before it tells who was right."""
    group = playground.chat("读书小组")
    poll = await say(playground, playground.person("小周"), "/quiz", group)
    for name in ("小周", "Ada", "Lin", "Mia", "小陈"):
        await playground.person(name).vote(poll, right_of(poll))
    await playground.clock.advance(CLOSES)
    await playground.wait_for(lambda: len(group.from_bot) == 2)
    assert "5 人作答，5 人答对" in group.last["text"]
