"""Scenario files: what is read, and every mistake with its line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.playground.defaults import DEFAULT
from bot.playground.errors import ScenarioError
from bot.playground.scenario import BARE, MOMENT, VERBS, Step, moment
from bot.playground.script import read

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
GOOD = """\
title: Night
seed: 7
start: 2026-11-23 19:55
zone: Europe/Berlin
group: Readers
pace: 0
people:
  小周:
  Ada: {language: en, username: ada_reads, skill: 0.9}
  Noah: {joins: later}
steps:
  - 小周 says: /daily 20:00
  - clock: 20:00
  - Ada votes: right
  - Noah joins
  - Noah renames: Noah B.
  - 小周 promotes: Ada
"""


@pytest.fixture
def write(tmp_path: Path) -> Path:
    """Where a scenario is written."""
    return tmp_path / "night.yaml"


def mistakes(path: Path, text: str) -> list[str]:
    """What `read` tells, the path cut off."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as told:
        read(path)
    lines = str(told.value).splitlines()
    assert all(line.startswith(f"{path}:") for line in lines)
    return [line.removeprefix(f"{path}:") for line in lines]


def test_everything_in_a_file_arrives(write: Path) -> None:
    """Cast, clock, pace and steps, each step with its line."""
    write.write_text(GOOD, encoding="utf-8")
    found = read(write)
    assert (found.title, found.seed, found.pace, found.cast.group) == ("Night", 7, 0, "Readers")
    assert found.start == datetime(2026, 11, 23, 18, 55, tzinfo=UTC)
    assert [(part.name, part.skill, part.inside) for part in found.cast.people] == [
        ("小周", None, True),
        ("Ada", 0.9, True),
        ("Noah", None, False),
    ]
    assert found.steps[0] == Step(12, "小周", "says", "/daily 20:00")
    assert found.steps[1] == Step(13, "", "clock", "20:00")
    assert found.steps[3] == Step(15, "Noah", "joins")
    assert str(found.steps[2]) == "Ada votes right"


def test_steps_alone_are_enough(write: Path) -> None:
    """The playground's own people play then."""
    write.write_text("steps: [Ada says: hello, pause: 2]", encoding="utf-8")
    assert read(write).cast == DEFAULT


def test_every_mistake_is_told_at_once(write: Path) -> None:
    """In the order of lines; a word that is nearly right is guessed."""
    bad = (
        GOOD.replace("seed: 7", "seed: seven")
        .replace("skill: 0.9", "skill: 9")
        .replace("zone: Europe/Berlin", "zone: Berlin")
    )
    bad = bad.replace("Ada votes", "Ida votes").replace("clock: 20:00", "clock: 25:00").replace("pace: 0", "speed: 0")
    bad += "  - Ada sings: a song\n  - Ada says\n  - Ada votes: maybe\n  - Noah joins: now\n  - 小周 promotes: Zoe\n"
    assert mistakes(write, bad) == [
        "2: “seed” must be a whole number.",
        "4: “zone” must be an IANA time zone like Asia/Shanghai.",
        "6: There is no “speed” here. Did you mean “seed”?",
        "9: “skill” must be a number from 0 to 1.",
        "13: “clock” takes +10m, +2h, +1d, 21:00, or mon 21:00.",
        "14: There is no person “Ida”. Did you mean “Ada”?",
        "18: “sings” is no step of a person.",
        "19: “says” needs words behind the colon.",
        "20: “votes” takes right, wrong, or a letter.",
        "21: “joins” takes no words.",
        "22: “promotes” needs a person, and there is no “Zoe”.",
    ]


