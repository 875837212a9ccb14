"""`kaoguan` and `python -m bot` as they are started from a shell."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.__main__ import main
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
BANK = "# 注意力\n\n## 什么是注意力？\n\n按相关性加权求和。\n"


def cleaned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An empty folder, no variable of the machine, and the logging and the search for garbage that were there before:
    without it the other tests of the process would take gigabytes."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    gc.enable()
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def exit_code(*arguments: str) -> int:
    """How `kaoguan ARGUMENTS` ends."""
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    assert isinstance(caught.value.code, int)
    return caught.value.code


def started(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """A process of `python -m bot`, its output in pipes."""
    known = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env={**known, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
