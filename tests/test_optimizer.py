"""The process that fits: it says what the function does, and its failures are told."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bench.optimizing import forgetting, studied
from bot import optimizer
from bot.core.optimizing import OptimizerError, fitted
from bot.optimizer import optimize


@pytest.mark.parametrize("memory", [0.3, 1.0])
async def test_it_finds_what_the_function_finds(memory: float) -> None:
    """A person's own parameters, or none; instants go there to the second."""
    logs = [
        [replace(done, at=done.at.replace(microsecond=0)) for done in log]
        for log in studied(forgetting(memory, memory**0.1), 150, 0)
    ]
    here = fitted(logs)
    assert (here is None) is (memory == 1.0)
    assert await optimize(logs) == here


async def test_it_is_told_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the token nor the database's address nor the language model's key; the path and the like it needs."""
    place = tmp_path / "names"
    code = f"import os, sys; sys.stdin.read(); open({str(place)!r}, 'w').write(' '.join(os.environ)); print('null')"
    for name in ("BOT_TOKEN", "DATABASE_URL", "LLM_API_KEY", "HARMLESS"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setattr(sys, "executable", _python(tmp_path, code))
    assert await optimize([]) is None
    names = set(place.read_text().split())
    assert {"HARMLESS", "PATH"} <= names
    assert not names & {"BOT_TOKEN", "DATABASE_URL", "LLM_API_KEY"}


async def test_a_failure_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The last of what it says, without a traceback."""
    python = _python(tmp_path, "import sys; sys.stdin.read(); print('first', file=sys.stderr); sys.exit('broken')")
    monkeypatch.setattr(sys, "executable", python)
    with pytest.raises(OptimizerError, match=r"^It ended with 1: broken$"):
        await optimize([])


@pytest.mark.parametrize("said", ["", "[1.0, 2.0]", str([float("nan")] * 21).replace("nan", "NaN"), "7"])
async def test_what_nothing_can_be_planned_by_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str
) -> None:
    """Kept, it would have all the person's answers fail."""
    monkeypatch.setattr(sys, "executable", _python(tmp_path, f"import sys; sys.stdin.read(); print({said!r})"))
    with pytest.raises(OptimizerError, match=r"^It said b"):
        await optimize([])


async def test_it_does_not_take_for_ever(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is killed, and gone."""
    place = tmp_path / "pid"
    code = f"import os, time; open({str(place)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    monkeypatch.setattr(sys, "executable", _python(tmp_path, code))
    monkeypatch.setattr(optimizer, "_PATIENCE_S", 3)
    with pytest.raises(OptimizerError, match="longer than 3 s"):
        await optimize([])
    with pytest.raises(ProcessLookupError):
        os.kill(int(place.read_text()), 0)


async def test_it_is_this_bot_whatever_folder_it_was_started_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Which may hold another program named `bot`."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__init__.py").write_text("raise SystemExit('another bot')")
    monkeypatch.chdir(tmp_path)
    assert await optimize([]) is None


def _python(folder: Path, code: str) -> str:
    """An interpreter that does this, whatever it is asked."""
    script = folder / "python"
    script.write_text(f"#!{sys.executable}\n{code}\n")
    script.chmod(0o755)
    return str(script)
