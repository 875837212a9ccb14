"""The plugin that judges every request proves itself: in a session of its own a spoilt request fails its test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SESSION = """
import pytest, telegram
from bot.playground.server import Playground
from tests.conformance import COURT
from tests.tg.fake_api import FakeApi, fake_bot

async def say(bot, text):
    async with bot:
        await bot.send_message(5_300_000_001, text)

async def playground(text):
    async with Playground() as here:
        here.mini.world.accounts[5_300_000_001].started = True
        bot = telegram.Bot(here.token, base_url=f"{here.url}/bot")
        await say(bot, text)

async def test_a_good_request(): await playground("hello")
async def test_a_good_request_to_the_fake(): await say(fake_bot(FakeApi()), "hello")

async def test_a_spoilt_request():
    with pytest.raises(telegram.error.BadRequest):
        await playground("x" * 4097)

async def test_a_spoilt_request_to_the_fake(): await say(fake_bot(FakeApi()), "x" * 4097)

@pytest.mark.provokes("it is to be counted, and no more")
async def test_a_provoked_one(): await say(fake_bot(FakeApi()), "x" * 4097)

def test_one_that_sends_nothing(): pass
"""


def test_a_spoilt_request_fails_its_test_whatever_it_asserts(tmp_path: Path) -> None:
    """getMe and sendMessage of five tests are judged; of three that say too much one says that it is on purpose."""
    (tmp_path / "test_session.py").write_text(SESSION, encoding="utf-8")
    options = ("-q", "-p", "tests.conformance", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml"))
    command = [sys.executable, "-m", "pytest", *options, "--rootdir", str(tmp_path), str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    said = ended.stdout
    assert ended.returncode == 1, said + ended.stderr
    errors = {line.split("::")[1].split()[0] for line in said.splitlines() if line.startswith("ERROR ")}
    assert errors == {"test_a_spoilt_request", "test_a_spoilt_request_to_the_fake"}, said
    assert "conformance: 10 requests judged, 2 violations; 1 more provoked on purpose by 1 tests" in said
