"""The shipped scenarios, played with the whole bot."""

from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from bot.app import running
from bot.playground.clock import PlaygroundClock
from bot.playground.player import Player
from bot.playground.script import read
from bot.playground.server import Playground
from bot.settings import Settings

ROOT = Path(__file__).parents[2]


async def played(name: str, folder: Path, steps: int) -> Playground:
    """So many steps of a scenario without a pause; nothing may fail on the way."""
    scenario = read(ROOT / "scenarios" / name)
    scenario = replace(scenario, pace=0, steps=scenario.steps[:steps])
    told: list[str] = []
    async with Playground(clock=PlaygroundClock(scenario.start), seed=scenario.seed, cast=scenario.cast) as playground:
        settings = Settings(
            _env_file=None,
            bot_token=SecretStr(playground.token),
            bot_api_url=playground.url,
            database_url=f"sqlite:///{folder / 'scenario.db'}",
            content_dir=ROOT / "content",
            http_port=0,
        )
        async with running(settings, playground.clock.now) as bot:
            playground.clock.listen(bot.ticker.now)
            await Player(playground, scenario, told.append).play()
    assert told == []
    return playground


async def test_a_groups_first_two_days(tmp_path: Path) -> None:
    """The hour is set, simulated members answer, the results name them, the board moves, someone joins."""
    playground = await played("contest-night.yaml", tmp_path, 13)
    group = playground.chat("读书小组")
    assert len(group.polls) == 3
    assert all(len(poll["poll"]["votes"]) >= 3 for poll in group.polls[:2])
    assert any("人作答" in text for text in group.texts)
    assert any(text.startswith("本周") for text in group.texts)


async def test_a_seed_repeats_the_whole_evening(tmp_path: Path) -> None:
    """Twice the same file: the same questions, votes, results and boards, word for word."""
    evenings = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        group = (await played("contest-night.yaml", tmp_path / name, 9)).chat("读书小组")
        votes = [(poll["poll"]["id"], poll["poll"]["votes"]) for poll in group.polls]
        evenings.append((group.texts, votes))
    assert evenings[0] == evenings[1]


async def test_a_persons_first_questions(tmp_path: Path) -> None:
    """Greeted, an hour chosen, a question answered."""
    playground = await played("first-day.yaml", tmp_path, 4)
    assert "✓" in playground.person("小周").chat.texts[-1] or "✗" in playground.person("小周").chat.texts[-1]
