"""The plugin that judges every request proves itself: in a session of its own a spoilt request fails its test."""

from __future__ import annotations

import re
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


GOOD = """
from tests.tg.fake_api import FakeApi, fake_bot

async def test_a_good_request_of_another_worker():
    async with fake_bot(FakeApi()) as bot:
        await bot.send_message(5_300_000_001, "hello")
"""


def session(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the tests of a folder with the plugin alone."""
    options = ("-q", "-p", "tests.conformance", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml"), *more)
    command = [sys.executable, "-m", "pytest", *options, "--rootdir", str(folder), str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)


def errors(said: str) -> set[str]:
    """The tests that ended with an error."""
    return {line.split("::")[1].split()[0] for line in said.splitlines() if line.startswith("ERROR ")}


def test_a_spoilt_request_fails_its_test_whatever_it_asserts(tmp_path: Path) -> None:
    """getMe and sendMessage of five tests are judged; of three that say too much one says that it is on purpose."""
    (tmp_path / "test_session.py").write_text(SESSION, encoding="utf-8")
    ended = session(tmp_path)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert errors(ended.stdout) == {"test_a_spoilt_request", "test_a_spoilt_request_to_the_fake"}, ended.stdout
    assert "conformance: 10 requests judged, 2 violations; 1 more provoked on purpose by 1 tests" in ended.stdout


def test_the_numbers_of_several_workers_are_added_up_and_one_violation_fails_the_run(tmp_path: Path) -> None:
    """Each file has a worker of its own: what one of them judges and finds is told by the whole run."""
    (tmp_path / "test_good.py").write_text(GOOD, encoding="utf-8")
    (tmp_path / "test_session.py").write_text(SESSION, encoding="utf-8")
    ended = session(tmp_path, "-n", "2", "--dist", "loadfile", "-vv")
    said = ended.stdout
    assert ended.returncode == 1, said + ended.stderr
    workers = {test: worker for worker, test in re.findall(r"^\[(gw\d)\].* PASSED \S*::(\S+)", said, re.MULTILINE)}
    assert workers["test_a_good_request"] != workers["test_a_good_request_of_another_worker"], said
    assert errors(said) == {"test_a_spoilt_request", "test_a_spoilt_request_to_the_fake"}, said
    assert "conformance: 12 requests judged, 2 violations; 1 more provoked on purpose by 1 tests" in said


def test_a_run_of_several_workers_without_a_violation_is_green(tmp_path: Path) -> None:
    """So it is the violation that fails the other one."""
    for name in ("one", "two"):
        (tmp_path / f"test_{name}.py").write_text(GOOD, encoding="utf-8")
    ended = session(tmp_path, "-n", "2", "--dist", "loadfile")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "conformance: 4 requests judged, 0 violations" in ended.stdout