def test_who_acts_must_be_there(write: Path) -> None:
    """Nobody votes before they join or after they leave, or joins twice; in private anybody may write."""
    steps = "people: {小周: , Noah: {joins: later}}\nsteps:\n"
    steps += "  - Noah votes: A\n  - Noah tells: /start\n  - Noah joins\n  - Noah joins\n"
    steps += "  - Noah leaves\n  - Noah says: bye\n"
    assert mistakes(write, steps) == [
        "3: Noah is not in the group here.",
        "6: Noah is in the group already.",
        "8: Noah is not in the group here.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1: The scenario is empty."),
        ("- a", "1: The scenario must be a list of `key: value` lines."),
        ("title: x", "1: There are no steps."),
        ("steps: [", "1: This is no YAML: expected the node content, but found '<stream end>'."),
        ("steps: 5", "1: The steps are a list, each line of it beginning with a dash."),
        ("steps: [[Ada]]", "1: A step is one line, as in: - Ada says: /quiz"),
        ("steps: [clok: 20:00]", "1: “clok” is no step. Did you mean “clock”?"),
        ("steps: [pause: 2]\nsteps: [pause: 2]", "2: “steps” stands here twice."),
        ("people: {}\nsteps: [pause: 2]", "1: There are no people."),
        (
            "people: {A: {joins: later}}\nsteps: [pause: 2]",
            "1: A comes first, so founded the group, and cannot join later.",
        ),
        ("people: {A: {joins: soon}}\nsteps: [pause: 2]", "1: “joins” must be later."),
        ("start: today\nsteps: [pause: 2]", "1: “start” must be a moment like 2026-11-23 19:55."),
        ("title: [x]\nsteps: [pause: 2]", "1: “title” must be a text."),
        ("steps:\n  - fault: sendMesage 429", "2: “fault” cannot be set: There is no method 'sendMesage'."),
        ("steps:\n  - fault: '* 418 x2'", "2: “fault” cannot be set: There is no fault '418'."),
        ("steps:\n  - fault: often", "2: “fault” cannot be set: A fault is named like sendMessage 429 x3 2s."),
        ("steps:\n  - limits: maybe", "2: “limits” takes on or off."),
        ("steps:\n  - redeliver: all", "2: “redeliver” takes how many updates, at most 9999."),
        ("steps:\n  - calm: now", "2: “calm” takes no words."),
    ],
)
def test_each_mistake_has_its_sentence(write: Path, text: str, told: str) -> None:
    """And the line where it stands."""
    assert told in mistakes(write, text)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, write: Path) -> None:
    """Missing, or not text."""
    with pytest.raises(ScenarioError, match=r"gone.yaml:1: The scenario cannot be read: No such file or directory."):
        read(tmp_path / "gone.yaml")
    write.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ScenarioError, match=r"cannot be read: it is not UTF-8."):
        read(write)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_shipped_ones_are_good(path: Path) -> None:
    """Each has a title, a seed and a moment at which it begins, so that it plays the same every time."""
    found = read(path)
    assert found.title
    assert found.seed is not None
    assert found.start is not None
    assert found.steps


def test_there_are_scenarios() -> None:
    """Two to begin with."""
    assert [path.name for path in SHIPPED] == ["contest-night.yaml", "first-day.yaml"]


@pytest.mark.parametrize(
    ("words", "local"),
    [
        ("+90s", "2026-11-23 20:01:30"),
        ("+10m", "2026-11-23 20:10:00"),
        ("+2h", "2026-11-23 22:00:00"),
        ("+1d", "2026-11-24 20:00:00"),
        ("20:30", "2026-11-23 20:30:00"),
        ("20:00", "2026-11-24 20:00:00"),
        ("9:05", "2026-11-24 09:05:00"),
        ("mon 19:00", "2026-11-30 19:00:00"),
        ("mon 21:00", "2026-11-23 21:00:00"),
        ("sun 20:30", "2026-11-29 20:30:00"),
    ],
)
def test_a_moment_is_the_next_of_its_kind(words: str, local: str) -> None:
    """From Monday 20:00 in Shanghai."""
    zone = ZoneInfo("Asia/Shanghai")
    now = datetime(2026, 11, 23, 20, 0, tzinfo=zone)
    assert MOMENT.fullmatch(words)
    assert str(moment(words, now, zone).astimezone(zone)).removesuffix("+08:00") == local


def test_the_documentation_names_every_step() -> None:
    """docs/playground.md lists what a person can do, and nothing else."""
    page = (Path(__file__).parents[2] / "docs/playground.md").read_text(encoding="utf-8")
    listed = {line.split("`")[1].split(":")[0].split()[-1] for line in page.splitlines() if line.startswith("| `Ada ")}
    assert listed == set(VERBS)
    assert set(BARE) <= {line.split("`")[1].split(":")[0] for line in page.splitlines() if line.startswith("| `")}
