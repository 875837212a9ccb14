"""`kaoguan overrides`: what people say they said, out of the database, for authors."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.flows import typed
from bot.store.database import open_database
from tests.practice_bench import ADA
from tests.typed_bench import Writer

CONTENT = str(Path(__file__).parents[1] / "content")


async def disagree(url: str) -> None:
    """Ada says that she did make a point."""
    async with open_database(url) as database:
        writer = Writer(database)
        asked = await writer.asked()
        await writer.answered(asked, "训练不动了")
        await database.write(typed.override, writer.caller, asked.round.id, "gradient", "训练不动了")


def run(*arguments: str) -> None:
    """`kaoguan ARGUMENTS`, which must end well."""
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    assert caught.value.code == 0


def test_sentences_are_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None so far; then as text, and as JSON, without a name."""
    url = f"sqlite:///{tmp_path / 'overrides.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    run("overrides", "--content", CONTENT)
    assert capsys.readouterr().out == "Nobody has disagreed with the grader so far.\n"
    asyncio.run(disagree(url))
    run("overrides", "--content", CONTENT)
    assert capsys.readouterr().out.splitlines() == [
        "nlp/a1 gradient: (no such point any more)",
        "  - '训练不动了'  # 1",
    ]
    run("overrides", "--json", "--content", CONTENT)
    shown = capsys.readouterr().out
    assert json.loads(shown)["sentence"] == "训练不动了"
    assert ADA.name not in shown
