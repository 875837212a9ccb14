"""Finding a browser, and saying plainly that there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import chromium


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty PATH and no wishes; the folder that is the PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("KAOGUAN_REQUIRE_BROWSER", raising=False)
    return tmp_path


def test_without_a_chromium_the_tests_say_why_they_skip(bare: Path) -> None:
    """One plain sentence that names the remedy."""
    with pytest.raises(pytest.skip.Exception, match="no Chromium here: set CHROMIUM to one"):
        chromium()


def test_where_a_browser_is_required_its_absence_fails(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CI cannot lose the browser tests without noticing."""
    monkeypatch.setenv("KAOGUAN_REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception, match="no Chromium here"):
        chromium()


def test_the_one_named_comes_before_those_on_the_path(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CHROMIUM wins; else any of the usual names will do."""
    for name in ("google-chrome", "mine"):
        (bare / name).write_text("#!/bin/sh\n")
        (bare / name).chmod(0o755)
    assert chromium() == str(bare / "google-chrome")
    monkeypatch.setenv("CHROMIUM", str(bare / "mine"))
    assert chromium() == str(bare / "mine")
