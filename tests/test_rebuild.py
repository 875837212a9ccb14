"""`kaoguan rebuild` on a database file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.core.review import Rating
from bot.store import cards
from bot.store.database import Tx, open_database
from tests.practice_bench import ADA, NOON, QUESTIONS
from tests.store.asking import round_of


def test_it_tells_how_many_cards_were_not_what_their_log_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Done twice, there are none."""
    url = f"sqlite:///{tmp_path / 'ada.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)

    def spoil(tx: Tx) -> None:
        for question in QUESTIONS[:3]:
            put = round_of(tx, ADA.id, question.ref, f"m{question.ref.id}")
            cards.log_review(tx, ADA.id, question.ref, put.id, Rating.GOOD, NOON)
        cards.plan(tx, ADA.id, QUESTIONS[0].ref, NOON)

    async def write() -> None:
        async with open_database(url) as database:
            await database.write(spoil)

    asyncio.run(write())
    for said in ("3 cards, 3 differed.", "3 cards, 0 differed."):
        with pytest.raises(SystemExit) as ended:
            main(["rebuild"])
        assert ended.value.code == 0
        assert said in capsys.readouterr().out
