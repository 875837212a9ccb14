"""Extra study in the whole bot, over a restart, in both languages."""

import pytest

from bot.app import Running
from bot.playground.server import Playground
from tests.e2e.acting import Json, labels, right_letter, say, tap
from tests.e2e.conftest import Start
from tests.referee import judge


@pytest.mark.parametrize(
    ("name", "first", "after", "again"),
    [("小周", "加练，不影响复习安排 · ", "下一题", "再做这"), ("Ada", "Extra study, not a review", "Next", "Do these")],
)
async def test_a_topic_is_gone_through_once_over_a_restart(
    playground: Playground, start: Start, name: str, first: str, after: str, again: str
) -> None:
    """Two go wrong; the bot is begun anew in between; the end offers those two; /stats knows nothing of it."""
    person, asked = playground.person(name), []
    async with start() as bot:
        before = await say(playground, person, "/stats")
        message = await say(playground, person, "/cram attention")
        asked.append(message["text"].splitlines()[2])
        assert message["text"].startswith(first)
        message = await tap(playground, person, message, wrong_letter(bot, message))
    async with start() as bot:
        while after in labels(message):
            await tap(playground, person, message, after)
            message = person.chat.last
            asked.append(message["text"].splitlines()[2])
            choose = wrong_letter if len(asked) == 2 else right_letter
            message = await tap(playground, person, message, choose(bot, message))
        assert len(set(asked)) == len(asked) == 3
        (button,) = labels(message)
        assert button.startswith(again)
        await tap(playground, person, message, button)
        assert "1/2" in person.chat.last["text"].splitlines()[0]
        assert (await say(playground, person, "/stats"))["text"] == before["text"]
    judge(playground.record)


def wrong_letter(bot: Running, message: Json) -> str:
    """A letter that is not that of the right choice."""
    return next(letter for letter in "ABCD" if letter != right_letter(bot, message))
