"""`kaoguan demo` as a process, and what its options give it."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot import demo as demo_module
from bot.playground.scenario import Scenario
from bot.settings import Settings
from tests.main_bench import BANK, cleaned, exit_code, started


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing of the machine."""
    yield from cleaned(monkeypatch, tmp_path)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_the_demo_serves_and_ends_when_it_is_told_to(told: signal.Signals, tmp_path: Path) -> None:
    """A real process: the page answers, the signal ends it with 0, only its address is shown, in two languages."""
    bank = tmp_path / "bank.md"
    bank.write_text(BANK, "utf-8")
    process = started("demo", "--port", "0", CONTENT_DIR=str(bank), LOG_FORMAT="json", LOG_LEVEL="INFO")
    try:
        assert process.stdout is not None
        chinese, english = process.stdout.readline(), process.stdout.readline()
        assert chinese.split()[1] == english.split()[1]
        with urlopen(english.split()[1], timeout=5) as page:
            assert page.status == 200
        process.send_signal(told)
        out, err = process.communicate(timeout=15)
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, out) == (0, "")
    assert json.loads(err.splitlines()[0])["event"] == "started"
    assert "Traceback" not in err


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    """A second demo on the same port says what to do, exit 2."""
    (tmp_path / "bank.md").write_text(BANK, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = started("demo", "--port", port, CONTENT_DIR=str(tmp_path / "bank.md"), LOG_FORMAT="json")
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "--port 0" in err


def test_a_scenario_with_mistakes_does_not_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every mistake on a line of its own, with the path and the line; exit code 2."""
    path = tmp_path / "bad.yaml"
    path.write_text("sed: 1\nsteps:\n  - Ada sings: la\n", encoding="utf-8")
    assert exit_code("demo", "--scenario", str(path)) == 2
    told = capsys.readouterr().err.splitlines()
    assert told == [
        f"{path}:1: There is no “sed” here. Did you mean “seed”?",
        f"{path}:3: “sings” is no step of a person.",
    ]


def test_a_scenario_and_people_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """The file tells who is there."""
    assert exit_code("demo", "--scenario", "x.yaml", "--people", "3") == 2
    assert "either --people or --scenario" in capsys.readouterr().err


def test_the_demo_is_given_what_it_plays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Members and seed from the command line; a file's seed gives way to the one given."""
    played = []

    async def demo(_settings: Settings, _port: int, _show: object, scenario: Scenario) -> None:
        played.append(scenario)

    monkeypatch.setattr(demo_module, "demo", demo)
    path = tmp_path / "night.yaml"
    path.write_text("seed: 1\nsteps: [pause: 1]\n", encoding="utf-8")
    for options in ([], ["--people", "6", "--seed", "9"], ["--scenario", str(path), "--seed", "5"]):
        assert exit_code("demo", *options) == 0
    plain, lively, filed = played
    assert plain == Scenario()
    assert (len(lively.cast.people), lively.seed) == (7, 9)
    assert (len(filed.steps), filed.seed) == (1, 5)
