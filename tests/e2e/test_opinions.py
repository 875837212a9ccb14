"""A second opinion from the setting to the grade, with the whole bot and the shipped bank."""

from __future__ import annotations

import json
import subprocess
import sys

import aiohttp
from pydantic import SecretStr

from bot.playground.server import Playground
from tests.e2e.acting import labels, say, tap
from tests.e2e.conftest import Start
from tests.e2e.test_typed import good_answer, in_writing
from tests.llm.stub import KEY, holding, plainly, stub
from tests.referee import judge


async def test_from_the_setting_to_the_grade_and_to_silence(playground: Playground, start: Start) -> None:
    """Ada says that she wants one, and is asked about; then the endpoint breaks, and she is graded offline, and told.
    What is counted stands in /metrics, and the key nowhere."""
    ada = playground.person("Ada")
    async with stub(holding({})) as endpoint:
        settings = {"llm_api_url": endpoint.url, "llm_api_key": SecretStr(KEY), "llm_model": "m"}
        async with start(**settings) as bot:
            await in_writing(playground, ada)
            page = await say(playground, ada, "/settings")
            for button in ("Study", "Second opinion", "Yes"):
                page = await tap(playground, ada, page, button)
            assert "Second opinion: Yes" in page["text"]
            question = await say(playground, ada, "/quiz")
            answer = good_answer(bot, question, "en")
            graded = await tap(playground, ada, await say(playground, ada, answer), "Done")
            assert "check it yourself" in graded["text"]  # the model denies every point, the rubric does not
            assert answer in json.loads(json.dumps(endpoint.asked[0]))["messages"][1]["content"]
            endpoint.reply = plainly(b"<html>")
            own = next(one for one in reversed(ada.chat.messages) if one.get("text") == answer)
            await ada.edit(own, answer + " So much for that.")
            await playground.wait_for(lambda: "Graded offline: 127.0.0.1" in _text(playground, graded))
            rated = await tap(playground, ada, graded, labels(graded)[2])
            assert "Graded offline" in rated["text"]
            async with aiohttp.ClientSession() as session:
                metrics = await (await session.get(bot.health_url.replace("healthz", "metrics"))).text()
    assert 'kaoguan_opinions_total{outcome="given"}' in metrics
    assert 'kaoguan_opinions_total{outcome="unreadable"}' in metrics
    assert len(endpoint.asked) == 2
    judge(playground.record)


def _text(playground: Playground, message: dict[str, object]) -> str:
    found = playground.person("Ada").chat.message(int(str(message["message_id"])))
    return str(found["text"])


def test_without_it_nothing_of_it_is_loaded() -> None:
    """The whole bot is imported, and no model's client."""
    told = "import bot.app, sys; print([name for name in sys.modules if name.startswith('bot.llm')])"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "[]"
