"""The documentation says what there is, all of it, and nothing else."""

import re
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from bot.__main__ import app
from bot.settings import Settings
from bot.tg.commands import COMMANDS

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")


def read(path: str) -> str:
    """A file of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


def first_cells(text: str) -> list[str]:
    """The first cell of every table row."""
    return [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_documented_and_no_other(readme: str) -> None:
    """The table of commands is the list of commands."""
    documented = {name for cell in first_cells(read(readme)) for name in re.findall(r"`/([a-z]+)", cell)}
    assert documented == {command.name for command in COMMANDS}


@pytest.mark.parametrize("readme", READMES)
def test_commands_are_documented_where_they_work(readme: str) -> None:
    """A command of groups says so, and if it is for their admins; one of private chats too."""
    rows = {m[1]: line.split("|")[2] for line in read(readme).splitlines() if (m := re.match(r"\| `/([a-z]+)", line))}
    english = readme == "README.md"
    group, private, admins = ("group", "private", "(admins)") if english else ("群", "私聊", "（管理员）")
    for command in COMMANDS:
        assert (group in rows[command.name]) == (command.group or command.admins), command.name
        assert (admins in rows[command.name]) == command.admins, command.name
        assert (private in rows[command.name]) == command.private, command.name


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_documented_with_its_default(readme: str) -> None:
    """The table of settings is the list of settings, and tells the defaults that hold."""
    rows = {m[1]: line for line in read(readme).splitlines() if (m := re.match(r"\| `([A-Z_]+)`", line))}
    assert set(rows) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, (str, int)) and field.default:
            assert f"`{field.default}`" in rows[name.upper()], name


def test_the_example_environment_names_every_setting() -> None:
    """.env.example is complete."""
    named = set(re.findall(r"^#?([A-Z_]+)=", read(".env.example"), re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("readme", READMES)
def test_every_verb_is_documented(readme: str) -> None:
    """The verbs of the command line are those in the table."""
    documented = {m[1] for cell in first_cells(read(readme)) if (m := re.match(r"`kaoguan ([a-z]+)", cell))}
    command = get_command(app)
    assert documented == set(command.commands)  # type: ignore[attr-defined]


def test_every_make_target_that_is_named_exists() -> None:
    """No page tells people to make what cannot be made."""
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    for page in (*READMES, "CONTRIBUTING.md", "docs/manual-pass.md"):
        named = re.findall(r"(?:^|`|\b[A-Z_]+=\S+ )make ([a-z]+)", read(page), re.MULTILINE)
        assert named or page.startswith("docs")
        assert set(named) <= targets, page


def test_links_lead_somewhere() -> None:
    """Every relative link of every page names a file that is there."""
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("content/*.md")]:
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)|src=\"([^\"]+)\"", text):
            target = link[0] or link[1]
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_ten_line_banks_are_banks(tmp_path: Path) -> None:
    """What the README shows to authors passes the check."""
    from bot.flows.library import check  # noqa: PLC0415 - used here alone

    for readme in READMES:
        shown = re.search(r"```markdown\n(.*?)```", read(readme), re.DOTALL)
        assert shown is not None
        path = tmp_path / f"{readme}.md"
        path.write_text(shown[1], encoding="utf-8")
        report = check(path)
        assert [str(problem) for problem in report.problems] == []


def test_the_container_runs_what_the_readme_says() -> None:
    """No engine runs here, so the files are read: not root, hashes, signals to the bot, a health check."""
    docker = read("Dockerfile")
    assert re.search(r"^USER (?!root)\w+", docker, re.MULTILINE)
    assert "--require-hashes -r requirements/run.txt" in docker
    assert 'ENTRYPOINT ["kaoguan"]' in docker
    assert "/healthz" in docker
    for source in re.findall(r"^COPY (.+) \S+$", docker, re.MULTILINE):
        assert all((ROOT / path).exists() for path in source.split()), source


def test_the_compose_file_is_one_plain_service() -> None:
    """One service, a volume for the database, ten seconds to stop."""
    compose = yaml.safe_load(read("docker-compose.yml"))
    (service,) = compose["services"].values()
    assert service["stop_grace_period"] == "10s"
    assert any(str(volume).endswith(":/app/var") for volume in service["volumes"])
    known = {name.upper() for name in Settings.model_fields}
    assert set(service["environment"]) <= known


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    """Every pinned version has its hashes; no line names where packages come from."""
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        entries = re.split(r"\n(?=[a-zA-Z])", text.strip())
        assert len(entries) > 20
        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_the_core_locks_what_the_project_asks_for() -> None:
    """The exact pin of Telegram's library is the one in the lock."""
    assert "python-telegram-bot==22.8" in read("pyproject.toml")
    assert re.search(r"^python-telegram-bot==22\.8 ", read("requirements/run.txt"), re.MULTILINE)
