"""The command line: three verbs, exit codes, one plain sentence for whatever keeps it from starting."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import app
from bot import demo as demo_module
from bot.core.errors import BankError, StartError
from bot.settings import Settings
from tests.main_bench import BANK, cleaned, exit_code

TOKEN = "123456789:AAEhBOweik6ad6PsVMRxjeQKXkq7rT4oqFz"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing of the machine."""
    yield from cleaned(monkeypatch, tmp_path)


def test_every_verb_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """--help names the verbs, and each verb's options."""
    assert exit_code("--help") == 0
    told = capsys.readouterr().out
    assert [verb for verb in ("run", "demo", "check") if verb in told] == ["run", "demo", "check"]
    for verb, option in (
        ("run", "--help"),
        ("demo", "--port"),
        ("demo", "--db"),
        ("demo", "--scenario"),
        ("check", "path"),
        ("check", "--rubrics"),
        ("rebuild", "--help"),
        ("grade", "--jsonl"),
        ("grade", "--rubric"),
    ):
        assert exit_code(verb, "--help") == 0
        assert option in capsys.readouterr().out


def test_it_knows_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    """As the package says."""
    assert exit_code("--version") == 0
    assert capsys.readouterr().out == "kaoguan 0.1.0\n"


def test_an_unknown_verb_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the usage, exit 2."""
    assert exit_code("dance") == 2
    assert "dance" in capsys.readouterr().err


def test_everything_wrong_with_the_settings_is_told_at_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two plain lines, exit 2, no traceback."""
    monkeypatch.setenv("HTTP_PORT", "x")
    assert exit_code("run") == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 2)
    assert err.splitlines()[0].startswith("BOT_TOKEN is missing")
    assert "Traceback" not in err


def test_whatever_keeps_the_bot_from_starting_is_said_plainly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unknown token, a broken bank, an address in use: sentences and exit 2, and no secret in them."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    for error in (StartError(f"Telegram does not know {TOKEN}."), BankError(("a.md:1: Wrong.", "b.md:2: Wrong too."))):

        async def run(_settings: Settings, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(app, "run", run)
        assert exit_code("run") == 2
        assert capsys.readouterr().err == str(error).replace(TOKEN, "[token]") + "\n"


def test_a_password_shows_neither_whole_nor_by_its_letters(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the start says has the password masked; one of a letter spoils no word."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)

    async def run(settings: Settings) -> None:
        raise StartError(f"The postgresql at {settings.database_url} is away.")

    monkeypatch.setattr(app, "run", run)
    for password, shown in (("hunter2", "[token]"), ("p", "p")):
        monkeypatch.setenv("DATABASE_URL", f"postgresql://me:{password}@db/x")
        assert exit_code("run") == 2
        assert capsys.readouterr().err == f"The postgresql at postgresql://me:{shown}@db/x is away.\n"


@pytest.mark.parametrize("verb", ["run", "demo"])
def test_a_dotenv_file_that_cannot_be_read_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, verb: str
) -> None:
    """In GBK, as an editor of another age saves it."""
    (tmp_path / ".env").write_bytes("NAME=考官\n".encode("gbk"))
    assert exit_code(verb) == 2
    assert capsys.readouterr().err == ".env is not in UTF-8: save it in that encoding.\n"


def test_a_breakdown_shows_no_secret(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is logged with its traceback, the token masked, exit 1."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)

    async def run(_settings: Settings) -> None:
        raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe")

    monkeypatch.setattr(app, "run", run)
    assert exit_code("run") == 1
    err = capsys.readouterr().err
    assert "RuntimeError" in err
    assert TOKEN not in err


def test_run_hands_over_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """And ends with 0 when the bot does."""
    given: list[Settings] = []

    async def run(settings: Settings) -> None:
        given.append(settings)

    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    monkeypatch.setattr(app, "run", run)
    assert exit_code("run") == 0
    assert given[0].token == TOKEN
    assert logging.getLogger().level == logging.ERROR


@pytest.mark.parametrize("options", [[], ["--db", "mine/demo.db"], ["--db", "a b?c#d.db"]])
def test_the_demo_keeps_away_from_the_real_bot(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str]
) -> None:
    """Its own token and database, whatever the environment says; without --db nothing is left behind."""
    files: list[Path] = []

    async def demo(settings: Settings, port: int, _show: object, _scenario: object) -> None:
        assert settings.token not in {"", TOKEN}
        assert port == 0
        files.append(Path(settings.database_url.removeprefix("sqlite:///")))

    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///var/real.db")
    monkeypatch.setattr(demo_module, "demo", demo)
    assert exit_code("demo", "--port", "0", *options) == 0
    (file,) = files
    assert file.is_absolute()
    assert file == tmp_path / options[1] if options else not file.parent.exists()


def test_check_counts_and_finds_nothing_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One file is enough; no token, no database."""
    (tmp_path / "bank.md").write_text(BANK, "utf-8")
    assert exit_code("check", "bank.md") == 0
    assert capsys.readouterr().out.startswith("1 question ")
    assert {path.name for path in tmp_path.iterdir()} == {"bank.md", "content"}


def test_check_tells_every_problem_with_its_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`path:line: sentence`, then the counts, exit 1; CONTENT_DIR is checked when no path is named."""
    (tmp_path / "content" / "bank.md").write_text(BANK + "\n## 没有答案？\n\n## 也没有？\n", "utf-8")
    assert exit_code("check") == 1
    *problems, counts = capsys.readouterr().out.splitlines()
    assert len(problems) == 2
    assert problems[0].startswith(f"{Path('content/bank.md')}:7: ")
    assert counts.endswith("2 problems.")


def test_grade_prints_json(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is standard input, or a file holds several; exit 1 where one could not be graded."""
    (tmp_path / "rubric.yaml").write_text("id: q\npoints: [{id: a, say: x, need: [方差]}]", "utf-8")
    (tmp_path / "content" / "bank.md").write_text(BANK, "utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("方差变大\xff".encode()), encoding="ascii"))
    assert exit_code("grade", "q", "--rubric", "rubric.yaml") == 0
    assert json.loads(capsys.readouterr().out)["hit"] == ["a"]
    (tmp_path / "some.jsonl").write_text('{"id": "q", "answer": "方差"}\n{}\n', "utf-8")
    assert exit_code("grade", "--jsonl", "some.jsonl", "--rubric", "rubric.yaml") == 1
    assert [json.loads(line).get("score") for line in capsys.readouterr().out.splitlines()] == [100, None]


def test_grade_wants_one_thing(capsys: pytest.CaptureFixture[str]) -> None:
    """A question or a file: neither and both are one sentence."""
    none: tuple[str, ...] = ()
    for arguments in (none, ("q", "--jsonl", "some.jsonl")):
        assert exit_code("grade", *arguments) == 2
        assert "Name a question" in capsys.readouterr().err
